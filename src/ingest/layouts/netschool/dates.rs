//! Dates of the reports: `2024/2025`, «с 05.11.24 по 27.12.24», a month's name over the number of a day.

use jiff::civil::Date;

use crate::ingest::parse;
use crate::model::Span;

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];
/// From this month on a date is in the first of the school year's two calendar years.
const FIRST_MONTH: i8 = 8;

/// Reads `2024/2025` or `2024-2025`: two years, one after the other.
pub(super) fn school_year(text: &str) -> Option<(i16, i16)> {
    let (first, second) = text.trim().split_once(['/', '-', '–'])?;
    let (first, second) = (first.trim().parse().ok()?, second.trim().parse().ok()?);
    ((1990..2100).contains(&first) && second == first + 1).then_some((first, second))
}

/// Reads «с 05.11.24 по 27.12.24»; years of two digits are of this century.
pub(super) fn period(text: &str) -> Option<Span> {
    let mut dates = text.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(short_date);
    let (from, to) = (dates.next()?, dates.next()?);
    (from <= to).then_some(Span { from, to })
}

fn short_date(text: &str) -> Option<Date> {
    let text = text.trim_matches('.');
    if let Some(date) = parse::date(text) {
        return Some(date);
    }
    let mut parts = text.split('.').map(|part| part.parse::<i8>().ok().filter(|_| part.len() <= 2));
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    Date::new(2000 + i16::from(year), month, day).ok()
}

/// Reads a month's name: 1 January … 12 December.
pub(super) fn month(text: &str) -> Option<i8> {
    let text = parse::header(text);
    let position = MONTHS.iter().position(|name| *name == text)?;
    i8::try_from(position + 1).ok()
}

/// Dates a day column. The grid has no year: the period decides, beyond it the school year.
pub(super) fn day(month: i8, day: i8, years: (i16, i16), period: Option<Span>) -> Option<Date> {
    let by_period = period.and_then(|span| {
        let years = span.from.year()..=span.to.year().min(span.from.year() + 1);
        years.filter_map(|year| Date::new(year, month, day).ok()).find(|date| span.contains(*date))
    });
    let year = if month >= FIRST_MONTH { years.0 } else { years.1 };
    by_period.or_else(|| Date::new(year, month, day).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_period_line_has_years_of_two_digits() {
        let expected = Some(Span { from: date(2025, 3, 24), to: date(2025, 5, 24) });
        assert_eq!(period("с 24.03.25 по 24.05.25"), expected);
        assert_eq!(period("с 24.03.2025 по 24.05.2025 г."), expected);
        assert_eq!(period("с 24.05.25 по 24.03.25"), None);
        assert_eq!(period("с 99.99.99 по ..."), None);
    }

    #[test]
    fn years_come_from_the_period_then_from_the_school_year() {
        let winter = Some(Span { from: date(2024, 12, 20), to: date(2025, 1, 20) });
        assert_eq!(day(12, 25, (2024, 2025), winter), Some(date(2024, 12, 25)));
        assert_eq!(day(1, 10, (2024, 2025), winter), Some(date(2025, 1, 10)));
        assert_eq!(day(9, 2, (2024, 2025), None), Some(date(2024, 9, 2)));
        assert_eq!(day(5, 30, (2024, 2025), winter), Some(date(2025, 5, 30)));
        assert_eq!(day(2, 30, (2024, 2025), None), None);
    }

    #[test]
    fn school_years_are_two_in_a_row() {
        assert_eq!(school_year(" 2024/2025 "), Some((2024, 2025)));
        assert_eq!(school_year("2024-2026"), None);
        assert_eq!(month("Сентябрь "), Some(9));
        assert_eq!(month("Сентября"), None);
    }
}
