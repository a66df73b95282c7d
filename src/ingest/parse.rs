//! Parsers for single cells: dates, moments, times, numbers, flags, class names. None of them panics.

use jiff::civil::{Date, DateTime, Time};
use unicode_normalization::UnicodeNormalization;

use super::text::{is_invisible, without_invisible};
use crate::base::limits;
use crate::model::Text;

/// Reads `2024-09-02`, `02.09.2024`, `20240902` or either of the first two followed by midnight.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    if time.is_some_and(|time| !is_midnight(time)) {
        return None;
    }
    plain_date(day)
}

fn is_midnight(time: &str) -> bool {
    time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z'))
}

fn plain_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let (year, month, day) = match bytes.len() {
        10 if bytes[4] == b'-' && bytes[7] == b'-' => (&bytes[0..4], &bytes[5..7], &bytes[8..10]),
        10 if bytes[2] == b'.' && bytes[5] == b'.' => (&bytes[6..10], &bytes[3..5], &bytes[0..2]),
        8 if bytes.iter().all(u8::is_ascii_digit) => (&bytes[0..4], &bytes[4..6], &bytes[6..8]),
        _ => return dotted_date(text),
    };
    let small = |part: &[u8]| digits(part).and_then(|value| i8::try_from(value).ok());
    in_years(Date::new(digits(year)?, small(month)?, small(day)?).ok()?)
}

/// Returns a date if its year can occur in a school's papers.
#[inline]
pub fn in_years(date: Date) -> Option<Date> {
    limits::YEARS.contains(&date.year()).then_some(date)
}

/// Reads `2.9.2024`, as people type it.
fn dotted_date(text: &str) -> Option<Date> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let small = |part: &str| digits(part.as_bytes()).and_then(|value| i8::try_from(value).ok());
    in_years(Date::new(digits(year.as_bytes())?, small(month)?, small(day)?).ok()?)
}

fn digits(bytes: &[u8]) -> Option<i16> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    bytes
        .iter()
        .try_fold(0i16, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i16::from(byte - b'0')))
}

/// Reads `2024-09-02T08:47:10`, `02.09.2024 08:47[:10]`, or a date alone (its midnight).
pub fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Some(moment) = whole_moment(text) {
        return Some(moment);
    }
    let Some(at) = text.find(['T', ' ']) else {
        return Some(plain_date(text)?.to_datetime(Time::midnight()));
    };
    Some(plain_date(&text[..at])?.to_datetime(time(text[at + 1..].trim())?))
}

/// Reads `2024-09-02T08:47[:10]` and `02.09.2024 08:47[:10]` by fixed positions: a journal has a million of
/// them in one form.
fn whole_moment(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let pair = |at: usize| {
        let (tens, ones) = (bytes[at].wrapping_sub(b'0'), bytes[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| (tens * 10 + ones).cast_signed())
    };
    let second = match bytes.len() {
        16 => 0,
        19 if bytes[16] == b':' => pair(17)?,
        _ => return None,
    };
    if !matches!(bytes[10], b'T' | b' ') || bytes[13] != b':' {
        return None;
    }
    let (year, month, day) = match (bytes[2], bytes[4], bytes[5], bytes[7]) {
        (_, b'-', _, b'-') => (0, 5, 8),
        (b'.', _, b'.', _) => (6, 3, 0),
        _ => return None,
    };
    let year = i16::from(pair(year)?) * 100 + i16::from(pair(year + 2)?);
    if !limits::YEARS.contains(&year) {
        return None;
    }
    DateTime::new(year, pair(month)?, pair(day)?, pair(11)?, pair(14)?, second, 0).ok()
}

/// Reads `08:30` or `8:30:05`; fractions of a second are dropped.
pub fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    // A zone after the fraction is not part of it: it would change the moment.
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = whole.split(':').map(|part| {
        let value = digits(part.as_bytes())?;
        i8::try_from(value).ok()
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

/// Reads `1/0`, `true/false`, `да/нет`.
pub fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "true" | "да" => Some(true),
        "0" | "false" | "нет" => Some(false),
        _ => None,
    }
}

/// Reads a number with a point or a comma.
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = if text.contains(',') { text.replace(',', ".").parse() } else { text.parse() };
    number.ok().filter(|number: &f64| number.is_finite())
}

/// Folds a class name: Latin look-alikes to Cyrillic, upper case, without spaces, hyphens and quotes: `5 «a»`
/// is `5А`.
pub fn class_name(text: &str) -> Text {
    text.chars()
        .filter(|c| {
            !c.is_whitespace()
                && !is_invisible(*c)
                && !matches!(c, '-' | '‐' | '‑' | '–' | '—' | '«' | '»' | '"' | '\'' | '“' | '”' | '„')
        })
        .flat_map(char::to_uppercase)
        .map(look_alike)
        .collect()
}

/// Returns the Cyrillic capital for a Latin look-alike in a hand-typed class or code.
pub(crate) fn look_alike(latin: char) -> char {
    match latin {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        other => other,
    }
}

/// Folds a header or a sheet name for comparison: one space for blanks and line breaks, lower case, ё as е,
/// composed letters. File names from a Mac have й as two characters.
pub fn header(text: &str) -> String {
    let folded: String =
        without_invisible(text).to_lowercase().nfc().map(|c| if c == 'ё' { 'е' } else { c }).collect();
    let words = folded.split(char::is_whitespace).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Folds a name of a person or a thing for comparison: like a header, with one space between words.
pub fn name(text: &str) -> String {
    header(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits a list inside a cell at `;`.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Returns whether a cell of an optional column means "not given".
#[inline]
pub fn is_blank(text: &str) -> bool {
    // Most cells are longer or shorter.
    matches!(text.len(), 0 | 1 | 3) && matches!(text, "" | "-" | "—")
}

/// Returns whether a cell is a program's word for an empty value: pandas and databases write such words.
#[inline]
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(text.len(), 3 | 4) && matches!(text, "NaN" | "nan" | "NaT" | "None" | "NULL" | "null" | "<NA>")
}

/// Returns whether a cell is the error of a formula, in English or Russian, as spreadsheets save it to text.
pub(crate) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 20] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#Н/Д",
        "#ССЫЛКА!",
        "#ЗНАЧ!",
        "#ДЕЛ/0!",
        "#ИМЯ?",
        "#ЧИСЛО!",
        "#ПУСТО!",
        "#ПЕРЕНОС!",
        "#ВЫЧИСЛ!",
        "#ОЖИДАНИЕ_ДАННЫХ",
    ];
    ERRORS.contains(&text)
}

/// Returns whether a date or moment has a time zone: `2025-08-31T20:00:00Z`, `…+04:00`.
pub(crate) fn has_zone(text: &str) -> bool {
    let Some((_, time)) = text.split_once(['T', ' ']) else { return false };
    let has_offset = || time.rsplit_once(['+', '-', '−']).is_some_and(|(before, _)| before.contains(':'));
    time.contains(':') && (time.ends_with(['Z', 'z']) || has_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_form_are_one_date() {
        let expected = Some(jiff::civil::date(2024, 9, 2));
        for text in
            ["2024-09-02", "02.09.2024", "2.9.2024", "20240902", "2024-09-02T00:00:00", " 02.09.2024 00:00"]
        {
            assert_eq!(date(text), expected, "{text}");
        }
        for text in ["2024-13-02", "31.02.2024", "2024-09-02T08:00", "вчера", "02.09.24", ""] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn moments_keep_their_second() {
        let expected = Some(jiff::civil::date(2024, 9, 2).at(8, 47, 10, 0));
        assert_eq!(moment("2024-09-02T08:47:10"), expected);
        assert_eq!(moment("02.09.2024 08:47:10"), expected);
        assert_eq!(moment("02.09.2024 8:47"), Some(jiff::civil::date(2024, 9, 2).at(8, 47, 0, 0)));
        assert_eq!(moment("2024-09-02 08:47:10"), expected);
        for text in
            ["2024-09-02T25:00:00", "2024-02-30T08:47:10", "2024-09-02T08:47:1x", "2024-09-02T08-47-10"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn headers_fold_to_one() {
        for text in ["Учебный план", " УЧЕБНЫЙ\n план", "\u{feff}учебныи\u{306} план", "Учебный\u{a0}план"]
        {
            assert_eq!(header(text), "учебный план", "{text:?}");
        }
        assert_eq!(header("Зачёт"), "зачет");
    }

    #[test]
    fn class_names_fold_to_one() {
        for text in ["5А", "5 «a»", "5-А", "5A", " 5 'а' "] {
            assert_eq!(class_name(text), "5А", "{text}");
        }
    }
}
