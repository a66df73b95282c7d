//! What a workbook is: sheets of cells.

use jiff::civil::{Date, DateTime};

use crate::render::charts::Chart as Described;
use crate::render::drawing::Shade;

/// A workbook.
pub struct Book {
    /// Title in the file's properties: no personal names.
    pub title: String,
    /// The creation date in the file's properties.
    pub created_on: Date,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// One table on one sheet.
pub struct Sheet {
    /// Name on the tab.
    pub name: &'static str,
    /// Title line above the table.
    pub title: String,
    /// Smaller lines under the title.
    pub notes: Vec<String>,
    /// Columns from the left.
    pub columns: Vec<Column>,
    /// How many columns always stay visible.
    pub frozen_columns: u16,
    /// How many columns from the left are printed; the others are for the screen. `None` means all.
    pub printed_columns: Option<u16>,
    /// Rows under the header.
    pub rows: Vec<Row>,
    /// What is drawn there.
    pub chart: Option<Drawn>,
}

/// What is drawn on a sheet.
pub enum Drawn {
    /// Bars beside the table, over its rows.
    Bars(Bars),
    /// Charts one below the other, each over its own numbers: see [`Sheet::of_charts`].
    Charts(Vec<Described>),
}

/// A chart of stacked bars over the rows of a sheet: the first column has the names, the others the heights.
pub struct Bars {
    /// Title above them.
    pub title: &'static str,
    /// Columns of heights, from 0 at the left.
    pub heights: Vec<u16>,
    /// How many of the first rows they show.
    pub rows: u32,
}

/// A column of a sheet.
#[derive(Clone)]
pub struct Column {
    /// Header.
    pub title: &'static str,
    /// Width in characters of the sheets' font.
    pub width: f64,
}

/// A row of a sheet.
pub struct Row {
    /// Cells from the left.
    pub cells: Vec<Cell>,
    /// The row is a sum of others, in bold.
    pub is_total: bool,
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing there.
    Empty,
    /// Text, never a formula.
    Text(String),
    /// Text that opens a file (and a cell of it, `book.xlsx#'Sheet'!A5`) by its path from the workbook's
    /// folder.
    Link(String, String),
    /// A whole number of something.
    Count(f64),
    /// Hours: mostly whole.
    Hours(f64),
    /// A value shown with two decimals: per cent (0 to 100) or a mean.
    Decimal(f64),
    /// A share in per cent (0 to 100): an existing share is never shown as zero.
    Share(f64),
    /// A day.
    Date(Date),
    /// A day and a time.
    Moment(DateTime),
    /// A whole number on a shaded ground.
    Shaded(f64, Shade),
}

impl Cell {
    /// Returns a text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl Sheet {
    /// Returns a sheet of charts with their numbers. Heat tables have narrow columns: best on a sheet of their own.
    pub fn of_charts(
        name: &'static str,
        title: impl Into<String>,
        notes: Vec<String>,
        charts: Vec<Described>,
    ) -> Self {
        Self {
            name,
            title: title.into(),
            notes,
            columns: Vec::new(),
            frozen_columns: 0,
            printed_columns: None,
            rows: Vec::new(),
            chart: Some(Drawn::Charts(charts)),
        }
    }
}
