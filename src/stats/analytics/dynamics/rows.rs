//! A row: a figure, the figure then, and both over the pupils who count in either.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::facts::Facts;
use super::super::sheet::{Cell, Row};
use super::wholes::{self, Grades, Pooled, Pupils, Tally};
use crate::model::*;
use crate::stats::figure::Figure;

/// The wholes of the ended terms: the grades they pool, and their pupils.
pub(super) struct Now<'k> {
    pub(super) grades: Grades<'k>,
    pub(super) pupils: FxHashMap<(Id<Term>, Pooled<'k>), Pupils>,
}

pub(super) fn whole(figure: &Figure) -> Pooled<'_> {
    (figure.scope, figure.scope_id.as_str(), figure.subject)
}

pub(super) fn row(
    facts: &Facts<'_>,
    figure: &Figure,
    (before_term, before): (&str, Option<f64>),
    (cohort, values): (usize, [Option<f64>; 2]),
) -> Row {
    let subject = figure.subject.map_or("", |id| facts.journal.subjects[id].key.as_str());
    vec![
        facts.term_key(Some(figure.term)).into(),
        figure.scope.code().into(),
        figure.scope_id.as_str().into(),
        subject.into(),
        figure.metric.into(),
        figure.value.into(),
        before_term.into(),
        before.into(),
        figure.value.zip(before).map(|(value, before)| value - before).into(),
        cohort.into(),
        values[0].into(),
        Cell::from(values[1]),
    ]
}

/// Returns what is the same for all grades, where there is such a thing.
pub(super) fn common<T: PartialEq>(grades: &BTreeSet<u8>, of: impl Fn(u8) -> Option<T>) -> Option<T> {
    let mut all = grades.iter().map(|grade| of(*grade));
    let first = all.next()??;
    all.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Returns how many pupils count in both terms, and the metric over them alone, now and then.
pub(super) fn cohort(figure: &Figure, now: &Pupils, then: &Pupils) -> (usize, [Option<f64>; 2]) {
    let metric = figure.metric;
    let counts = |pupils: &Pupils, pupil| pupils.get(pupil).is_some_and(|tally| tally.counts(metric));
    let both: Vec<Id<Pupil>> =
        now.keys().filter(|pupil| counts(now, pupil) && counts(then, pupil)).copied().collect();
    let over = |pupils: &Pupils| {
        let tallies: Vec<Tally> = both.iter().map(|pupil| pupils[pupil]).collect();
        wholes::value(figure, &tallies)
    };
    (both.len(), [over(now), over(then)])
}
