//! Term marks in printed form: the one recorded last counts, and none recorded after the build's date is
//! used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::*;
use crate::render::measure::clean;

type Key = (Id<Subject>, Id<Term>, TermMarkKind, Id<Pupil>);

/// The term marks that count.
pub(crate) struct Results<'a> {
    marks: BTreeMap<Key, &'a TermMark>,
    as_of: Date,
}

impl<'a> Results<'a> {
    /// Gathers the term marks of some pupils.
    pub(crate) fn new(journal: &'a Journal, as_of: Date, wanted: impl Fn(Id<Pupil>) -> bool) -> Self {
        let seen = SeenTermMarks::new(journal, as_of, wanted);
        let counting = seen.by_key().filter_map(|(_, rows)| last_entered(journal, rows));
        let marks = counting.map(|id| &journal.term_marks[id]);
        let marks = marks.map(|mark| ((mark.subject, mark.term, mark.kind, mark.pupil), mark)).collect();
        Self { marks, as_of }
    }

    /// Returns the printed form of a term mark: its value, «отср.» while a deferral is open, or nothing.
    pub(crate) fn printed(
        &self,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
        kind: TermMarkKind,
    ) -> String {
        self.marks.get(&(subject, term, kind, pupil)).map_or_else(String::new, |mark| self.sign(mark))
    }

    /// Returns the same for the pages of a course: nothing if the mark was given in another course.
    pub(crate) fn printed_in(
        &self,
        course: Id<Course>,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
        kind: TermMarkKind,
    ) -> String {
        let mark = self.marks.get(&(subject, term, kind, pupil));
        let here = mark.filter(|mark| mark.course.is_none_or(|other| other == course));
        here.map_or_else(String::new, |mark| self.sign(mark))
    }

    /// Returns whether anybody has a mark in a subject and term.
    pub(crate) fn any(&self, subject: Id<Subject>, term: Id<Term>) -> bool {
        self.marks.keys().any(|key| key.0 == subject && key.1 == term)
    }

    /// Returns every printed form that occurs, once.
    pub(crate) fn signs(&self) -> BTreeSet<String> {
        self.marks.values().map(|mark| self.sign(mark)).collect()
    }

    /// Walks the marks that count, by subject, term, kind and pupil.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a TermMark> {
        self.marks.values().copied()
    }

    fn sign(&self, mark: &TermMark) -> String {
        let is_open = mark.deferred_until.is_some_and(|until| until >= self.as_of);
        match mark.value {
            Some(value) => value.code().to_owned(),
            None if is_open => "отср.".to_owned(),
            None => String::new(),
        }
    }
}

/// A row of a pupil's block.
pub(crate) struct Line {
    /// The text before the marks.
    pub(crate) title: String,
    /// The term.
    pub(crate) term: Id<Term>,
    /// Which of its marks.
    pub(crate) kind: TermMarkKind,
}

/// Returns the lines of a pupil's block: the grade's terms, the year, and those exams and final marks that
/// the class has.
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

/// Returns the subjects in which the class has a course or a term mark, in table order.
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

/// Returns a term's short title: its number and kind.
pub(crate) fn term_title(term: &Term) -> String {
    let number: String =
        term.title.chars().take_while(|one| one.is_ascii_digit() || "IVX".contains(*one)).collect();
    let kind = match term.kind {
        TermKind::Quarter => "ч.",
        TermKind::Trimester => "тр.",
        TermKind::HalfYear => "п/г",
        TermKind::Year => return "Год".to_owned(),
    };
    if number.is_empty() { clean(&term.title) } else { format!("{number} {kind}") }
}
