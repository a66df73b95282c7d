//! How good forecasts were by the week of the term: from the mean so far, from the previous mark, from both.

use jiff::ToSpan;

use super::facts::{Facts, Studied};
use super::forecast::{before, expected};
use super::rounding::half_up;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

pub(super) const FORECAST_ACCURACY: AnalyticsTable = AnalyticsTable {
    name: "forecast_accuracy",
    title: "Точность прогноза",
    columns: &[
        ("term_id", Text),
        ("week", Whole),
        ("cases", Whole),
        ("naive_judged", Whole),
        ("naive_exact", Whole),
        ("before_judged", Whole),
        ("before_exact", Whole),
        ("forecast_judged", Whole),
        ("forecast_exact", Whole),
        ("low", Whole),
        ("low_found", Whole),
        ("low_named", Whole),
    ],
    sources: &[Table::TermMarks, Table::Marks],
    rows,
};

/// Highest term mark that is called low.
const LOW: u8 = 3;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for &term in &facts.ended {
        let Term { span, kind, .. } = facts.journal.terms[term];
        if kind == TermKind::Year {
            continue;
        }
        let cases = cases(facts, term);
        for week in 2_u8..=8 {
            let day = span.from.saturating_add((7 * i64::from(week) - 1).days());
            if day < span.to {
                rows.push(row(facts, (term, week), &cases, Span { from: span.from, to: day }));
            }
        }
    }
    rows
}

/// A pupil in a course with the term mark, and the mark of the term before.
type Case = (Studied, u8, Option<u8>);

/// Lists the cases of a term, which are the same in every week.
fn cases(facts: &Facts<'_>, term: Id<Term>) -> Vec<Case> {
    let case = |one: Studied| {
        let mark = facts.numeric_term_mark(one.pupil, one.subject, term)?;
        Some((one, mark, before(facts, term, one)))
    };
    facts.graded(term, facts.journal.terms[term].span.to).into_iter().filter_map(case).collect()
}

fn row(facts: &Facts<'_>, (term, week): (Id<Term>, u8), cases: &[Case], so_far: Span) -> Row {
    // Cases; judged and exact of the three forecasts; low, found, named.
    let mut counts = [0_usize; 10];
    for &(one, mark, before) in cases {
        let sums = facts.sums(one.pupil, one.course, so_far);
        let forecast = expected(sums.sum, sums.count, before);
        counts[0] += 1;
        for (at, guess) in [half_up(sums.sum, sums.count), before, forecast].into_iter().enumerate() {
            counts[1 + 2 * at] += usize::from(guess.is_some());
            counts[2 + 2 * at] += usize::from(guess == Some(mark));
        }
        let is_named = forecast.is_some_and(|forecast| forecast <= LOW);
        counts[7] += usize::from(mark <= LOW);
        counts[8] += usize::from(mark <= LOW && is_named);
        counts[9] += usize::from(is_named);
    }
    let mut row: Row = vec![facts.term_key(Some(term)).into(), week.into()];
    row.extend(counts.map(Into::into));
    row
}
