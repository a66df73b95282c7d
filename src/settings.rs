//! What is meant, as against what was typed. The only file that knows today's date and the environment.

use jiff::civil::{Date, date};

use crate::model::{School, SchoolYear};

/// The language of messages on the terminal; documents are always Russian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// Returns the language of the system: Russian where its locale is Russian, else English.
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_lowercase().starts_with("ru") => Self::Ru,
            _ => Self::En,
        }
    }

    /// Chooses between two wordings.
    pub fn pick<T>(self, ru: T, en: T) -> T {
        match self {
            Self::Ru => ru,
            Self::En => en,
        }
    }
}

/// The program's version with the digest of its own sources: another program means another build.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("LETOPIS_SOURCES"));

/// Returns the date a build speaks for: asked for, else the bundle's own, else the earlier of today at the school and
/// 30 June of the year's end.
pub fn as_of(asked: Option<Date>, bundle: Option<Date>, school: &School, year: &SchoolYear) -> Date {
    asked.or(bundle).unwrap_or_else(|| {
        let june = date(year.end.year(), 6, 30);
        local(&school.utc_offset).0.min(june)
    })
}

/// Returns today's date by the system's clock in UTC: for what belongs to no school. `--as-of` asks for another.
pub fn today() -> Date {
    local("").0
}

/// Returns this moment as RFC 3339 at an offset from UTC such as `+04:00`, else in UTC. Only the register may hold it.
pub fn now(offset: &str) -> String {
    let (day, seconds) = local(offset);
    let label = offset_seconds(offset).map_or("Z", |_| offset);
    format!("{day}T{:02}:{:02}:{:02}{label}", seconds / 3600, seconds % 3600 / 60, seconds % 60)
}

/// Returns day and second of it by the system's clock at an offset from UTC; one that cannot be read is none.
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

/// Returns how many threads may work: as asked, else as many as the machine has.
pub fn threads(asked: Option<usize>) -> usize {
    asked
        .filter(|threads| *threads > 0)
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}
