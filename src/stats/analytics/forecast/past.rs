//! How often a guess came true in the terms that ended before: the share of each mark among cases like this one.

use rustc_hash::FxHashMap;

use super::arithmetic::FEWEST_CASES;
use super::case::TermCases;
use crate::model::*;

/// What was to be guessed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guess {
    /// The mark to be expected, with how many marks it rests on.
    Expected(u8, Band),
    /// The rounded mean alone: what a forecast has to beat.
    Rounded(u8),
}

/// How many marks there are so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Band {
    /// None to two.
    Few,
    /// Three or four.
    Some,
    /// Five and more.
    Many,
}

impl Band {
    pub(crate) fn of(count: i128) -> Self {
        match count {
            ..=2 => Self::Few,
            3..=4 => Self::Some,
            _ => Self::Many,
        }
    }
}

/// Cases that are alike: of terms of one kind, at the end of the same week, with the same guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) kind: TermKind,
    pub(crate) week: u8,
    pub(crate) guess: Guess,
}

/// Cases by the mark they ended with; the place of a mark is the mark.
type Counts = [u32; 6];

/// How earlier cases like this one ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    counts: Counts,
}

impl Shares {
    /// Returns how many cases there were.
    pub fn cases(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Returns how many of them ended with a mark.
    pub fn count(&self, mark: u8) -> u32 {
        self.counts.get(usize::from(mark)).copied().unwrap_or(0)
    }

    /// Returns how many of them ended with a mark or a lower one.
    pub fn count_to(&self, mark: u8) -> u32 {
        (0..=mark).map(|one| self.count(one)).sum()
    }

    /// Returns the share of a mark, 0 to 1.
    pub fn of(&self, mark: u8) -> f64 {
        f64::from(self.count(mark)) / f64::from(self.cases().max(1))
    }

    /// Returns the Brier score of the shares where a mark came out: the squares of what was missed, over all marks.
    pub(super) fn brier(&self, mark: u8) -> f64 {
        let missed = |one: u8| self.of(one) - f64::from(u8::from(one == mark));
        (1..=5).map(|one| missed(one) * missed(one)).sum()
    }
}

/// The cases of earlier terms, counted; and of each pupil, so that a pupil is not forecast from the pupil's own terms.
#[derive(Clone, Default)]
pub(crate) struct Past {
    all: FxHashMap<Key, Counts>,
    own: FxHashMap<(u32, Key), Counts>,
    pupils: FxHashMap<Text, u32>,
}

impl Past {
    /// Adds the cases of a term.
    pub(crate) fn add(&mut self, journal: &Journal, of: &TermCases) {
        let kind = journal.terms[of.term].kind;
        for case in &of.cases {
            let pupil = self.number(&journal.pupils[case.pupil].key);
            for (place, (week, _)) in of.weeks.iter().enumerate() {
                let band = Band::of(case.marks[place].1);
                let expected = case.expected(place, case.before).map(|mark| Guess::Expected(mark, band));
                let rounded = case.rounded(place).map(Guess::Rounded);
                for guess in [expected, rounded].into_iter().flatten() {
                    self.count(pupil, Key { kind, week: *week, guess }, case.mark, 1);
                }
            }
        }
    }

    fn number(&mut self, pupil: &Text) -> u32 {
        let next = u32::try_from(self.pupils.len()).unwrap_or(u32::MAX);
        *self.pupils.entry(pupil.clone()).or_insert(next)
    }

    fn count(&mut self, pupil: u32, key: Key, mark: u8, count: u32) {
        let place = usize::from(mark.min(5));
        self.all.entry(key).or_default()[place] += count;
        self.own.entry((pupil, key)).or_default()[place] += count;
    }

    /// Returns how cases like this one ended, the pupil's own left out; nothing where there are too few.
    pub(crate) fn shares(&self, pupil: &Text, key: Key) -> Option<Shares> {
        let mut counts = *self.all.get(&key)?;
        let own = self.pupils.get(pupil).and_then(|pupil| self.own.get(&(*pupil, key)));
        for (count, own) in counts.iter_mut().zip(own.into_iter().flatten()) {
            *count -= own;
        }
        let shares = Shares { counts };
        (shares.cases() as usize >= FEWEST_CASES).then_some(shares)
    }
}
