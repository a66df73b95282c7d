//! JSON: an array of objects, or one object a line.

use serde_json::{Map, Value as Json};

use super::{Contents, delimited};
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::source::Origin;

/// Reads an array of objects; row numbers count the objects, the first is 1 (JSON pointer `/0`).
pub(super) fn read_array(file: &ExportFile) -> Result<Contents, Words> {
    let text = delimited::decode(&file.bytes)?;
    let root: Json = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    let Json::Array(items) = root else {
        return Err(words("нужен массив объектов JSON", "a JSON array of objects is wanted"));
    };
    let objects = items.into_iter().zip(1..).map(|(item, number)| (number, Ok(item)));
    Ok(table(&file.path, objects))
}

/// Reads one object a line; a line that is none is a fault, the others are kept.
pub(super) fn read_lines(file: &ExportFile) -> Result<Contents, Words> {
    let text = delimited::decode(&file.bytes)?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    Ok(table(&file.path, lines.map(|(line, number)| (number, serde_json::from_str(line)))))
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

fn table(path: &str, items: impl Iterator<Item = (u32, Result<Json, serde_json::Error>)>) -> Contents {
    let mut contents = Contents::default();
    let mut header: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (number, item) in items {
        match item {
            Ok(Json::Object(object)) => rows.push((number, row(&mut header, object))),
            Ok(_) => contents
                .faults
                .push((number, words("здесь нужен объект JSON", "a JSON object is wanted here"))),
            Err(error) => contents.faults.push((number, unreadable_line(&error))),
        }
    }
    let names = header.iter().map(|name| Value::Text(name.as_str().into())).collect();
    rows.insert(0, (0, names));
    let origin = Origin { file: path.to_owned(), sheet: String::new() };
    contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows) });
    contents
}

fn row(header: &mut Vec<String>, object: Map<String, Json>) -> Vec<Value> {
    let mut cells = vec![Value::Empty; header.len()];
    for (name, item) in object {
        let place = header.iter().position(|known| *known == name).unwrap_or_else(|| {
            header.push(name);
            cells.push(Value::Empty);
            header.len() - 1
        });
        cells[place] = value(item);
    }
    cells
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
