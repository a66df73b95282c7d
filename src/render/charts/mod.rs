//! Charts: one description gives the picture on paper and on pages of HTML, the native chart of a workbook, the words for
//! those who do not see it, and the table beneath it. Knows labels and numbers, no word of the school.
//!
//! A report makes a [`Chart`] and hands it on: [`Paper::chart`](super::paper::Paper::chart) for a PDF, [`Chart::page_view`]
//! with the macro of `templates/charts.html` for HTML, `Sheet::of_charts` of [`super::workbook`] for XLSX.
//!
//! What is missing is a gap that says so, never 0. Fills that touch differ three to one in grey, or by hatching
//! ([`ink`]). A share of fewer than [`FEW`] is told by its counts first and has no ground of its own.

mod bars;
mod chart;
mod heat;
pub mod ink;
mod lines;
mod panels;
pub mod picture;
mod rows;
mod scale;
mod slopes;
mod stacks;
mod svg;
mod table;
mod texts;
mod view;
mod words;

pub use chart::{Chart, FEW, Kind, Reference, Row, Series, Stack, Unit, Value};
pub use heat::{HeatBlock, HeatCell, HeatTable};
pub use picture::Picture;
pub use table::{DataCell, DataTable};
pub use view::ChartView;

impl Chart {
    /// Returns the pictures of the chart, each at most so wide and, where rows allow it, so high, in millimetres. Long charts
    /// go on in further pictures; one without rows is one picture that says so. A heat table has none: it is a table.
    pub fn pictures(&self, width: f64, most_height: f64) -> Vec<Picture> {
        let room = rows::Room { width, height: most_height };
        match &self.kind {
            Kind::Bars { rows, reference } => bars::bars(self, rows, reference.as_ref(), room),
            Kind::Intervals { rows, reference } => bars::intervals(self, rows, reference.as_ref(), room),
            Kind::Stacks { parts, rows } => stacks::pictures(parts, rows, room),
            Kind::Slopes { points, lines } => slopes::pictures(self, points, lines, room),
            Kind::Heat { .. } => Vec::new(),
        }
    }

    /// Returns the shaded table of a heat table, so many millimetres wide; nothing of other kinds.
    pub fn heat(&self, width: f64) -> Option<HeatTable> {
        match &self.kind {
            Kind::Heat { columns, rows } => Some(heat::table(self, columns, rows, width)),
            _ => None,
        }
    }

    /// Returns the numbers of the chart as the table that stands beneath it.
    pub fn table(&self) -> DataTable {
        table::of(self)
    }

    /// Returns the chart in words, for those who do not see it.
    pub fn alt(&self) -> String {
        words::alt(self)
    }

    /// Returns the lines that stand under the picture: the notes, and what the look of the picture means.
    pub fn captions(&self) -> Vec<String> {
        words::captions(self, words::OPEN_DOT)
    }

    /// Returns the lines that stand under the native chart.
    pub(in crate::render) fn native_captions(&self) -> Vec<String> {
        words::captions(self, words::CROSS)
    }
}

/// Returns a value in full: «91,7 % (22 из 24)»; of few, counts first.
pub(in crate::render) fn value_text(value: &Value, unit: Unit) -> String {
    texts::full(value, unit)
}

/// Returns a value for the end of a line: «91,7»; of few, «3/3».
pub(in crate::render) fn short_text(value: &Value, unit: Unit) -> String {
    texts::short(value, unit)
}

/// Returns the bounds of an axis that begins at the foot of bars.
pub(in crate::render) fn bounds(chart: &Chart) -> [f64; 2] {
    scale::whole(chart)
}

/// Returns the bounds of an axis close around the numbers.
pub(in crate::render) fn close_bounds(chart: &Chart) -> [f64; 2] {
    scale::close(chart.values().into_iter(), chart.unit)
}

/// Returns the ground of a share in per cent, on the scale of heat tables.
pub fn ground_of_share(percent: f64) -> ink::Colour {
    heat::ground_of(Unit::PERCENT, percent)
}

/// Returns the ground of a number of a heat table.
pub(in crate::render) fn heat_ground(chart: &Chart, value: &Value) -> ink::Colour {
    heat::ground(chart, value)
}
