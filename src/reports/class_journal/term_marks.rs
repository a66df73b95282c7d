//! The summary of term marks: pupils by subjects by terms.

use super::course::term_title;
use super::layout::BODY;
use super::people::pupils_of;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::measure::clean;
use crate::render::table::{Column, Row, Table};
use crate::reports::results::Results;

const NUMBER: f64 = 6.0;
const NAME: f64 = 35.0;
const TERM: f64 = 14.0;
/// Narrowest column of a subject that still holds «безотм».
const SUBJECT: f64 = 8.0;

/// A row of a pupil's block.
pub(crate) struct Line {
    /// What stands before the marks.
    pub(crate) title: String,
    /// The term.
    pub(crate) term: Id<Term>,
    /// Which of its marks.
    pub(crate) kind: TermMarkKind,
}

/// Returns the lines of a pupil's block: the grade's terms, the year, and of exams and final marks those that the class has.
pub(crate) fn lines(journal: &Journal, results: &Results<'_>, class: Id<Class>) -> Vec<Line> {
    use TermMarkKind::{Exam, Final, StateExam, Term, Year};
    let grade = journal.classes[class].grade;
    let line = |title: String, term, kind| Line { title, term, kind };
    let terms = journal.terms_of_grade(grade).into_iter();
    let mut lines: Vec<Line> = terms.map(|term| line(term_title(&journal.terms[term]), term, Term)).collect();
    for year in journal.years_of_grade(grade) {
        lines.push(line("Год".to_owned(), year, Year));
        let rare = [("Экз.", Exam), ("ГИА", StateExam), ("Итог", Final)];
        let given = rare.into_iter().filter(|(_, kind)| results.iter().any(|mark| mark.kind == *kind));
        lines.extend(given.map(|(title, kind)| line(title.to_owned(), year, kind)));
    }
    lines
}

/// Returns the subjects the class has a course or a term mark in, in the order of their table.
pub(crate) fn subjects(
    journal: &Journal,
    roster: &Roster,
    results: &Results<'_>,
    class: Id<Class>,
) -> Vec<Id<Subject>> {
    let courses = journal.courses.iter().filter(|(id, course)| {
        let is_ours = roster.members_of(*id).iter().any(|member| member.class == class);
        is_ours && course.kind == CourseKind::Lesson && journal.grading(course) != Grading::None
    });
    let mut subjects: Vec<Id<Subject>> = courses.map(|(_, course)| course.subject).collect();
    subjects.extend(results.iter().map(|mark| mark.subject));
    subjects.sort();
    subjects.dedup();
    subjects
}

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
