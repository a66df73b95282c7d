//! A term's workbook while its sheets are filled: what every sheet takes its rows and names from.

use std::collections::BTreeSet;

use super::lists::{Entry, Lists};
use super::people::People;
use super::term_figures::TermFigures;
use crate::model::*;
use crate::render::format;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::reports::common::{Changes, Coverage, TermData, numbers};
use crate::reports::context::ReportContext;
use crate::stats::analytics::{MISSED, UNSATISFACTORY};
use crate::stats::{self, Figure, Scope};

/// The wholes above a class.
pub(super) const WHOLES: [Scope; 3] = [Scope::School, Scope::Level, Scope::Parallel];

/// Whether pupils are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// They are.
    Shown,
    /// They are counted alone.
    Hidden,
}

/// A term's workbook while its sheets are filled.
pub(super) struct Pages<'a> {
    pub(super) context: &'a ReportContext<'a>,
    pub(super) term: &'a TermFigures<'a>,
    pub(super) data: TermData<'a>,
    pub(super) coverage: Coverage,
    pub(super) changes: Changes<'a>,
    pub(super) people: People<'a>,
    /// Its sheets in the order of the tabs.
    pub(super) sheets: Vec<&'static Page>,
}

/// A sheet.
pub(super) struct Page {
    /// Name on the tab.
    pub(super) name: &'static str,
    /// What it has, for the contents.
    pub(super) said: &'static str,
    /// Pupils stand in it by name.
    pub(super) has_names: bool,
    /// Makes it.
    pub(super) make: fn(&Pages<'_>, &mut Lists) -> Sheet,
}

/// What stands above a list, and its columns.
pub(super) struct Head {
    /// Name on the tab.
    pub(super) name: &'static str,
    /// Title line.
    pub(super) title: String,
    /// What is said under it: whom it counts, why it is empty.
    pub(super) notes: Vec<String>,
    /// Columns.
    pub(super) columns: Vec<Column>,
    /// How many of them always stay visible.
    pub(super) frozen: u16,
}

impl<'a> Pages<'a> {
    /// Gathers what the sheets of a term are made from.
    pub(super) fn new(
        context: &'a ReportContext<'a>,
        term: &'a TermFigures<'a>,
        sheets: Vec<&'static Page>,
    ) -> Self {
        let data = TermData::new(context, term.term);
        Self {
            context,
            term,
            coverage: Coverage::of(&data),
            changes: Changes::new(&data),
            people: People::new(&data),
            sheets,
            data,
        }
    }

    /// Returns a list: numbers of sheets before it lead to its rows.
    pub(super) fn list(&self, lists: &mut Lists, head: Head, entries: Vec<Entry>) -> Sheet {
        let Head { name, title, notes, columns, frozen } = head;
        let above = self.notes().into_iter().chain(notes).collect();
        Sheet {
            name,
            title,
            notes: above,
            columns,
            frozen_columns: frozen,
            printed_columns: None,
            rows: lists.take(name, entries),
            chart: None,
        }
    }

    /// Returns a sheet below the workbook's notes, with its first two columns always visible.
    pub(super) fn sheet(
        &self,
        name: &'static str,
        title: &str,
        columns: Vec<Column>,
        rows: impl Iterator<Item = Row>,
    ) -> Sheet {
        Sheet {
            name,
            title: title.to_owned(),
            notes: self.notes(),
            columns,
            frozen_columns: 2,
            printed_columns: None,
            rows: rows.collect(),
            chart: None,
        }
    }

    /// Returns how many unsatisfactory marks a pupil has, leading to them; nothing where the inputs have no marks.
    pub(super) fn bad_marks(&self, lists: &Lists, pupil: &str) -> Cell {
        match self.data.lack(&UNSATISFACTORY) {
            Some(_) => Cell::Empty,
            None => lists.all(&format!("bad|pupil:{pupil}")),
        }
    }

    /// Returns how many lessons a pupil missed, leading to them; nothing where the inputs have no attendance.
    pub(super) fn missed_lessons(&self, lists: &Lists, pupil: &str) -> Cell {
        match self.data.lack(&MISSED).or_else(|| self.coverage.lack_of_lessons()) {
            Some(_) => Cell::Empty,
            None => lists.all(&format!("missed|pupil:{pupil}")),
        }
    }

    /// Returns «3,46 (12)»: the plain mean of a pupil's current marks in a subject, and how many there are.
    pub(super) fn current_mean(&self, pupil: &str, subject: &str) -> String {
        match self.people.current(pupil, subject) {
            Some(row) if row.count("marks") > 0 => {
                format!("{} ({})", numbers::mean(row.number("mean")), row.count("marks"))
            }
            Some(_) => format!("{} (0)", numbers::GAP),
            None => numbers::GAP.to_owned(),
        }
    }

    /// Returns the pupil's name as the lists have it.
    pub(super) fn pupil(&self, key: &str) -> String {
        self.data.keys.pupil(key).map_or_else(|| key.to_owned(), |id| self.data.keys.pupil_name(id))
    }

    /// Returns a teacher's name as the lists have it; empty for none.
    pub(super) fn teacher(&self, key: &str) -> String {
        self.data.keys.staff(key).map_or_else(|| key.to_owned(), |id| self.data.keys.teacher_name(id))
    }

    /// Returns a subject's title; empty for none.
    pub(super) fn subject_of(&self, key: &str) -> String {
        self.data.keys.subject(key).map_or_else(|| key.to_owned(), |id| self.data.keys.subject_name(id))
    }

    /// Returns the class or group of a course.
    pub(super) fn audience_of(&self, course: &str) -> String {
        self.data.keys.course(course).map_or_else(String::new, |id| self.data.keys.audience_name(id))
    }

    /// Says «Учтены: 1–9 классы.», or why there is nothing.
    pub(super) fn whom(&self, lack: Option<&str>, note: &str) -> String {
        match lack {
            Some(why) => format!("Не сформировано: {why}."),
            None => format!("Учтены: {}. {note}", self.data.grades.label()).trim().to_owned(),
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
        teacher.map_or(Cell::Empty, |id| Cell::text(self.data.keys.teacher_name(id)))
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
