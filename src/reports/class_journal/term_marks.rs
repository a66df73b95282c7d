//! The summary of term marks: pupils by subjects by terms.

use super::layout::BODY;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::measure::clean;
use crate::render::table::{Column, Row, Table};
use crate::reports::pupils::pupils_of;
use crate::reports::results::{Line, Results, lines, subjects};

const NUMBER: f64 = 6.0;
const NAME: f64 = 35.0;
const TERM: f64 = 14.0;
/// Narrowest column of a subject that still holds «безотм».
const SUBJECT: f64 = 8.0;

/// Returns the tables of the summary: one for as many subjects as a page is wide.
pub(super) fn tables(
    journal: &Journal,
    roster: &Roster,
    results: &Results<'_>,
    class: Id<Class>,
) -> Vec<Table> {
    let subjects = subjects(journal, roster, results, class);
    let room = ((BODY - NUMBER - NAME - TERM) / SUBJECT) as usize;
    let parts = subjects.len().div_ceil(room).max(1);
    let size = subjects.len().div_ceil(parts).max(1);
    let lines = lines(journal, results, class);
    let chunks: Vec<&[Id<Subject>]> = subjects.chunks(size).collect();
    chunks.into_iter().map(|chunk| table(journal, results, class, &lines, chunk)).collect()
}

fn table(
    journal: &Journal,
    results: &Results<'_>,
    class: Id<Class>,
    lines: &[Line],
    subjects: &[Id<Subject>],
) -> Table {
    let width = (BODY - NUMBER - NAME - TERM) / subjects.len().max(1) as f64;
    let mut columns = vec![
        Column::new("№", NUMBER, Align::Middle),
        Column::new("Фамилия, имя", NAME, Align::Left),
        Column::new("Период", TERM, Align::Left),
    ];
    let title = |subject: &Id<Subject>| clean(&journal.subjects[*subject].title);
    columns.extend(subjects.iter().map(|subject| Column::narrow(title(subject), width.min(11.0))));
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
            rows.push(Row { cells, is_bold, joins: at > 0 });
        }
    }
    Table { columns, spans: Vec::new(), rows, size_pt: 7.5, row_height: 4.3, lead: 2 }
}
