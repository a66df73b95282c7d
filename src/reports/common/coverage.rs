//! Which terms and tables the inputs have: what is partial never looks whole.
//!
//! A report of a term says on its first page what there is. A figure that needs every lesson of a year of which a term was not
//! exported is not formed, and the reason stands in its place.

use super::{TermData, terms};
use crate::model::*;
use crate::reports::labels;
use crate::stats;

/// What reports about pupils are made from.
const TABLES: [Table; 8] = [
    Table::TermMarks,
    Table::Marks,
    Table::Lessons,
    Table::Attendance,
    Table::Works,
    Table::Enrolment,
    Table::Curriculum,
    Table::LessonPlans,
];

/// What the inputs have of a term.
#[derive(Clone, Debug)]
struct OfTerm {
    term: Id<Term>,
    title: String,
    is_ended: bool,
    lessons: bool,
    marks: bool,
    absences: bool,
    term_marks: bool,
}

impl OfTerm {
    fn new(data: &TermData<'_>, term: Id<Term>) -> Self {
        let journal = data.journal();
        let Term { span, grades, .. } = &journal.terms[term];
        let is_inside = |lesson: &Lesson| {
            let grade = journal.grade_of(&journal.courses[lesson.course]);
            span.contains(lesson.date) && grades.contains(grade)
        };
        let at = |lesson: Id<Lesson>| is_inside(&journal.lessons[lesson]);
        Self {
            term,
            title: terms::title(journal, term),
            is_ended: span.to <= data.context.as_of,
            lessons: any(journal.lessons.values(), is_inside),
            marks: any(journal.marks.values(), |mark| at(mark.lesson)),
            absences: any(journal.absences.values(), |absence| at(absence.lesson)),
            term_marks: any(journal.term_marks.values(), |mark| mark.term == term),
        }
    }

    /// Says what there is, without the term's title.
    fn said(&self) -> String {
        let parts = [
            (self.lessons, "уроки"),
            (self.marks, "отметки"),
            (self.absences, "пропуски"),
            (self.term_marks, "отметки за период"),
        ];
        let there: Vec<&str> =
            parts.iter().filter(|(is_there, _)| *is_there).map(|(_, name)| *name).collect();
        match (there.is_empty(), self.is_ended) {
            (true, true) => "данных нет".to_owned(),
            (true, false) => "период не закончен, данных нет".to_owned(),
            (false, true) => there.join(", "),
            (false, false) => format!("{} (период не закончен)", there.join(", ")),
        }
    }
}

/// What the inputs have for a report of a term.
#[derive(Clone, Debug)]
pub struct Coverage {
    own: OfTerm,
    /// Study terms of the same grades, by their first day.
    study: Vec<OfTerm>,
    /// Classes whose lessons of the term are not there.
    unseen: Vec<String>,
    /// Tables that are not there.
    absent: Vec<&'static str>,
    /// Why figures that need every lesson are not formed.
    withheld: Option<&'static str>,
}

impl Coverage {
    /// Sees what there is for a term.
    pub fn of(data: &TermData<'_>) -> Self {
        let journal = data.journal();
        let own = OfTerm::new(data, data.term);
        let mut study: Vec<Id<Term>> =
            data.grades.iter().flat_map(|grade| journal.terms_of_grade(grade)).collect();
        study.sort_by_key(|term| (journal.terms[*term].span.from, journal.terms[*term].span.to, *term));
        study.dedup();
        let unseen = data.classes().into_iter().filter(|class| is_unseen(journal, *class, data.term));
        let absent = TABLES.iter().filter(|table| !journal.presence.has(**table));
        let withheld = stats::withheld(journal);
        let needs_lessons = |metrics: &[&stats::Metric]| metrics.iter().any(|one| one.id == "hours_given");
        Self {
            own,
            study: study.into_iter().map(|term| OfTerm::new(data, term)).collect(),
            unseen: unseen.map(|class| journal.classes[class].key.to_string()).collect(),
            absent: absent.map(|table| labels::lack_of(*table)).collect(),
            withheld: withheld.into_iter().find(|(_, metrics)| needs_lessons(metrics)).map(|(why, _)| why),
        }
    }

    /// Leaves the terms of a grade alone: those of others do not matter to its classes.
    pub fn of_grade(mut self, journal: &Journal, grade: u8) -> Self {
        self.study.retain(|one| journal.terms[one.term].grades.contains(grade));
        self
    }

    /// Tells whether there is anything to report on: a term that was not exported has no report.
    pub fn has_anything(&self) -> bool {
        self.own.term_marks || self.own.lessons
    }

    /// Says which terms and tables are there.
    pub fn said(&self) -> String {
        let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
        for one in &self.study {
            let said = one.said();
            match groups.iter_mut().find(|(_, other)| *other == said) {
                Some((titles, _)) => titles.push(&one.title),
                None => groups.push((vec![&one.title], said)),
            }
        }
        let terms = groups.into_iter().map(|(titles, said)| format!("{}: {said}", titles.join(", ")));
        let terms = terms.chain(self.year_marks()).collect::<Vec<_>>().join("; ");
        let absent = if self.absent.is_empty() {
            String::new()
        } else {
            format!(" В исходных данных {}.", self.absent.join(", "))
        };
        format!("В исходных данных — {terms}.{absent}")
    }

    /// Says whether the year has marks of its own, in a report of the year.
    fn year_marks(&self) -> Option<String> {
        let is_year = self.study.iter().all(|one| one.term != self.own.term);
        let said = if self.own.term_marks { "есть" } else { "нет" };
        is_year.then(|| format!("отметки за год: {said}"))
    }

    /// Says why figures of term marks are not formed; nothing where they are.
    pub fn lack_of_term_marks(&self) -> Option<String> {
        (!self.own.term_marks)
            .then(|| format!("отметок за период «{}» в исходных данных нет", self.own.title))
    }

    /// Says why figures that need every lesson of the term are not formed; nothing where they are.
    pub fn lack_of_lessons(&self) -> Option<String> {
        if let Some(why) = self.withheld {
            return Some(why.to_owned());
        }
        let missing: Vec<&str> =
            self.terms_inside().filter(|one| !one.lessons).map(|one| one.title.as_str()).collect();
        if !missing.is_empty() {
            return Some(format!("в исходных данных нет уроков: {}", missing.join(", ")));
        }
        let unseen = self.unseen.join(", ");
        (!unseen.is_empty()).then(|| format!("в исходных данных нет уроков части классов: {unseen}"))
    }

    /// Says the same of one class: lessons of others do not matter to it.
    pub fn lack_of_lessons_of(&self, class: &str) -> Option<String> {
        let own = self.unseen.iter().filter(|one| *one == class).cloned().collect();
        Self { unseen: own, ..self.clone() }.lack_of_lessons()
    }

    /// Walks the study terms that the report's term is made of: itself, or those of the year.
    fn terms_inside(&self) -> impl Iterator<Item = &OfTerm> {
        let is_study = self.study.iter().any(|one| one.term == self.own.term);
        let whole = self.study.iter().filter(move |_| !is_study);
        whole.chain(is_study.then_some(&self.own))
    }
}

/// Tells whether any row passes. Rows of a term lie together among half a million: one in a hundred is looked at before all are.
fn any<'a, T: 'a>(rows: impl Iterator<Item = &'a T> + Clone, is_meant: impl Fn(&T) -> bool) -> bool {
    rows.clone().step_by(100).any(&is_meant) || rows.into_iter().any(is_meant)
}

/// Tells whether the source has no lessons of a class for a term, or for a term inside the year.
fn is_unseen(journal: &Journal, class: Id<Class>, term: Id<Term>) -> bool {
    match journal.terms[term].kind {
        TermKind::Year => journal.presence.is_part_of_year(class),
        _ => journal.presence.is_unseen(class, term),
    }
}
