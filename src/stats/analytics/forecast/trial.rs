//! Tries the forecast on the terms that have ended.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::facts::Facts;
use super::back_test::Trial;
use super::case::TermCases;
use super::cases::term_cases;
use super::past::Past;
use super::scores::Score;
use crate::model::*;

/// Tries the forecast on the ended terms; the shares of each are those of the terms that ended before it.
pub(crate) fn trial(facts: &Facts<'_>) -> Trial {
    let mut scores: BTreeMap<(TermKind, u8), BTreeMap<Id<Pupil>, Score>> = BTreeMap::new();
    let mut past = Pasts::new(facts);
    for of in term_cases(facts).iter().filter(|of| !of.cases.is_empty()) {
        let term = &facts.journal.terms[of.term];
        let past = past.before(term.span.from);
        for (place, (week, _)) in of.weeks.iter().enumerate() {
            let row = scores.entry((term.kind, *week)).or_default();
            for case in &of.cases {
                row.entry(case.pupil).or_default().add((facts.journal, of), case, place, past);
            }
        }
    }
    let year = if scores.is_empty() { String::new() } else { facts.journal.year.title.clone() };
    let not_assessed = term_cases(facts).iter().map(|of| of.not_assessed).sum();
    let scores = scores.into_iter().map(|(key, pupils)| (key, pupils.into_values().collect()));
    Trial { year, scores: scores.collect(), not_assessed }
}

/// The cases of earlier terms, growing with the day that is looked from.
pub(super) struct Pasts<'f> {
    journal: &'f Journal,
    /// Terms not yet counted, the one that ended last first.
    rest: Vec<&'f TermCases>,
    past: Past,
}

impl<'f> Pasts<'f> {
    pub(super) fn new(facts: &'f Facts<'_>) -> Self {
        let mut rest: Vec<&TermCases> = term_cases(facts).iter().collect();
        rest.sort_by_key(|of| std::cmp::Reverse(facts.journal.terms[of.term].span.to));
        Self { journal: facts.journal, rest, past: facts.past.clone() }
    }

    /// Returns the cases of the terms that ended before a day; days may only grow.
    pub(super) fn before(&mut self, day: Date) -> &Past {
        while let Some(of) = self.rest.pop_if(|of| self.journal.terms[of.term].span.to < day) {
            self.past.add(self.journal, of);
        }
        &self.past
    }
}
