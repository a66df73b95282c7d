//! Who is where in the terms under way: every pupil in every course, with what is to be expected and why.

use std::collections::BTreeMap;

use super::super::facts::{Facts, Studied};
use super::super::pupil_subjects::{Attended, attended};
use super::arithmetic::{expected, fives_for, needed};
use super::back_test::{BackTest, Trial};
use super::past::{Band, Guess, Key, Past, Shares};
use super::risks::{Risk, SoFar, dangers};
use super::today::{before, forecast, under_way};
use super::trial::{Pasts, trial};
use crate::model::*;

/// The forecast of the terms under way, with what it was worth before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Terms that have begun and not ended; none: nothing is forecast.
    pub terms: Vec<Id<Term>>,
    /// Pupils and courses of those terms, by term, class, pupil and course.
    pub prospects: Vec<Prospect>,
    /// How well such forecasts did.
    pub back_test: BackTest,
}

/// A pupil in a course of a term under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// Term.
    pub term: Id<Term>,
    /// The pupil's class today.
    pub class: Id<Class>,
    /// Pupil.
    pub pupil: Id<Pupil>,
    /// Subject.
    pub subject: Id<Subject>,
    /// Course.
    pub course: Id<Course>,
    /// Week of the term, from 1.
    pub week: u8,
    /// Numeric marks so far, by date.
    pub marks: Vec<u8>,
    /// The term mark before.
    pub before: Option<u8>,
    /// The mark to be expected.
    pub expected: Option<u8>,
    /// The least number of further fives that raises the mark.
    pub needed: Option<i64>,
    /// How like cases of earlier terms ended; none where there were fewer than [`super::FEWEST_CASES`].
    pub shares: Option<Shares>,
    /// Lessons held so far, and those missed; none where nobody knows.
    pub lessons: Option<(usize, usize)>,
    /// Why to look at it.
    pub risks: Vec<Risk>,
}

impl Prospect {
    /// Returns the sum of the marks so far.
    fn sum(&self) -> i128 {
        self.marks.iter().copied().map(i128::from).sum()
    }

    fn count(&self) -> i128 {
        i128::try_from(self.marks.len()).unwrap_or(i128::MAX)
    }

    /// Returns the mean of the marks so far.
    pub fn mean(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.sum() as f64 / self.count() as f64)
    }

    /// Returns the least number of further fives with which the rounded mean reaches a mark («сколько пятёрок нужно»); none where
    /// it has reached it, or where more than twenty would be needed.
    pub fn fives_for(&self, mark: u8) -> Option<i64> {
        fives_for(self.sum(), self.count(), mark)
    }

    /// Tells whether there is a danger, and not only a chance.
    pub fn is_at_risk(&self) -> bool {
        self.risks.iter().any(Risk::is_danger)
    }
}

impl Outlook {
    /// Looks at the terms under way.
    pub(crate) fn of(facts: &Facts<'_>) -> Self {
        let has = |table| facts.journal.presence.has(table);
        if !has(Table::Marks) {
            return Self::default();
        }
        let mut terms = under_way(facts);
        terms.sort_by_key(|(_, span)| span.from);
        let mut pasts = Pasts::new(facts);
        let mut prospects = Vec::new();
        for (term, so_far) in &terms {
            let past = pasts.before(so_far.from);
            prospects.extend(of_term(facts, (*term, *so_far), past));
        }
        chances(&mut prospects);
        let own = if has(Table::TermMarks) { trial(facts) } else { Trial::default() };
        let earlier = facts.year_before.map(|year| &year.trial);
        let back_test = earlier.filter(|_| own.is_empty()).unwrap_or(&own).judge();
        Self { terms: terms.into_iter().map(|(term, _)| term).collect(), prospects, back_test }
    }

    /// Walks those at risk.
    pub fn at_risk(&self) -> impl Iterator<Item = &Prospect> {
        self.prospects.iter().filter(|one| one.is_at_risk())
    }
}

fn of_term(facts: &Facts<'_>, (term, so_far): (Id<Term>, Span), past: &Past) -> Vec<Prospect> {
    let journal = facts.journal;
    let mut prospects = Vec::new();
    for of_course in forecast(facts, term).chunk_by(|one, other| one.course == other.course) {
        let attended = attended(facts, of_course[0].course, so_far);
        prospects
            .extend(of_course.iter().map(|one| prospect(facts, (term, so_far), *one, (past, &attended))));
    }
    prospects.sort_by_cached_key(|one| {
        let class = &journal.classes[one.class];
        (
            (class.grade, class.key.clone()),
            journal.pupils[one.pupil].key.clone(),
            journal.courses[one.course].key.clone(),
        )
    });
    prospects
}

fn prospect(
    facts: &Facts<'_>,
    (term, so_far): (Id<Term>, Span),
    one: Studied,
    (past, attended): (&Past, &Attended),
) -> Prospect {
    let Studied { pupil, class, course, subject } = one;
    let record = &facts.journal.terms[term];
    let marks: Vec<u8> = facts.numeric_marks(pupil, course, so_far).collect();
    let sum = marks.iter().copied().map(i128::from).sum();
    let count = i128::try_from(marks.len()).unwrap_or(i128::MAX);
    let before = before(facts, term, one);
    let expected = expected(sum, count, before);
    let days = |to: jiff::civil::Date| i64::from((to - so_far.from).get_days()) + 1;
    let weeks = days(so_far.to) / 7;
    // Whole weeks, as far as they were tried.
    let like = u8::try_from(weeks).unwrap_or(u8::MAX).clamp(2, 8);
    let guess = expected.map(|mark| Guess::Expected(mark, Band::of(count)));
    let key = guess.map(|guess| Key { kind: record.kind, week: like, guess });
    let shares = key.and_then(|key| past.shares(&facts.journal.pupils[pupil].key, key));
    let has_attendance = facts.journal.presence.has(Table::Attendance);
    let lessons = has_attendance.then(|| attended.get(&pupil).copied().unwrap_or_default());
    let week = u8::try_from((days(so_far.to) + 6) / 7).unwrap_or(u8::MAX);
    let (held, missed) = lessons.unwrap_or_default();
    let is_past_half = 2 * days(so_far.to) > days(record.span.to);
    let risks = dangers(&SoFar {
        marks: &marks,
        before,
        expected,
        shares,
        missed,
        lessons: held,
        week,
        is_past_half,
    });
    let needed = needed(sum, count);
    Prospect {
        term,
        class,
        pupil,
        subject,
        course,
        week,
        marks,
        before,
        expected,
        needed,
        shares,
        lessons,
        risks,
    }
}

/// Fewest subjects with a forecast of which one is called the only one.
const FEWEST_SUBJECTS: usize = 3;

/// Names the one subject that stands between a pupil and an excellent or good term.
fn chances(prospects: &mut [Prospect]) {
    let mut of_pupils: BTreeMap<(Id<Term>, Id<Pupil>), Vec<usize>> = BTreeMap::new();
    for (place, one) in prospects.iter().enumerate().filter(|(_, one)| one.expected.is_some()) {
        of_pupils.entry((one.term, one.pupil)).or_default().push(place);
    }
    for places in of_pupils.into_values().filter(|places| places.len() >= FEWEST_SUBJECTS) {
        let lowest = places.iter().filter_map(|place| prospects[*place].expected).min();
        let Some(mark) = lowest.filter(|mark| [3, 4].contains(mark)) else { continue };
        let mut lowest = places.iter().filter(|place| prospects[**place].expected == Some(mark));
        if let (Some(place), None) = (lowest.next(), lowest.next()) {
            prospects[*place].risks.push(Risk::OnlyOne { mark, subjects: places.len() });
        }
    }
}
