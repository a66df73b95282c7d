//! XLSX, XLS and ODS through calamine: every sheet with its rows as people number them.

use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Sheets, Xlsx, open_workbook_auto_from_rs,
};
use jiff::civil::{Date, Time};

use super::Contents;
use crate::ingest::parse;
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::source::Origin;

/// Cells and rows of one workbook that are kept; the largest tables of a school have a million rows of ten.
///
/// Two cells at opposite ends of a sheet span more than any memory holds, so rows are only as long as their last cell.
const MOST_CELLS: usize = 20_000_000;

/// Reads a workbook; a sheet that cannot be read is a fault, the others are kept.
pub(super) fn read(file: &ExportFile) -> Result<Contents, Words> {
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(file.bytes.as_slice())).map_err(|error| damaged(&error))?;
    let mut contents = Contents::default();
    let mut room = MOST_CELLS;
    for name in book.sheet_names() {
        let rows = match &mut book {
            Sheets::Xlsx(book) => sparse_rows(book, &name, &mut room),
            book => dense_rows(book, &name),
        };
        match rows {
            Ok(rows) => {
                let origin = Origin { file: file.path.clone(), sheet: name };
                contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
            }
            Err(fault) => contents.faults.push((0, fault)),
        }
    }
    if contents.sheets.is_empty() && !contents.faults.is_empty() {
        return Err(contents.faults.swap_remove(0).1);
    }
    Ok(contents)
}

type Grid = Vec<(u32, Vec<Value>)>;

/// Reads a sheet of XLSX cell by cell.
fn sparse_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut usize) -> Result<Grid, Words> {
    let fault = |error: calamine::XlsxError| damaged_sheet(name, &error.into());
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut cells = book.worksheet_cells_reader(name).map_err(fault)?;
    while let Some(cell) = cells.next_cell().map_err(fault)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let taken = (row + 1).saturating_sub(rows.len());
        let taken = taken + (column + 1).saturating_sub(rows.get(row).map_or(0, Vec::len));
        *room = room.checked_sub(taken).ok_or_else(|| too_large(name))?;
        rows.resize(rows.len().max(row + 1), Vec::new());
        let row = &mut rows[row];
        row.resize(row.len().max(column + 1), Value::Empty);
        row[column] = sparse_value(cell.get_value());
    }
    Ok((1..).zip(rows).collect())
}

/// Reads a sheet of another kind: XLS has at most 65,536 rows of 256.
fn dense_rows(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Grid, Words> {
    let range = book.worksheet_range(name).map_err(|error| damaged_sheet(name, &error))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    Ok((top + 1..).zip(range.rows()).map(|(number, cells)| (number, row(cells, left))).collect())
}

fn too_large(name: &str) -> Words {
    words(
        format!("лист «{name}» слишком велик: больше {MOST_CELLS} ячеек с пустыми между ними"),
        format!(
            "sheet \"{name}\" is too large: more than {MOST_CELLS} cells, empty ones between them counted"
        ),
    )
}

fn damaged(error: &calamine::Error) -> Words {
    words(
        format!("книга не открывается, файл повреждён или это не книга ({error})"),
        format!("the workbook cannot be opened: damaged, or no workbook ({error})"),
    )
}

fn damaged_sheet(name: &str, error: &calamine::Error) -> Words {
    words(
        format!("лист «{name}» не читается ({error})"),
        format!("sheet \"{name}\" cannot be read ({error})"),
    )
}

/// Keeps the columns where people see them: a sheet that begins at column C has two empty cells first.
fn row(cells: &[Data], left: u32) -> Vec<Value> {
    let before = std::iter::repeat_n(Value::Empty, left as usize);
    before.chain(cells.iter().map(value)).collect()
}

/// Takes the commonest cells of XLSX as they are, without a copy between.
fn sparse_value(cell: &DataRef<'_>) -> Value {
    match cell {
        DataRef::SharedString(text) => Value::Text((*text).into()),
        DataRef::Float(number) => Value::Number(*number),
        other => value(&Data::from(other.clone())),
    }
}

fn value(cell: &Data) -> Value {
    match cell {
        Data::Empty => Value::Empty,
        Data::String(text) => Value::Text(text.as_str().into()),
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(serial) => date_cell(serial),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso_cell(text),
        Data::Error(error) => Value::Text(error.to_string().into()),
    }
}

/// A serial below 1 is a time of day; a whole one is a date.
fn date_cell(serial: &ExcelDateTime) -> Value {
    const HALF_SECOND: f64 = 0.5 / 86_400.0;
    let days = serial.as_f64();
    // Serials are floats: 08:30:00 may be stored a hair below, so round to the second.
    let rounded = ExcelDateTime::new(days + HALF_SECOND, ExcelDateTimeType::DateTime, false);
    let (year, month, day, hour, minute, second, _) = rounded.to_ymd_hms_milli();
    let small = |value: u8| i8::try_from(value).unwrap_or(0);
    let Ok(time) = Time::new(small(hour), small(minute), small(second), 0) else {
        return Value::Number(days);
    };
    if (0.0..1.0).contains(&days) {
        return Value::Time(time);
    }
    match Date::new(i16::try_from(year).unwrap_or(0), small(month), small(day)) {
        Ok(date) if time == Time::midnight() => Value::Date(date),
        Ok(date) => Value::Moment(date.to_datetime(time)),
        Err(_) => Value::Number(days),
    }
}

fn iso_cell(text: &str) -> Value {
    if let Some(date) = parse::date(text) {
        return Value::Date(date);
    }
    if let Some(moment) = parse::moment(text) {
        return Value::Moment(moment);
    }
    duration(text).map_or_else(|| Value::Text(text.into()), Value::Time)
}

/// Reads `PT08H30M00S`, a time of day in an ODS cell.
fn duration(text: &str) -> Option<Time> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    parse::time(&format!("{hours}:{minutes}:{seconds}"))
}
