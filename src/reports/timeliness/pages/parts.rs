//! Tables, columns and rows as the pages of the report have them.

use crate::render::drawing::Align;
use crate::render::table::{Column, Row, Table};

/// Describes a table of the report.
pub(super) fn table(columns: Vec<Column>, rows: Vec<Row>, size_pt: f64) -> Table {
    Table::plain(columns, rows, size_pt)
}

/// Describes a column of counts.
pub(super) fn count(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Right)
}

/// Describes a column of words.
pub(super) fn text(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Left)
}

/// Returns a row.
pub(super) fn row(cells: Vec<String>) -> Row {
    cells.into()
}
