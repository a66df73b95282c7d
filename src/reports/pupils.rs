//! The pupils of a class: who was in it, in which order they are listed, how they joined and left.

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;

/// Returns the pupils who were in a class on any day, by name.
pub(crate) fn pupils_of(journal: &Journal, class: Id<Class>) -> Vec<Id<Pupil>> {
    let stays = journal.enrolment.iter().filter(|stay| stay.class == class);
    let mut pupils: Vec<Id<Pupil>> = stays.map(|stay| stay.pupil).collect();
    pupils.sort_by_cached_key(|pupil| name_key(&journal.pupils[*pupil]));
    pupils.dedup();
    pupils
}

/// Orders pupils as class lists do: by surname, name, patronymic, with ё as е.
pub(crate) fn name_key(pupil: &Pupil) -> (String, Id<Pupil>) {
    let name = pupil.full_name().to_lowercase().replace('ё', "е");
    (name, Id::new(pupil.place.row as usize))
}

/// Returns a word in the form that agrees with a pupil: `agreed(pupil, "прибыл", "прибыла")`; «прибыл(а)» if
/// neither the card nor the patronymic shows the sex.
pub(crate) fn agreed(pupil: &Pupil, man: &str, woman: &str) -> String {
    match sex_of(pupil.sex, &pupil.patronymic) {
        Some(Sex::Male) => man.to_owned(),
        Some(Sex::Female) => woman.to_owned(),
        None => format!("{man}(а)"),
    }
}

fn sex_of(card: Option<Sex>, patronymic: &str) -> Option<Sex> {
    let patronymic = patronymic.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| patronymic.ends_with(ending));
    let by_patronymic = match () {
        () if ends(&["вна", "чна", "шна", "кызы", "гызы", "қызы"]) => Some(Sex::Female),
        () if ends(&["вич", "ьич", "мич", "кич", "оглы", "оглу", "улы", "ұлы"]) => {
            Some(Sex::Male)
        }
        () => None,
    };
    card.or(by_patronymic)
}

/// Returns how and when a pupil joined and left a class, without the year's own beginning and end.
pub(crate) fn movements(journal: &Journal, class: Id<Class>, pupil: Id<Pupil>) -> Vec<String> {
    let mut stays: Vec<&Enrolment> =
        journal.enrolment.iter().filter(|stay| stay.pupil == pupil && stay.class == class).collect();
    stays.sort_by_key(|stay| stay.span);
    let pupil = &journal.pupils[pupil];
    stays
        .into_iter()
        .flat_map(|stay| [joined(journal, pupil, stay), left(journal, pupil, stay)])
        .flatten()
        .collect()
}

fn joined(journal: &Journal, pupil: &Pupil, stay: &Enrolment) -> Option<String> {
    let from = stay.span.from;
    let word = match stay.joined {
        // The date is known, the reason is not.
        None => {
            return journal.year.is_late_start(from).then(|| format!("в классе с {}", format::date(from)));
        }
        Some(JoinKind::Start) => return None,
        Some(JoinKind::Arrived) => agreed(pupil, "прибыл", "прибыла"),
        Some(JoinKind::Transferred) => agreed(pupil, "переведён", "переведена") + " в класс",
    };
    Some(moved(&word, from, &stay.joined_order, ""))
}

fn left(journal: &Journal, pupil: &Pupil, stay: &Enrolment) -> Option<String> {
    let to = stay.span.to;
    let word = match stay.left {
        None => return journal.year.is_early_end(to).then(|| format!("в классе по {}", format::date(to))),
        Some(LeaveKind::Promoted | LeaveKind::Graduated) => return None,
        Some(LeaveKind::Transferred) => agreed(pupil, "переведён", "переведена"),
        Some(LeaveKind::Left) => agreed(pupil, "выбыл", "выбыла"),
    };
    let last = if to == Date::MAX { journal.year.end } else { to };
    Some(moved(&word, last, &stay.left_order, &stay.left_reason))
}

fn moved(word: &str, date: Date, order: &str, reason: &str) -> String {
    let mut text = format!("{word} {}", format::date(date));
    if !reason.is_empty() {
        text.push_str(&format!(" ({})", as_aside(&clean(reason))));
    }
    if !order.is_empty() {
        text.push_str(&format!(", пр. №\u{a0}{}", clean(order)));
    }
    text
}

/// First words of reasons that are not names: only these lose their capital letter inside a sentence.
const COMMON: &[&str] = &[
    "В",
    "Во",
    "Вместе",
    "Возвращение",
    "Временное",
    "Выбытие",
    "Выезд",
    "Гимназия",
    "Год",
    "Государственная",
    "Дистанционное",
    "Домашнее",
    "Другая",
    "Другой",
    "Другое",
    "Желание",
    "Зачисление",
    "Заявление",
    "Из",
    "Изменение",
    "Инициатива",
    "Колледж",
    "Лицей",
    "На",
    "Надомное",
    "Обучение",
    "Отсутствие",
    "Отчисление",
    "Отъезд",
    "Переведён",
    "Переведена",
    "Перевод",
    "Переезд",
    "Переход",
    "По",
    "Поступление",
    "Приказ",
    "Родители",
    "Самообразование",
    "Семейная",
    "Семейное",
    "Семья",
    "Смена",
    "Состояние",
    "Средняя",
    "Техникум",
    "Училище",
    "Форма",
    "Частная",
    "Школа",
    "Экстернат",
];

/// Returns a reason in the form for brackets inside a sentence: «переезд семьи», but «Самара, школа № 5».
fn as_aside(reason: &str) -> String {
    let first = reason.split([' ', ',', '.', ':']).next().unwrap_or_default();
    if !COMMON.contains(&first) {
        return reason.trim_end_matches('.').to_owned();
    }
    let mut signs = reason.trim_end_matches('.').chars();
    let small = signs.next().into_iter().flat_map(char::to_lowercase);
    small.chain(signs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_tells_the_sex_else_the_patronymic() {
        use Sex::{Female, Male};
        for (card, patronymic, sex) in [
            (Some(Female), "", Some(Female)),
            (Some(Male), "Ильинична", Some(Male)),
            (None, "Ильинична", Some(Female)),
            (None, "Павловна", Some(Female)),
            (None, "Львович", Some(Male)),
            (None, "Фомич", Some(Male)),
            (None, "Ильич", Some(Male)),
            (None, "Али оглы", Some(Male)),
            (None, "Фәрит улы", Some(Male)),
            (None, "", None),
        ] {
            assert_eq!(sex_of(card, patronymic), sex, "{patronymic}");
        }
    }

    #[test]
    fn a_reason_in_brackets_is_small_but_for_names() {
        for (reason, said) in [
            ("Переезд семьи", "переезд семьи"),
            ("По заявлению родителей.", "по заявлению родителей"),
            ("Самара, школа № 5", "Самара, школа № 5"),
            ("МБОУ «Школа № 7»", "МБОУ «Школа № 7»"),
            ("", ""),
        ] {
            assert_eq!(as_aside(reason), said);
        }
    }
}
