//! A table being filled row by row, and its text as CSV.

use std::fmt::{Display, Write as _};

/// Between cells and after rows inside a table; neither stands in any text that is made here.
const CELL: char = '\u{1f}';
const ROW: char = '\u{1e}';

/// One table of the exchange format, all cells as text.
pub(crate) struct Table {
    pub(crate) id: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) row_count: usize,
    cells: String,
}

impl Table {
    pub(crate) fn new(id: &'static str, columns: &'static [&'static str]) -> Self {
        Self { id, columns, row_count: 0, cells: String::new() }
    }

    /// Adds a row; as many cells as there are columns.
    pub(crate) fn row(&mut self, cells: &[&dyn Display]) {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.id);
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.cells.push(CELL);
            }
            write!(self.cells, "{cell}").expect("a String takes every text");
        }
        self.cells.push(ROW);
        self.row_count += 1;
    }

    /// Returns the rows in the order they were added.
    pub(crate) fn rows(&self) -> impl Iterator<Item = std::str::Split<'_, char>> {
        self.cells.split_terminator(ROW).map(|row| row.split(CELL))
    }

    /// Returns the table as CSV with the columns' ids for a header.
    pub(crate) fn csv(&self, delimiter: char, line_end: &str) -> String {
        let mut text = String::with_capacity(self.cells.len() + 1024);
        push_row(&mut text, self.columns.iter().copied(), delimiter, line_end);
        for row in self.rows() {
            push_row(&mut text, row, delimiter, line_end);
        }
        text
    }
}

fn push_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>, delimiter: char, line_end: &str) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push(delimiter);
        }
        if cell.contains([delimiter, '"', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push_str(line_end);
}
