//! The forecast tried on the terms that have ended, beside plain rounding and the mark of the term before.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::arithmetic::FEWEST_CASES;
use super::estimate::{Estimate, estimates};
use super::scores::{Found, Hits, Score, Tenth};
use crate::model::*;

/// How well the forecast did, by kind of term and week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BackTest {
    /// The school year it was tried on; empty where there was no term to try it on.
    pub year: String,
    /// By kind of term, then by week.
    pub rows: Vec<TestRow>,
    /// Cases of «н/а» for a term in that year: what can be said of them rests on their number.
    pub not_assessed: usize,
}

/// The trial at the end of a week.
#[derive(Clone, Debug, PartialEq)]
pub struct TestRow {
    /// The kind of the terms.
    pub kind: TermKind,
    /// The week, from 2.
    pub week: u8,
    /// Pupils and courses with a numeric term mark.
    pub cases: u32,
    /// The rounded mean so far.
    pub rounding: Method,
    /// The mark of the term before.
    pub before: Method,
    /// The forecast.
    pub forecast: Method,
    /// Cases that both rounding and the forecast judge.
    pub pairs: u32,
    /// By how many percentage points the forecast was right more often than rounding, over those.
    pub gain: Option<Estimate>,
    /// What the shares of earlier terms were worth; none where there were too few cases before.
    pub probability: Option<Probability>,
    /// Term marks of 2 and lower: which of them the forecast named.
    pub twos: Found,
    /// Whether the forecast may be called better than rounding.
    pub verdict: Verdict,
}

/// One way to guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// Cases of which it says something.
    pub judged: u32,
    /// Of them, right.
    pub exact: u32,
    /// Their share, 0 to 1.
    pub share: Option<Estimate>,
    /// Term marks of 3 and lower.
    pub low: Found,
    /// Share of the low marks that was named.
    pub recall: Option<Estimate>,
    /// Share of the named that were low.
    pub precision: Option<Estimate>,
}

/// What the shares given as probabilities were worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Probability {
    /// Cases with shares both of the forecast and of rounding.
    pub cases: u32,
    /// Brier score of the forecast's shares over all marks: 0 is best, 2 is worst.
    pub brier: Estimate,
    /// The same of the shares by the rounded mean alone.
    pub reference: Estimate,
    /// 1 − one by the other: what is above 0 is better than rounding.
    pub skill: Estimate,
    /// The share of the expected mark in ten bins against how often it came.
    pub calibration: [Bin; 10],
    /// Mean distance of the two, by cases.
    pub calibration_error: f64,
}

/// A tenth of the shares: from 0 to below 0.1, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Cases.
    pub cases: u32,
    /// Their mean share.
    pub said: f64,
    /// How often the expected mark came.
    pub came: f64,
}

/// What may be said of the forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval of the gain lies above 0.
    Better,
    /// It does not.
    NotBetter,
    /// Too few cases.
    Unknown,
}

/// The scores of every pupil at the end of every week, from which a trial is judged.
#[derive(Default)]
pub(crate) struct Trial {
    pub(super) year: String,
    pub(super) scores: BTreeMap<(TermKind, u8), Vec<Score>>,
    pub(super) not_assessed: usize,
}

impl Trial {
    /// Tells whether there was nothing to try it on.
    pub(super) fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// Judges the trial.
    pub(super) fn judge(&self) -> BackTest {
        let rows: Vec<_> = self.scores.iter().collect();
        let rows = rows.into_par_iter().map(|((kind, week), scores)| row(*kind, *week, scores));
        BackTest { year: self.year.clone(), rows: rows.collect(), not_assessed: self.not_assessed }
    }
}

impl BackTest {
    /// Returns the trial of a kind of term at the end of a week.
    pub fn row(&self, kind: TermKind, week: u8) -> Option<&TestRow> {
        self.rows.iter().find(|row| row.kind == kind && row.week == week)
    }
}

fn row(kind: TermKind, week: u8, scores: &[Score]) -> TestRow {
    let mut total = Score::default();
    for score in scores {
        total += score;
        total.add_tenths(score);
    }
    let [rounding, before, forecast, gain, brier, reference, skill, rest @ ..] = estimates(scores, figures);
    let [recall_rounding, recall_before, recall, precision_rounding, precision_before, precision] = rest;
    let method = |hits: &Hits, [share, recall, precision]: [Option<Estimate>; 3]| Method {
        judged: hits.judged,
        exact: hits.exact,
        share,
        low: hits.low,
        recall,
        precision,
    };
    let probability = (total.weighed as usize >= FEWEST_CASES)
        .then(|| Some(probability(&total, [brier?, reference?, skill?])))
        .flatten();
    TestRow {
        kind,
        week,
        cases: total.cases,
        rounding: method(&total.rounding, [rounding, recall_rounding, precision_rounding]),
        before: method(&total.before, [before, recall_before, precision_before]),
        forecast: method(&total.forecast, [forecast, recall, precision]),
        pairs: total.pairs[0],
        gain,
        probability,
        twos: total.twos,
        verdict: verdict(total.pairs[0], gain),
    }
}

/// Forms the figures of a score that have an interval.
fn figures(score: &Score) -> [Option<f64>; 13] {
    let ratio = |above: f64, below: f64| (below > 0.0).then(|| above / below);
    let share = |hits: &Hits| ratio(f64::from(hits.exact), f64::from(hits.judged));
    let [pairs, rounding, forecast] = score.pairs.map(f64::from);
    let brier = |place: usize| ratio(score.brier[place], f64::from(score.weighed));
    let hits = [&score.rounding, &score.before, &score.forecast];
    let [one, two, three] = hits.map(share);
    let [recall_one, recall_two, recall_three] = hits.map(|hits| hits.low.recall());
    let [precision_one, precision_two, precision_three] = hits.map(|hits| hits.low.precision());
    [
        one,
        two,
        three,
        ratio(100.0 * (forecast - rounding), pairs),
        brier(0),
        brier(1),
        ratio(score.brier[0], score.brier[1]).map(|ratio| 1.0 - ratio),
        recall_one,
        recall_two,
        recall_three,
        precision_one,
        precision_two,
        precision_three,
    ]
}

fn probability(total: &Score, [brier, reference, skill]: [Estimate; 3]) -> Probability {
    let bin = |tenth: Tenth| {
        let by_cases = |sum: f64| if tenth.cases > 0 { sum / f64::from(tenth.cases) } else { 0.0 };
        Bin { cases: tenth.cases, said: by_cases(tenth.shares), came: by_cases(f64::from(tenth.exact)) }
    };
    let calibration = total.tenths.map(bin);
    let cases: u32 = calibration.iter().map(|bin| bin.cases).sum();
    let distance = |bin: &Bin| f64::from(bin.cases) * (bin.said - bin.came).abs();
    let calibration_error = calibration.iter().map(distance).sum::<f64>() / f64::from(cases.max(1));
    Probability { cases: total.weighed, brier, reference, skill, calibration, calibration_error }
}

fn verdict(pairs: u32, gain: Option<Estimate>) -> Verdict {
    match gain {
        _ if (pairs as usize) < FEWEST_CASES => Verdict::Unknown,
        None => Verdict::Unknown,
        Some(gain) if gain.low > 0.0 => Verdict::Better,
        Some(_) => Verdict::NotBetter,
    }
}
