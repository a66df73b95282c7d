//! Native dots with intervals, and lines over points in time.

use rust_xlsxwriter::{
    Chart as Native, ChartDataLabel, ChartDataLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFormat,
    ChartLayout, ChartLegendPosition, ChartLineDashType, ChartMarker, ChartMarkerType, ChartSeries,
    ChartType,
};

use super::bars::label;
use super::cells::Cells;
use super::look::{TEXT, font, line, marker, unbroken};
use crate::render::charts::ink::{BLUE, GRID, INK};
use crate::render::charts::{Chart, Row, Series, Value, bounds, close_bounds, short_text};

/// More labels than that have no room beside each other.
const MOST_LYING: usize = 12;

pub(super) fn intervals(chart: &Chart, rows: &[Row], cells: &Cells<'_>) -> Native {
    let mut native = Native::new(ChartType::Line);
    // Not every office program draws a dot that is white inside: shares of few are crosses.
    match cells.grid.few {
        Some([many, few]) => {
            dots(&mut native, chart, rows, cells, (many, ChartMarkerType::Circle), |value| {
                !value.is_of_few()
            });
            dots(&mut native, chart, rows, cells, (few, ChartMarkerType::X), Value::is_of_few);
        }
        None => dots(&mut native, chart, rows, cells, (1, ChartMarkerType::Circle), |_| true),
    }
    if let Some(column) = cells.grid.reference {
        let compared = native.add_series();
        compared.set_categories(&cells.column(0)).set_values(&cells.column(column));
        compared.set_name(cells.title(column));
        compared.set_format(line(INK, 1.25).set_dash_type(ChartLineDashType::Dash));
        compared.set_marker(ChartMarker::new().set_none());
    }
    upright_axis(&mut native, bounds(chart));
    let turn = if rows.len() > MOST_LYING { -90 } else { 0 };
    native.x_axis().set_font(font(TEXT).set_rotation(turn)).set_label_interval(1);
    native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(TEXT));
    native
}

/// Adds dots of a column with their intervals, without a line.
fn dots(
    native: &mut Native,
    chart: &Chart,
    rows: &[Row],
    cells: &Cells<'_>,
    (column, kind): (u16, ChartMarkerType),
    is_meant: impl Fn(&Value) -> bool,
) {
    let series = native.add_series();
    series.set_categories(&cells.column(0)).set_values(&cells.column(column)).set_name(cells.title(column));
    series.set_format(ChartFormat::new().set_no_line());
    series.set_marker(&marker(kind, false));
    if let Some([down, up]) = cells.grid.ranges {
        let mut ranges = ChartErrorBars::new();
        ranges.set_type(ChartErrorBarsType::Custom(cells.column(up), cells.column(down)));
        ranges.set_format(&mut line(BLUE, 1.5));
        series.set_y_error_bars(&ranges);
    }
    let meant = |row: &Row| row.value.filter(&is_meant);
    let rows: Vec<Row> = rows.iter().map(|row| Row { value: meant(row), ..row.clone() }).collect();
    label(series, &rows, ChartDataLabelPosition::Right, |value| short_text(value, chart.unit));
}

fn upright_axis(native: &mut Native, [from, to]: [f64; 2]) {
    native.y_axis().set_min(from).set_max(to).set_font(&font(TEXT)).set_num_format("General");
    native.y_axis().set_major_gridlines(true).set_major_gridlines_line(&line(GRID, 0.5));
}

const MARKERS: [ChartMarkerType; 4] =
    [ChartMarkerType::Circle, ChartMarkerType::Square, ChartMarkerType::Triangle, ChartMarkerType::Diamond];
const DASHES: [ChartLineDashType; 4] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::DashDot,
];

pub(super) fn slopes(chart: &Chart, points: &[String], lines: &[Series], cells: &Cells<'_>) -> Native {
    let mut native = Native::new(ChartType::Line);
    let width = u16::try_from(points.len()).unwrap_or(u16::MAX);
    for (at, (one, row)) in lines.iter().zip(cells.first..).enumerate() {
        let series = native.add_series();
        series.set_categories(&cells.row(cells.head, width)).set_values(&cells.row(row, width));
        series.set_name((cells.sheet, row, 0));
        let kind = at % MARKERS.len();
        let breadth = if one.is_total { 3.0 } else { 1.5 };
        series.set_format(line(BLUE, breadth).set_dash_type(DASHES[kind]));
        series.set_marker(&marker(MARKERS[kind], at >= MARKERS.len()));
        name_ends(series, chart, one);
    }
    upright_axis(&mut native, close_bounds(chart));
    native.x_axis().set_font(&font(TEXT));
    native.plot_area().set_layout(&ChartLayout::new().set_offset(0.06, 0.13).set_dimensions(0.62, 0.74));
    native.legend().set_hidden();
    native
}

/// Writes the name of a line at its last number, and its first number.
fn name_ends(series: &mut ChartSeries, chart: &Chart, one: &Series) {
    let numbered: Vec<usize> = (0..one.values.len()).filter(|at| one.values[*at].is_some()).collect();
    let mut common = ChartDataLabel::new();
    common.show_value().set_font(&font(TEXT)).set_position(ChartDataLabelPosition::Right);
    series.set_data_label(&common);
    let own = |(at, value): (usize, &Option<Value>)| {
        let mut label = ChartDataLabel::new();
        let text = value.as_ref().map(|value| short_text(value, chart.unit));
        match text {
            Some(text) if numbered.last() == Some(&at) => {
                let named = unbroken(&format!("{} {text}", one.label));
                label.set_value(&named).set_position(ChartDataLabelPosition::Right);
            }
            Some(text) if numbered.first() == Some(&at) => {
                label.set_value(&unbroken(&text)).set_position(ChartDataLabelPosition::Left);
            }
            _ => return label.set_hidden().to_custom(),
        }
        label.set_font(&font(TEXT)).to_custom()
    };
    series.set_custom_data_labels(&one.values.iter().enumerate().map(own).collect::<Vec<_>>());
}
