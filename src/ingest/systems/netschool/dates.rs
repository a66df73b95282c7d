//! Dates of the reports: `2024/2025`, «с 05.11.24 по 27.12.24», a month's name over the number of a day.

use jiff::civil::Date;

use crate::base::months::MONTHS;
use crate::ingest::parse;
use crate::model::Span;

/// From this month on a date is in the first calendar year of the school year.
const FIRST_MONTH: i8 = 8;

/// Reads `2024/2025` or `2024-2025`: two consecutive years.
pub(super) fn school_year(text: &str) -> Option<(i16, i16)> {
    let (first, second) = text.trim().split_once(['/', '-', '–'])?;
    let (first, second) = (first.trim().parse().ok()?, second.trim().parse().ok()?);
    ((1990..2100).contains(&first) && second == first + 1).then_some((first, second))
}

/// Reads «с 05.11.24 по 27.12.24»; two-digit years are of this century.
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

/// A month over its days: 1 January … 12 December, sometimes with its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) number: i8,
    year: Option<i16>,
}

/// Reads a month's name: «Сентябрь», «сент.», «Сентябрь 2024».
pub(super) fn month(text: &str) -> Option<Month> {
    let text = parse::header(text);
    let mut words = text.split([' ', '.', ',']).filter(|word| !word.is_empty() && *word != "г");
    let word = words.next()?;
    let year = match words.next() {
        Some(year) => Some(year.parse().ok().filter(|year| (1990..2100).contains(year))?),
        None => None,
    };
    let number = i8::try_from(month_named(word)?).ok()?;
    words.next().is_none().then_some(Month { number, year })
}

/// A month's name may be shortened or in the genitive: «сен», «сентября».
fn month_named(word: &str) -> Option<usize> {
    if matches!(word, "мая" | "май") {
        return Some(5);
    }
    let stem = word.strip_suffix(['ь', 'я', 'а']).unwrap_or(word);
    let is_cut = |name: &str| stem.chars().count() >= 3 && name.starts_with(stem);
    let is_whole =
        |name: &str| name.trim_end_matches('ь') == stem || word.chars().count() <= 4 && is_cut(name);
    MONTHS.iter().position(|name| is_whole(name)).map(|position| position + 1)
}

/// Returns whether a column's title is a day: `5`, `05.11`, `05.11.24`, with or without the day of the week.
pub(super) fn is_day(title: &str) -> bool {
    let number = |text: &str| text.parse::<i8>().is_ok_and(|day| (0..100).contains(&day));
    bare(title).is_some_and(|day| number(day) || of_date(day).is_some())
}

/// Removes the day of the week: «5, вт», «пн 2».
fn bare(title: &str) -> Option<&str> {
    const WEEK: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
    let mut parts = title
        .split([' ', ',', '\n'])
        .filter(|part| !part.is_empty() && !WEEK.contains(&part.trim_matches(['(', ')', '.'])));
    let day = parts.next()?;
    parts.next().is_none().then_some(day)
}

/// Reads `05.11` and `05.11.24`: day, month, and the year if there is one.
fn of_date(text: &str) -> Option<(i8, i8, Option<i16>)> {
    if let Some(date) = short_date(text) {
        return Some((date.day(), date.month(), Some(date.year())));
    }
    let (day, month) = text.split_once('.')?;
    let (day, month) = (day.parse().ok()?, month.trim_end_matches('.').parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((day, month, None))
}

/// Finds the date of a column from its title and the month above it.
pub(super) fn column(
    month: Option<Month>,
    title: &str,
    years: (i16, i16),
    period: Option<Span>,
) -> Option<Date> {
    let title = bare(title)?;
    let (number, month) = match title.parse() {
        Ok(number) => (number, month?),
        Err(_) => {
            let (number, month, year) = of_date(title)?;
            (number, Month { number: month, year })
        }
    };
    match month.year {
        Some(year) => Date::new(year, month.number, number).ok(),
        None => day(month.number, number, years, period),
    }
}

/// Finds the date of a day. The grid has no year: the report's days decide, and outside them the school year.
fn day(month: i8, day: i8, years: (i16, i16), period: Option<Span>) -> Option<Date> {
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
    }

    #[test]
    fn a_month_is_known_whole_cut_and_with_its_year() {
        let number = |text| month(text).map(|month| (month.number, month.year));
        for (text, expected) in [
            ("Сентябрь ", Some((9, None))),
            ("сентября", Some((9, None))),
            ("Сент.", Some((9, None))),
            ("МАЙ", Some((5, None))),
            ("март", Some((3, None))),
            ("Ноябрь 2024 г.", Some((11, Some(2024)))),
            ("Средняя оценка", None),
            ("Маргарита", None),
            ("Я", None),
            ("Ноябрь 24", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn a_column_is_a_day_of_its_month_or_a_date() {
        let (years, november) = ((2024, 2025), month("Ноябрь"));
        let column = |month, title: &str| column(month, title, years, None).map(|date| date.to_string());
        for (title, expected) in [
            ("5", "2024-11-05"),
            ("05.12", "2024-12-05"),
            ("09.01.25", "2025-01-09"),
            ("5, вт", "2024-11-05"),
        ] {
            assert!(is_day(title), "{title}");
            assert_eq!(column(november, title).as_deref(), Some(expected));
        }
        assert_eq!((column(november, "31"), column(None, "5")), (None, None));
        assert!(!is_day("1 четверть") && !is_day("№") && !is_day("2025"));
    }
}
