//! The pupils of a class: who was in it, in which order they are listed, how they came and left.

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

/// Orders pupils as lists of a class do: by surname, name, patronymic, ё as е.
pub(crate) fn name_key(pupil: &Pupil) -> (String, Id<Pupil>) {
    let name = pupil.full_name().to_lowercase().replace('ё', "е");
    (name, Id::new(pupil.place.row as usize))
}

/// Returns how and when a pupil came into a class and left it, apart from the year's own beginning and end.
pub(crate) fn movements(journal: &Journal, class: Id<Class>, pupil: Id<Pupil>) -> Vec<String> {
    let mut stays: Vec<&Enrolment> =
        journal.enrolment.iter().filter(|stay| stay.pupil == pupil && stay.class == class).collect();
    stays.sort_by_key(|stay| stay.span);
    stays.into_iter().flat_map(|stay| [joined(stay), left(journal, stay)]).flatten().collect()
}

fn joined(stay: &Enrolment) -> Option<String> {
    let word = match stay.joined? {
        JoinKind::Start => return None,
        JoinKind::Arrived => "прибыл(а)",
        JoinKind::Transferred => "переведён(а) в класс",
    };
    Some(moved(word, stay.span.from, &stay.joined_order, ""))
}

fn left(journal: &Journal, stay: &Enrolment) -> Option<String> {
    let word = match stay.left? {
        LeaveKind::Promoted | LeaveKind::Graduated => return None,
        LeaveKind::Transferred => "переведён(а)",
        LeaveKind::Left => "выбыл(а)",
    };
    let last = if stay.span.to == jiff::civil::Date::MAX { journal.year.end } else { stay.span.to };
    Some(moved(word, last, &stay.left_order, &stay.left_reason))
}

fn moved(word: &str, date: jiff::civil::Date, order: &str, reason: &str) -> String {
    let mut text = format!("{word} {}", format::date(date));
    if !reason.is_empty() {
        text.push_str(&format!(" ({})", clean(reason)));
    }
    if !order.is_empty() {
        text.push_str(&format!(", пр. №\u{a0}{}", clean(order)));
    }
    text
}
