//! XML Spreadsheet 2003, which many systems write as `.xls`.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::contents::Contents;
use crate::base::limits::{CELLS as MOST_CELLS, COLUMNS as MOST_COLUMNS};
use crate::base::said::said;
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::ingest::text::Refusal;
use crate::ingest::text::{Known, decode};

/// Reads every worksheet.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    let declared = declared(&file.bytes);
    let decoded = decode(&file.bytes, Known { declared: declared.as_deref(), ..file.known() })?;
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    let mut book = Book { path: file.path.clone(), ..Book::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => book.open(&tag),
            Ok(Event::Empty(tag)) => {
                book.open(&tag);
                book.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => book.close(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => book.text(&text.xml10_content()),
            Ok(Event::CData(text)) => book.text(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => book.text(&resolved(&entity)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let message = said!(
                    "таблица XML 2003 оборвана или испорчена ({error})",
                    "the XML Spreadsheet 2003 is cut off or broken ({error})"
                );
                book.contents.faults.push((0, message));
                break;
            }
        }
        if book.cells > MOST_CELLS {
            return Err(said!("в таблицах слишком много ячеек", "the tables have too many cells").into());
        }
    }
    book.end_sheet();
    book.contents.notes = decoded.notes;
    Ok(book.contents)
}

/// Returns the encoding that the declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let (_, rest) = head.split_once("encoding=")?;
    let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.to_owned())
}

fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(sign)) = entity.resolve_char_ref() {
        return sign.to_string();
    }
    resolve_xml_entity(entity).unwrap_or_default().to_owned()
}

/// The workbook during the walk.
#[derive(Default)]
struct Book {
    path: String,
    contents: Contents<'static>,
    sheet: Option<String>,
    rows: Vec<(u32, Vec<Value>)>,
    row: u32,
    cells: usize,
    column: usize,
    /// Columns that the cell takes beyond its own.
    across: usize,
    kind: String,
    text: Option<String>,
    is_in_comment: bool,
}

impl Book {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "Worksheet" => {
                self.end_sheet();
                self.sheet = Some(attribute(tag, "Name").unwrap_or_default());
            }
            "Row" => {
                let next = self.row.saturating_add(1);
                self.row = attribute(tag, "Index").and_then(|index| index.parse().ok()).unwrap_or(next);
                self.rows.push((self.row, Vec::new()));
                self.column = 0;
            }
            "Cell" => {
                if let Some(index) = attribute(tag, "Index").and_then(|index| index.parse::<usize>().ok()) {
                    self.column = index.saturating_sub(1);
                }
                self.across = attribute(tag, "MergeAcross").and_then(|count| count.parse().ok()).unwrap_or(0);
            }
            "Comment" => self.is_in_comment = true,
            "Data" if !self.is_in_comment => {
                self.kind = attribute(tag, "Type").unwrap_or_default();
                self.text = Some(String::new());
            }
            _ => {}
        }
    }

    fn text(&mut self, more: &str) {
        if let Some(text) = &mut self.text {
            text.push_str(more);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Comment" => self.is_in_comment = false,
            "Data" => {
                if let Some(text) = self.text.take() {
                    self.put(value(&self.kind, text));
                }
            }
            "Cell" => self.column = self.column.saturating_add(1).saturating_add(self.across),
            "Worksheet" => self.end_sheet(),
            _ => {}
        }
    }

    fn put(&mut self, value: Value) {
        let column = self.column;
        let Some((_, row)) = self.rows.last_mut().filter(|_| column < MOST_COLUMNS) else { return };
        if row.len() <= column {
            self.cells += column + 1 - row.len();
            row.resize(column + 1, Value::Empty);
        }
        row[column] = value;
    }

    fn end_sheet(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        self.row = 0;
        if let Some(sheet) = self.sheet.take() {
            let origin = Origin { file: self.path.clone(), sheet };
            self.contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found =
        attributes.filter_map(Result::ok).find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned);
    Some(value)
}

fn value(kind: &str, text: String) -> Value {
    match kind {
        "Number" => text.trim().parse().map_or(Value::Text(text.into()), Value::Number),
        "Boolean" => Value::Flag(text.trim() == "1"),
        "DateTime" => moment(&text).unwrap_or(Value::Text(text.into())),
        "Error" => Value::Fault(text.trim().into()),
        _ if text.is_empty() => Value::Empty,
        _ => Value::Text(text.into()),
    }
}

/// Days are midnights there; times of day are those of the last day of 1899.
fn moment(text: &str) -> Option<Value> {
    if let Some(time) = text.strip_prefix("1899-12-31T").or_else(|| text.strip_prefix("1899-12-30T")) {
        return parse::time(time).map(Value::Time);
    }
    let moment = parse::moment(text)?;
    let is_day = moment.time() == jiff::civil::Time::midnight();
    Some(if is_day { Value::Date(moment.date()) } else { Value::Moment(moment) })
}
