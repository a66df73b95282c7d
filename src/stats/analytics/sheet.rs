//! A table of the analytics: typed cells, written as CSV and as Parquet.

use anyhow::Result;
use jiff::civil::Date;
use polars::prelude::*;
use polars_io::parquet::write::ParquetWriter;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ids, codes, lists joined with `;`.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers at full double precision.
    Number,
    /// Dates.
    Date,
    /// `1` or `0`.
    Flag,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A value that cannot be computed, or is not given.
    Nothing,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A date.
    Date(Date),
    /// Yes or no.
    Flag(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Self::Whole(i64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl Cell {
    /// Returns the cell as CSV has it.
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => (if *flag { "1" } else { "0" }).to_owned(),
        }
    }
}

/// A row: one cell for each column.
pub type Row = Vec<Cell>;

/// A column's name and kind.
pub type Column = (&'static str, Kind);

/// Sorts rows as text, by their columns from the left, by code point.
pub(super) fn sort(rows: &mut [Row]) {
    rows.sort_by_cached_key(|row| row.iter().map(Cell::text).collect::<Vec<_>>());
}

/// Writes a table as CSV: UTF-8, comma, LF, header.
pub(super) fn csv(columns: &[Column], rows: &[Row]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(name, _)| name))?;
    for row in rows {
        writer.write_record(row.iter().map(Cell::text))?;
    }
    Ok(writer.into_inner()?)
}

/// Writes a table as Parquet with typed columns.
pub(super) fn parquet(columns: &[Column], rows: &[Row]) -> Result<Vec<u8>> {
    let series = columns.iter().enumerate().map(|(index, column)| {
        let cells = rows.iter().map(|row| &row[index]);
        series(*column, cells)
    });
    let mut frame = DataFrame::new(rows.len(), series.collect())?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).set_parallel(false).finish(&mut frame)?;
    Ok(bytes)
}

fn series<'a>((name, kind): Column, cells: impl Iterator<Item = &'a Cell>) -> polars::prelude::Column {
    let name = PlSmallStr::from_static(name);
    match kind {
        Kind::Text => {
            let text = |cell: &Cell| (*cell != Cell::Nothing).then(|| cell.text());
            polars::prelude::Column::new(name, cells.map(text).collect::<Vec<_>>())
        }
        Kind::Whole => {
            let whole = |cell: &Cell| if let Cell::Whole(number) = cell { Some(*number) } else { None };
            polars::prelude::Column::new(name, cells.map(whole).collect::<Vec<_>>())
        }
        Kind::Number => polars::prelude::Column::new(name, cells.map(number).collect::<Vec<_>>()),
        Kind::Flag => {
            let flag = |cell: &Cell| if let Cell::Flag(flag) = cell { Some(*flag) } else { None };
            polars::prelude::Column::new(name, cells.map(flag).collect::<Vec<_>>())
        }
        Kind::Date => Int32Chunked::from_iter_options(name, cells.map(days)).into_date().into_column(),
    }
}

fn number(cell: &Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number) } else { None }
}

fn days(cell: &Cell) -> Option<i32> {
    let Cell::Date(date) = cell else { return None };
    jiff::civil::date(1970, 1, 1).until(*date).ok().map(|span| span.get_days())
}
