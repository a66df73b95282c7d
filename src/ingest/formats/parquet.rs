//! Parquet through polars' reader: the only use of polars outside `stats` and the table writer.

use std::io::Cursor;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use polars::prelude::{AnyValue, DataFrame, SerReader, TimeUnit};
use polars_io::parquet::read::ParquetReader;

use super::Contents;
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::source::Origin;

/// Reads one table; row numbers count the rows, the first is 1.
pub(super) fn read(file: &ExportFile) -> Result<Contents, Words> {
    let frame = ParquetReader::new(Cursor::new(file.bytes.as_slice())).finish().map_err(|error| {
        words(format!("Parquet не читается: {error}"), format!("the Parquet file cannot be read: {error}"))
    })?;
    let origin = Origin { file: file.path.clone(), sheet: String::new() };
    let sheet = RawSheet { origin, rows: Rows::Grid(rows(&frame)) };
    Ok(Contents { sheets: vec![sheet], faults: Vec::new() })
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
        AnyValue::Date(days) => day(i64::from(*days)).map_or(Value::Empty, Value::Date),
        AnyValue::Datetime(ticks, unit, _) => moment(*ticks, *unit).map_or(Value::Empty, Value::Moment),
        AnyValue::Time(nanoseconds) => Value::Time(time(*nanoseconds / 1_000_000_000)),
        other => other.extract::<f64>().map_or_else(|| Value::Text(other.to_string().into()), Value::Number),
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
