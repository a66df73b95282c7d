//! Every term mark of a term by pupil and course: what the counts of «5», «4», «3», «2» and н/а are taken from.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::facts::{Outcome, TermStanding, outcomes};
use crate::model::*;

/// What became of a pupil's term mark in a course.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// Whose.
    pub pupil: Id<Pupil>,
    /// The pupil's class on the term's last day.
    pub class: Id<Class>,
    /// In which course.
    pub course: Id<Course>,
    /// In which subject.
    pub subject: Id<Subject>,
    /// The mark; nothing where it is deferred or not there.
    pub value: Option<TermValue>,
    /// There is no mark because it is deferred.
    pub is_deferred: bool,
    /// Of several courses of the pupil in the subject the first: a class or school counts the mark once.
    pub is_first: bool,
}

impl Given {
    /// Tells whether the pupil is assessed: has a numeric mark or н/а.
    pub fn is_assessed(&self) -> bool {
        matches!(self.value, Some(TermValue::Numeric(_) | TermValue::NotAssessed))
    }

    /// Tells whether the pupil fails: a «1», «2» or н/а.
    pub fn is_failing(&self) -> bool {
        matches!(self.value, Some(TermValue::Numeric(1 | 2) | TermValue::NotAssessed))
    }
}

/// Marks counted by value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Marks 1 to 5, at 0 to 4.
    pub numeric: [usize; 5],
    /// н/а.
    pub not_assessed: usize,
    /// Released: осв.
    pub exempt: usize,
    /// зач and незач, без отметки.
    pub unmarked: usize,
    /// Deferred, or no mark at all.
    pub missing: usize,
}

impl Spread {
    /// Returns how many marks of a value there are.
    pub fn of(&self, mark: usize) -> usize {
        mark.checked_sub(1).and_then(|at| self.numeric.get(at)).copied().unwrap_or(0)
    }

    /// Returns how many are assessed: a numeric mark or н/а.
    pub fn assessed(&self) -> usize {
        self.numeric.iter().sum::<usize>() + self.not_assessed
    }

    /// Returns all, assessed or not.
    pub fn listed(&self) -> usize {
        self.assessed() + self.exempt + self.unmarked + self.missing
    }

    fn add(&mut self, value: Option<TermValue>) {
        let count = match value {
            Some(TermValue::Numeric(mark)) => &mut self.numeric[usize::from(mark.clamp(1, 5)) - 1],
            Some(TermValue::NotAssessed) => &mut self.not_assessed,
            Some(TermValue::Exempt) => &mut self.exempt,
            Some(TermValue::Pass | TermValue::Fail | TermValue::Unmarked) => &mut self.unmarked,
            None => &mut self.missing,
        };
        *count += 1;
    }
}

impl FromIterator<Option<TermValue>> for Spread {
    fn from_iter<I: IntoIterator<Item = Option<TermValue>>>(values: I) -> Self {
        let mut spread = Self::default();
        values.into_iter().for_each(|value| spread.add(value));
        spread
    }
}

/// Lists the term marks of a term, by course and pupil; of pupils whose grade has marks.
pub fn given(journal: &Journal, roster: &Roster, term: Id<Term>, as_of: Date) -> Vec<Given> {
    let mut seen = BTreeSet::new();
    let given =
        outcomes(journal, roster, &[term], as_of).into_iter().filter_map(|Outcome { key, standing }| {
            let (pupil, course) = (key.pupil?, key.course?);
            let subject = journal.courses[course].subject;
            let value = if let TermStanding::Given(value) = standing { Some(value) } else { None };
            let is_first = seen.insert((pupil, subject));
            let is_deferred = standing == TermStanding::Deferred;
            Some(Given { pupil, class: key.class, course, subject, value, is_deferred, is_first })
        });
    given.collect()
}
