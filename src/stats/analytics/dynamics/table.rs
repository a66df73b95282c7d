//! The table: the term before within the year, and the year before where it is compared with.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::facts::Facts;
use super::super::sheet::Kind::{Number, Text, Whole};
use super::super::sheet::Row;
use super::super::table::AnalyticsTable;
use super::rows::{Now, cohort, common, row, whole};
use super::wholes::{self, METRICS, Names, Pupils, SCOPES};
use super::years;
use crate::model::*;
use crate::stats::figure::Figure;

/// Динамика показателей.
pub const DYNAMICS: AnalyticsTable = AnalyticsTable {
    name: "dynamics",
    title: "Динамика показателей",
    columns: &[
        ("term_id", Text),
        ("scope", Text),
        ("scope_id", Text),
        ("subject_id", Text),
        ("metric", Text),
        ("value", Number),
        ("before_term_id", Text),
        ("before", Number),
        ("change", Number),
        ("cohort", Whole),
        ("cohort_value", Number),
        ("cohort_before", Number),
    ],
    sources: &[Table::TermMarks],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let wanted = |figure: &&Figure| METRICS.contains(&figure.metric) && SCOPES.contains(&figure.scope);
    let figures: Vec<&Figure> = facts.figures.iter().filter(wanted).collect();
    let names = Names::new();
    let mut grades = wholes::grades(facts, &names);
    let pupils = wholes::pupils(facts, &names, &mut grades);
    let now = Now { grades, pupils };
    let mut rows = within_the_year(facts, &figures, &now);
    if let Some(year) = facts.year_before {
        rows.extend(years::rows(facts, &figures, &now, year));
    }
    rows
}

fn within_the_year(facts: &Facts<'_>, figures: &[&Figure], now: &Now<'_>) -> Vec<Row> {
    let values: FxHashMap<_, Option<f64>> =
        figures.iter().map(|figure| ((figure.term, figure.metric, whole(figure)), figure.value)).collect();
    let nobody = Pupils::new();
    let mut rows = Vec::new();
    for figure in figures {
        let grades = now.grades.get(&(figure.term, whole(figure)));
        let Some(before_term) = grades.and_then(|grades| common_previous(facts, figure.term, grades)) else {
            continue;
        };
        let before = values.get(&(before_term, figure.metric, whole(figure))).copied().flatten();
        let of = |term| now.pupils.get(&(term, whole(figure))).unwrap_or(&nobody);
        let cohort = cohort(figure, of(figure.term), of(before_term));
        rows.push(row(facts, figure, (facts.term_key(Some(before_term)), before), cohort));
    }
    rows
}

/// Returns the previous term, where all grades have the same.
fn common_previous(facts: &Facts<'_>, term: Id<Term>, grades: &BTreeSet<u8>) -> Option<Id<Term>> {
    common(grades, |grade| facts.previous(term, grade))
}
