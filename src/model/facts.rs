//! Facts of a school year that figures, rules and documents share. Each is computed here and nowhere else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::codes::{LessonStatus, TermKind, TermMarkKind};
use super::id::Id;
use super::journal::Journal;
use super::records::{Course, Lesson, Pupil, Staff, Subject, Term, TermMark};
use super::roster::Roster;
use super::school::School;
use super::values::Span;

/// The lowest grade with marks and homework (обучение в 1 классе безотметочное).
pub const FIRST_MARKED_GRADE: u8 = 2;

impl School {
    /// Returns the full legal name, or the short one if no other is given.
    pub fn full_name(&self) -> &str {
        if self.name.is_empty() { &self.short } else { &self.name }
    }

    /// Returns the short name, for page headings, or the full one if no other is given.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

impl Roster {
    /// Walks a course's held lessons in a span, by date and number.
    pub fn held_in<'a>(
        &'a self,
        journal: &'a Journal,
        course: Id<Course>,
        span: Span,
    ) -> impl Iterator<Item = Id<Lesson>> + 'a {
        let lessons = self.lessons_of(course);
        let first = lessons.partition_point(|id| journal.lessons[*id].date < span.from);
        lessons[first..]
            .iter()
            .copied()
            .take_while(move |id| journal.lessons[*id].date <= span.to)
            .filter(|id| journal.lessons[*id].status == LessonStatus::Held)
    }

    /// Returns the hours of a course's lessons held in a span (`lessons.hours`).
    pub fn hours_given(&self, journal: &Journal, course: Id<Course>, span: Span) -> f64 {
        self.held_in(journal, course, span).map(|id| journal.lessons[id].hours).sum()
    }
}

impl Term {
    /// Returns the kind of the mark that closes the term: `year` in the year, `term` in other terms.
    pub fn closing_kind(&self) -> TermMarkKind {
        if self.kind == TermKind::Year { TermMarkKind::Year } else { TermMarkKind::Term }
    }
}

/// Who teaches each course on which days: the course's own teacher always, those of `course_teachers` in
/// their spans.
#[derive(Clone, Debug)]
pub struct CourseTeachers(Vec<(Id<Staff>, Vec<(Span, Id<Staff>)>)>);

impl CourseTeachers {
    /// Gathers the teachers of every course.
    pub fn new(journal: &Journal) -> Self {
        let mut teachers: Vec<_> =
            journal.courses.values().map(|course| (course.teacher, Vec::new())).collect();
        for row in &journal.course_teachers {
            teachers[row.course.index()].1.push((row.span, row.teacher));
        }
        Self(teachers)
    }

    /// Returns whether somebody teaches a course on a day.
    pub fn teaches(&self, staff: Id<Staff>, course: Id<Course>, date: Date) -> bool {
        let (own, others) = &self.0[course.index()];
        *own == staff || others.iter().any(|(span, teacher)| *teacher == staff && span.contains(date))
    }
}

/// The subject of a term mark: pupil, subject, term and kind.
pub type TermMarkKey = (Id<Pupil>, Id<Subject>, Id<Term>, TermMarkKind);

/// Term marks known on a date: those entered by its end, and those without a moment of entry.
#[derive(Clone, Debug, Default)]
pub struct SeenTermMarks(BTreeMap<TermMarkKey, Vec<Id<TermMark>>>);

impl SeenTermMarks {
    /// Groups the term marks of some pupils by their key.
    pub fn new(journal: &Journal, as_of: Date, wanted: impl Fn(Id<Pupil>) -> bool) -> Self {
        let mut seen: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, mark) in journal.term_marks.iter().filter(|(_, mark)| wanted(mark.pupil)) {
            if mark.recorded_at.is_none_or(|at| at.date() <= as_of) {
                seen.entry((mark.pupil, mark.subject, mark.term, mark.kind)).or_default().push(id);
            }
        }
        Self(seen)
    }

    /// Walks the rows by key; rows of one key keep the order of their table.
    pub fn by_key(&self) -> impl Iterator<Item = (&TermMarkKey, &[Id<TermMark>])> {
        self.0.iter().map(|(key, rows)| (key, rows.as_slice()))
    }

    /// Returns the row that counts: of several for one key the one entered last; of rows without a moment the
    /// last in the table (`exchange.md`, tables).
    pub fn counting(&self, journal: &Journal, key: &TermMarkKey) -> Option<Id<TermMark>> {
        last_entered(journal, self.0.get(key)?)
    }
}

/// Returns the row of term marks entered last; of rows without a moment, the last in the table.
pub fn last_entered(journal: &Journal, rows: &[Id<TermMark>]) -> Option<Id<TermMark>> {
    rows.iter().copied().max_by_key(|id| (journal.term_marks[*id].recorded_at, *id))
}
