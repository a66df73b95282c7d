//! Who was absent when: illness, excused days, single lessons left out, and the register of the class teacher.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::calendar::{Day, Moment, at, day};
use super::lessons::Lesson;
use super::people::Pupil;
use super::school::School;
use super::table::Table;

/// A pupil's absence from the lessons of whole days: 0 present, else an index in [`REASONS`].
pub(crate) type Days = Vec<u8>;

pub(crate) const REASONS: [&str; 5] = ["", "б", "ну", "н", "оп"];
const ILL: u8 = 1;
const EXCUSED: u8 = 2;
pub(crate) const UNEXCUSED: u8 = 3;
const LATE: u8 = 4;

/// Spans of illness that bring a deferral of term marks: the pupil's place among all, first and last day.
pub(crate) struct LongIllness {
    pub(crate) pupil: usize,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

/// Returns the long illnesses of the year: one over New Year, one in May.
pub(crate) fn long_illnesses(school: &School) -> [LongIllness; 2] {
    let nth_of_grade = |grade: u8, nth: usize| {
        let is_in = |p: &Pupil| {
            p.stays.len() == 1 && p.stays[0].from == 0 && school.classes[p.stays[0].class].grade == grade
        };
        school.pupils.iter().enumerate().filter(|(_, p)| is_in(p)).nth(nth).map_or(0, |(i, _)| i)
    };
    [
        LongIllness { pupil: nth_of_grade(8, 4), from: day("2025-12-02"), to: day("2026-01-16") },
        LongIllness { pupil: nth_of_grade(6, 5), from: day("2026-05-07"), to: day("2026-05-26") },
    ]
}

/// Returns the days missed by each pupil.
pub(crate) fn missed_days(school: &School, rng: &mut Rng) -> Vec<Days> {
    let mut missed: Vec<Days> = school.pupils.iter().map(|_| spells(rng)).collect();
    for illness in long_illnesses(school) {
        missed[illness.pupil][illness.from as usize..=illness.to as usize].fill(ILL);
        missed[illness.pupil][illness.from as usize - 40..illness.from as usize - 36].fill(ILL);
    }
    missed
}

fn spells(rng: &mut Rng) -> Days {
    let mut days = vec![0; 365];
    for _ in 0..rng.u32(0..4) {
        // Colds are commoner from November to March.
        let first = if rng.bool() { rng.usize(60..200) } else { rng.usize(5..255) };
        days[first..first + rng.usize(3..9)].fill(ILL);
    }
    for _ in 0..rng.u32(0..5) {
        days[rng.usize(3..262)] = EXCUSED;
    }
    days
}

/// The tables `attendance` and `absence_register`.
pub(crate) struct Absences<'a> {
    school: &'a School,
    days: Vec<Days>,
    /// A pupil who stays away from one course in the third quarter.
    pub(crate) stranger: Option<(usize, usize)>,
    seen: BTreeMap<(Day, usize), (u8, u32)>,
    pub(crate) table: Table,
}

impl<'a> Absences<'a> {
    pub(crate) fn new(school: &'a School, days: Vec<Days>, stranger: Option<(usize, usize)>) -> Self {
        let columns = &["lesson_id", "pupil_id", "reason", "comment", "recorded_at", "recorded_by"];
        Self { school, days, stranger, seen: BTreeMap::new(), table: Table::new("attendance", columns) }
    }

    /// Decides whether a pupil is in a lesson, writes it down, and returns the reason's index (0: present).
    pub(crate) fn decide(&mut self, lesson: &Lesson, lesson_id: &str, pupil: usize, rng: &mut Rng) -> u8 {
        let who = &self.school.pupils[pupil];
        let stays_away = self.stranger == Some((pupil, lesson.course)) && (133..210).contains(&lesson.day);
        let chance = rng.f64();
        let reason = match self.days[pupil][lesson.day as usize] {
            0 if stays_away || chance < who.truancy => UNEXCUSED,
            0 if chance > 0.998 => EXCUSED,
            0 if chance > 0.9945 => LATE,
            reason => reason,
        };
        if reason == 0 {
            return 0;
        }
        let comment = match reason {
            LATE => format!("{} мин", rng.u32(1..9) * 2),
            EXCUSED if chance > 0.9985 => "к врачу".to_owned(),
            _ => String::new(),
        };
        let by = &self.school.staff[lesson.teacher];
        let recorded = self.recorded(lesson, by.sloppiness, rng);
        let cal = &self.school.cal;
        self.table.row(&[
            &lesson_id,
            &who.id,
            &REASONS[usize::from(reason)],
            &comment,
            &cal.short_stamp(recorded),
            &by.id,
        ]);
        if reason != LATE {
            self.seen.entry((lesson.day, pupil)).or_insert((reason, 0)).1 += 1;
        }
        if reason == LATE { 0 } else { reason }
    }

    fn recorded(&self, lesson: &Lesson, sloppiness: f64, rng: &mut Rng) -> Moment {
        let minutes = match rng.f64() / sloppiness {
            c if c < 0.006 => rng.i32(21..40),
            c if c < 0.025 => rng.i32(11..20),
            _ => rng.i32(1..10),
        };
        lesson.start() + minutes
    }

    /// Writes the class teachers' register, which agrees with the lessons nearly everywhere.
    pub(crate) fn register(&self, rng: &mut Rng) -> Table {
        let columns = &["date", "pupil_id", "reason", "lessons", "recorded_at", "recorded_by"];
        let mut table = Table::new("absence_register", columns);
        for (&(day, pupil), &(reason, lessons)) in &self.seen {
            let chance = rng.u32(..1000);
            if chance < 12 {
                continue;
            }
            let other = if reason == UNEXCUSED { EXCUSED } else { UNEXCUSED };
            self.register_row(
                &mut table,
                (day, pupil),
                if chance < 24 { other } else { reason },
                lessons,
                rng,
            );
            if chance > 990
                && !self.seen.contains_key(&(day + 1, pupil))
                && self.is_school_day(day + 1, pupil)
            {
                self.register_row(&mut table, (day + 1, pupil), reason, 1, rng);
            }
        }
        table
    }

    fn is_school_day(&self, day: Day, pupil: usize) -> bool {
        let class = self.school.pupils[pupil].class_on(day);
        class.is_some_and(|c| self.school.cal.taught_as(self.school.classes[c].grade, day).is_some())
    }

    fn register_row(
        &self,
        table: &mut Table,
        (day, pupil): (Day, usize),
        reason: u8,
        lessons: u32,
        rng: &mut Rng,
    ) {
        let school = self.school;
        let Some(class) = school.pupils[pupil].class_on(day) else { return };
        let teacher = &school.staff[school.classes[class].teacher].id;
        let recorded = school.cal.short_stamp(at(day, 840 + rng.i32(0..120)));
        let id = &school.pupils[pupil].id;
        table.row(&[&school.cal.iso(day), id, &REASONS[usize::from(reason)], &lessons, &recorded, teacher]);
    }
}
