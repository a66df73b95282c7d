//! The sheets of the quarter workbook in order, and the names in their rows.

use std::collections::BTreeSet;

use super::explained;
use super::term_figures::TermFigures;
use crate::model::*;
use crate::render::format;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::reports::context::ReportContext;
use crate::stats::{self, Figure, Scope};

/// The wholes above a class.
pub(super) const WHOLES: [Scope; 3] = [Scope::School, Scope::Level, Scope::Parallel];

/// Returns every sheet of a term's workbook.
pub(super) fn all(context: &ReportContext<'_>, term: &TermFigures<'_>) -> Vec<Sheet> {
    let pages = Pages { context, term };
    vec![
        pages.summary(),
        pages.classes(),
        pages.classes_by_subject(),
        pages.groups(),
        pages.subjects(),
        pages.teachers(),
        pages.attendance(),
        pages.programme(),
        pages.exclusions(),
        explained::sheet(pages.notes()),
    ]
}

/// A term's workbook while its sheets are filled.
pub(super) struct Pages<'a> {
    pub(super) context: &'a ReportContext<'a>,
    pub(super) term: &'a TermFigures<'a>,
}

impl<'a> Pages<'a> {
    /// Returns a sheet below the workbook's notes, with its first columns always visible.
    pub(super) fn sheet(
        &self,
        name: &'static str,
        title: &str,
        columns: Vec<Column>,
        rows: impl Iterator<Item = Row>,
    ) -> Sheet {
        let frozen_columns = if name == "Сводка" { 1 } else { 2 };
        Sheet {
            name,
            title: title.to_owned(),
            notes: self.notes(),
            columns,
            frozen_columns,
            printed_columns: None,
            rows: rows.collect(),
            chart: None,
        }
    }

    /// Returns the lines under each title: the school, the term, the build's date.
    pub(super) fn notes(&self) -> Vec<String> {
        let journal = self.context.journal;
        let term = &journal.terms[self.term.term];
        let head = format!(
            "{}. {} ({} – {}), {} учебный год. По состоянию на {}",
            journal.school.short_name(),
            format::years(&term.title),
            format::date(term.span.from),
            format::date(term.span.to),
            format::years(&journal.year.title),
            format::date(self.context.as_of),
        );
        let withheld = stats::withheld(journal).into_iter().map(|(why, metrics)| {
            let titles: Vec<&str> = metrics.iter().map(|metric| metric.title).collect();
            format!("Не рассчитано ({why}): {}. Пустая клетка здесь не ноль.", titles.join("; "))
        });
        std::iter::once(head).chain(withheld).collect()
    }

    /// Returns a subject's title.
    pub(super) fn subject(&self, subject: Id<Subject>) -> String {
        self.context.journal.subjects[subject].title.to_string()
    }

    /// Returns the class of a figure.
    pub(super) fn class(&self, figure: &Figure) -> Option<&Class> {
        self.context.journal.classes.values().find(|class| class.key == figure.scope_id)
    }

    /// Returns the name of the class teacher.
    pub(super) fn class_teacher(&self, figure: &Figure) -> Cell {
        let teacher = self.class(figure).and_then(|class| class.teacher);
        teacher.map_or(Cell::Empty, |id| Cell::text(self.context.journal.staff[id].name.as_str()))
    }

    /// Returns the name of a row's subject. The school and its levels are named by the grades that are
    /// counted, which are not all if the term or the subject is not every grade's.
    pub(super) fn whole(&self, figure: &Figure) -> String {
        let taught = self.context.journal.classes.values().map(|class| class.grade);
        let all: BTreeSet<u8> = taught.collect();
        let counted = self.term.grades(figure);
        match figure.scope {
            Scope::School if counted == all || counted.is_empty() => "вся школа".to_owned(),
            Scope::School => grades_in_words(&counted),
            Scope::Level => {
                let ends: Vec<u8> =
                    figure.scope_id.split('-').filter_map(|grade| grade.parse().ok()).collect();
                let is_inside = |grade: &u8| ends.first() <= Some(grade) && Some(grade) <= ends.last();
                let inside: BTreeSet<u8> = counted.into_iter().filter(is_inside).collect();
                match inside.is_empty() {
                    true => format!("{} классы", figure.scope_id.replace("-", "–")),
                    false => grades_in_words(&inside),
                }
            }
            Scope::Parallel => format!("{}-е классы", figure.scope_id),
            _ => figure.scope_id.to_string(),
        }
    }

    /// Returns a teacher's name.
    pub(super) fn staff(&self, key: &str) -> String {
        let staff = self.context.journal.staff.values().find(|staff| staff.key == key);
        staff.map_or_else(|| key.to_owned(), |staff| staff.name.to_string())
    }

    /// Returns a group's title.
    pub(super) fn group(&self, key: &str) -> String {
        let group = self.context.journal.groups.values().find(|group| group.key == key);
        group.map_or_else(|| key.to_owned(), |group| group.title.to_string())
    }

    /// Returns the class or the group of a course, with its grade for sorting.
    pub(super) fn audience(&self, course: &Course) -> (u8, String) {
        let journal = self.context.journal;
        let class = |id: &Id<Class>| journal.classes[*id].key.to_string();
        let name = match journal.group_of(course) {
            Some(group) => group.title.to_string(),
            None => journal.classes_of(course).first().map(class).unwrap_or_default(),
        };
        (journal.grade_of(course), name)
    }
}

/// Returns a cell, empty if there is no number.
pub(super) fn number(value: Option<f64>, cell: fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}

/// Returns the word for a row's scope.
pub(super) fn kind(scope: Scope) -> &'static str {
    match scope {
        Scope::School => "школа",
        Scope::Level => "уровень",
        Scope::Parallel => "параллель",
        Scope::Class => "класс",
        Scope::Course => "курс",
        Scope::Group | Scope::Pupil | Scope::Teacher => "",
    }
}

/// Returns grades in the usual form: «2–4, 6 классы».
fn grades_in_words(grades: &BTreeSet<u8>) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for grade in grades {
        match runs.last_mut().filter(|(_, last)| last + 1 == *grade) {
            Some((_, last)) => *last = *grade,
            None => runs.push((*grade, *grade)),
        }
    }
    let said = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    let said = said.collect::<Vec<_>>().join(", ");
    if grades.len() == 1 { format!("{said}-е классы") } else { format!("{said} классы") }
}

#[cfg(test)]
mod tests {
    use super::grades_in_words;

    #[test]
    fn grades_are_named_as_people_name_them() {
        let said = [&[2, 3, 4][..], &[2, 3, 5], &[9], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]];
        let said = said.map(|grades| grades_in_words(&grades.iter().copied().collect()));
        assert_eq!(said, ["2–4 классы", "2–3, 5 классы", "9-е классы", "1–11 классы"]);
    }
}
