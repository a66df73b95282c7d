//! Columns and rows of reports' tables.

use crate::render::drawing::Align;
use crate::render::table::{Column, Row, Span, Table};

/// Size of the text of tables, in points.
pub const SIZE: f64 = 8.0;

/// Describes a column of numbers.
pub fn count(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Right)
}

/// Describes a column of words.
pub fn text(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Left)
}

/// Describes a table.
pub fn table(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table::plain(columns, rows, SIZE)
}

/// Returns a row.
pub fn row(cells: Vec<String>) -> Row {
    cells.into()
}

/// Returns a row of sums.
pub fn total(cells: Vec<String>) -> Row {
    Row { cells, is_bold: true, ..Row::default() }
}

/// Puts titles over so many columns each; an empty one has no frame.
pub fn spanned(mut table: Table, spans: &[(&str, usize)]) -> Table {
    let span = |(title, columns): &(&str, usize)| Span { title: (*title).to_owned(), columns: *columns };
    table.spans = spans.iter().map(span).collect();
    table
}

/// Numbers rows in their first column, totals apart.
pub fn numbered(rows: Vec<Vec<String>>) -> Vec<Row> {
    let number = |(at, mut cells): (usize, Vec<String>)| {
        cells.insert(0, (at + 1).to_string());
        row(cells)
    };
    rows.into_iter().enumerate().map(number).collect()
}
