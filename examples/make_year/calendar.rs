//! A school year: terms, holidays, suspended days, bells, and dates as plain day numbers.
//!
//! Every year runs as 2025-2026 does, moved by whole weeks, so that a day number means the same weekday and the same event in
//! each. Days written as texts in this generator are those of 2025-2026.

use jiff::{ToSpan, civil::Date};

/// Days since the first day of the year, a Monday; August is negative.
pub(crate) type Day = i32;
/// Minutes since the start of the first day.
pub(crate) type Moment = i32;

/// A term of some grades; both ends belong to it.
pub(crate) struct Term {
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) grades: (u8, u8),
}

/// A span without lessons; `grades` as the table writes them.
pub(crate) struct Holiday {
    pub(crate) title: &'static str,
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) only_grade: Option<u8>,
}

/// Days on which lessons were called off because of frost, for the grades up to `up_to`.
pub(crate) struct Suspension {
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) up_to: u8,
    pub(crate) reason: &'static str,
    pub(crate) order: &'static str,
}

const TERMS: [(&str, &str, &str, &str, &str, (u8, u8)); 7] = [
    ("Q1", "quarter", "1 четверть", "2025-09-01", "2025-10-24", (1, 9)),
    ("Q2", "quarter", "2 четверть", "2025-11-05", "2025-12-30", (1, 9)),
    ("Q3", "quarter", "3 четверть", "2026-01-12", "2026-03-27", (1, 9)),
    ("Q4", "quarter", "4 четверть", "2026-04-06", "2026-05-26", (1, 9)),
    ("H1", "half_year", "1 полугодие", "2025-09-01", "2025-12-30", (10, 11)),
    ("H2", "half_year", "2 полугодие", "2026-01-12", "2026-05-26", (10, 11)),
    ("Y", "year", "учебный год", "2025-09-01", "2026-05-26", (1, 11)),
];

const HOLIDAYS: [(&str, &str, &str, Option<u8>); 8] = [
    ("Осенние каникулы", "2025-10-25", "2025-11-04", None),
    ("Зимние каникулы", "2025-12-31", "2026-01-11", None),
    ("Дополнительные каникулы", "2026-02-14", "2026-02-22", Some(1)),
    ("День защитника Отечества", "2026-02-21", "2026-02-23", None),
    ("Международный женский день", "2026-03-07", "2026-03-09", None),
    ("Весенние каникулы", "2026-03-28", "2026-04-05", None),
    ("Праздник Весны и Труда", "2026-05-01", "2026-05-03", None),
    ("День Победы", "2026-05-09", "2026-05-11", None),
];

const SUSPENSIONS: [(&str, &str, u8, &str, &str); 2] = [
    ("2026-01-19", "2026-01-20", 11, "Мороз ниже −30 °С", "9-од"),
    ("2026-02-05", "2026-02-05", 4, "Мороз ниже −25 °С, ветер", "21-од"),
];

/// A working Saturday taught by Monday's timetable, from grade 5 up.
const MOVED_SATURDAY: &str = "2026-02-28";
/// Start of lessons 1 to 8 in minutes of the day; each lasts 45.
const BELLS: [i32; 8] = [510, 565, 630, 695, 750, 805, 860, 915];
const FIRST: Day = -7300;
const DAYS: Day = 500;
/// The day builds speak for.
pub(crate) const BUILD_DAY: &str = "2026-06-30";

/// All dates of the year, looked up by day number.
pub(crate) struct Calendar {
    pub(crate) terms: Vec<Term>,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) suspensions: Vec<Suspension>,
    pub(crate) moved_saturday: Day,
    /// The year as `2025-2026`.
    pub(crate) title: String,
    first: Date,
    iso: Vec<String>,
    dotted: Vec<String>,
}

fn first_day() -> Date {
    jiff::civil::date(2025, 9, 1)
}

/// Returns the day number of a date written `2025-09-01`.
pub(crate) fn day(text: &str) -> Day {
    let date: Date = text.parse().expect("dates in this generator are well formed");
    (date - first_day()).get_days()
}

/// Returns the moment `minute` minutes into a day.
pub(crate) fn at(day: Day, minute: i32) -> Moment {
    day * 1440 + minute
}

/// Returns Monday 1 … Sunday 7.
pub(crate) fn weekday(day: Day) -> i32 {
    day.rem_euclid(7) + 1
}

/// Returns the start of a lesson in minutes of the day.
pub(crate) fn bell(number: i32) -> i32 {
    BELLS[(number - 1) as usize]
}

impl Calendar {
    /// Returns the calendar of the year that begins in September of `year`: on its first Monday.
    pub(crate) fn new(year: i16) -> Self {
        let days = (jiff::civil::date(year, 9, 1) - first_day()).get_days();
        let first = first_day() + (days + (-days).rem_euclid(7)).days();
        let dates: Vec<Date> = (FIRST..DAYS).map(|i| first + i.days()).collect();
        let of_year = format!("{year}-{}", year + 1);
        Self {
            terms: TERMS
                .iter()
                .map(|&(id, kind, title, start, end, grades)| Term {
                    id,
                    kind,
                    title: if kind == "year" { format!("{of_year} {title}") } else { title.to_owned() },
                    start: day(start),
                    end: day(end),
                    grades,
                })
                .collect(),
            holidays: HOLIDAYS
                .iter()
                .map(|&(title, start, end, only_grade)| Holiday {
                    title,
                    start: day(start),
                    end: day(end),
                    only_grade,
                })
                .collect(),
            suspensions: SUSPENSIONS
                .iter()
                .map(|&(start, end, up_to, reason, order)| Suspension {
                    start: day(start),
                    end: day(end),
                    up_to,
                    reason,
                    order,
                })
                .collect(),
            moved_saturday: day(MOVED_SATURDAY),
            title: of_year,
            first,
            iso: dates.iter().map(ToString::to_string).collect(),
            dotted: dates.iter().map(|d| d.strftime("%d.%m.%Y").to_string()).collect(),
        }
    }

    /// Returns how many days after another year this one begins.
    pub(crate) fn days_after(&self, other: &Self) -> Day {
        (self.first - other.first).get_days()
    }

    /// Returns a day as `2025-09-01`.
    pub(crate) fn iso(&self, day: Day) -> &str {
        &self.iso[(day - FIRST) as usize]
    }

    /// Returns a day as `01.09.2025`.
    pub(crate) fn dotted(&self, day: Day) -> &str {
        &self.dotted[(day - FIRST) as usize]
    }

    /// Returns a moment as `2025-09-01T08:47:00`.
    pub(crate) fn stamp(&self, moment: Moment) -> String {
        let (day, minute) = (moment.div_euclid(1440), moment.rem_euclid(1440));
        format!("{}T{:02}:{:02}:00", self.iso(day), minute / 60, minute % 60)
    }

    /// Returns a moment as `01.09.2025 08:47`, the short form of the large tables.
    pub(crate) fn short_stamp(&self, moment: Moment) -> String {
        let (day, minute) = (moment.div_euclid(1440), moment.rem_euclid(1440));
        format!("{} {:02}:{:02}", self.dotted(day), minute / 60, minute % 60)
    }

    /// Returns the terms of a grade without the year.
    pub(crate) fn terms_of(&self, grade: u8) -> impl Iterator<Item = (usize, &Term)> {
        self.terms
            .iter()
            .enumerate()
            .filter(move |(_, t)| t.kind != "year" && t.grades.0 <= grade && grade <= t.grades.1)
    }

    /// Returns the weekday whose timetable is taught to a grade on a day, if lessons were planned for it.
    pub(crate) fn taught_as(&self, grade: u8, day: Day) -> Option<i32> {
        let in_term = self.terms_of(grade).any(|(_, t)| t.start <= day && day <= t.end);
        let free = self
            .holidays
            .iter()
            .any(|h| h.start <= day && day <= h.end && h.only_grade.is_none_or(|g| g == grade));
        match weekday(day) {
            _ if !in_term || free => None,
            6 if day == self.moved_saturday && grade >= 5 => Some(1),
            6 | 7 => None,
            weekday => Some(weekday),
        }
    }

    /// Says whether lessons of a grade were called off on a day.
    pub(crate) fn is_suspended(&self, grade: u8, day: Day) -> bool {
        self.suspensions.iter().any(|s| s.start <= day && day <= s.end && grade <= s.up_to)
    }
}
