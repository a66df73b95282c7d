//! One value as a page prints it and as a workbook holds it.

use jiff::civil::Date;

use crate::render::format;
use crate::render::measure::clean;
use crate::render::workbook::Cell;
use crate::reports::common::numbers::{self, GAP};

/// A value of a table that stands on pages and in a workbook.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Left free: to be filled in by hand, or not meant for this row.
    Free,
    /// Cannot be formed.
    Gap,
    /// Words.
    Words(String),
    /// How many.
    Count(usize),
    /// How many, printed only where there are any.
    Some(usize),
    /// A per cent.
    Percent(f64),
    /// A mean mark.
    Mean(f64),
    /// Hours; below zero, ahead.
    Hours(f64),
    /// A difference, printed with its sign.
    Change(f64),
    /// Whole days, which may be below zero.
    Days(i64),
    /// A day.
    Date(Date),
}

impl Value {
    /// Returns words.
    pub fn words(text: impl AsRef<str>) -> Self {
        Self::Words(clean(text.as_ref()))
    }

    /// Returns a value that may not be there: a gap then.
    pub fn or_gap<T>(value: Option<T>, of: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Gap, of)
    }

    /// Returns a share in per cent; a gap where nobody is counted.
    pub fn share(found: usize, of: usize) -> Self {
        // Counts are far below 2^52: exact.
        if of == 0 { Self::Gap } else { Self::Percent(100.0 * found as f64 / of as f64) }
    }

    /// Returns what a page prints.
    pub fn printed(&self) -> String {
        match self {
            Self::Free => String::new(),
            Self::Gap => GAP.to_owned(),
            Self::Words(text) => text.clone(),
            Self::Count(count) => format::thousands(*count),
            Self::Some(count) => numbers::some(*count),
            Self::Percent(value) => numbers::percent(Some(*value)),
            Self::Mean(value) => numbers::mean(Some(*value)),
            Self::Hours(value) => numbers::hours(Some(*value)),
            Self::Change(value) => numbers::change(Some(*value), 1),
            Self::Days(days) if *days < 0 => format!("−{}", days.unsigned_abs()),
            Self::Days(days) => days.to_string(),
            Self::Date(date) => format::date(*date),
        }
    }

    /// Returns what a workbook holds: numbers at full precision, nothing for a gap.
    pub fn booked(&self) -> Cell {
        match self {
            Self::Free | Self::Gap => Cell::Empty,
            Self::Words(text) => Cell::text(text),
            Self::Count(count) | Self::Some(count) => Cell::Count(*count as f64),
            Self::Percent(value) | Self::Mean(value) | Self::Change(value) => Cell::Decimal(*value),
            Self::Hours(value) => Cell::Hours(*value),
            Self::Days(days) => Cell::Count(*days as f64),
            Self::Date(date) => Cell::Date(*date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_formed_is_a_gap_on_the_page_and_nothing_in_the_workbook() {
        assert_eq!((Value::Gap.printed().as_str(), Value::Gap.booked()), ("—", Cell::Empty));
        assert_eq!(Value::share(0, 0), Value::Gap);
        assert_eq!(Value::or_gap(None, Value::Mean), Value::Gap);
    }

    #[test]
    fn a_page_and_a_workbook_say_the_same_number() {
        let both = |value: Value| (value.printed(), value.booked());
        assert_eq!(both(Value::share(41, 44)), ("93,2".into(), Cell::Decimal(100.0 * 41.0 / 44.0)));
        assert_eq!(both(Value::Some(0)), (String::new(), Cell::Count(0.0)));
        assert_eq!(both(Value::Days(-3)), ("−3".into(), Cell::Count(-3.0)));
        assert_eq!(both(Value::Change(-0.26)), ("−0,3".into(), Cell::Decimal(-0.26)));
        assert_eq!(both(Value::Hours(-1.5)), ("−1,5".into(), Cell::Hours(-1.5)));
    }
}
