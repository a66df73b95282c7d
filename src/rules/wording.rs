//! Dates, times and counts as the sentences of findings have them.

use jiff::civil::{Date, DateTime, Time};

/// Returns «02.09.2024».
pub(super) fn day(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Returns «17:00», with seconds where there are any.
pub(super) fn clock(time: Time) -> String {
    let minutes = format!("{:02}:{:02}", time.hour(), time.minute());
    if time.second() == 0 { minutes } else { format!("{minutes}:{:02}", time.second()) }
}

/// Returns «02.09.2024 17:00».
pub(super) fn moment(at: DateTime) -> String {
    format!("{} {}", day(at.date()), clock(at.time()))
}

/// Returns «внесена 03.09.2024 08:00 вместо 02.09.2024 23:59:59», the verb given.
pub(super) fn instead(verb: &str, found: DateTime, due: DateTime) -> String {
    format!("{verb} {} вместо срока {}", moment(found), moment(due))
}

/// Returns «34», «2,5»: hours to two places.
pub(super) fn hours(hours: f64) -> String {
    let shown = format!("{hours:.2}");
    shown.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}
