//! What options take: days of this time, notes that can stand on paper, a number of threads that a computer has.

use jiff::civil::Date;

use crate::ingest::parse;
use crate::limits;
use crate::shown;

/// Reads a day such as `2026-06-30`.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let (first, last) = limits::YEARS.into_inner();
    parse::date(text).ok_or_else(|| {
        format!(
            "нужен день, например 2026-06-30, года с {first} по {last} (a day of the years {first} to {last})"
        )
    })
}

/// Reads a note that stands in the register for good.
pub(super) fn note(text: &str) -> Result<String, String> {
    let most = limits::SETTING_CHARS;
    let is_printable =
        text.chars().count() <= most && !text.contains(shown::is_hidden) && !shown::has_stacked_marks(text);
    is_printable.then(|| text.to_owned()).ok_or_else(|| {
        format!(
            "нужна одна строка не длиннее {most} знаков, без управляющих знаков \
             (one line of no more than {most} characters, without control characters)"
        )
    })
}

/// Reads a number of threads; 0 means as many as the machine has.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    let most = limits::THREADS;
    let count = text.parse().ok().filter(|count| *count <= most);
    count.ok_or_else(|| format!("нужно целое число от 0 до {most} (a whole number from 0 to {most})"))
}
