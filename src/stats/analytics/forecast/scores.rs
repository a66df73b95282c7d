//! What came of a pupil's cases at the end of a week: counts that add up over pupils.

use super::arithmetic::LOW;
use super::case::{Case, TermCases};
use super::past::{Band, Guess, Key, Past};
use crate::model::*;

/// Of cases with some outcome, how many were named beforehand; and how many were named in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Cases with the outcome.
    pub cases: u32,
    /// Of them, named.
    pub found: u32,
    /// Named, with the outcome or without.
    pub named: u32,
}

impl Found {
    fn add(&mut self, is_so: bool, is_named: bool) {
        self.cases += u32::from(is_so);
        self.found += u32::from(is_so && is_named);
        self.named += u32::from(is_named);
    }

    fn sum(&mut self, other: Self) {
        self.cases += other.cases;
        self.found += other.found;
        self.named += other.named;
    }

    /// Returns the share of the cases that was named (полнота).
    pub fn recall(&self) -> Option<f64> {
        (self.cases > 0).then(|| f64::from(self.found) / f64::from(self.cases))
    }

    /// Returns the share of the named that were cases (точность).
    pub fn precision(&self) -> Option<f64> {
        (self.named > 0).then(|| f64::from(self.found) / f64::from(self.named))
    }
}

/// Counts of one way to guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hits {
    pub(super) judged: u32,
    pub(super) exact: u32,
    pub(super) low: Found,
}

impl Hits {
    fn add(&mut self, guess: Option<u8>, mark: u8) {
        self.judged += u32::from(guess.is_some());
        self.exact += u32::from(guess == Some(mark));
        self.low.add(mark <= LOW, guess.is_some_and(|guess| guess <= LOW));
    }

    fn sum(&mut self, other: &Self) {
        self.judged += other.judged;
        self.exact += other.exact;
        self.low.sum(other.low);
    }
}

/// Cases by the tenth that the share of the expected mark lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tenth {
    pub(super) cases: u32,
    pub(super) shares: f64,
    pub(super) exact: u32,
}

/// The scores of a pupil, or of all.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    pub(super) cases: u32,
    pub(super) rounding: Hits,
    pub(super) before: Hits,
    pub(super) forecast: Hits,
    /// Cases that both rounding and the forecast judge, and how many either got right.
    pub(super) pairs: [u32; 3],
    pub(super) twos: Found,
    /// Cases with shares of both kinds: how many, Brier's score of the forecast's and of rounding's.
    pub(super) weighed: u32,
    pub(super) brier: [f64; 2],
    pub(super) tenths: [Tenth; 10],
}

impl std::ops::AddAssign<&Self> for Score {
    fn add_assign(&mut self, other: &Self) {
        self.cases += other.cases;
        self.rounding.sum(&other.rounding);
        self.before.sum(&other.before);
        self.forecast.sum(&other.forecast);
        self.twos.sum(other.twos);
        self.weighed += other.weighed;
        self.pairs.iter_mut().zip(other.pairs).for_each(|(sum, one)| *sum += one);
        self.brier.iter_mut().zip(other.brier).for_each(|(sum, one)| *sum += one);
    }
}

impl Score {
    /// Adds the tenths of another, which no draw needs.
    pub(super) fn add_tenths(&mut self, other: &Self) {
        for (sum, one) in self.tenths.iter_mut().zip(other.tenths) {
            sum.cases += one.cases;
            sum.shares += one.shares;
            sum.exact += one.exact;
        }
    }

    /// Adds a case at the end of a week, by its place; its shares are those of the terms before.
    pub(super) fn add(
        &mut self,
        (journal, of): (&Journal, &TermCases),
        case: &Case,
        week: usize,
        past: &Past,
    ) {
        let (rounded, expected) = (case.rounded(week), case.expected(week, case.before));
        self.cases += 1;
        self.rounding.add(rounded, case.mark);
        self.before.add(case.before, case.mark);
        self.forecast.add(expected, case.mark);
        self.twos.add(case.mark <= 2, expected.is_some_and(|mark| mark <= 2));
        if rounded.is_some() && expected.is_some() {
            let right = |guess| u32::from(guess == Some(case.mark));
            let pair = [1, right(rounded), right(expected)];
            self.pairs.iter_mut().zip(pair).for_each(|(sum, one)| *sum += one);
        }
        let pupil = &journal.pupils[case.pupil].key;
        let kind = journal.terms[of.term].kind;
        let shares = |guess| past.shares(pupil, Key { kind, week: of.weeks[week].0, guess });
        let band = Band::of(case.marks[week].1);
        let Some((expected, own)) =
            expected.and_then(|mark| Some((mark, shares(Guess::Expected(mark, band))?)))
        else {
            return;
        };
        let share = own.of(expected);
        let tenth = &mut self.tenths[((share * 10.0) as usize).min(9)];
        tenth.cases += 1;
        tenth.shares += share;
        tenth.exact += u32::from(expected == case.mark);
        if let Some(reference) = rounded.and_then(|mark| shares(Guess::Rounded(mark))) {
            self.weighed += 1;
            self.brier[0] += own.brier(case.mark);
            self.brier[1] += reference.brier(case.mark);
        }
    }
}
