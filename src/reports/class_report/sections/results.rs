//! Results of the class: the terms beside each other, and what became of the same pupils.

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Column, Row};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{named, say_lack};
use crate::reports::common::numbers::{FEW, GAP, change, mean, part, percent, points, some};
use crate::reports::common::standings::{rank, word};
use crate::reports::common::table::{count, row, spanned, table, text, total};
use crate::reports::common::term_data::count_of;
use crate::reports::common::{Change, Standings, terms};
use crate::stats::analytics::{ABSENCE_DAYS, Record, STANDINGS};
use crate::stats::{Figure, Scope};

pub(super) fn lay(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    if let Some(why) = of.lack_of_results() {
        return say_lack(paper, &why);
    }
    let mut columns = vec![text("Период", 19.0)];
    columns.extend(COUNTS.map(|title| Column::narrow(title, 7.6)));
    columns.extend([text("Успеваемость", 27.0), text("Качество", 27.0), count("СОУ, %", 11.0)]);
    columns.push(count("Ср. балл", 11.0));
    let spans = [("", 3), ("На «4» и «5»", 3), ("С «3»", 2), ("Неусп.", 2), ("Н/а", 2), ("", 4)];
    paper.table(&spanned(table(columns, rows(of)), &spans));
    paper.paragraph(Look::Note, NOTE);
    unmarked(of, fold, paper);
    dynamics(of, fold, paper);
}

const COUNTS: [&str; 11] = [
    "Всего учеников",
    "Аттестовано",
    "На «5»",
    "На «4» и «5»",
    "в т. ч. с одной «4»",
    "С «3»",
    "в т. ч. с одной «3»",
    "По одному предмету",
    "По двум и более",
    "Не аттестовано",
    "в т. ч. по болезни",
];

const NOTE: &str = "«На «5»» и «на «4» и «5»» — разные группы; «в т. ч.» — часть своей группы. У кого есть и «2», и н/а, стоит в неуспевающих. \
    «По болезни» — из неаттестованных те, кто по болезни пропустил не менее половины уроков; саму причину журнал не хранит. \
    Учтены ученики класса на последний день периода.";

/// Returns a row for each term up to the report's own; in the year the year stands last.
fn rows(of: &OfClass<'_>) -> Vec<Row> {
    let journal = of.journal();
    let own = of.data.term;
    let mut terms = journal.terms_of_grade(journal.classes[of.class].grade);
    terms.retain(|term| journal.terms[*term].span.to <= of.data.span().to && *term != own);
    let is_there = |term: &Id<Term>| standings(of, *term).0.listed > 0;
    let earlier = terms.into_iter().filter(is_there).map(|term| row(line(of, term)));
    earlier.chain([total(line(of, own))]).collect()
}

fn standings(of: &OfClass<'_>, term: Id<Term>) -> (Standings, usize) {
    let own: Vec<Record<'_>> = rows_of(of, &STANDINGS, term);
    let ill = rows_of(of, &ABSENCE_DAYS, term);
    let is_ill = |pupil: &str| {
        let mut own = ill.iter().filter(|row| row.text("pupil_id") == pupil);
        own.any(|row| row.count("lessons_due") > 0 && 2 * row.count("ill") >= row.count("lessons_due"))
    };
    let not_assessed = own.iter().filter(|row| row.text("standing") == "not_assessed");
    let ill = not_assessed.filter(|row| is_ill(row.text("pupil_id"))).count();
    (Standings::of(own), ill)
}

fn rows_of<'a>(
    of: &OfClass<'a>,
    table: &crate::stats::analytics::AnalyticsTable,
    term: Id<Term>,
) -> Vec<Record<'a>> {
    let rows = of.data.tables.of_term(table, &of.journal().terms[term].key);
    rows.filter(|row| row.text("class_id") == of.key).collect()
}

fn line(of: &OfClass<'_>, term: Id<Term>) -> Vec<String> {
    let (own, ill) = standings(of, term);
    let figure = |metric: &str| {
        let is_own = |one: &&Figure| {
            one.term == term
                && one.metric == metric
                && one.scope == Scope::Class
                && one.scope_id.as_str() == of.key
                && one.subject.is_none()
        };
        of.data.context.figures.iter().find(is_own)
    };
    let share = |metric| {
        figure(metric).map(count_of).map_or_else(|| GAP.to_owned(), |count| part(count.found, count.of))
    };
    let value = |metric| figure(metric).and_then(|one| one.value);
    let assessed = figure("attainment").map(count_of).map_or(0, |count| count.of);
    let ill = match own.not_assessed {
        0 => String::new(),
        _ if of.data.lack(&ABSENCE_DAYS).is_some() => GAP.to_owned(),
        _ => ill.to_string(),
    };
    vec![
        terms::short_title(of.journal(), term),
        format::thousands(own.listed),
        some(assessed),
        some(own.excellent),
        some(own.good),
        some(own.one_4),
        some(own.satisfactory),
        some(own.one_3),
        some(own.failing - own.failing_in_many),
        some(own.failing_in_many),
        some(own.not_assessed),
        ill,
        share("attainment"),
        share("quality"),
        percent(value("sou")),
        mean(value("mean_mark")),
    ]
}

/// Names those who are in no group.
fn unmarked(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    let none = of.standing_rows().filter(|(_, row)| row.text("standing") == "none");
    let names: Vec<String> = none.map(|(pupil, _)| of.name(pupil)).collect();
    if !names.is_empty() {
        let said =
            format!("Нет ни одной отметки 1–5 и н/а, в группы не вошли: {}.", named(&names, fold.names));
        paper.paragraph(Look::Note, &said);
    }
}

/// Says what changed since the term before, the same pupils beside it, and who stands better and worse.
fn dynamics(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    let journal = of.journal();
    let Some(before) = of.before else {
        let why = match of.is_year() {
            true => "год сравнивается с прошлым годом, а не с периодом".to_owned(),
            false => "перед этим периодом в учебном году периода того же вида нет".to_owned(),
        };
        return paper.paragraph(Look::Text, &format!("Динамика: {why}."));
    };
    let title = terms::title_with(journal, before);
    let quality = of.changes.from_before(&of.data, Scope::Class, of.key, None, "quality");
    let mark = of.changes.from_before(&of.data, Scope::Class, of.key, None, "mean_mark");
    if quality.cohort == 0 && mark.cohort == 0 {
        let said = format!("Динамика: сравнить с {title} нечего, отметок тех же учеников нет.");
        return paper.paragraph(Look::Text, &said);
    }
    let said = format!(
        "По сравнению с {title}: качество {}, средний балл {}. {}",
        points(quality.change),
        change(mark.change, 2),
        of_cohort(&quality, &mark)
    );
    paper.paragraph(Look::Text, &said);
    moves(of, fold, paper);
}

fn of_cohort(quality: &Change, mark: &Change) -> String {
    let [then, now] = quality.cohort_counts();
    let few = if quality.cohort < FEW {
        " Учеников мало: по долям выводов не делают."
    } else {
        ""
    };
    format!(
        "У тех же учеников качество {}, было {}; средний балл {}, был {}.{few}",
        part(now.found, now.of),
        part(then.found, then.of),
        mean(mark.cohort_value),
        mean(mark.cohort_before)
    )
}

fn moves(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    let moved = |is_meant: fn(u8, u8) -> bool| -> Vec<String> {
        let own = of.standing_rows().filter(|(_, row)| {
            let ranks = rank(row.text("standing")).zip(rank(row.text("before")));
            ranks.is_some_and(|(now, then)| is_meant(now, then))
        });
        let said = |(pupil, row): (Id<Pupil>, Record<'_>)| {
            let [then, now] = ["before", "standing"].map(|column| word(row.text(column)));
            format!("{} ({then} → {now})", of.name(pupil))
        };
        own.map(said).collect()
    };
    let (better, worse) = (moved(|now, then| now < then), moved(|now, then| now > then));
    let said = format!(
        "Лучше, чем было, {}: {}. Хуже {}: {}.",
        better.len(),
        named(&better, fold.names),
        worse.len(),
        named(&worse, fold.names)
    );
    paper.paragraph(Look::Text, &said);
}
