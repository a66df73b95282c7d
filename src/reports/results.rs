//! Term marks as documents print them: the one recorded last counts, none recorded after the build's date is seen.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;

type Key = (Id<Subject>, Id<Term>, TermMarkKind, Id<Pupil>);

/// The term marks that count.
pub(crate) struct Results<'a> {
    marks: BTreeMap<Key, &'a TermMark>,
    as_of: Date,
}

impl<'a> Results<'a> {
    /// Gathers the term marks of some pupils.
    pub(crate) fn new(journal: &'a Journal, as_of: Date, wanted: impl Fn(Id<Pupil>) -> bool) -> Self {
        let mut marks: BTreeMap<Key, &TermMark> = BTreeMap::new();
        let seen =
            |mark: &&TermMark| mark.recorded_at.is_none_or(|at| at.date() <= as_of) && wanted(mark.pupil);
        for mark in journal.term_marks.values().filter(seen) {
            let key = (mark.subject, mark.term, mark.kind, mark.pupil);
            let is_later = marks.get(&key).is_none_or(|other| other.recorded_at <= mark.recorded_at);
            if is_later {
                marks.insert(key, mark);
            }
        }
        Self { marks, as_of }
    }

    /// Returns the sign of a term mark: its value, «отср.» while a deferral is open, else nothing.
    pub(crate) fn printed(
        &self,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
        kind: TermMarkKind,
    ) -> String {
        self.marks.get(&(subject, term, kind, pupil)).map_or_else(String::new, |mark| self.sign(mark))
    }

    /// Returns the same for the pages of a course: nothing where the mark was given in another course.
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

    /// Tells whether anybody has a mark in a subject and term.
    pub(crate) fn any(&self, subject: Id<Subject>, term: Id<Term>) -> bool {
        self.marks.keys().any(|key| key.0 == subject && key.1 == term)
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
