//! JSON: an array of objects, or one object a line.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::{Contents, MOST_CELLS, MOST_COLUMNS, delimited};
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::limits;
use crate::source::Origin;

/// Reads an array of objects; row numbers count the objects, the first is 1 (JSON pointer `/0`).
pub(super) fn read_array(file: &ExportFile) -> Result<Contents<'_>, Words> {
    let text = delimited::decode(&file.bytes)?;
    no_more_than_fits(&text)?;
    let root: Json = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    let Json::Array(items) = root else {
        return Err(words("нужен массив объектов JSON", "a JSON array of objects is wanted"));
    };
    let objects = items.into_iter().zip(1..).map(|(item, number)| (number, Ok(item)));
    table(&file.path, objects)
}

/// Reads one object a line; a line that is none is a fault, the others are kept.
pub(super) fn read_lines(file: &ExportFile) -> Result<Contents<'_>, Words> {
    let text = delimited::decode(&file.bytes)?;
    delimited::no_endless_line(&text)?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    table(&file.path, lines.map(|(line, number)| (number, serde_json::from_str(line))))
}

/// Refuses a text that would take gigabytes in memory, before any of it is taken apart.
pub(crate) fn no_more_than_fits(text: &str) -> Result<(), Words> {
    let bytes = text.as_bytes();
    let objects = memchr::memchr_iter(b'{', bytes).count();
    let values = memchr::memchr2_iter(b',', b'[', bytes).count() + objects;
    let (most_objects, most_values) = (limits::JSON_OBJECTS, MOST_CELLS);
    if objects <= most_objects && values <= most_values {
        return Ok(());
    }
    Err(words(
        format!(
            "в файле больше {most_objects} записей или {most_values} полей: разделите его или выгрузите в CSV"
        ),
        format!(
            "the file has more than {most_objects} records or {most_values} fields: divide it, or export CSV"
        ),
    ))
}

fn unreadable(error: &serde_json::Error) -> Words {
    words(format!("JSON не читается: {error}"), format!("the JSON cannot be read: {error}"))
}

/// The library counts lines from the piece it was given, which is one line.
fn unreadable_line(error: &serde_json::Error) -> Words {
    let (text, column) = (error.to_string(), error.column());
    let reason = text.split(" at line ").next().unwrap_or_default();
    words(
        format!("JSON не читается, знак {column}: {reason}"),
        format!("the JSON cannot be read, character {column}: {reason}"),
    )
}

fn table(
    path: &str,
    items: impl Iterator<Item = (u32, Result<Json, serde_json::Error>)>,
) -> Result<Contents<'_>, Words> {
    let mut contents = Contents::default();
    let mut header = Header::default();
    let mut rows = Vec::new();
    for (number, item) in items {
        match item {
            Ok(Json::Object(object)) => rows.push((number, header.row(object))),
            Ok(_) => contents
                .faults
                .push((number, words("здесь нужен объект JSON", "a JSON object is wanted here"))),
            Err(error) => contents.faults.push((number, unreadable_line(&error))),
        }
        if header.cells > MOST_CELLS {
            return Err(words("в файле слишком много полей", "the file has too many fields"));
        }
    }
    if header.is_cut {
        contents.faults.push((
            0,
            words(
                format!("разных полей больше {MOST_COLUMNS}: лишние не прочитаны"),
                format!("there are more than {MOST_COLUMNS} different fields: the rest was not read"),
            ),
        ));
    }
    let names = header.names.iter().map(|name| Value::Text(name.as_str().into())).collect();
    rows.insert(0, (0, names));
    let origin = Origin { file: path.to_owned(), sheet: String::new() };
    contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
    Ok(contents)
}

/// The fields met so far, each a column.
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

/// Whole numbers that a float cannot hold exactly (ids past 2^53) stay as they are written.
fn number(number: &serde_json::Number) -> Value {
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(value) if value.abs() < LARGEST_EXACT || number.is_f64() => Value::Number(value),
        _ => Value::Text(number.to_string().into()),
    }
}
