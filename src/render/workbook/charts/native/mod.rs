//! Charts that an office program draws from the cells beneath them.

mod bars;
mod cells;
mod lines;
mod look;

use std::ops::Range;

use rust_xlsxwriter::{Chart as Native, ChartEmptyCells, ChartFormat, ChartType};

use super::grid::Grid;
use crate::render::charts::ink::WHITE;
use crate::render::charts::{Chart, Kind};
use cells::Cells;
use look::{fill, font, words};

const WIDTH: u32 = 670;
/// How many rows one chart shows: bars, dots, lines.
const MOST_BARS: usize = 24;
const MOST_DOTS: usize = 22;
const MOST_LINES: usize = 5;
/// The most UTF-16 units an alternative text may have.
const LONGEST_ALT: usize = 255;

/// Returns the heights in pixels of the native charts that a chart takes.
pub(super) fn pixels(chart: &Chart) -> Vec<u32> {
    if !is_native(chart) {
        return Vec::new();
    }
    runs(chart).into_iter().map(|run| height(chart, run.len())).collect()
}

fn height(chart: &Chart, rows: usize) -> u32 {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    match chart.kind {
        Kind::Bars { .. } => 75 + rows * 20,
        Kind::Stacks { .. } => 110 + rows * 21,
        _ => 320,
    }
}

/// Cuts the rows into as many native charts as can be read.
fn runs(chart: &Chart) -> Vec<Range<usize>> {
    let (count, most) = match &chart.kind {
        Kind::Bars { rows, .. } => (rows.len(), MOST_BARS),
        Kind::Intervals { rows, .. } => (rows.len(), MOST_DOTS),
        Kind::Stacks { rows, .. } => (rows.len(), MOST_BARS),
        Kind::Slopes { lines, .. } => (lines.len(), MOST_LINES),
        Kind::Heat { .. } => (0, 1),
    };
    // Equal shares: no chart with one last row.
    let share = count.div_ceil(count.div_ceil(most).max(1)).max(1);
    (0..count).step_by(share).map(|start| start..(start + share).min(count)).collect()
}

/// Draws a part of a chart whose grid begins at a row of a sheet.
pub(super) fn draw(chart: &Chart, grid: &Grid, (sheet, table): (&str, u32), part: usize) -> Native {
    let runs = runs(chart);
    let Some(run) = runs.get(part).cloned() else { return Native::new(ChartType::Bar) };
    let first = grid.first_row(table);
    let cells = Cells {
        sheet,
        first: first + run.start as u32,
        last: first + run.end as u32 - 1,
        head: first - 1,
        grid,
    };
    let mut native = match &chart.kind {
        Kind::Bars { rows, .. } => bars::bars(chart, &rows[run.clone()], &cells),
        Kind::Stacks { parts, rows } => bars::stacks(parts, &rows[run.clone()], &cells),
        Kind::Intervals { rows, .. } => lines::intervals(chart, &rows[run.clone()], &cells),
        Kind::Slopes { points, lines } => lines::slopes(chart, points, &lines[run.clone()], &cells),
        Kind::Heat { .. } => Native::new(ChartType::Bar),
    };
    let number = if runs.len() > 1 { format!(" ({} из {})", part + 1, runs.len()) } else { String::new() };
    let title = words(&format!("{}{number}", chart.title));
    native.title().set_name(&title).set_font(font(11.0).set_bold()).set_overlay(false);
    native.set_width(WIDTH).set_height(height(chart, run.len()));
    native.set_alt_text(short_alt(&chart.alt()));
    native.show_empty_cells_as(ChartEmptyCells::Gaps);
    native.chart_area().set_format(ChartFormat::new().set_solid_fill(&fill(WHITE)).set_no_border());
    native
}

/// Returns as many whole sentences as an alternative text has room for.
fn short_alt(alt: &str) -> String {
    let length = |text: &str| text.encode_utf16().count();
    let mut short = String::new();
    for sentence in alt.split_inclusive(". ") {
        if length(&short) + length(sentence) > LONGEST_ALT {
            break;
        }
        short.push_str(sentence);
    }
    if short.is_empty() {
        // Signs of two units each have room.
        short = alt.chars().take(LONGEST_ALT / 2).collect();
    }
    short.trim_end().to_owned()
}

/// Tells whether a chart is drawn by an office program; a heat table is cells.
fn is_native(chart: &Chart) -> bool {
    !matches!(chart.kind, Kind::Heat { .. })
}

#[cfg(test)]
mod tests {
    use super::short_alt;

    #[test]
    fn alternative_texts_end_with_a_whole_sentence() {
        let long = "Столбики: качество по классам. ".repeat(20);
        let short = short_alt(&long);
        assert!(short.ends_with("классам.") && short.encode_utf16().count() <= 255 && short.len() > 200);
        assert_eq!(short_alt(&"я".repeat(400)).chars().count(), 127);
        assert_eq!(short_alt("Линии: одна."), "Линии: одна.");
    }
}
