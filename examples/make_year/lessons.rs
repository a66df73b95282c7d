//! The lessons of the year: held, substituted, moved, missed, and now and then forgotten in the journal.

use std::collections::BTreeSet;

use fastrand::Rng;

use super::calendar::{Day, Moment, at, bell, weekday};
use super::plans::{Planned, Role};
use super::school::{Course, School};
use super::subjects::SUBJECTS;
use super::timetable::Row;

/// A row of the table `lessons`.
pub(crate) struct Lesson {
    pub(crate) course: usize,
    pub(crate) day: Day,
    pub(crate) number: i32,
    pub(crate) status: &'static str,
    pub(crate) moved_to: Option<Day>,
    pub(crate) teacher: usize,
    /// A substitution is written as one.
    pub(crate) is_marked_substitution: bool,
    pub(crate) is_remote: bool,
    /// Index in the course's plan, of held lessons.
    pub(crate) plan: Option<usize>,
    pub(crate) recorded: Moment,
    pub(crate) by: usize,
}

impl Lesson {
    pub(crate) fn is_held(&self) -> bool {
        self.status == "held"
    }

    /// Returns the moment the lesson begins.
    pub(crate) fn start(&self) -> Moment {
        at(self.day, bell(self.number))
    }

    pub(crate) fn role(&self, plans: &[Vec<Planned>]) -> Role {
        self.plan.and_then(|seq| plans[self.course].get(seq)).map_or(Role::Ordinary, |p| p.role)
    }
}

/// The sports day: the last lessons of grades 5 and up were called off.
const SPORTS_DAY: Day = 18;

struct Diary<'a> {
    school: &'a School,
    rng: &'a mut Rng,
    /// Days on which a teacher is ill.
    ill: Vec<Vec<bool>>,
    /// Teacher by weekday and number: has a lesson by the timetable.
    busy: Vec<[[bool; 9]; 8]>,
    /// Highest lesson number of a class on each weekday.
    last: Vec<[i32; 8]>,
    /// Class, day, number of lessons beside the timetable.
    extra: BTreeSet<(usize, Day, i32)>,
    lessons: Vec<Lesson>,
}

/// Returns all lessons by date, lesson number and course.
pub(crate) fn lessons(
    school: &School,
    timetable: &[Row],
    plans: &[Vec<Planned>],
    rng: &mut Rng,
) -> Vec<Lesson> {
    let mut diary = Diary::new(school, timetable, rng);
    for (course, plan) in plans.iter().enumerate() {
        for hour in plan {
            diary.hour(course, hour);
        }
    }
    let mut lessons = diary.lessons;
    lessons.sort_by_key(|l| (l.day, l.number, l.course));
    let mut next = vec![0; plans.len()];
    for lesson in lessons.iter_mut().filter(|l| l.is_held()) {
        lesson.plan = Some(next[lesson.course]);
        next[lesson.course] += 1;
    }
    lessons
}

impl<'a> Diary<'a> {
    fn new(school: &'a School, timetable: &[Row], rng: &'a mut Rng) -> Self {
        let mut busy = vec![[[false; 9]; 8]; school.staff.len()];
        let mut last = vec![[0; 8]; school.classes.len()];
        for row in timetable {
            let course = &school.courses[row.course];
            busy[course.teacher][row.weekday as usize][row.number as usize] = true;
            for &class in &course.classes {
                let highest = &mut last[class][row.weekday as usize];
                *highest = row.number.max(*highest);
            }
        }
        let ill = school.staff.iter().map(|_| sick_days(rng)).collect();
        Self { school, rng, ill, busy, last, extra: BTreeSet::new(), lessons: Vec::new() }
    }

    fn hour(&mut self, index: usize, hour: &Planned) {
        let course = &self.school.courses[index];
        let teacher = course.teacher_on(hour.day);
        if self.school.cal.is_suspended(course.grade, hour.day) {
            if course.grade >= 5 && course.kind == "lesson" {
                self.hold(index, (hour.day, hour.number), teacher, true);
            }
            return;
        }
        let chance = self.rng.u32(..10_000);
        if self.ill[teacher][hour.day as usize] {
            return self.without_teacher(index, hour);
        }
        match chance {
            // Forgotten: the journal has no row.
            0..6 => {}
            6..20 => self.fall_out(index, hour, "missed"),
            20..40 => self.move_away(index, hour),
            _ if hour.day == SPORTS_DAY && hour.number >= 6 => self.fall_out(index, hour, "cancelled"),
            _ => self.hold(index, (hour.day, hour.number), teacher, false),
        }
    }

    fn without_teacher(&mut self, index: usize, hour: &Planned) {
        match self.rng.u32(..100) {
            0..10 => self.fall_out(index, hour, "missed"),
            10..24 => self.move_away(index, hour),
            _ => match self.substitute(&self.school.courses[index], hour) {
                Some(teacher) => self.hold(index, (hour.day, hour.number), teacher, false),
                None => self.move_away(index, hour),
            },
        }
    }

    /// Someone who is well and free at that hour, of the same trade if there is one.
    fn substitute(&self, course: &Course, hour: &Planned) -> Option<usize> {
        let trade = SUBJECTS[course.subject].trade_in(course.grade);
        let day = weekday(hour.day) as usize;
        (0..self.school.staff.len())
            .filter(|&s| s != course.teacher && self.school.staff[s].hours > 0)
            .filter(|&s| !self.busy[s][day][hour.number as usize] && !self.ill[s][hour.day as usize])
            .min_by_key(|&s| {
                let staff = &self.school.staff[s];
                (
                    !staff.trades.contains(&trade),
                    (staff.trades == ["primary"]) != (course.grade <= 4),
                    (s + hour.day as usize) % 7,
                )
            })
    }

    fn hold(&mut self, course: usize, (day, number): (Day, i32), teacher: usize, is_remote: bool) {
        let end = bell(number) + 45;
        let sloppiness = self.school.staff[teacher].sloppiness;
        let is_late = self.rng.f64() < 0.008 * sloppiness;
        let by = if self.rng.u32(..3000) == 0 { super::school::DEPUTY } else { teacher };
        let recorded = if is_late {
            at(day + 1 + self.rng.i32(0..2), 480 + self.rng.i32(0..500))
        } else if self.rng.u32(..8) == 0 {
            at(day, end + self.rng.i32(30..300))
        } else {
            at(day, end - self.rng.i32(0..25))
        };
        self.lessons.push(Lesson {
            course,
            day,
            number,
            status: "held",
            moved_to: None,
            teacher,
            is_marked_substitution: self.rng.u32(..60) != 0,
            is_remote,
            plan: None,
            recorded,
            by,
        });
    }

    fn fall_out(&mut self, course: usize, hour: &Planned, status: &'static str) {
        self.hold(course, (hour.day, hour.number), self.school.courses[course].teacher_on(hour.day), false);
        self.lessons.last_mut().expect("just held").status = status;
    }

    /// Moves a lesson to the end of another day of the same term, or loses it.
    fn move_away(&mut self, index: usize, hour: &Planned) {
        let Some((day, number)) = self.free_hour(index, hour) else {
            return self.fall_out(index, hour, "missed");
        };
        self.fall_out(index, hour, "moved");
        self.lessons.last_mut().expect("just recorded").moved_to = Some(day);
        if self.rng.u32(..30) != 0 {
            self.hold(index, (day, number), self.school.courses[index].teacher_on(day), false);
        }
    }

    fn free_hour(&mut self, index: usize, hour: &Planned) -> Option<(Day, i32)> {
        let course = &self.school.courses[index];
        let end = self.school.cal.terms[hour.term].end;
        let first = hour.day + 2 + self.rng.i32(0..6);
        for day in first..=end.min(first + 12) {
            let is_open = self.school.cal.taught_as(course.grade, day) == Some(weekday(day));
            if !is_open
                || self.school.cal.is_suspended(course.grade, day)
                || self.ill[course.teacher][day as usize]
            {
                continue;
            }
            let day_of_week = weekday(day) as usize;
            let number = 1 + course.classes.iter().map(|&c| self.last[c][day_of_week]).max()?;
            let is_free = number <= 8
                && !self.busy[course.teacher][day_of_week][number as usize]
                && course.classes.iter().all(|&c| !self.extra.contains(&(c, day, number)));
            if is_free {
                self.extra.extend(course.classes.iter().map(|&c| (c, day, number)));
                return Some((day, number));
            }
        }
        None
    }
}

/// A teacher is ill once a year on average, for about a week.
fn sick_days(rng: &mut Rng) -> Vec<bool> {
    let mut days = vec![false; 365];
    for _ in 0..rng.u32(0..3) {
        let first = rng.usize(10..255);
        days[first..first + rng.usize(3..9)].fill(true);
    }
    days
}
