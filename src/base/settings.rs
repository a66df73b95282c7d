//! The meaning of what was typed. This is the only file that knows today's date and the environment.

use jiff::civil::{Date, date};

use crate::base::limits;
use crate::base::said::{Fault, Lang, said};
use crate::base::shown;

/// The program's version with the digest of its own sources: another program makes another build.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("LETOPIS_SOURCES"));

/// Returns the language of the system: English if its locale is known and not Russian.
pub fn language() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if !locale.to_lowercase().starts_with("ru") => Lang::En,
        _ => Lang::Ru,
    }
}

/// Returns today's date by the system's clock at an offset from UTC such as `+04:00`.
pub fn today_at(offset: &str) -> Date {
    local(offset).0
}

/// Returns today's date by the system's clock in UTC, for things that belong to no school. `--as-of` asks for
/// another date.
pub fn today() -> Date {
    local("").0
}

/// Returns the current moment as RFC 3339 at an offset from UTC such as `+04:00`, or in UTC. Only the
/// register may store it.
pub fn now(offset: &str) -> String {
    let (day, seconds) = local(offset);
    let label = offset_seconds(offset).map_or("Z", |_| offset);
    format!("{day}T{:02}:{:02}:{:02}{label}", seconds / 3600, seconds % 3600 / 60, seconds % 60)
}

/// Returns the day and its second by the system's clock at an offset from UTC; an unreadable offset counts as
/// none.
#[allow(clippy::disallowed_methods)]
fn local(offset: &str) -> (Date, i64) {
    let now = std::time::SystemTime::now();
    let seconds = now.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let local = i64::try_from(seconds).unwrap_or(0) + offset_seconds(offset).unwrap_or(0);
    let days = i32::try_from(local.div_euclid(86_400)).unwrap_or(0);
    (date(1970, 1, 1).saturating_add(jiff::Span::new().days(days)), local.rem_euclid(86_400))
}

/// `+04:00` as seconds.
fn offset_seconds(offset: &str) -> Option<i64> {
    let (sign, rest) = match offset.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let is_plain = |text: &str| text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
    if !is_plain(hours) || !is_plain(minutes) {
        return None;
    }
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}

/// Environment variables that tell libraries how many threads to start.
const THREAD_VARIABLES: &[&str] = &[
    "RAYON_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "POLARS_ASYNC_THREAD_COUNT",
    "POLARS_MAX_BLOCKING_THREAD_COUNT",
];

/// Returns how many threads may work: as asked, or as the environment says, or as many as the machine has.
///
/// # Errors
/// When the environment gives libraries a value that is not a number of threads: they would abort in the
/// middle of the work.
pub fn threads(asked: Option<usize>) -> Result<usize, Fault> {
    let mut told = None;
    for name in THREAD_VARIABLES {
        let Some(text) = std::env::var_os(name) else { continue };
        let text = text.to_string_lossy();
        let count = text.parse().ok().filter(|count| *count <= limits::THREADS);
        match count {
            Some(count) if count > 0 || name.starts_with("RAYON") => told = told.or(Some(count)),
            _ => return Err(wrong_threads(name, &text)),
        }
    }
    let count = asked.filter(|count| *count > 0).or(told.filter(|count| *count > 0));
    let of_machine = || std::thread::available_parallelism().map_or(1, usize::from).min(limits::THREADS);
    Ok(count.unwrap_or_else(of_machine))
}

fn wrong_threads(name: &str, text: &str) -> Fault {
    let (text, most) = (shown::start(text, limits::SHOWN_CHARS), limits::THREADS);
    Fault::new(said!(
        "{name}={text}: нужно целое число потоков от 1 до {most}; исправьте или удалите эту переменную среды",
        "{name}={text}: a whole number of threads from 1 to {most} is wanted; mend or unset the variable"
    ))
}
