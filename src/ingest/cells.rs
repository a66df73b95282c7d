//! Converts a typed or textual cell to a value, and reports the expected form if it cannot.

use jiff::civil::{Date, DateTime, Time};

use super::parse;
use super::raw::{Cell, Value};
use crate::base::said::{Said, said};

pub(super) fn date(cell: Cell<'_>) -> Option<Date> {
    match cell {
        Cell::Text(text) => parse::date(text),
        Cell::Typed(Value::Date(date)) => parse::in_years(*date),
        Cell::Typed(Value::Moment(moment)) if moment.time() == Time::midnight() => {
            parse::in_years(moment.date())
        }
        Cell::Typed(_) => None,
    }
}

pub(super) fn date_wanted() -> Said {
    said!(
        "нужна дата, например 02.09.2024, года с 1900 по 2199",
        "a date such as 2024-09-02 of the years 1900 to 2199 is wanted"
    )
}

pub(super) fn moment(cell: Cell<'_>) -> Option<DateTime> {
    match cell {
        Cell::Text(text) => parse::moment(text),
        Cell::Typed(Value::Date(date)) => Some(parse::in_years(*date)?.to_datetime(Time::midnight())),
        Cell::Typed(Value::Moment(moment)) => parse::in_years(moment.date()).map(|_| *moment),
        Cell::Typed(_) => None,
    }
}

pub(super) fn moment_wanted() -> Said {
    said!(
        "нужны дата и местное время без часового пояса, например 02.09.2024 08:47",
        "a moment of local time without a zone, such as 2024-09-02T08:47:10, is wanted"
    )
}

pub(super) fn time(cell: Cell<'_>) -> Option<Time> {
    match cell {
        Cell::Text(text) => parse::time(text),
        Cell::Typed(Value::Time(time)) => Some(*time),
        Cell::Typed(Value::Moment(moment)) => Some(moment.time()),
        Cell::Typed(_) => None,
    }
}

pub(super) fn number(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Text(text) => parse::decimal(text),
        Cell::Typed(Value::Number(number)) => Some(*number),
        Cell::Typed(_) => None,
    }
}

pub(super) fn decimal(cell: Cell<'_>) -> Option<f64> {
    number(cell).filter(|number| (0.0..1e9).contains(number))
}

pub(super) fn decimal_wanted() -> Said {
    said!("нужно число не меньше 0", "a number not below 0 is wanted")
}

pub(super) fn whole(cell: Cell<'_>, least: u32, most: u32) -> Option<u32> {
    let number = number(cell)?;
    let fits = number.fract() == 0.0 && number >= f64::from(least) && number <= f64::from(most);
    // The cast is exact within the bounds tested above.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fits.then_some(number as u32)
}

pub(super) fn whole_wanted(least: u32, most: u32) -> Said {
    said!("нужно целое число от {least} до {most}", "a whole number from {least} to {most} is wanted")
}

pub(super) fn flag(cell: Cell<'_>) -> Option<bool> {
    match cell {
        Cell::Typed(Value::Flag(flag)) => Some(*flag),
        cell => parse::flag(&cell.as_text()),
    }
}

pub(super) fn flag_wanted() -> Said {
    said!("нужно да или нет", "yes or no (1 or 0) is wanted")
}

pub(super) fn read_code<V>(cell: Cell<'_>, read: impl Fn(&str) -> Option<V>) -> Option<V> {
    let text = cell.as_text();
    let read_either = |text: &str| read(text).or_else(|| read(&text.to_lowercase()));
    // Programs without whole numbers write 5.0 for 5.
    read_either(&text)
        .or_else(|| text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).and_then(read_either))
}

pub(super) fn code_wanted(codes: &str) -> Said {
    said!("допустимы только {codes}", "only {codes} are allowed")
}
