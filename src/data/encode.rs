//! Encodes a table as CSV and as Parquet, and describes them as a Frictionless data package.

use anyhow::Result;
use jiff::civil::Date;
use polars::prelude::*;
use polars_io::parquet::write::ParquetWriter;
use serde_json::{Value as Json, json};

use super::cells::Grid;
use super::extent::Extent;
use crate::base::draft::{Key, KeyMaker};
use crate::base::files::{Checksums, Document};
use crate::base::said::{Tell, said};
use crate::model::Journal;
use crate::model::rows::Written;
use crate::model::schema::{Kind, TableSchema};

/// Writes the table as CSV: UTF-8, comma, LF.
pub(super) fn csv(grid: &Grid) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(grid.columns.iter().map(|(column, _)| column.id))?;
    let mut buffer = String::new();
    for row in 0..grid.height() {
        for (_, cells) in &grid.columns {
            buffer.clear();
            write_cell(&mut buffer, &cells[row]);
            writer.write_field(&buffer)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
}

/// Writes a cell in the form of the exchange format.
pub(super) fn write_cell(buffer: &mut String, cell: &Written) {
    use std::fmt::Write;
    let written = match cell {
        Written::Nothing => Ok(()),
        Written::Text(text) => buffer.write_str(text),
        Written::Date(date) => write!(buffer, "{date}"),
        Written::Moment(moment) => write!(buffer, "{moment}"),
        Written::Time(time) => write!(buffer, "{time}"),
        Written::Whole(number) => write!(buffer, "{number}"),
        Written::Decimal(number) => write!(buffer, "{number}"),
        Written::Flag(flag) => buffer.write_str(if *flag { "1" } else { "0" }),
    };
    written.expect("a string takes every character");
}

/// Returns the key of the table's Parquet file: the CSV has the columns' names and all cells, but does not
/// distinguish an empty text from no value.
pub(super) fn parquet_key(grid: &Grid, csv: &[u8]) -> Key {
    let mut key = KeyMaker::new("parquet");
    key.bytes(csv);
    for (column, cells) in &grid.columns {
        key.number(column.kind as u64);
        let is_given: Vec<u8> = cells.iter().map(|cell| u8::from(*cell != Written::Nothing)).collect();
        key.bytes(&is_given);
    }
    key.finish()
}

/// Writes the table as Parquet with typed columns.
pub(super) fn parquet(grid: &Grid) -> Result<Vec<u8>> {
    let columns = grid.columns.iter().map(|(column, cells)| series(column.id, column.kind, cells)).collect();
    let mut frame = DataFrame::new(grid.height(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).set_parallel(false).finish(&mut frame)?;
    Ok(bytes)
}

fn series(name: &str, kind: Kind, cells: &[Written]) -> Column {
    let name = PlSmallStr::from_str(name);
    match kind {
        Kind::Text | Kind::Time => {
            Column::new(name, cells.iter().map(as_text).collect::<Vec<Option<String>>>())
        }
        Kind::Whole => Column::new(name, cells.iter().map(as_whole).collect::<Vec<Option<i64>>>()),
        Kind::Decimal => Column::new(name, cells.iter().map(as_decimal).collect::<Vec<Option<f64>>>()),
        Kind::Flag => Column::new(name, cells.iter().map(as_flag).collect::<Vec<Option<bool>>>()),
        Kind::Date => {
            let days = Int32Chunked::from_iter_options(name, cells.iter().map(as_days));
            days.into_date().into_column()
        }
        Kind::Moment => {
            let ticks = Int64Chunked::from_iter_options(name, cells.iter().map(as_milliseconds));
            ticks.into_datetime(TimeUnit::Milliseconds, None).into_column()
        }
    }
}

fn as_text(cell: &Written) -> Option<String> {
    match cell {
        Written::Nothing => None,
        Written::Text(text) => Some(text.to_string()),
        other => {
            let mut text = String::new();
            write_cell(&mut text, other);
            Some(text)
        }
    }
}

fn as_whole(cell: &Written) -> Option<i64> {
    if let Written::Whole(number) = cell { Some(i64::from(*number)) } else { None }
}

fn as_decimal(cell: &Written) -> Option<f64> {
    if let Written::Decimal(number) = cell { Some(*number) } else { None }
}

fn as_flag(cell: &Written) -> Option<bool> {
    if let Written::Flag(flag) = cell { Some(*flag) } else { None }
}

fn as_days(cell: &Written) -> Option<i32> {
    if let Written::Date(date) = cell { days(*date) } else { None }
}

fn as_milliseconds(cell: &Written) -> Option<i64> {
    let Written::Moment(moment) = cell else { return None };
    let time = moment.time();
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some((i64::from(days(moment.date())?) * 86_400 + seconds) * 1000)
}

fn days(date: Date) -> Option<i32> {
    jiff::civil::date(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// Describes the CSV tables (Frictionless Data Package 1): columns with types and titles, bytes and digests.
pub(super) fn datapackage(
    journal: &Journal,
    folder: &str,
    tables: &[&TableSchema],
    extent: Extent,
    documents: &[Document],
) -> Result<Document> {
    let mut resources = Vec::new();
    for schema in tables {
        let name = schema.table.id();
        let path = format!("{folder}/{name}.csv");
        let document = documents
            .iter()
            .find(|document| document.path == path)
            .told(|| said!("{path}: таблица не записана", "{path}: the table was not written"))?;
        let checksums = Checksums::of(&document.bytes);
        let fields: Vec<Json> = schema
            .columns
            .iter()
            .filter(|column| extent.has_column(schema.table, column.id))
            .filter(|column| journal.presence.has_column(schema.table, column.id))
            .map(|column| json!({"name": column.id, "title": column.title, "type": frictionless_type(column.kind)}))
            .collect();
        resources.push(json!({
            "name": name.replace('_', "-"), "title": schema.title, "path": format!("{name}.csv"),
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "bytes": checksums.bytes, "hash": format!("sha256:{}", checksums.sha256),
            "schema": {"fields": fields, "missingValues": [""]},
        }));
    }
    let title = format!("{}, {}", journal.school.short_name(), journal.year.title);
    let package = json!({"name": "letopis-tables", "title": title, "description": DESCRIPTION, "profile": "tabular-data-package", "resources": resources});
    let text = serde_json::to_string_pretty(&package)? + "\n";
    Ok(Document::new(format!("{folder}/datapackage.json"), text))
}

/// Why a value that looks like a formula stays unchanged.
const DESCRIPTION: &str = "Таблицы для программ: значения стоят как есть, в точности как в источнике, и те, что начинаются с =, +, -, @ или \
табуляции. В электронную таблицу переносите их через импорт со столбцами типа «Текстовый». Tables for programs: values are \
exactly those of the source, also where a spreadsheet would take them for formulas; import their columns as text.";

fn frictionless_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Date => "date",
        Kind::Moment => "datetime",
        Kind::Time => "time",
        Kind::Whole => "integer",
        Kind::Decimal => "number",
        Kind::Flag => "boolean",
    }
}
