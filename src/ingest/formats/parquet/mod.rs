//! Parquet through polars' reader: the only use of polars outside `stats` and the table writer.

mod pages;

use std::io::Cursor;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use polars::prelude::{AnyValue, ArrowDataType, DataFrame, PolarsError, SerReader, TimeUnit};
use polars_io::parquet::read::ParquetReader;

use super::contents::Contents;
use crate::base::limits::CELLS as MOST_CELLS;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::ingest::text::Refusal;

/// Reads one table. Row numbers count the rows from 1. A column of an unsupported kind is a fault; the others
/// are kept.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    Ok(table(file)?)
}

fn table(file: &ExportFile) -> Result<Contents<'_>, Said> {
    let unreadable = |error: PolarsError| {
        said!("Parquet не читается: {error}", "the Parquet file cannot be read: {error}")
    };
    let mut reader = ParquetReader::new(Cursor::new(file.bytes.as_slice()));
    let mut metadata = reader.get_metadata().map_err(unreadable)?.as_ref().clone();
    let height =
        metadata.row_groups.iter().map(|group| group.num_rows()).sum::<usize>().max(metadata.num_rows);
    // Without the metadata of the program that wrote the file, dictionary-encoded texts are texts.
    metadata.key_value_metadata = None;
    if !pages::are_bounded(&file.bytes, &metadata, MOST_CELLS) {
        return Err(said!(
            "файл повреждён: страница обещает больше значений, чем их в столбце",
            "the file is damaged: a page promises more values than its column has"
        ));
    }
    reader.set_metadata(Arc::new(metadata));
    let schema = reader.schema().map_err(unreadable)?;
    let mut contents = Contents::default();
    let mut places = Vec::new();
    for (place, (name, field)) in schema.iter().enumerate() {
        if is_readable(&field.dtype) {
            places.push(place);
        } else {
            contents.faults.push((0, unreadable_column(name, &field.dtype)));
        }
    }
    if places.is_empty()
        && let Some((_, fault)) = contents.faults.pop()
    {
        return Err(fault);
    }
    if height.saturating_mul(places.len()) > MOST_CELLS {
        return Err(said!("в файле больше {MOST_CELLS} ячеек", "the file has more than {MOST_CELLS} cells"));
    }
    let frame = reader.with_projection(Some(places)).finish().map_err(unreadable)?;
    let origin = Origin { file: file.path.clone(), sheet: String::new() };
    contents.sheets.push(RawSheet { origin, rows: Rows::Grid(rows(&frame)) });
    Ok(contents)
}

/// The kinds that this build of polars supports.
fn is_readable(kind: &ArrowDataType) -> bool {
    use ArrowDataType::*;
    match kind {
        Null | Boolean | Int8 | Int16 | Int32 | Int64 | UInt32 | UInt64 | Float32 | Float64 => true,
        Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView => true,
        Date32 | Date64 | Time32(_) | Time64(_) | Timestamp(..) | Duration(_) => true,
        List(item) | LargeList(item) => is_readable(&item.dtype),
        _ => false,
    }
}

fn unreadable_column(name: &str, kind: &ArrowDataType) -> Said {
    said!(
        "столбец {name} вида {kind:?} не читается: сохраните его текстом или целыми числами",
        "column {name} of the kind {kind:?} is not read: save it as text or whole numbers"
    )
}

fn rows(frame: &DataFrame) -> Vec<(u32, Vec<Value>)> {
    let names = frame.get_column_names().iter().map(|name| Value::Text(name.as_str().into())).collect();
    let mut rows: Vec<(u32, Vec<Value>)> = vec![(0, names)];
    rows.extend((1..).take(frame.height()).map(|number| (number, Vec::with_capacity(frame.width()))));
    for column in frame.columns() {
        let series = column.as_materialized_series();
        for (cell, (_, row)) in series.iter().zip(&mut rows[1..]) {
            row.push(value(&cell));
        }
    }
    rows
}

fn value(cell: &AnyValue<'_>) -> Value {
    match cell {
        AnyValue::Null => Value::Empty,
        AnyValue::Boolean(flag) => Value::Flag(*flag),
        AnyValue::String(text) => Value::Text((*text).into()),
        AnyValue::StringOwned(text) => Value::Text(text.as_str().into()),
        AnyValue::Binary(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned().into()),
        AnyValue::Int64(number) => whole(i128::from(*number)),
        AnyValue::UInt64(number) => whole(i128::from(*number)),
        AnyValue::Date(days) => day(i64::from(*days)).map_or(Value::Empty, Value::Date),
        AnyValue::Datetime(ticks, unit, zone) => match moment(*ticks, *unit) {
            // The school's zone is not known here: the reader of the cell refuses the value, so that it is
            // not misread.
            Some(moment) if zone.is_some() => Value::Text(format!("{moment}Z").into()),
            moment => moment.map_or(Value::Empty, Value::Moment),
        },
        AnyValue::Time(nanoseconds) => Value::Time(time(*nanoseconds / 1_000_000_000)),
        AnyValue::List(items) => {
            let parts: Vec<String> = items.iter().map(|item| value(&item).to_text().to_string()).collect();
            Value::Text(parts.join(";").into())
        }
        other => other.extract::<f64>().map_or_else(|| Value::Text(other.to_string().into()), Value::Number),
    }
}

/// Whole numbers that a float cannot hold exactly (ids above 2^53) keep their written form.
fn whole(number: i128) -> Value {
    const LARGEST_EXACT: i128 = 1 << 53;
    if number.abs() < LARGEST_EXACT {
        Value::Number(number as f64)
    } else {
        Value::Text(number.to_string().into())
    }
}

fn day(days: i64) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(days.days()).ok()
}

fn moment(ticks: i64, unit: TimeUnit) -> Option<DateTime> {
    let per_second = match unit {
        TimeUnit::Nanoseconds => 1_000_000_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Milliseconds => 1_000,
    };
    let seconds = ticks.div_euclid(per_second);
    Some(day(seconds.div_euclid(86_400))?.to_datetime(time(seconds.rem_euclid(86_400))))
}

fn time(seconds: i64) -> Time {
    let part = |value: i64| i8::try_from(value).unwrap_or(0);
    let (hour, minute, second) = (part(seconds / 3600), part(seconds / 60 % 60), part(seconds % 60));
    Time::new(hour, minute, second, 0).unwrap_or(Time::midnight())
}
