//! Values of options: days of this century, notes that can be printed, a possible number of threads.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::base::said::{Fault, said};
use crate::base::{limits, shown};
use crate::ingest::parse;

/// The longest time for one command.
const MOST_TIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// Reads a day such as `2026-06-30`.
pub(super) fn day(text: &str) -> Result<Date, Fault> {
    let (first, last) = limits::YEARS.into_inner();
    parse::date(text).ok_or_else(|| {
        Fault::new(said!(
            "нужен день, например 2026-06-30, года с {first} по {last}",
            "a day is wanted, such as 2026-06-30, of the years {first} to {last}"
        ))
    })
}

/// Reads a note that the register keeps permanently.
pub(super) fn note(text: &str) -> Result<String, Fault> {
    let most = limits::SETTING_CHARS;
    let is_printable =
        text.chars().count() <= most && !text.contains(shown::is_hidden) && !shown::has_stacked_marks(text);
    is_printable.then(|| text.to_owned()).ok_or_else(|| {
        Fault::new(said!(
            "нужна одна строка не длиннее {most} знаков, без управляющих знаков",
            "one line of no more than {most} characters is wanted, without control characters"
        ))
    })
}

/// Reads a number of threads; 0 means as many as the machine has.
pub(super) fn threads(text: &str) -> Result<usize, Fault> {
    let most = limits::THREADS;
    let count = text.parse().ok().filter(|count| *count <= most);
    count.ok_or_else(|| {
        Fault::new(said!("нужно целое число от 0 до {most}", "a whole number from 0 to {most} is wanted"))
    })
}

/// Reads a time such as `30m`, `2h`, `1h30m`, `90s`, also in Russian letters. It also returns the text as
/// typed.
pub(super) fn duration(text: &str) -> Result<(String, Duration), Fault> {
    let latin = text.trim().replace("мин", "m").replace('ч', "h").replace('м', "m").replace('с', "s");
    let parsed = latin.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
    parsed.filter(|time| (Duration::from_secs(1)..=MOST_TIME).contains(time)).map_or_else(
        || {
            Err(Fault::new(said!(
                "нужно время от секунды до недели, например 30m или 2h",
                "a time from a second to a week is wanted, such as 30m or 2h"
            )))
        },
        |time| Ok((text.trim().to_owned(), time)),
    )
}
