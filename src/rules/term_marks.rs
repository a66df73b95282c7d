//! Term marks for rules: those entered by `as_of`, by their key, with their course.

use jiff::civil::Date;

use super::lookup::Lookup;
use crate::model::*;

/// A numeric mark with its lesson's day.
type Dated = (Date, u8);

/// Term marks entered by `as_of`.
pub(super) struct TermMarks {
    seen: SeenTermMarks,
    courses: Vec<Option<Id<Course>>>,
    numeric: Lookup<(Id<Pupil>, Id<Subject>), Vec<Dated>>,
}

impl TermMarks {
    pub(super) fn new(journal: &Journal, roster: &Roster, as_of: Date) -> Self {
        let seen = SeenTermMarks::new(journal, as_of, |_| true);
        let courses = journal.term_marks.values().map(|mark| course_of(journal, roster, mark)).collect();
        let mut numeric: Lookup<_, Vec<_>> = Lookup::default();
        for mark in journal.marks.values() {
            let lesson = &journal.lessons[mark.lesson];
            let Some(value) = mark.value.numeric().filter(|_| lesson.date <= as_of) else { continue };
            let subject = journal.courses[lesson.course].subject;
            numeric.entry((mark.pupil, subject)).or_default().push((lesson.date, value));
        }
        Self { seen, courses, numeric }
    }

    /// Walks the known rows by key.
    pub(super) fn by_key(&self) -> impl Iterator<Item = (&TermMarkKey, &[Id<TermMark>])> {
        self.seen.by_key()
    }

    /// Walks all known rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Id<TermMark>> {
        self.seen.by_key().flat_map(|(_, rows)| rows).copied()
    }

    /// Returns the row that counts: of several for one key, the one entered last.
    pub(super) fn counting(&self, journal: &Journal, key: &TermMarkKey) -> Option<Id<TermMark>> {
        self.seen.counting(journal, key)
    }

    /// Returns the course of a term mark: its own, or the pupil's in that subject on the term's last day.
    pub(super) fn course(&self, id: Id<TermMark>) -> Option<Id<Course>> {
        self.courses[id.index()]
    }

    /// Returns count and sum of a pupil's numeric marks in a subject over some days, all courses together.
    pub(super) fn numeric_marks(&self, pupil: Id<Pupil>, subject: Id<Subject>, span: Span) -> (u32, u32) {
        let marks = self.numeric.get(&(pupil, subject)).map_or(&[][..], Vec::as_slice);
        let inside = marks.iter().filter(|(date, _)| span.contains(*date));
        inside.fold((0, 0), |(count, sum), (_, value)| (count + 1, sum + u32::from(*value)))
    }
}

fn course_of(journal: &Journal, roster: &Roster, mark: &TermMark) -> Option<Id<Course>> {
    let last_day = journal.terms[mark.term].span.to;
    mark.course.or_else(|| {
        let courses = roster.courses_on(mark.pupil, last_day);
        let courses = courses.filter(|course| journal.courses[*course].subject == mark.subject);
        courses.min_by_key(|course| (journal.courses[*course].kind, *course))
    })
}
