//! Changes between terms, each with the same pupils' figures beside it; what may be called a change and what may not.

use rustc_hash::FxHashMap;

use super::numbers::FEW;
use super::standings::{is_without_3, rank};
use super::{Count, TermData};
use crate::model::{Id, Subject};
use crate::stats::analytics::{DYNAMICS, Record};
use crate::stats::{Scope, is_beyond_chance};

/// A figure beside the same figure of an earlier term.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    /// Now.
    pub value: Option<f64>,
    /// Then.
    pub before: Option<f64>,
    /// The difference.
    pub change: Option<f64>,
    /// How many pupils count in both.
    pub cohort: usize,
    /// The figure over them alone, now.
    pub cohort_value: Option<f64>,
    /// The same then.
    pub cohort_before: Option<f64>,
}

impl Change {
    fn of(row: Record<'_>) -> Self {
        Self {
            value: row.number("value"),
            before: row.number("before"),
            change: row.number("change"),
            cohort: row.count("cohort"),
            cohort_value: row.number("cohort_value"),
            cohort_before: row.number("cohort_before"),
        }
    }

    /// Returns the change over the same pupils.
    pub fn of_cohort(&self) -> Option<f64> {
        self.cohort_value.zip(self.cohort_before).map(|(now, then)| now - then)
    }

    /// Tells which way a figure went, where it may be said: at least ten of the same pupils, their figure went the same way as
    /// the whole, and more of them moved that way than chance explains.
    pub fn verdict(&self, moves: Moves) -> Verdict {
        let (Some(change), Some(of_cohort)) = (self.change, self.of_cohort()) else {
            return Verdict::NotComparable;
        };
        if self.cohort < FEW {
            return Verdict::NotComparable;
        }
        let (is_up, is_down) = (change > 0.0 && of_cohort > 0.0, change < 0.0 && of_cohort < 0.0);
        let is_certain = is_beyond_chance(moves.up, moves.down) && (moves.up > moves.down) == is_up;
        match (is_up || is_down, is_certain) {
            (true, true) if is_up => Verdict::Rose,
            (true, true) => Verdict::Fell,
            (true, false) => Verdict::WithinChance,
            (false, _) if change.abs() < 1e-9 => Verdict::Same,
            (false, _) => Verdict::NotBorneOut,
        }
    }

    /// Returns how many of the same pupils a share over pupils counts: then and now.
    pub fn cohort_counts(&self) -> [Count; 2] {
        // Shares of whole pupils: rounding takes back what the division took.
        let found = |share: Option<f64>| (share.unwrap_or(0.0) * self.cohort as f64 / 100.0).round() as usize;
        [self.cohort_before, self.cohort_value].map(|share| Count { found: found(share), of: self.cohort })
    }
}

/// Which way a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Up.
    Rose,
    /// Down.
    Fell,
    /// Not at all.
    Same,
    /// The same pupils went the same way, but no more of them than chance explains.
    WithinChance,
    /// The same pupils went nowhere or the other way: others came and left.
    NotBorneOut,
    /// There is nothing, or there are too few, to compare.
    NotComparable,
}

/// How many pupils of both terms moved across a border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Pupils that stand in both terms.
    pub both: usize,
    /// Moved up across it.
    pub up: usize,
    /// Moved down across it.
    pub down: usize,
}

impl Moves {
    /// Counts moves across the border of «4» and «5».
    pub fn of_quality<'a>(rows: impl IntoIterator<Item = Record<'a>>) -> Self {
        Self::across(rows, is_without_3)
    }

    /// Counts moves across the border of success.
    pub fn of_attainment<'a>(rows: impl IntoIterator<Item = Record<'a>>) -> Self {
        Self::across(rows, |standing| rank(standing).is_some_and(|rank| rank < 3))
    }

    fn across<'a>(rows: impl IntoIterator<Item = Record<'a>>, is_above: impl Fn(&str) -> bool) -> Self {
        let mut moves = Self::default();
        for row in rows {
            let (now, then) = (row.text("standing"), row.text("before"));
            if rank(now).is_none() || rank(then).is_none() {
                continue;
            }
            moves.both += 1;
            moves.up += usize::from(is_above(now) && !is_above(then));
            moves.down += usize::from(!is_above(now) && is_above(then));
        }
        moves
    }
}

type Place<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The changes of a term's figures from the term before, and from the same term of the year before.
pub struct Changes<'a> {
    from_before: FxHashMap<Place<'a>, Record<'a>>,
    from_last_year: FxHashMap<Place<'a>, Record<'a>>,
}

impl<'a> Changes<'a> {
    /// Gathers the changes of a term.
    pub fn new(data: &TermData<'a>) -> Self {
        let mut changes = Self { from_before: FxHashMap::default(), from_last_year: FxHashMap::default() };
        for row in data.rows(&DYNAMICS) {
            let place = (row.text("scope"), row.text("scope_id"), row.text("subject_id"), row.text("metric"));
            // A term of another year stands behind its year: `2023-2024/Q1`.
            let is_other_year = row.text("before_term_id").contains('/');
            let of = if is_other_year { &mut changes.from_last_year } else { &mut changes.from_before };
            of.insert(place, row);
        }
        changes
    }

    /// Returns the change from the term before; nothing is in it where there is none.
    pub fn from_before(
        &self,
        data: &TermData<'_>,
        scope: Scope,
        id: &str,
        subject: Option<Id<Subject>>,
        metric: &str,
    ) -> Change {
        let subject = subject.map_or("", |id| data.journal().subjects[id].key.as_str());
        let row = self.from_before.get(&(scope.code(), id, subject, metric));
        row.map_or(Change::default(), |row| Change::of(*row))
    }

    /// Returns the change from the same term of the year before.
    pub fn from_last_year(&self, scope: Scope, id: &str, metric: &str) -> Option<Change> {
        self.from_last_year.get(&(scope.code(), id, "", metric)).map(|row| Change::of(*row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(value: f64, before: f64, cohort: usize, now: f64, then: f64) -> Change {
        Change {
            value: Some(value),
            before: Some(before),
            change: Some(value - before),
            cohort,
            cohort_value: Some(now),
            cohort_before: Some(then),
        }
    }

    #[test]
    fn a_change_is_one_only_where_the_same_pupils_bear_it_out_beyond_chance() {
        let up = Moves { both: 100, up: 20, down: 3 };
        assert_eq!(change(60.0, 50.0, 100, 61.0, 50.0).verdict(up), Verdict::Rose);
        assert_eq!(
            change(40.0, 50.0, 100, 40.0, 50.0).verdict(Moves { up: 3, down: 20, ..up }),
            Verdict::Fell
        );
        // The class changed, the pupils did not.
        assert_eq!(change(60.0, 50.0, 100, 49.0, 50.0).verdict(up), Verdict::NotBorneOut);
        assert_eq!(
            change(60.0, 50.0, 100, 51.0, 50.0).verdict(Moves { up: 3, down: 2, ..up }),
            Verdict::WithinChance
        );
        assert_eq!(change(50.0, 50.0, 100, 50.0, 50.0).verdict(Moves::default()), Verdict::Same);
        assert_eq!(change(60.0, 50.0, 9, 61.0, 50.0).verdict(up), Verdict::NotComparable);
        assert_eq!(Change::default().verdict(up), Verdict::NotComparable);
    }
}
