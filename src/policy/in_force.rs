//! The figures in force, with their defaults.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, Time, date, time};

use super::card_field::{self, CardField};
use crate::base::severity::Severity;
use crate::model::{DueClause, Table};

/// The figures in force. Rules with two clauses have two figures: later than the stricter is a notice, later
/// than the laxer a violation.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Days after a lesson within which it is recorded; 0: the same day (D.14, the school's own).
    pub lesson_days: u16,
    /// Days after the lesson for marks of oral answers (R.2.6).
    pub oral_mark_days: u16,
    /// Days after the lesson for marks of control works (R.2.12).
    pub control_mark_days: u16,
    /// Days after the lesson for marks of written works (R.2.13).
    pub written_mark_days: u16,
    /// Length in days of the last week of a term, in which its marks are set (R.2.14).
    pub term_mark_window_days: u16,
    /// Difference of a term mark from the rounded mean from which it is a drift (S.5).
    pub term_mark_drift: u8,
    /// Fewest marks in a term at one weekly hour or less, at two or less, and above (D.14, the school's own).
    pub fewest_marks: [u32; 3],
    /// Number of marks below which too few are a violation (D.14, the school's own).
    pub too_few_violation_below: u32,
    /// Minutes after the bell within which absences are entered, stricter (T.7).
    pub absence_stricter: SignedDuration,
    /// The same for `н`, laxer (R.2.10).
    pub absence_laxer: SignedDuration,
    /// Time of the lesson's day by which homework is entered (R.2.8).
    pub homework_by: Time,
    /// Time after the class's last lesson by which homework is entered (T.4).
    pub homework_after_lessons: SignedDuration,
    /// Time by which homework of a suspended day is entered (R.2.8).
    pub homework_suspended_by: Time,
    /// Most minutes of homework for one day, by grade from 1 to 11 (D.14).
    pub homework_minutes: [u16; 11],
    /// Time within which a breach is reported (R.4.3).
    pub breach_told_within: SignedDuration,
    /// Last day of the deputies' part of the set-up (Z.5).
    pub setup_deputies: MonthDay,
    /// Last day of the director's part of the set-up (D.10).
    pub setup_director: MonthDay,
    /// Last day of the whole set-up (R.2.2).
    pub setup_system: MonthDay,
    /// Days from a report's date within which its findings must be corrected (D.14, the school's own).
    pub mend_days: u16,
    /// The required fields of a pupil's card (P.17), in the order of the exchange format.
    pub card_fields: Vec<CardField>,
    /// Whether archive packages have manifests of GOST R 34.11-2012 digests (R.3.4, the school's own).
    pub streebog_manifests: bool,
    /// Rules switched off or changed in severity, by rule id.
    pub changes: BTreeMap<String, RuleChange>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            lesson_days: 0,
            oral_mark_days: 0,
            control_mark_days: 3,
            written_mark_days: 7,
            term_mark_window_days: 7,
            term_mark_drift: 1,
            fewest_marks: [3, 5, 7],
            too_few_violation_below: 3,
            absence_stricter: SignedDuration::from_mins(10),
            absence_laxer: SignedDuration::from_mins(20),
            homework_by: time(17, 0, 0, 0),
            homework_after_lessons: SignedDuration::from_mins(90),
            homework_suspended_by: time(10, 0, 0, 0),
            homework_minutes: [60, 90, 90, 120, 120, 150, 150, 150, 210, 210, 210],
            breach_told_within: SignedDuration::from_mins(60),
            setup_deputies: MonthDay { month: 9, day: 5 },
            setup_director: MonthDay { month: 9, day: 10 },
            setup_system: MonthDay { month: 9, day: 15 },
            mend_days: 7,
            card_fields: card_field::printed(),
            streebog_manifests: false,
            changes: BTreeMap::new(),
        }
    }
}

impl Policy {
    /// Returns the fewest marks in a term for a number of weekly hours.
    pub fn fewest_marks_at(&self, hours_week: f64) -> u32 {
        let [up_to_one, up_to_two, above] = self.fewest_marks;
        if hours_week <= 1.0 {
            up_to_one
        } else if hours_week <= 2.0 {
            up_to_two
        } else {
            above
        }
    }

    /// Returns the most minutes of homework for one day in a grade; `None` for an invalid grade.
    pub fn homework_minutes_in(&self, grade: u8) -> Option<u16> {
        let index = usize::from(grade.checked_sub(1)?);
        self.homework_minutes.get(index).copied()
    }

    /// Returns the last day of a part of the set-up in the school year that began in `year`.
    pub fn setup_day(&self, clause: DueClause, year: i16) -> Date {
        match clause {
            DueClause::Deputies => self.setup_deputies,
            DueClause::Director => self.setup_director,
            DueClause::System => self.setup_system,
        }
        .in_school_year(year)
    }

    /// Returns whether a column is checked: all except the fields of pupils' cards that this policy leaves
    /// out.
    pub(crate) fn asks_for(&self, table: Table, column: &str) -> bool {
        table != Table::Pupils
            || self.card_fields.iter().any(|field| field.code() == column)
            || CardField::ALL.iter().all(|field| field.code() != column)
    }
}

/// A day of any year; only days that exist every year are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// Returns the day in the school year that began in `year`: months before July are in the next calendar
    /// year.
    pub(super) fn in_school_year(self, year: i16) -> Date {
        date(if self.month < 7 { year + 1 } else { year }, self.month, self.day)
    }
}

/// A school's change to one rule, with the reason that reports print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// Is not run at all.
    pub off: bool,
    /// Every finding weighs this.
    pub severity: Option<Severity>,
    /// The reason, in the school's words.
    pub reason: String,
}
