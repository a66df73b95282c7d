//! The summary of term marks: pupils by subjects by terms.

use std::collections::BTreeSet;

use super::look::Look;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::measure::{Style, clean};
use crate::render::table::{Column, Row, Table};
use crate::reports::pupils::pupils_of;
use crate::reports::results::{Line, Results, lines, subjects};

const NUMBER: f64 = 6.0;
const NAME: f64 = 35.0;
const TERM: f64 = 13.0;
/// The narrowest and the widest column of a subject.
const NARROWEST: f64 = 5.2;
const WIDEST: f64 = 11.0;

/// Returns the tables of the summary: each has as many subjects as fit the page.
pub(super) fn tables(
    look: &Look,
    journal: &Journal,
    roster: &Roster,
    results: &Results<'_>,
    class: Id<Class>,
) -> Vec<Table> {
    let subjects = subjects(journal, roster, results, class);
    let lines = lines(journal, results, class);
    let signs = results.signs();
    let most = (room(look) / NARROWEST) as usize;
    let (size, columns) = (1..=most)
        .rev()
        .map(|columns| subjects.len().div_ceil(subjects.len().div_ceil(columns).max(1)).max(1))
        .find_map(|columns| Some((type_size(look, &signs, columns)?, columns)))
        .unwrap_or((look.tables.terms.least, 1));
    let chunks = subjects.chunks(columns);
    chunks.map(|chunk| table(look, (journal, results, class), &lines, (chunk, size))).collect()
}

/// Returns the room for the subjects of one table.
fn room(look: &Look) -> f64 {
    look.body() - NUMBER - NAME - TERM
}

/// Returns the largest type size in which every mark fits its column, if there is any.
fn type_size(look: &Look, signs: &BTreeSet<String>, columns: usize) -> Option<f64> {
    let width = column_width(look, columns) - 0.5;
    let bold = |size| Style::new(look.tables.family.bold(), size);
    let mut sizes = look.tables.terms.sizes().into_iter();
    sizes.find(|size| signs.iter().all(|sign| bold(*size).fits(sign, width)))
}

fn column_width(look: &Look, columns: usize) -> f64 {
    (room(look) / columns as f64).min(WIDEST)
}

fn table(
    look: &Look,
    (journal, results, class): (&Journal, &Results<'_>, Id<Class>),
    lines: &[Line],
    (subjects, size_pt): (&[Id<Subject>], f64),
) -> Table {
    let width = column_width(look, subjects.len().max(1));
    let mut columns = vec![
        Column::new("№", NUMBER, Align::Middle),
        Column::new("Фамилия, имя", NAME, Align::Left),
        Column::new("Период", TERM, Align::Left),
    ];
    let title = |subject: &Id<Subject>| clean(&journal.subjects[*subject].title);
    columns.extend(subjects.iter().map(|subject| Column::narrow(title(subject), width)));
    let mut rows = Vec::new();
    for (index, pupil) in pupils_of(journal, class).into_iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            let name = clean(&journal.pupils[pupil].short_name());
            let first = |text: String| if at == 0 { text } else { String::new() };
            let mut cells = vec![first((index + 1).to_string()), first(name), line.title.clone()];
            cells.extend(
                subjects.iter().map(|subject| results.printed(pupil, *subject, line.term, line.kind)),
            );
            let is_bold = !matches!(line.kind, TermMarkKind::Term);
            rows.push(Row { cells, is_bold, joins: at > 0, ..Row::default() });
        }
    }
    Table { size_pt, lead: 2, ..look.tables.terms.table(look, columns, rows) }
}
