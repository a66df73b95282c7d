//! Dates, times and counts in the form for sentences of findings.

use jiff::civil::{Date, DateTime, Time};

use super::examination::Late;

/// Returns «02.09.2024».
pub(super) fn day(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Returns «17:00», with seconds if there are any.
pub(super) fn clock(time: Time) -> String {
    let minutes = format!("{:02}:{:02}", time.hour(), time.minute());
    if time.second() == 0 { minutes } else { format!("{minutes}:{:02}", time.second()) }
}

/// Returns «02.09.2024 в 17:00».
pub(super) fn moment(at: DateTime) -> String {
    format!("{} в {}", day(at.date()), clock(at.time()))
}

/// Returns «урок записан 06.09 в 13:57, срок — до конца дня 04.09» for a given verb; with snapshots, «урок
/// записан после срока (до конца дня 04.09.2024): впервые видно между снимками 05.09.2024 и 12.09.2024».
pub(super) fn late(verb: &str, late: Late, due: DateTime) -> String {
    match late.interval {
        None => {
            let show = near(late.at, due);
            let at = format!("{} в {}", show(late.at.date()), clock(late.at.time()));
            format!("{verb} {at}, срок — {}", limit(due, late.at.date(), show))
        }
        Some(interval) => {
            let (first, last) = (edge(late.at), edge(interval.by));
            let due = limit(due, Date::ZERO, day);
            format!("{verb} после срока ({due}): впервые видно между снимками {first} и {last}")
        }
    }
}

/// Returns «отметка выставлена 10.10 в 08:00, срок — не раньше 19.10» for a given verb.
pub(super) fn early(verb: &str, at: DateTime, first: DateTime) -> String {
    let show = near(at, first);
    format!("{verb} {} в {}, срок — не раньше {}", show(at.date()), clock(at.time()), show(first.date()))
}

/// Returns «до конца дня 04.09», «до 17:00 04.09», «до 17:00 того же дня»: the last moment in time.
fn limit(due: DateTime, entered_on: Date, show: fn(Date) -> String) -> String {
    if due.time() == END_OF_DAY {
        format!("до конца дня {}", show(due.date()))
    } else if due.date() == entered_on {
        format!("до {} того же дня", clock(due.time()))
    } else {
        format!("до {} {}", clock(due.time()), show(due.date()))
    }
}

/// Returns how two dates are shown together: within one school year without their years.
fn near(one: DateTime, other: DateTime) -> fn(Date) -> String {
    const SCHOOL_YEAR: i64 = 300;
    let apart = one.date().duration_since(other.date()).as_hours().abs() / 24;
    if apart <= SCHOOL_YEAR { |date| format!("{:02}.{:02}", date.day(), date.month()) } else { day }
}

const END_OF_DAY: Time = Time::constant(23, 59, 59, 0);

/// Returns a snapshot's date, with its time if it has one.
pub(super) fn edge(at: DateTime) -> String {
    let is_day = [Time::midnight(), END_OF_DAY].contains(&at.time());
    if is_day { day(at.date()) } else { format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute()) }
}

/// Returns the deadline in words: «срок — до конца дня 04.09.2024».
pub(super) fn due_by(due: DateTime) -> String {
    format!("срок — {}", limit(due, Date::ZERO, day))
}

/// Returns «34», «2,5»: hours to two places.
pub(super) fn hours(hours: f64) -> String {
    let shown = format!("{hours:.2}");
    shown.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn said(at: DateTime, due: DateTime) -> String {
        late("урок записан", Late { at, interval: None }, due)
    }

    #[test]
    fn lateness_reads_as_people_say_it() {
        let end = date(2024, 9, 4).at(23, 59, 59, 0);
        assert_eq!(
            said(date(2024, 9, 6).at(13, 57, 0, 0), end),
            "урок записан 06.09 в 13:57, срок — до конца дня 04.09"
        );
        let hour = date(2024, 9, 4).at(17, 0, 0, 0);
        assert_eq!(
            said(date(2024, 9, 4).at(17, 0, 1, 0), hour),
            "урок записан 04.09 в 17:00:01, срок — до 17:00 того же дня"
        );
        assert_eq!(
            said(date(2025, 1, 9).at(8, 5, 0, 0), hour),
            "урок записан 09.01 в 08:05, срок — до 17:00 04.09"
        );
        assert_eq!(
            said(date(2025, 9, 4).at(8, 0, 0, 0), end),
            "урок записан 04.09.2025 в 08:00, срок — до конца дня 04.09.2024",
            "another year is said"
        );
        assert_eq!(
            early("отметка выставлена", date(2024, 10, 10).at(8, 0, 0, 0), date(2024, 10, 19).at(0, 0, 0, 0)),
            "отметка выставлена 10.10 в 08:00, срок — не раньше 19.10"
        );
    }
}
