//! A sheet whose table is known.

use super::twice::Twice;
use crate::ingest::examples::is_example;
use crate::ingest::positions::Positions;
use crate::ingest::raw::{Cell, RawSheet, RowCells};
use crate::model::Table;

/// A sheet, its table, the positions of its columns, and the row after which its data begin.
pub(crate) struct Placed<'a> {
    pub(crate) sheet: RawSheet<'a>,
    pub(crate) positions: (Table, Positions),
    pub(crate) header_row: u32,
    /// Cells of the header.
    pub(super) width: usize,
    pub(super) twice: Twice,
}

impl Placed<'_> {
    /// Returns the file of the sheet.
    pub(crate) fn file(&self) -> &str {
        &self.sheet.origin.file
    }
}

/// Walks the data rows of a sheet. An unreadable line is reported when the rows are read.
pub(crate) fn each_row(placed: &Placed, mut visit: impl FnMut(u32, &RowCells<'_>)) {
    let _ = placed.sheet.rows.walk(|number, row| {
        if number > placed.header_row && !row.is_blank() && !is_example(&row) {
            visit(number, &row);
        }
        true
    });
}

pub(crate) fn cell<'a>(positions: &Positions, place: usize, row: &'a RowCells<'a>) -> Cell<'a> {
    positions.places[place].map_or(Cell::Text(""), |place| row.cell(place))
}
