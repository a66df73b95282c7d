//! Numbers in a table, the ground darker where they are larger. It is a table in every medium, so that it is read as one.

use std::ops::Range;

use super::ink::{Colour, STEPS, WHITE};
use super::picture::{face, leading};
use super::rows::{GAP, SIZE, SMALL};
use super::{Chart, Series, Unit, Value, scale, texts};
use crate::render::format;

/// Room at both sides of a title.
const INSET: f64 = 1.1;
/// Room around a number in its cell, in millimetres.
const INSIDE: f64 = 2.0;
/// A column wider than that says nothing more.
const WIDEST: f64 = 22.0;
/// The longest title that runs upwards.
const LONGEST: f64 = 42.0;
/// The most of the width that labels take.
const LABELS: f64 = 0.3;

/// A heat table: columns side by side as far as they have room, the further ones in further blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatTable {
    /// Width of the labels' column in millimetres.
    pub label_width: f64,
    /// The blocks.
    pub blocks: Vec<HeatBlock>,
    /// What the grounds mean, from the least.
    pub key: Vec<(String, Colour)>,
}

/// Columns of a heat table that stand side by side, with all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatBlock {
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// Width of each column in millimetres.
    pub width: f64,
    /// Height of the titles where they run upwards; 0 where they do not.
    pub upwards: f64,
    /// The rows: label, cells, whether it sums others up.
    pub rows: Vec<(String, Vec<HeatCell>, bool)>,
}

/// A cell of a heat table.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatCell {
    /// The number as it is printed.
    pub text: String,
    /// What it stands on.
    pub ground: Colour,
}

/// Lays a heat table out.
pub(super) fn table(chart: &Chart, titles: &[String], series: &[Series], width: f64) -> HeatTable {
    if series.is_empty() || titles.is_empty() {
        return HeatTable::default();
    }
    let label = |row: &Series| face(SIZE, row.is_total).width(&row.label) + GAP;
    let label_width =
        series.iter().map(label).fold(face(SIZE, true).width(&chart.rows_title) + GAP, f64::max);
    let label_width = label_width.min(width * LABELS);
    let texts =
        series.iter().flat_map(|row| row.values.iter().flatten()).map(|one| texts::short(one, chart.unit));
    let cell = texts.map(|text| face(SMALL, true).width(&text)).fold(3.5, f64::max) + INSIDE;
    let free = width - label_width;
    let many = ((free / cell).floor() as usize).clamp(1, titles.len());
    // Equal shares: no block with one last column.
    let share = titles.len().div_ceil(titles.len().div_ceil(many));
    let runs = (0..titles.len()).step_by(share).map(|start| start..(start + share).min(titles.len()));
    let blocks =
        runs.map(|run| block(chart, titles, series, run, (free / share as f64).min(WIDEST))).collect();
    HeatTable { label_width, blocks, key: key(chart) }
}

fn block(chart: &Chart, titles: &[String], series: &[Series], run: Range<usize>, width: f64) -> HeatBlock {
    let titles = titles[run.clone()].to_vec();
    let upwards = upwards(&titles, width);
    let row = |row: &Series| {
        let cell = |at: usize| cell(chart, row.values.get(at).and_then(Option::as_ref));
        (row.label.clone(), run.clone().map(cell).collect(), row.is_total)
    };
    HeatBlock { titles, width, upwards, rows: series.iter().map(row).collect() }
}

/// Returns how high titles are that have no room from left to right; 0: they have.
fn upwards(titles: &[String], width: f64) -> f64 {
    let style = face(SMALL, false);
    let fits = |title: &String| title.split_whitespace().all(|word| style.fits(word, width - INSET));
    if titles.iter().all(fits) {
        return 0.0;
    }
    // A title takes as many lines beside each other as its column has room for.
    let lines = ((width / leading(SMALL)).floor()).max(1.0);
    let longest = titles.iter().map(|title| style.width(title)).fold(0.0, f64::max);
    (longest / lines * 1.3 + 3.0).max(longest.min(LONGEST)) + 2.0
}

fn cell(chart: &Chart, value: Option<&Value>) -> HeatCell {
    match value {
        Some(value) => HeatCell { text: texts::short(value, chart.unit), ground: ground(chart, value) },
        None => HeatCell { text: "–".to_owned(), ground: WHITE },
    }
}

/// Returns the ground of a number: white where it is a share of few.
pub(super) fn ground(chart: &Chart, value: &Value) -> Colour {
    if value.is_of_few() { WHITE } else { STEPS[step(scale::whole(chart), value.number)] }
}

/// Returns the ground of a number between the bounds of a unit.
pub(super) fn ground_of(unit: Unit, number: f64) -> Colour {
    unit.bounds.map_or(WHITE, |bounds| STEPS[step(bounds, number)])
}

fn step([from, to]: [f64; 2], number: f64) -> usize {
    let share = (number - from) / (to - from) * STEPS.len() as f64;
    // The nudge keeps 20,0 % on the step that begins with 20.
    ((share + 1e-9).max(0.0) as usize).min(STEPS.len() - 1)
}

fn key(chart: &Chart) -> Vec<(String, Colour)> {
    let [from, to] = scale::whole(chart);
    let bound = |at: usize| format::count(from + (to - from) * at as f64 / STEPS.len() as f64);
    let steps = STEPS.iter().enumerate();
    steps.map(|(at, ground)| (format!("{}–{}", bound(at), bound(at + 1)), *ground)).collect()
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn a_bound_belongs_to_the_step_that_begins_with_it() {
        let steps =
            [0.0, 19.9, 20.0, 59.999, 60.0, 99.0, 100.0, 120.0, -3.0].map(|one| step([0.0, 100.0], one));
        assert_eq!(steps, [0, 0, 1, 2, 3, 4, 4, 4, 0]);
    }
}
