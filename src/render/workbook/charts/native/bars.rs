//! Native bars, single and cut into parts. Of bars the axis of the rows is the upright one, that of the numbers lies.

use rust_xlsxwriter::{
    Chart as Native, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartLegendPosition, ChartPoint,
    ChartSeries, ChartType,
};

use super::cells::Cells;
use super::look::{TEXT, area, fill, font, line, unbroken, words};
use crate::render::charts::ink::{BLUE, Fill, INK, WHITE, of_part};
use crate::render::charts::{Chart, Row, Stack, Value, bounds, value_text};

/// Between bars, in per cent of their breadth.
const GAP: u16 = 45;
/// Room for words beyond the longest bar, as a share of it.
const WORDS: f64 = 0.35;

pub(super) fn bars(chart: &Chart, rows: &[Row], cells: &Cells<'_>) -> Native {
    let mut native = Native::new(ChartType::Bar);
    let series = native.add_series();
    series.set_categories(&cells.column(0)).set_values(&cells.column(1)).set_name(&words(&chart.value_title));
    series.set_format(&mut area(Fill::Plain(BLUE))).set_gap(GAP);
    let point = |row: &Row| {
        let ground = if row.value.as_ref().is_some_and(Value::is_of_few) { WHITE } else { BLUE };
        ChartPoint::new().set_format(&mut area(Fill::Plain(ground)))
    };
    series.set_points(&rows.iter().map(point).collect::<Vec<_>>());
    label(series, rows, ChartDataLabelPosition::OutsideEnd, |value| value_text(value, chart.unit));
    top_down(&mut native);
    let [from, to] = bounds(chart);
    native.x_axis().set_min(from).set_max(to + (to - from) * WORDS);
    native.legend().set_hidden();
    native
}

/// Writes each number at its place; a missing one has none.
pub(super) fn label(
    series: &mut ChartSeries,
    rows: &[Row],
    position: ChartDataLabelPosition,
    say: impl Fn(&Value) -> String,
) {
    let mut common = ChartDataLabel::new();
    common.show_value().set_position(position).set_font(&font(TEXT));
    series.set_data_label(&common);
    let own = |row: &Row| match &row.value {
        Some(value) => {
            let mut label = ChartDataLabel::new();
            label.set_value(&unbroken(&say(value))).set_position(position).set_font(&font(TEXT));
            label.to_custom()
        }
        None => ChartDataLabel::new().set_hidden().to_custom(),
    };
    series.set_custom_data_labels(&rows.iter().map(own).collect::<Vec<_>>());
}

pub(super) fn stacks(parts: &[String], rows: &[Stack], cells: &Cells<'_>) -> Native {
    let mut native = Native::new(ChartType::BarPercentStacked);
    for (at, column) in (0..parts.len()).zip(1..) {
        let series = native.add_series();
        series.set_categories(&cells.column(0)).set_values(&cells.column(column));
        series.set_name(cells.title(column)).set_format(&mut area(of_part(at))).set_gap(GAP);
        let mut ground = ChartFormat::new();
        ground.set_solid_fill(&fill(WHITE));
        let mut common = ChartDataLabel::new();
        common
            .show_value()
            .set_font(&font(TEXT))
            .set_format(&mut ground)
            .set_position(ChartDataLabelPosition::Center);
        series.set_data_label(&common);
        let own = |row: &Stack| match row.counts.as_ref().and_then(|counts| counts.get(at)) {
            Some(0) | None => ChartDataLabel::new().set_hidden().to_custom(),
            Some(_) => ChartDataLabel::default().to_custom(),
        };
        series.set_custom_data_labels(&rows.iter().map(own).collect::<Vec<_>>());
    }
    top_down(&mut native);
    native.legend().set_position(ChartLegendPosition::Top).set_font(&font(TEXT));
    native
}

/// The first row stands at the top; numbers stand at the bars, not on an axis.
fn top_down(native: &mut Native) {
    native
        .y_axis()
        .set_reverse()
        .set_font(&font(TEXT))
        .set_format(&mut line(INK, 0.75))
        .set_label_interval(1);
    native.x_axis().set_hidden(true).set_major_gridlines(false);
}
