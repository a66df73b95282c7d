//! What a workbook is: sheets of cells.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};

use crate::render::charts::Chart as Described;
use crate::render::charts::ink::Colour;
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
    pub title: Cow<'static, str>,
    /// Width in characters of the sheets' font; a word of the header that is wider widens it.
    pub width: f64,
    /// The header is read from below.
    pub is_turned: bool,
}

impl Column {
    /// Describes a column whose title is the program's.
    pub const fn new(title: &'static str, width: f64) -> Self {
        Self { title: Cow::Borrowed(title), width, is_turned: false }
    }

    /// Describes a narrow column of numbers with a turned header.
    pub const fn narrow(title: &'static str, width: f64) -> Self {
        Self { title: Cow::Borrowed(title), width, is_turned: true }
    }

    /// Describes a column whose title comes from data: a term, a subject.
    pub const fn titled(title: String, width: f64) -> Self {
        Self { title: Cow::Owned(title), width, is_turned: false }
    }

    /// Turns the header: for narrow columns of numbers.
    #[must_use]
    pub fn turned(mut self) -> Self {
        self.is_turned = true;
        self
    }
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
    /// A number with one decimal on a ground of the scale of heat tables.
    Heat(f64, Colour),
    /// A cell that leads to rows of a sheet of the same workbook, which it counts or sums up.
    To(Box<Cell>, Rows),
}

/// Rows of a sheet that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Name of the sheet.
    pub sheet: &'static str,
    /// The first of them: that under the header is 0.
    pub first: usize,
    /// How many they are; 0 means the top of the sheet.
    pub count: usize,
}

impl Cell {
    /// Returns a text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Returns the cell itself without where it leads.
    pub fn shown(&self) -> &Self {
        if let Self::To(shown, _) = self { shown.shown() } else { self }
    }

    /// Leads from this cell to rows.
    pub fn to(self, rows: Rows) -> Self {
        Self::To(Box::new(self), rows)
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
