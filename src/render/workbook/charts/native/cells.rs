//! Where the numbers of a native chart stand.

use rust_xlsxwriter::ChartRange;

use crate::render::workbook::charts::grid::Grid;

/// The cells that a native chart is drawn from.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a str,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) head: u32,
    pub(super) grid: &'a Grid,
}

impl Cells<'_> {
    pub(super) fn column(&self, column: u16) -> ChartRange {
        ChartRange::new_from_range(self.sheet, self.first, column, self.last, column)
    }

    pub(super) fn row(&self, row: u32, columns: u16) -> ChartRange {
        ChartRange::new_from_range(self.sheet, row, 1, row, columns)
    }

    /// The title of a column as the name of a series.
    pub(super) fn title(&self, column: u16) -> (&str, u32, u16) {
        (self.sheet, self.head, column)
    }
}
