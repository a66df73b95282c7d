//! The notation of a day's cell: `5`, `3/4`, `4 4`, `О 2`, `Н 4/3`, `Б Б 3`, `Н Н`, `0`, `.`.
//!
//! A space separates lessons or works, a slash the marks of one work, letters are attendance, a dot is a mark
//! due.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::legend::{self, Meaning};
use super::lines::Line;
use crate::ingest::parse;
use crate::model::{AbsenceReason, MarkValue};

/// The meaning of a block's letters.
pub(super) type Letters = BTreeMap<String, Meaning>;

/// Characters in one cell: a day of a subject has a few.
const MOST_SIGNS: usize = 40;
/// Letters of a code.
const MOST_LETTERS: usize = 4;

/// A mark and its printed form, if that is more than the value: `5-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) value: MarkValue,
    pub(super) printed: Option<String>,
}

/// A cell taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DayCell {
    /// Marks in printed order; those of one work are in one list.
    pub(super) works: Vec<Vec<Sign>>,
    /// One entry for each missed lesson or late arrival.
    pub(super) attendance: Vec<AbsenceReason>,
    /// Letters that the legend does not have, or explains in unknown words.
    pub(super) letters: Vec<String>,
    /// Parts outside the notation.
    pub(super) unknown: Vec<String>,
    /// The possible meaning of a cell that became a date.
    pub(super) meant: Option<String>,
}

impl DayCell {
    /// Walks the marks.
    pub(super) fn marks(&self) -> impl Iterator<Item = &Sign> {
        self.works.iter().flatten()
    }
}

/// Splits a cell. It never fails; unreadable parts are kept apart.
pub(super) fn read(text: &str, letters: &Letters) -> DayCell {
    let mut cell = DayCell::default();
    for part in text.split_whitespace().take(MOST_SIGNS) {
        if let Some((meaning, count)) = explained(part, letters) {
            match meaning {
                Meaning::Absent(reason) => cell.attendance.extend(std::iter::repeat_n(reason, count)),
                Meaning::Present => {}
                Meaning::Unclear => cell.letters.push(legend::code(part)),
            }
        } else if let Some(marks) = part.split('/').map(sign).collect() {
            cell.works.push(marks);
        } else if part.chars().all(char::is_alphabetic) && part.chars().count() <= MOST_LETTERS {
            cell.letters.push(legend::code(part));
        } else {
            cell.unknown.push(part.to_owned());
        }
    }
    cell.unknown.extend(text.split_whitespace().nth(MOST_SIGNS).map(str::to_owned));
    cell
}

/// Splits a cell of a line, including a date that was a cell's text.
pub(super) fn of_line(line: &Line, column: usize, letters: &Letters) -> DayCell {
    let text = line.cell(column);
    let meant = line.date(column).map_or_else(|| became_date(text), |date| Some(before(date)));
    match meant {
        Some(meant) => DayCell { unknown: vec![text.to_owned()], meant: Some(meant), ..DayCell::default() },
        None => read(text, letters),
    }
}

/// Reads `Н`, and `НН` if the space was lost. Two different letters are one code, or none: «НБ» is not «Н Б».
fn explained(part: &str, letters: &Letters) -> Option<(Meaning, usize)> {
    let code = legend::code(part);
    if let Some(meaning) = letters.get(&code) {
        return Some((*meaning, 1));
    }
    let first = code.chars().next()?;
    let count = code.chars().count();
    let meaning = letters.get(&first.to_string())?;
    code.chars().all(|letter| letter == first).then_some((*meaning, count))
}

/// Returns whether a text looks like a day's cell, whatever its letters mean.
pub(super) fn is_signs(text: &str) -> bool {
    let is_sign = |part: &str| {
        let is_letters = part.chars().all(char::is_alphabetic) && part.chars().count() <= MOST_LETTERS;
        is_letters || part.split('/').all(|mark| sign(mark).is_some())
    };
    became_date(text).is_some() || text.split_whitespace().all(is_sign)
}

/// A spreadsheet program takes `3/4` for the third of April.
fn became_date(text: &str) -> Option<String> {
    /// Days from the epoch of spreadsheets to 2000 and to 2100.
    const SERIALS: std::ops::Range<f64> = 36_526.0..73_050.0;
    if let Some(serial) = parse::decimal(text).filter(|serial| SERIALS.contains(serial)) {
        let days = jiff::Span::new().try_days(serial as i64).ok()?;
        return Some(before(jiff::civil::date(1899, 12, 30).checked_add(days).ok()?));
    }
    let (day, month) = text.split_once('.')?;
    let day: i8 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = match month.trim_matches('.').split('.').next()?.parse::<i8>() {
        Ok(month) => month,
        Err(_) => super::dates::month(month)?.number,
    };
    (1..=12).contains(&month).then(|| format!("{day}/{month}"))
}

fn before(date: Date) -> String {
    format!("{}/{}", date.day(), date.month())
}

fn sign(part: &str) -> Option<Sign> {
    let lower = part.to_lowercase();
    let bare = lower.trim_end_matches(['+', '-', '−']);
    let value = match bare {
        "зачет" | "зачёт" => MarkValue::Pass,
        "незачет" | "незачёт" => MarkValue::Fail,
        "" => return None,
        other => MarkValue::parse(other)?,
    };
    let is_plain = bare.len() == lower.len();
    if !is_plain && value.numeric().is_none() {
        return None;
    }
    Some(Sign { value, printed: (!is_plain).then(|| part.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Letters {
        use AbsenceReason::{Excused, Ill, Late, Unexcused};
        let absent = [("Н", Unexcused), ("О", Late), ("Б", Ill), ("У", Excused), ("УП", Excused)];
        let absent = absent.map(|(letter, reason)| (letter.to_owned(), Meaning::Absent(reason)));
        absent.into_iter().chain([("ОСВ".to_owned(), Meaning::Present)]).collect()
    }

    fn codes(text: &str) -> (Vec<Vec<&'static str>>, String, Vec<String>) {
        let cell = read(text, &letters());
        let works = cell.works.iter().map(|work| work.iter().map(|sign| sign.value.code()).collect());
        let unknown = [cell.letters, cell.unknown].concat();
        (works.collect(), cell.attendance.iter().map(|reason| reason.code()).collect(), unknown)
    }

    #[test]
    fn every_form_of_the_language_is_read() {
        let cases: [(&str, &[&[&str]], &str); 18] = [
            ("5", &[&["5"]], ""),
            ("3/4", &[&["3", "4"]], ""),
            ("4 4", &[&["4"], &["4"]], ""),
            ("О 2", &[&["2"]], "оп"),
            ("Н 4/3", &[&["4", "3"]], "н"),
            ("Б Б 3", &[&["3"]], "бб"),
            ("Н Н", &[], "нн"),
            ("НН", &[], "нн"),
            ("H o y", &[], "нопну"),
            ("0", &[&["0"]], ""),
            (".", &[&["."]], ""),
            ("2 .", &[&["2"], &["."]], ""),
            ("0/5", &[&["0", "5"]], ""),
            ("3/2 4", &[&["3", "2"], &["4"]], ""),
            ("зачёт", &[&["зач"]], ""),
            ("УП 4", &[&["4"]], "ну"),
            ("ОСВ", &[], ""),
            ("  ", &[], ""),
        ];
        for (text, works, attendance) in cases {
            let works: Vec<Vec<&str>> = works.iter().map(|work| work.to_vec()).collect();
            assert_eq!(codes(text), (works, attendance.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn a_sign_with_a_minus_counts_as_its_mark_and_is_kept_as_printed() {
        let cell = read("5- 4", &letters());
        assert_eq!(cell.works[0], [Sign { value: MarkValue::Numeric(5), printed: Some("5-".to_owned()) }]);
        assert_eq!(cell.works[1], [Sign { value: MarkValue::Numeric(4), printed: None }]);
    }

    #[test]
    fn what_is_not_of_the_language_is_kept_apart() {
        for text in ["7", "5/", "/", "Ж", "НБ", "ОП", "12", "5,5", "-", "..", "Н5", ".-"] {
            assert_eq!(codes(text).2, [text], "{text}");
        }
        assert_eq!(read(&"5 ".repeat(1000), &letters()).works.len(), MOST_SIGNS);
    }

    #[test]
    fn a_cell_that_became_a_date_says_what_it_was() {
        let meant = |text: &str| of_line(&Line::of_texts(&[text]), 0, &letters()).meant;
        for text in ["03.апр", "03.04", "3.04.2025", "45750"] {
            assert_eq!(meant(text).as_deref(), Some("3/4"), "{text}");
            assert!(is_signs(text), "{text}");
        }
        for text in [".", "5", "2 .", "Н", "4.5.6"] {
            assert_ne!(meant(text).as_deref(), Some("3/4"), "{text}");
        }
        assert!(!is_signs("Неуважительная"));
    }
}
