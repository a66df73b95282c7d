//! Sheets as the formats hand them over: a header and rows of cells with their line numbers, no meaning yet.

use jiff::civil::{Date, DateTime, Time};

use crate::model::Text;
use crate::source::Origin;

/// A file as received: its path in the bundle and its bytes.
pub(crate) struct ExportFile {
    /// Path inside the bundle, `/` as separator.
    pub(crate) path: String,
    /// The whole content.
    pub(crate) bytes: Vec<u8>,
}

/// A cell as its format types it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Empty,
    Text(Text),
    Number(f64),
    Flag(bool),
    Date(Date),
    Moment(DateTime),
    Time(Time),
}

/// A rectangular piece of an export: one CSV file, one sheet, one Parquet file.
pub(crate) struct RawSheet {
    pub(crate) origin: Origin,
    pub(crate) rows: Rows,
}

/// Rows of a sheet; the header is among them.
pub(crate) enum Rows {
    /// Text with a delimiter, cut into cells only while it is walked: no cell is copied.
    Delimited { text: String, delimiter: u8 },
    /// Cells with their row numbers.
    Grid(Vec<(u32, Vec<Value>)>),
}

/// One row while it is walked.
pub(crate) enum RowCells<'a> {
    Record(&'a csv::StringRecord),
    Grid(&'a [Value]),
}

/// A cell while its row is walked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Typed(&'a Value),
}

impl<'a> RowCells<'a> {
    /// Returns a cell by its position; outside the row it is empty text.
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        match self {
            Self::Record(record) => Cell::Text(record.get(position).unwrap_or("").trim()),
            Self::Grid(values) => match values.get(position) {
                None | Some(Value::Empty) => Cell::Text(""),
                Some(Value::Text(text)) => Cell::Text(text.trim()),
                Some(value) => Cell::Typed(value),
            },
        }
    }

    /// Returns how many cells the row has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Record(record) => record.len(),
            Self::Grid(values) => values.len(),
        }
    }

    /// Tells whether every cell is empty.
    pub(crate) fn is_blank(&self) -> bool {
        (0..self.len()).all(|position| matches!(self.cell(position), Cell::Text("")))
    }
}

impl Cell<'_> {
    /// Returns the cell as text, the way the exchange format would write it.
    pub(crate) fn to_text(self) -> Text {
        match self {
            Self::Text(text) => text.into(),
            Self::Typed(value) => value.to_text(),
        }
    }
}

impl Value {
    /// Returns the value as the exchange format would write it.
    pub(crate) fn to_text(&self) -> Text {
        match self {
            Self::Empty => Text::new(),
            Self::Text(text) => text.clone(),
            // A whole number in a workbook is a float there: «55», not «55.0».
            Self::Number(number) => number.to_string().into(),
            Self::Flag(flag) => if *flag { "1" } else { "0" }.into(),
            Self::Date(date) => date.to_string().into(),
            Self::Moment(moment) => moment.to_string().into(),
            Self::Time(time) => time.to_string().into(),
        }
    }
}

impl Rows {
    /// Walks the rows with their numbers from 1 until `visit` returns false. Errors of the format end the walk.
    pub(crate) fn walk(&self, mut visit: impl FnMut(u32, RowCells<'_>) -> bool) -> Result<(), (u32, String)> {
        match self {
            Self::Grid(rows) => {
                for (number, cells) in rows {
                    if !visit(*number, RowCells::Grid(cells)) {
                        break;
                    }
                }
                Ok(())
            }
            Self::Delimited { text, delimiter } => walk_delimited(text, *delimiter, &mut visit),
        }
    }
}

fn walk_delimited(
    text: &str,
    delimiter: u8,
    visit: &mut impl FnMut(u32, RowCells<'_>) -> bool,
) -> Result<(), (u32, String)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut before = 0;
    loop {
        let line = line_at(text, reader.position());
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let line = record.position().map_or(line, |at| line_at(text, at));
                // Lines that end with CR alone are not counted by the library; no two rows have one number.
                let line = line.max(before + 1);
                before = line;
                if !visit(line, RowCells::Record(&record)) {
                    return Ok(());
                }
            }
            Err(error) => return Err((line, error.to_string())),
        }
    }
}

/// After CR LF the reader stands before the LF, still on the line that has ended.
fn line_at(text: &str, position: &csv::Position) -> u32 {
    let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let is_before_line_feed = text.as_bytes().get(byte) == Some(&b'\n');
    u32::try_from(position.line() + u64::from(is_before_line_feed)).unwrap_or(u32::MAX)
}
