//! JSON: an array of objects, an object that holds such arrays, concatenated objects, or one object per line.

use rustc_hash::FxHashMap;
use serde_json::{Deserializer, Map, Value as Json};

use super::contents::{Contents, extension};
use super::json_text;
use super::shape::check_line_lengths;
use crate::base::limits;
use crate::base::limits::{CELLS as MOST_CELLS, COLUMNS as MOST_COLUMNS};
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::ingest::text::Refusal;
use crate::ingest::text::{Decoded, decode};

/// Reads a file. Row numbers count the objects from 1 (JSON pointer `/0`), or are line numbers if each has
/// its own line.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    let Decoded { text, mut notes } = decode(&file.bytes, file.known())?;
    let text = text.trim_start_matches('\u{feff}');
    if is_lines(&file.path, text) {
        check_line_lengths(text)?;
        let mut contents = lines(&file.path, text)?;
        contents.notes.append(&mut notes);
        return Ok(contents);
    }
    check_size(text)?;
    let values = match values(text) {
        Ok(values) => values,
        Err(error) => {
            let mended = json_text::mended(text).ok_or_else(|| unreadable(&error))?;
            notes.push(json_text::note(mended.line));
            self::values(&mended.text).map_err(|error| unreadable(&error))?
        }
    };
    let mut contents = sheets(&file.path, values)?;
    contents.notes.append(&mut notes);
    Ok(contents)
}

/// Returns the concatenated values; usually there is one.
fn values(text: &str) -> Result<Vec<Json>, serde_json::Error> {
    Deserializer::from_str(text).into_iter::<Json>().collect()
}

/// Returns whether every line is an object: by the file's name, or by the first lines.
fn is_lines(path: &str, text: &str) -> bool {
    let is_named = matches!(extension(path).as_deref(), Some("jsonl" | "ndjson"));
    let is_object = |line: &str| line.starts_with('{') && line.ends_with('}');
    let mut first = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(3);
    let has_objects = first.next().is_some_and(is_object) && first.next().is_some_and(is_object);
    has_objects || is_named && !text.trim_start().starts_with('[')
}

/// Reads one object per line. A line that is not one is a fault; the others are kept.
fn lines(path: &str, text: &str) -> Result<Contents<'static>, Refusal> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let value = |line: &str| {
        serde_json::from_str(line).or_else(|error| match json_text::mended(line) {
            Some(mended) => serde_json::from_str(&mended.text),
            None => Err(error),
        })
    };
    let mut contents = Contents::default();
    table((path, ""), lines.map(|(line, number)| (number, value(line))), &mut contents)?;
    Ok(contents)
}

/// Refuses a text that would take gigabytes in memory, before parsing it.
pub(crate) fn check_size(text: &str) -> Result<(), Said> {
    let bytes = text.as_bytes();
    let objects = memchr::memchr_iter(b'{', bytes).count();
    let values = memchr::memchr2_iter(b',', b'[', bytes).count() + objects;
    let (most_objects, most_values) = (limits::JSON_OBJECTS, MOST_CELLS);
    if objects <= most_objects && values <= most_values {
        return Ok(());
    }
    Err(said!(
        "в файле больше {most_objects} записей или {most_values} полей: разделите его или выгрузите в CSV",
        "the file has more than {most_objects} records or {most_values} fields: divide it, or export CSV"
    ))
}

/// Finds the tables in the values of a file.
fn sheets(path: &str, values: Vec<Json>) -> Result<Contents<'static>, Refusal> {
    let mut contents = Contents::default();
    let (mut records, mut named) = (Vec::new(), Vec::new());
    for value in values {
        match value {
            Json::Array(items) => records.extend(items),
            Json::Object(object) if object.values().any(is_table) => {
                named.extend(object.into_iter().filter(|(_, item)| is_table(item)));
            }
            Json::Object(object)
                if !object.is_empty() && object.values().all(|item| item.is_object() || item.is_array()) =>
            {
                return Err(turned());
            }
            other => records.push(other),
        }
    }
    for (name, items) in named {
        let Json::Array(items) = items else { continue };
        table((path, &name), numbered(items), &mut contents)?;
    }
    if !records.is_empty() || contents.sheets.is_empty() {
        if records.iter().any(|record| !record.is_object()) && !records.iter().any(Json::is_object) {
            return Err(said!("нужен массив объектов JSON", "a JSON array of objects is wanted").into());
        }
        table((path, ""), numbered(records), &mut contents)?;
    }
    Ok(contents)
}

fn numbered(items: Vec<Json>) -> impl Iterator<Item = (u32, Result<Json, serde_json::Error>)> {
    items.into_iter().zip(1..).map(|(item, number)| (number, Ok(item)))
}

/// Returns whether a value is rows: an array with an object in it.
fn is_table(value: &Json) -> bool {
    value.as_array().is_some_and(|items| items.iter().any(Json::is_object))
}

fn turned() -> Refusal {
    Refusal {
        message: said!(
            "JSON по столбцам, а нужен массив объектов: объект на каждую строку таблицы",
            "the JSON goes by columns; an array of objects is wanted, one for each row"
        ),
        hint: Said::new(
            "выгрузите строками, например [{\"mark_id\": \"1\", …}, …]; в pandas — to_json(orient=\"records\")",
            "export it by rows, such as [{\"mark_id\": \"1\", …}, …]; in pandas, to_json(orient=\"records\")",
        ),
    }
}

fn unreadable(error: &serde_json::Error) -> Refusal {
    let (line, column, reason) = (error.line(), error.column(), reason(error));
    said!(
        "JSON не читается: строка {line}, знак {column} — запись не по правилам JSON",
        "the JSON cannot be read: line {line}, character {column}: {reason}"
    )
    .into()
}

/// The library counts lines within the piece it was given, which is one line.
fn unreadable_line(error: &serde_json::Error) -> Said {
    let (reason, column) = (reason(error), error.column());
    said!(
        "JSON не читается, знак {column}: запись не по правилам JSON",
        "the JSON cannot be read, character {column}: {reason}"
    )
}

fn reason(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

fn table(
    (path, sheet): (&str, &str),
    items: impl Iterator<Item = (u32, Result<Json, serde_json::Error>)>,
    contents: &mut Contents<'static>,
) -> Result<(), Said> {
    let mut header = Header::default();
    let mut rows = Vec::new();
    let mut unsaid = 0usize;
    for (number, item) in items {
        let fault = match item {
            Ok(Json::Object(object)) => {
                rows.push((number, header.row(object)));
                None
            }
            _ if contents.faults.len() >= limits::PROBLEMS_OF_A_CAUSE => {
                unsaid += 1;
                None
            }
            Ok(_) => Some(said!("здесь нужен объект JSON", "a JSON object is wanted here")),
            Err(error) => Some(unreadable_line(&error)),
        };
        contents.faults.extend(fault.map(|fault| (number, fault)));
        if header.cells > MOST_CELLS {
            return Err(said!(
                "в файле больше {MOST_CELLS} полей",
                "the file has more than {MOST_CELLS} fields"
            ));
        }
    }
    if unsaid > 0 {
        let more = said!(
            "и ещё {unsaid} записей не читаются; перечислены первые",
            "and {unsaid} more records cannot be read; the first are listed"
        );
        contents.faults.push((0, more));
    }
    if header.is_cut {
        contents.faults.push((
            0,
            said!(
                "разных полей больше {MOST_COLUMNS}: лишние не прочитаны",
                "there are more than {MOST_COLUMNS} different fields: the rest was not read"
            ),
        ));
    }
    let names = header.names.iter().map(|name| Value::Text(name.as_str().into())).collect();
    rows.insert(0, (0, names));
    let origin = Origin { file: path.to_owned(), sheet: sheet.to_owned() };
    contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
    Ok(())
}

/// The fields found so far, each a column.
#[derive(Default)]
struct Header {
    names: Vec<String>,
    places: FxHashMap<String, usize>,
    /// Cells of all rows.
    cells: usize,
    is_cut: bool,
}

impl Header {
    fn row(&mut self, object: Map<String, Json>) -> Vec<Value> {
        let mut cells = Vec::with_capacity(self.names.len().min(object.len()));
        for (name, item) in object {
            let Some(place) = self.place(name) else { continue };
            if cells.len() <= place {
                cells.resize(place + 1, Value::Empty);
            }
            cells[place] = value(item);
        }
        // A row takes as much as a cell, even an empty one.
        self.cells += cells.len() + 1;
        cells
    }

    fn place(&mut self, name: String) -> Option<usize> {
        if let Some(place) = self.places.get(&name) {
            return Some(*place);
        }
        if self.names.len() >= MOST_COLUMNS {
            self.is_cut = true;
            return None;
        }
        self.names.push(name.clone());
        self.places.insert(name, self.names.len() - 1);
        Some(self.names.len() - 1)
    }
}

fn value(item: Json) -> Value {
    match item {
        Json::Null => Value::Empty,
        Json::Bool(flag) => Value::Flag(flag),
        Json::String(text) => Value::Text(text.into()),
        Json::Number(number) => self::number(&number),
        Json::Array(items) => {
            let parts: Vec<String> =
                items.into_iter().map(|item| value(item).to_text().to_string()).collect();
            Value::Text(parts.join(";").into())
        }
        Json::Object(_) => Value::Text(item.to_string().into()),
    }
}

/// Whole numbers that a float cannot hold exactly (ids above 2^53) keep their written form.
fn number(number: &serde_json::Number) -> Value {
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(value) if value.abs() < LARGEST_EXACT || number.is_f64() => Value::Number(value),
        _ => Value::Text(number.to_string().into()),
    }
}
