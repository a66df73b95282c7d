//! How good forecasts were by the week of the term: from the mean so far, from the previous mark, from both.

use super::facts::Facts;
use super::forecast::{LOW, TermCases, term_cases};
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Точность прогноза.
pub const FORECAST_ACCURACY: AnalyticsTable = AnalyticsTable {
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

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let of_term = |of: &TermCases| (0..of.weeks.len()).map(|week| row(facts, of, week)).collect::<Vec<_>>();
    term_cases(facts).iter().flat_map(of_term).collect()
}

fn row(facts: &Facts<'_>, of: &TermCases, week: usize) -> Row {
    // Cases; judged and exact of the three forecasts; low, found, named.
    let mut counts = [0_usize; 10];
    for case in &of.cases {
        let before = case.before_in_year;
        let forecast = case.expected(week, before);
        counts[0] += 1;
        for (at, guess) in [case.rounded(week), before, forecast].into_iter().enumerate() {
            counts[1 + 2 * at] += usize::from(guess.is_some());
            counts[2 + 2 * at] += usize::from(guess == Some(case.mark));
        }
        let is_named = forecast.is_some_and(|forecast| forecast <= LOW);
        counts[7] += usize::from(case.mark <= LOW);
        counts[8] += usize::from(case.mark <= LOW && is_named);
        counts[9] += usize::from(is_named);
    }
    let mut row: Row = vec![facts.term_key(Some(of.term)).into(), of.weeks[week].0.into()];
    row.extend(counts.map(Into::into));
    row
}
