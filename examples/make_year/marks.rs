//! Works and the marks given for them, lesson by lesson of a course's term.

use fastrand::Rng;

use super::absences::UNEXCUSED;
use super::calendar::{Day, Moment, Term, at};
use super::lessons::Lesson;
use super::plans::{Planned, Role};
use super::school::{Course, DEPUTY, School};
use super::subjects::SUBJECTS;
use super::table::Table;

const MARKS: &[&str] =
    &["mark_id", "lesson_id", "pupil_id", "value", "work_id", "comment", "recorded_at", "recorded_by"];
const WORKS: &[&str] =
    &["work_id", "course_id", "kind", "title", "control", "form", "planned_date", "lesson_id", "weight"];
/// A member who is not in the course on the lesson's day.
pub(crate) const OUTSIDE: u8 = u8::MAX;

/// A held lesson of a course with the presence of each member: [`OUTSIDE`], 0 present, else a reason.
pub(crate) struct Attended<'a> {
    pub(crate) lesson: &'a Lesson,
    pub(crate) id: String,
    pub(crate) presence: Vec<u8>,
}

/// The marks of a member in a term.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) sum: u32,
    pub(crate) count: u32,
}

/// What a member's marks in a term turn about.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    /// The mark that fits, as a number between marks.
    pub(crate) level: f64,
    /// The mark of the term before.
    pub(crate) usual: Option<u32>,
}

/// A work that a member writes on another day: for an absence, or once more after a «2».
struct Owed {
    member: usize,
    work_id: String,
    role: Role,
    /// The day of the work.
    of: Day,
    is_again: bool,
}

/// A mark that will be corrected.
pub(crate) struct Sample {
    pub(crate) mark_id: String,
    pub(crate) value: u32,
    pub(crate) recorded: Moment,
    pub(crate) term_end: Day,
    pub(crate) by: usize,
}

/// The tables of works and marks being filled.
pub(crate) struct Marks<'a> {
    school: &'a School,
    plans: &'a [Vec<Planned>],
    pub(crate) works: Table,
    /// Marks by quarter, the senior classes' too.
    pub(crate) quarters: [Table; 4],
    pub(crate) samples: Vec<Sample>,
    pub(crate) mark_count: usize,
}

/// One work in one term of a course, while marks are given for it.
struct Task<'a> {
    course: &'a Course,
    work_id: String,
    role: Role,
    /// Last lesson of the course in the term: term marks follow it.
    last_day: Day,
    term_end: Day,
    /// When the marks of a written work were entered.
    entered: Moment,
}

/// A mark to write down.
struct Mark {
    pupil: usize,
    value: String,
    comment: String,
    recorded: Moment,
    by: usize,
}

impl<'a> Marks<'a> {
    pub(crate) fn new(school: &'a School, plans: &'a [Vec<Planned>]) -> Self {
        let quarters = [(); 4].map(|()| Table::new("marks", MARKS));
        Self {
            school,
            plans,
            works: Table::new("works", WORKS),
            quarters,
            samples: Vec::new(),
            mark_count: 0,
        }
    }

    /// Gives the marks of a course in a term, and returns what each member has.
    pub(crate) fn term(
        &mut self,
        course: &'a Course,
        members: &[Standing],
        term: &Term,
        lessons: &[Attended],
        rng: &mut Rng,
    ) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); course.members.len()];
        let Some(last_day) = lessons.last().map(|l| l.lesson.day) else { return tallies };
        let goals = goals(course, lessons.len(), rng);
        let roles: Vec<Role> = lessons.iter().map(|l| l.lesson.role(self.plans)).collect();
        let (mut oral, mut owed) = (None, Vec::new());
        for (i, attended) in lessons.iter().enumerate() {
            let is_oral = roles[i] == Role::Ordinary;
            let work_id = match &oral {
                Some(id) if is_oral => String::clone(id),
                _ => self.add_work(course, roles[i], attended, (term, i), rng),
            };
            if is_oral {
                oral = Some(work_id.clone());
            }
            let sloppiness = self.school.staff[course.teacher].sloppiness;
            let entered = entered(roles[i], attended.lesson, last_day, sloppiness, rng);
            let task = Task { course, work_id, role: roles[i], last_day, term_end: term.end, entered };
            let still_oral = roles[i..].iter().filter(|r| **r == Role::Ordinary).count() as f64;
            let still_written = (lessons.len() - i) as f64 - still_oral;
            // The last third of a term is when everybody looks at what the marks come to.
            let is_late = i * 16 > lessons.len() * 11;
            let busy = self.write_owed(&task, attended, members, &mut owed, &mut tallies, rng);
            for (member, tally) in tallies.iter_mut().enumerate() {
                if is_oral && busy.contains(&member) {
                    continue;
                }
                let missing = f64::from(goals[member]) - f64::from(tally.count) - still_written;
                let strives = is_late && tally.is_below(members[member]);
                let wanted = missing / still_oral / 0.85 + if strives { 0.1 } else { 0.0 };
                let chance = if is_oral { wanted.min(0.93) } else { 0.97 };
                let level = members[member].level + tally.pull(members[member], is_late);
                owed.extend(self.turn(&task, attended, (member, level), chance, tally, rng));
            }
        }
        self.add_work_never_held(course, term, lessons, rng);
        tallies
    }

    /// Lets those who owe a work and are there write it, and returns who they are.
    fn write_owed(
        &mut self,
        task: &Task,
        attended: &Attended,
        members: &[Standing],
        owed: &mut Vec<Owed>,
        tallies: &mut [Tally],
        rng: &mut Rng,
    ) -> Vec<usize> {
        let day = attended.lesson.day;
        let is_due = |one: &Owed| day >= one.of + 3 && attended.presence[one.member] == 0;
        let (due, rest): (Vec<Owed>, Vec<Owed>) = owed.drain(..).partition(is_due);
        *owed = rest;
        for one in &due {
            let pupil = task.course.members[one.member].pupil;
            let (number, value) = value(task.course, one.role, members[one.member].level, rng);
            // Who writes once more has learnt something since.
            let number = if one.is_again { number.max(3) } else { number };
            let what = if one.is_again { "пересдача работы" } else { "работа" };
            let mark = Mark {
                pupil,
                value: if number > 0 { number.to_string() } else { value },
                comment: format!("{what} от {}", self.school.cal.dotted(one.of)),
                recorded: attended.lesson.start() + rng.i32(10..60),
                by: attended.lesson.teacher,
            };
            tallies[one.member].add(number);
            let task = Task { work_id: one.work_id.clone(), ..*task };
            self.write(&task, attended, &mark, number, rng);
        }
        due.into_iter().map(|one| one.member).collect()
    }

    fn add_work(
        &mut self,
        course: &Course,
        role: Role,
        attended: &Attended,
        (term, place): (&Term, usize),
        rng: &mut Rng,
    ) -> String {
        let id = format!("W{:04}", self.works.row_count + 1);
        let name = attended.lesson.plan.and_then(|p| self.plans[attended.lesson.course].get(p));
        let title = name.map_or("", |p| p.topic.split(" по теме").next().unwrap_or_default());
        let date = self.school.cal.dotted(attended.lesson.day);
        let lesson = &attended.id;
        match role {
            Role::Ordinary => {
                let title = format!("Ответы на уроках, {}", term.title);
                self.works.row(&[&id, &course.id, &"oral", &title, &0, &"", &"", &"", &1]);
            }
            Role::Written(kind, _) => {
                // What was learnt before the term is looked at, and counts for nothing.
                let weight = match kind {
                    _ if place < 4 && term.start == 0 => "0",
                    "test" => "1.5",
                    _ => "2",
                };
                self.works.row(&[&id, &course.id, &kind, &title, &0, &"", &date, lesson, &weight]);
            }
            Role::Control => {
                let planned = self.school.cal.dotted(self.control_day(course, attended.lesson, rng));
                self.works.row(&[
                    &id,
                    &course.id,
                    &"control",
                    &title,
                    &1,
                    &"письменная",
                    &planned,
                    lesson,
                    &3,
                ]);
            }
        }
        id
    }

    /// Returns the day a control work was planned for: nearly always the day it was held.
    fn control_day(&self, course: &Course, lesson: &Lesson, rng: &mut Rng) -> Day {
        let planned = |back: i32| {
            let days = (lesson.day - back..lesson.day).chain(lesson.day + 1..=lesson.day - back);
            let is_taught = |day: &Day| {
                self.school.cal.taught_as(course.grade, *day).is_some()
                    && !self.school.cal.is_suspended(course.grade, *day)
            };
            days.into_iter().find(is_taught).unwrap_or(lesson.day)
        };
        match rng.u32(..100) {
            0..8 => planned(rng.i32(2..9)),
            8..11 => planned(-rng.i32(1..5)),
            _ => lesson.day,
        }
    }

    /// Here and there the administration planned a control work that was never held.
    fn add_work_never_held(&mut self, course: &Course, term: &Term, lessons: &[Attended], rng: &mut Rng) {
        let has_controls = SUBJECTS[course.subject].has_controls() && course.grade >= 3;
        if !has_controls || lessons.len() < 12 || rng.u32(..40) > 0 {
            return;
        }
        let day = self.school.cal.dotted(lessons[lessons.len() / 2].lesson.day);
        let id = format!("W{:04}", self.works.row_count + 1);
        let title = format!("Административная контрольная работа, {}", term.title);
        self.works.row(&[&id, &course.id, &"control", &title, &1, &"письменная", &day, &"", &3]);
    }

    /// One member's turn in one lesson; returns the work that the member owes now.
    fn turn(
        &mut self,
        task: &Task,
        attended: &Attended,
        (member, level): (usize, f64),
        chance: f64,
        tally: &mut Tally,
        rng: &mut Rng,
    ) -> Option<Owed> {
        let presence = attended.presence[member];
        let pupil = task.course.members[member].pupil;
        let who = &self.school.pupils[pupil];
        let luck = rng.f64();
        if presence == OUTSIDE || (SUBJECTS[task.course.subject].id == "pe" && who.is_exempt_from_pe()) {
            return None;
        }
        let is_oral = task.role == Role::Ordinary;
        let made_up = presence != 0;
        let owes = |is_again: bool| Owed {
            member,
            work_id: task.work_id.clone(),
            role: task.role,
            of: attended.lesson.day,
            is_again,
        };
        // Who stayed away without a reason makes nothing up.
        let is_passed_over =
            if made_up { is_oral || luck > 0.6 || presence == UNEXCUSED } else { luck > chance };
        if is_passed_over {
            let is_written_later = made_up && !is_oral && luck > 0.75 && presence != UNEXCUSED;
            return is_written_later.then(|| owes(false));
        }
        let mark = value(task.course, task.role, level, rng);
        let teacher = &self.school.staff[attended.lesson.teacher];
        let recorded = match made_up {
            true => made_up_on(task, attended.lesson, rng),
            false => Some(recorded(task, attended.lesson, teacher.sloppiness, rng)),
        };
        let recorded = recorded?;
        let mut entry =
            Mark { pupil, value: mark.1, comment: String::new(), recorded, by: attended.lesson.teacher };
        if made_up && luck > 0.02 {
            entry.comment = format!("выполнено {}", self.school.cal.dotted(recorded.div_euclid(1440)));
        }
        let is_due = made_up && luck > 0.55;
        if is_due {
            // A point: the work is owed, there is nothing to count yet.
            (entry.value, entry.comment) = (".".to_owned(), "работа не сдана".to_owned());
        } else {
            tally.add(mark.0);
        }
        if !is_oral {
            entry.by = task.course.teacher_on(attended.lesson.day);
        }
        self.write(task, attended, &entry, mark.0, rng);
        if mark.0 != 2 || is_due || is_oral {
            return None;
        }
        match rng.u32(..10) {
            0..3 => self.correct(task, attended, pupil, tally, rng),
            3..6 => return Some(owes(true)),
            _ => {}
        }
        None
    }

    /// Puts a better mark beside a «2» of the same lesson, some days later.
    fn correct(&mut self, task: &Task, attended: &Attended, pupil: usize, tally: &mut Tally, rng: &mut Rng) {
        let day = attended.lesson.day + rng.i32(6..14);
        if day > task.last_day {
            return;
        }
        let number = rng.u32(3..5);
        let entry = Mark {
            pupil,
            value: number.to_string(),
            comment: format!("пересдача {}", self.school.cal.dotted(day)),
            recorded: at(day, rng.i32(800..960)),
            by: task.course.teacher_on(attended.lesson.day),
        };
        tally.add(number);
        self.write(task, attended, &entry, number, rng);
    }

    fn write(&mut self, task: &Task, attended: &Attended, mark: &Mark, number: u32, rng: &mut Rng) {
        self.mark_count += 1;
        let id = format!("M{:05}", self.mark_count);
        let chance = rng.u32(..12_000);
        let work: &str = if chance < 25 { "" } else { &task.work_id };
        let by = if (25..28).contains(&chance) { DEPUTY } else { mark.by };
        let school = self.school;
        let quarter = school.cal.terms.iter().take(4).position(|t| attended.lesson.day <= t.end).unwrap_or(3);
        let stamp = school.cal.short_stamp(mark.recorded);
        let pupil = &school.pupils[mark.pupil].id;
        self.quarters[quarter].row(&[
            &id,
            &attended.id,
            pupil,
            &mark.value,
            &work,
            &mark.comment,
            &stamp,
            &school.staff[by].id,
        ]);
        if number > 0 && mark.value != "." && (30..75).contains(&chance) {
            self.samples.push(Sample {
                mark_id: id,
                value: number,
                recorded: mark.recorded,
                term_end: task.term_end,
                by,
            });
        }
    }
}

impl Tally {
    /// Adds a mark; 0 is one of a pass subject.
    fn add(&mut self, number: u32) {
        self.sum += number;
        self.count += 1;
    }

    fn rounded(self) -> Option<u32> {
        (self.count > 0).then(|| (2 * self.sum + self.count) / (2 * self.count))
    }

    /// Tells whether the marks come to less than the pupil is used to.
    fn is_below(self, standing: Standing) -> bool {
        self.rounded().is_some_and(|rounded| rounded < standing.usually())
    }

    /// Returns how much better or worse a pupil does at the end of a term than else: who is behind pulls up, who is ahead rests.
    fn pull(self, standing: Standing, is_late: bool) -> f64 {
        match self.rounded() {
            Some(rounded) if is_late && rounded < standing.usually() => 0.4,
            Some(rounded) if is_late && rounded > standing.usually() => -0.2,
            _ => 0.0,
        }
    }
}

impl Standing {
    /// Returns the mark the pupil is used to: that of the term before, else the one that fits.
    fn usually(self) -> u32 {
        self.usual.unwrap_or_else(|| (self.level + 0.5).floor().clamp(2.0, 5.0) as u32)
    }
}

/// How many marks a teacher means to give each member: about the minimum for the weekly hours, or a fifth of the lessons.
fn goals(course: &Course, lessons: usize, rng: &mut Rng) -> Vec<u32> {
    let minimum: &[u32] = match course.hours {
        0..=1 => &[2, 3, 3, 3, 3, 4, 5, 5, 5, 6],
        2 => &[4, 5, 5, 5, 5, 5, 5, 6, 6, 7],
        _ => &[6, 7, 7, 7, 7, 7, 8, 8, 9, 9],
    };
    let is_pass = SUBJECTS[course.subject].grading == "pass";
    let fifth = lessons as u32 / 5;
    let goal = |least: u32| if least >= 6 { least.max(fifth + least - 7) } else { least.max(fifth) };
    let mut draw = || if is_pass { 2 } else { goal(minimum[rng.usize(..minimum.len())]) };
    course.members.iter().map(|_| draw()).collect()
}

/// Returns the mark as a number (0: a pass subject's) and as written.
fn value(course: &Course, role: Role, level: f64, rng: &mut Rng) -> (u32, String) {
    if SUBJECTS[course.subject].grading == "pass" {
        return (0, if rng.u32(..40) == 0 { "незач" } else { "зач" }.to_owned());
    }
    let lift = match (role, SUBJECTS[course.subject].style) {
        (_, super::subjects::Style::Hands | super::subjects::Style::Body) => 0.6,
        (Role::Control, _) => -0.25,
        (Role::Written(..), _) => -0.1,
        (Role::Ordinary, _) => 0.15,
    };
    let noise = rng.f64() + rng.f64() - 1.0;
    let value = (level + lift + noise + 0.5).floor().clamp(2.0, 5.0) as u32;
    (value, value.to_string())
}

/// A whole class's work is entered at once, some days later.
fn entered(role: Role, lesson: &Lesson, last_day: Day, sloppiness: f64, rng: &mut Rng) -> Moment {
    let is_late = rng.f64() < if role == Role::Control { 0.03 } else { 0.008 } * sloppiness;
    let days = match role {
        Role::Ordinary => 0,
        Role::Control if is_late => rng.i32(4..6),
        Role::Control => rng.i32(0..4),
        Role::Written(..) if is_late => rng.i32(8..12),
        Role::Written(..) => rng.i32(0..6),
    };
    match (lesson.day + days).min(last_day) {
        day if day == lesson.day => lesson.start() + rng.i32(60..160),
        day => at(day, rng.i32(830..1080)),
    }
}

/// Oral marks are put in during the lesson, those of a work one after another.
fn recorded(task: &Task, lesson: &Lesson, sloppiness: f64, rng: &mut Rng) -> Moment {
    if task.role != Role::Ordinary {
        return task.entered + rng.i32(0..9);
    }
    let next_day = lesson.day + 1;
    let is_late = rng.f64() < 0.005 * sloppiness && next_day <= task.last_day;
    if is_late { at(next_day, rng.i32(830..1080)) } else { lesson.start() + rng.i32(10..60) }
}

/// A work missed is made up one or two weeks later, if the term lasts.
fn made_up_on(task: &Task, lesson: &Lesson, rng: &mut Rng) -> Option<Moment> {
    let day = lesson.day + rng.i32(4..14);
    (day <= task.last_day).then(|| at(day, rng.i32(800..960)))
}
