//! Dates, times and counts as the sentences of findings have them.

use jiff::civil::{Date, DateTime, Time};

use super::examination::Late;

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

/// Returns «урок записан 03.09.2024 08:00 вместо срока 02.09.2024 23:59:59», the verb given; where only snapshots tell,
/// «урок записан позже срока 02.09.2024 23:59:59: впервые видно между снимками 05.09.2024 и 12.09.2024».
pub(super) fn late(verb: &str, late: Late, due: DateTime) -> String {
    match late.interval {
        None => instead(verb, late.at, due),
        Some(interval) => {
            let (first, last) = (edge(late.at), edge(interval.by));
            format!("{verb} позже срока {}: впервые видно между снимками {first} и {last}", moment(due))
        }
    }
}

/// Returns a snapshot's date, with its time where it has one.
pub(super) fn edge(at: DateTime) -> String {
    let is_day = [Time::midnight(), Time::constant(23, 59, 59, 0)].contains(&at.time());
    if is_day { day(at.date()) } else { format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute()) }
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
