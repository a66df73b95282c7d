//! The table of the terms under way: what is to be expected, and how many fives would raise the mark.

use super::super::facts::{Facts, Studied};
use super::super::sheet::Kind::{Number, Text, Whole};
use super::super::sheet::{Cell, Row};
use super::super::table::AnalyticsTable;
use super::arithmetic::{expected, needed};
use super::today::{before, forecast, under_way};
use crate::model::*;

/// Прогноз на период.
pub const FORECAST: AnalyticsTable = AnalyticsTable {
    name: "forecast",
    title: "Прогноз на период",
    columns: &[
        ("term_id", Text),
        ("class_id", Text),
        ("pupil_id", Text),
        ("subject_id", Text),
        ("course_id", Text),
        ("marks", Whole),
        ("mean", Number),
        ("before", Whole),
        ("expected", Whole),
        ("needed", Whole),
    ],
    sources: &[Table::Marks],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (term, so_far) in under_way(facts) {
        rows.extend(forecast(facts, term).into_iter().map(|one| row(facts, term, one, so_far)));
    }
    rows
}

fn row(facts: &Facts<'_>, term: Id<Term>, one: Studied, so_far: Span) -> Row {
    let journal = facts.journal;
    let sums = facts.sums(one.pupil, one.course, so_far);
    let before = before(facts, term, one);
    vec![
        facts.term_key(Some(term)).into(),
        facts.class_key(Some(one.class)).into(),
        journal.pupils[one.pupil].key.as_str().into(),
        journal.subjects[one.subject].key.as_str().into(),
        journal.courses[one.course].key.as_str().into(),
        Cell::Whole(i64::try_from(sums.count).unwrap_or(i64::MAX)),
        (sums.count > 0).then(|| sums.sum as f64 / sums.count as f64).into(),
        before.into(),
        expected(sums.sum, sums.count, before).into(),
        needed(sums.sum, sums.count).into(),
    ]
}
