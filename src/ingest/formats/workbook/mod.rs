//! XLSX, XLS and ODS through calamine: every sheet with its rows as people number them.

mod metered;

use calamine::{
    Data, DataRef, ExcelDateTime, Range, Reader, SheetVisible, Sheets, Xlsx, XlsxError,
    open_workbook_auto_from_rs,
};
use jiff::Unit;
use jiff::civil::{DateTime, Time};

use super::contents::Contents;
use super::{biff, ole, packed};
use crate::base::limits;
use crate::base::limits::{CELLS as MOST_CELLS, COLUMNS as MOST_COLUMNS};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::ingest::text::Note;
use crate::ingest::text::Refusal;
use metered::Metered;

/// Reads a workbook. An unreadable sheet is a fault; the others are kept.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    Ok(sheets(file)?)
}

fn sheets(file: &ExportFile) -> Result<Contents<'_>, Said> {
    if ole::goes_in_circles(&file.bytes) {
        return Err(said!(
            "книга повреждена: её части ссылаются друг на друга по кругу",
            "the workbook is damaged: its parts refer to each other in a circle"
        ));
    }
    if packed::is_bomb(&file.bytes, MOST_CELLS) || biff::is_bomb(&file.bytes, MOST_CELLS) {
        return Err(unpacks_to_too_much());
    }
    let mut book = open_workbook_auto_from_rs(Metered::new(&file.bytes)).map_err(|error| damaged(&error))?;
    let mut contents = Contents::default();
    let mut room = MOST_CELLS;
    let (names, hidden) = (book.sheet_names(), sheets_by_visibility(&book, SheetVisible::VeryHidden));
    let folded = sheets_by_visibility(&book, SheetVisible::Hidden);
    if names.len() > limits::SHEETS {
        return Err(too_many_sheets(names.len()));
    }
    for name in names {
        if hidden.contains(&name) {
            contents.notes.push(passed_over(&name));
            continue;
        }
        match grid(&mut book, &name, &mut room) {
            Ok((rows, is_cut)) => {
                if is_cut {
                    contents.faults.push((0, too_big(&name)));
                }
                if folded.contains(&name) && !rows.is_empty() {
                    contents.notes.push(read_though_hidden(&name));
                }
                let origin = Origin { file: file.path.clone(), sheet: name };
                contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
            }
            Err(error) => contents.faults.push((0, damaged_sheet(&name, &error))),
        }
    }
    if contents.sheets.is_empty() && !contents.faults.is_empty() {
        return Err(contents.faults.swap_remove(0).1);
    }
    Ok(contents)
}

/// Returns the visible sheets. A sheet that no menu of the program shows was put away and is not part of the
/// export.
fn sheets_by_visibility(book: &Sheets<Metered<'_>>, visible: SheetVisible) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible == visible).map(|sheet| sheet.name.clone()).collect()
}

fn read_though_hidden(name: &str) -> Note {
    Note {
        code: "J105",
        severity: ProblemSeverity::Warning,
        row: 0,
        message: said!(
            "лист «{name}» скрыт, но прочитан, как и видимые",
            "sheet \"{name}\" is hidden, and was read like those that are not"
        ),
        hint: said!(
            "откройте его через «Показать лист»; если он старый или лишний, удалите его и запустите снова",
            "open it with \"Unhide\"; if it is old or not wanted, delete it and run again"
        ),
    }
}

fn passed_over(name: &str) -> Note {
    Note {
        code: "J105",
        severity: ProblemSeverity::Warning,
        row: 0,
        message: said!(
            "лист «{name}» скрыт так, что его не видно и в меню: он не прочитан",
            "sheet \"{name}\" is hidden so that no menu shows it: it was not read"
        ),
        hint: said!(
            "если он нужен, скопируйте его строки на видимый лист; если нет, делать ничего не нужно",
            "if it matters, copy its rows to a visible sheet; if not, nothing needs doing"
        ),
    }
}

type Grid = Vec<(u32, Vec<Value>)>;

/// Returns the rows of a sheet, and whether some cells are beyond what is read.
fn grid(
    book: &mut Sheets<Metered<'_>>,
    name: &str,
    room: &mut usize,
) -> Result<(Grid, bool), calamine::Error> {
    match book {
        Sheets::Xlsx(book) => Ok(streamed(book, name, room)?),
        other => {
            let range = other.worksheet_range(name)?;
            let (height, width) = range.get_size();
            let count = height.saturating_mul(width);
            if count > *room {
                return Ok((Grid::new(), true));
            }
            *room -= count;
            Ok((rows(&range), false))
        }
    }
}

/// The text for the value of a formula that no program has computed yet.
const NOT_COMPUTED: &str = "=…";

/// Reads an XLSX sheet cell by cell: the rectangle around all cells could be a thousand times larger than the
/// cells.
fn streamed(book: &mut Xlsx<Metered<'_>>, name: &str, room: &mut usize) -> Result<(Grid, bool), XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let (mut rows, mut is_cut): (Grid, bool) = (Vec::new(), false);
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let value = match value(&cell.value) {
            // Programs that write formulas without computing them leave the value out.
            Value::Empty if cell.formula.is_some() => Value::Fault(NOT_COMPUTED.into()),
            value => value,
        };
        if value == Value::Empty {
            continue;
        }
        let column = column as usize;
        // A stray cell in the last column must not make every row 16,384 cells wide.
        if column >= MOST_COLUMNS {
            is_cut = true;
            continue;
        }
        let cells = row_at(&mut rows, row.saturating_add(1));
        if cells.len() <= column {
            let more = column + 1 - cells.len();
            if more > *room {
                return Ok((rows, true));
            }
            *room -= more;
            cells.resize(column + 1, Value::Empty);
        }
        cells[column] = value;
    }
    Ok((rows, is_cut))
}

/// Returns the cells of a row; rows come in order, except from a few programs.
fn row_at(rows: &mut Grid, number: u32) -> &mut Vec<Value> {
    let index = match rows.last() {
        Some((last, _)) if *last == number => rows.len() - 1,
        Some((last, _)) if *last > number => match rows.binary_search_by_key(&number, |(row, _)| *row) {
            Ok(index) => index,
            Err(index) => {
                rows.insert(index, (number, Vec::new()));
                index
            }
        },
        _ => {
            rows.push((number, Vec::new()));
            rows.len() - 1
        }
    };
    &mut rows[index].1
}

fn too_big(name: &str) -> Said {
    said!(
        "на листе «{name}» ячеек или столбцов больше, чем бывает в таблице: лишние не прочитаны",
        "sheet \"{name}\" has more cells or columns than a table has: the rest was not read"
    )
}

fn unpacks_to_too_much() -> Said {
    let (bytes, texts, ratio) = (limits::WORKBOOK_BYTES, limits::SHARED_TEXT_BYTES, limits::BOMB_RATIO);
    said!(
        "книга разворачивается во много раз больше, чем бывает: больше {MOST_CELLS} ячеек, {bytes} байт, \
             {texts} байт общих строк или в {ratio} раз; она не прочитана",
        "the workbook unpacks to very many times what a workbook has: more than {MOST_CELLS} cells, {bytes} bytes, \
             {texts} bytes of shared texts, or {ratio} times; it was not read"
    )
}

fn too_many_sheets(count: usize) -> Said {
    let most = limits::SHEETS;
    said!(
        "листов в книге {count}, читается не больше {most}",
        "the workbook has {count} sheets, no more than {most} are read"
    )
}

fn damaged(error: &calamine::Error) -> Said {
    said!(
        "книга не открывается, файл повреждён или это не книга ({error})",
        "the workbook cannot be opened: damaged, or no workbook ({error})"
    )
}

fn damaged_sheet(name: &str, error: &calamine::Error) -> Said {
    said!("лист «{name}» не читается ({error})", "sheet \"{name}\" cannot be read ({error})")
}

fn rows(range: &Range<Data>) -> Grid {
    let (top, left) = range.start().unwrap_or((0, 0));
    (top + 1..).zip(range.rows()).map(|(number, cells)| (number, row(cells, left))).collect()
}

/// Keeps the columns where people see them: a sheet that begins at column C has two empty cells first.
fn row(cells: &[Data], left: u32) -> Vec<Value> {
    let before = std::iter::repeat_n(Value::Empty, left as usize);
    before.chain(cells.iter().map(owned)).collect()
}

fn value(cell: &DataRef<'_>) -> Value {
    match cell {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) => Value::Text(text.as_str().into()),
        DataRef::SharedString(text) => Value::Text((*text).into()),
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(serial) => date_cell(serial),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso_cell(text),
        DataRef::Error(error) => Value::Fault(error.to_string().into()),
    }
}

/// The same for a cell of a whole sheet in memory.
fn owned(cell: &Data) -> Value {
    match cell {
        Data::Empty => Value::Empty,
        Data::String(text) => Value::Text(text.as_str().into()),
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(serial) => date_cell(serial),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso_cell(text),
        Data::Error(error) => Value::Fault(error.to_string().into()),
    }
}

/// A serial below 1 is a time of day; a whole one is a date. It carries its epoch (1900, or 1904 on old
/// Macs).
fn date_cell(serial: &ExcelDateTime) -> Value {
    let days = serial.as_f64();
    let (year, month, day, hour, minute, second, millisecond) = serial.to_ymd_hms_milli();
    let small = |value: u8| i8::try_from(value).unwrap_or(-1);
    let nanosecond = i32::from(millisecond) * 1_000_000;
    let exact = DateTime::new(
        i16::try_from(year).unwrap_or(i16::MAX),
        small(month),
        small(day),
        small(hour),
        small(minute),
        small(second),
        nanosecond,
    );
    // Serials are floats: 08:30:00 may be stored slightly lower, so round to the second.
    let rounded = exact.and_then(|exact| exact.round(Unit::Second));
    match rounded {
        Err(_) => Value::Number(days),
        Ok(moment) if (0.0..1.0).contains(&days) => Value::Time(moment.time()),
        Ok(moment) if moment.time() == Time::midnight() => Value::Date(moment.date()),
        Ok(moment) => Value::Moment(moment),
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
