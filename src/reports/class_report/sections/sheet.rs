//! The sheet of the class: a row for each pupil, the term mark and the mean in each subject, the absences.

use std::collections::BTreeSet;

use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper, SIDEWAYS_WIDTH};
use crate::render::table::{Column, Row};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::common::numbers::{mean, some};
use crate::reports::common::table::{count, row, table, text, total};
use crate::stats::Scope;

/// So many subjects stand in one table.
const SUBJECTS: usize = 20;
/// Widths of the columns beside the subjects, in millimetres.
const NUMBER: f64 = 6.0;
const NAME: f64 = 42.0;
const STANDING: f64 = 11.0;
const ABSENCE: f64 = 7.5;
/// Size of the text, in points.
const SIZE: f64 = 7.5;

pub(super) fn lay(of: &OfClass<'_>, paper: &mut Paper) {
    if of.listed.is_empty() {
        return paper.paragraph(Look::Text, "На последний день периода в классе 0 учеников.");
    }
    let results = of.lack_of_results();
    let subjects = if results.is_none() { subjects(of) } else { Vec::new() };
    let parts: Vec<&[Id<Subject>]> =
        if subjects.is_empty() { vec![&[]] } else { subjects.chunks(SUBJECTS).collect() };
    let last = parts.len() - 1;
    for (at, part) in parts.into_iter().enumerate() {
        let mut sheet = table(columns(of, part, at == last), rows(of, part, at == last));
        sheet.size_pt = SIZE;
        paper.table(&sheet);
    }
    let mut note =
        "В клетке — отметка за период и средний текущих отметок; пусто — предмета или отметки нет. "
            .to_owned();
    if let Some(why) = results {
        note = format!("Отметок нет: {why}. ");
    }
    match of.lack_of_absences() {
        Some(why) => note.push_str(&format!("Пропуски не сформированы: {why}.")),
        None => note.push_str(
            "Пропуски — уроки; «дней» — дни, когда пропущены все уроки; посещаемость — от уроков, на которых ученик должен был быть.",
        ),
    }
    paper.paragraph(Look::Note, &note);
}

fn subjects(of: &OfClass<'_>) -> Vec<Id<Subject>> {
    let own: BTreeSet<Id<Subject>> = of.studied.values().flatten().map(|one| one.subject).collect();
    own.into_iter().collect()
}

/// Titles of the columns of absences, and the column of the table that each counts.
const ABSENCES: [(&str, &str); 7] = [
    ("Пропущено уроков", "lessons_missed"),
    ("по болезни", "ill"),
    ("по уважит. причине", "excused"),
    ("без уважит. причины", "unexcused"),
    ("причина неизвестна", "unknown"),
    ("Полных дней", "days_missed"),
    ("Опозданий", "late"),
];

fn has_absences(of: &OfClass<'_>, is_last: bool) -> bool {
    is_last && of.lack_of_absences().is_none()
}

fn columns(of: &OfClass<'_>, subjects: &[Id<Subject>], is_last: bool) -> Vec<Column> {
    let beside = if has_absences(of, is_last) { STANDING + 8.0 * ABSENCE } else { STANDING };
    let room = SIDEWAYS_WIDTH - NUMBER - NAME - beside;
    // Counts of subjects are small: exact.
    let width = (room / subjects.len().max(1) as f64).clamp(6.9, 13.0);
    let mut columns = vec![count("№", NUMBER), text("Фамилия, имя", NAME)];
    columns.extend(subjects.iter().map(|id| Column::narrow(of.subject_short(*id), width)));
    if !subjects.is_empty() {
        columns.push(text("Итог", STANDING));
    }
    if has_absences(of, is_last) {
        columns.extend(ABSENCES.map(|(title, _)| Column::narrow(title, ABSENCE)));
        columns.push(Column::narrow("Посещаемость, %", ABSENCE));
    }
    columns
}

fn rows(of: &OfClass<'_>, subjects: &[Id<Subject>], is_last: bool) -> Vec<Row> {
    let pupils = of.listed.iter().enumerate();
    let mut rows: Vec<Row> =
        pupils.map(|(at, pupil)| row(line(of, (at + 1).to_string(), *pupil, (subjects, is_last)))).collect();
    if !subjects.is_empty() {
        rows.extend(FIGURES.map(|figure| total(of_class(of, figure, (subjects, is_last)))));
    }
    if has_absences(of, is_last) {
        rows.push(total(all_absences(of, subjects)));
    }
    rows
}

fn line(
    of: &OfClass<'_>,
    number: String,
    pupil: Id<Pupil>,
    (subjects, is_last): (&[Id<Subject>], bool),
) -> Vec<String> {
    let mut cells = vec![number, of.name(pupil)];
    cells.extend(subjects.iter().map(|subject| cell(of, pupil, *subject)));
    if !subjects.is_empty() {
        let standing = of.standing(pupil);
        cells.push(standing.map_or(String::new(), |row| short_word(row.text("standing")).to_owned()));
    }
    if has_absences(of, is_last) {
        let counts = of.absence(pupil).map(|row| {
            let due = row.count("lessons_due");
            (ABSENCES.map(|(_, column)| row.count(column)), due)
        });
        cells.extend(absences(counts));
    }
    cells
}

/// Returns a narrow word for a standing.
fn short_word(standing: &str) -> &'static str {
    match standing {
        "excellent" => "«5»",
        "good" => "«4–5»",
        "satisfactory" => "с «3»",
        "failing" => "с «2»",
        "not_assessed" => "н/а",
        _ => "",
    }
}

/// Returns «4 3,86»: the term mark and the mean of the current marks of all the pupil's courses in the subject.
fn cell(of: &OfClass<'_>, pupil: Id<Pupil>, subject: Id<Subject>) -> String {
    let own: Vec<_> = of.courses(pupil).iter().filter(|one| one.subject == subject).collect();
    let mark = own.first().map_or("", |one| one.term_mark());
    let sum = own.iter().map(|one| one.sum()).fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    // Sums of marks are far below 2^52: exact.
    let value = if sum.1 == 0 { String::new() } else { mean(Some(sum.0 as f64 / sum.1 as f64)) };
    format!("{mark} {value}").trim().to_owned()
}

fn absences(counts: Option<([usize; 7], usize)>) -> Vec<String> {
    let Some((counts, due)) = counts else { return vec![String::new(); 8] };
    let share = format::share(due - counts[0].min(due), due).replace("\u{a0}%", "");
    let share = if due == 0 { String::new() } else { share };
    counts.into_iter().map(some).chain([share]).collect()
}

/// The rows of the class: title, metric, whether it is a mean.
const FIGURES: [(&str, &str, bool); 3] = [
    ("Средний балл", "mean_mark", true),
    ("Успеваемость, %", "attainment", false),
    ("Качество, %", "quality", false),
];

fn of_class(
    of: &OfClass<'_>,
    (title, metric, is_mean): (&str, &'static str, bool),
    (subjects, is_last): (&[Id<Subject>], bool),
) -> Vec<String> {
    let shown = |subject: Option<Id<Subject>>| {
        let value = of.data.value(metric, Scope::Class, of.key, subject);
        let places = if is_mean { 2 } else { 0 };
        value.map_or(String::new(), |value| format::decimal(value, places))
    };
    let mut cells = vec![String::new(), title.to_owned()];
    cells.extend(subjects.iter().map(|subject| shown(Some(*subject))));
    cells.push(shown(None));
    if has_absences(of, is_last) {
        cells.extend(vec![String::new(); 8]);
    }
    cells
}

fn all_absences(of: &OfClass<'_>, subjects: &[Id<Subject>]) -> Vec<String> {
    let rows: Vec<_> = of.listed.iter().filter_map(|pupil| of.absence(*pupil)).collect();
    let sum = |column: &str| rows.iter().map(|row| row.count(column)).sum::<usize>();
    let blanks = if subjects.is_empty() { 0 } else { subjects.len() + 1 };
    let mut cells = vec![String::new(), "Пропуски класса".to_owned()];
    cells.extend(vec![String::new(); blanks]);
    cells.extend(absences(Some((ABSENCES.map(|(_, column)| sum(column)), sum("lessons_due")))));
    cells
}
