//! The weekly timetable: no class and no teacher in two places, no gaps in a class's day.

use std::collections::{BTreeMap, VecDeque};

use fastrand::Rng;

use super::school::{Course, School};
use super::subjects::SUBJECTS;

const DAYS: usize = 5;
const NUMBERS: usize = 8;
const SLOTS: usize = DAYS * NUMBERS;
/// Placings tried before what is left is put where only the class is free.
const TRIES_PER_UNIT: usize = 60;

/// One weekly hour of a course.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) course: usize,
    pub(crate) weekday: i32,
    pub(crate) number: i32,
}

/// One weekly hour of courses taught at the same time.
struct Unit {
    courses: Vec<usize>,
    classes: Vec<usize>,
    teachers: Vec<usize>,
    subject: usize,
}

struct Board {
    class: Vec<[Option<usize>; SLOTS]>,
    teacher: Vec<[Option<usize>; SLOTS]>,
    allowed: Vec<[bool; SLOTS]>,
    place: Vec<Option<usize>>,
}

/// Returns the timetable, ordered by course, weekday and number.
pub(crate) fn timetable(school: &School, rng: &mut Rng) -> Vec<Row> {
    let units = units(school);
    let mut board = Board::new(school, &units);
    board.fill(&units, rng);
    let mut rows = Vec::new();
    for (unit, place) in units.iter().zip(&board.place) {
        let slot = place.expect("every class has as many slots as hours");
        rows.extend(unit.courses.iter().map(|&course| row(course, slot)));
    }
    for course in (0..school.courses.len()).filter(|&c| is_individual(school, &school.courses[c])) {
        rows.extend(board.place_individual(course, &school.courses[course]));
    }
    rows.sort_by_key(|r| (r.course, r.weekday, r.number));
    rows
}

fn row(course: usize, slot: usize) -> Row {
    Row { course, weekday: (slot / NUMBERS) as i32 + 1, number: (slot % NUMBERS) as i32 + 1 }
}

fn is_individual(school: &School, course: &Course) -> bool {
    course.group.is_some_and(|g| school.groups[g].kind == "individual")
}

fn units(school: &School) -> Vec<Unit> {
    let mut bundles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, course) in school.courses.iter().enumerate() {
        if !is_individual(school, course) {
            bundles.entry(course.bundle).or_default().push(i);
        }
    }
    let mut units = Vec::new();
    for courses in bundles.values() {
        let first = &school.courses[courses[0]];
        for _ in 0..first.hours {
            units.push(Unit {
                courses: courses.clone(),
                classes: first.classes.clone(),
                teachers: courses.iter().map(|&c| school.courses[c].teacher).collect(),
                subject: first.subject,
            });
        }
    }
    let load = |u: &Unit| u.teachers.iter().map(|&t| school.staff[t].hours).max();
    units.sort_by_key(|u| {
        std::cmp::Reverse((SUBJECTS[u.subject].id == "talk", u.classes.len(), u.teachers.len(), load(u)))
    });
    units
}

impl Board {
    fn new(school: &School, units: &[Unit]) -> Self {
        let classes = school.classes.len();
        let mut board = Self {
            class: vec![[None; SLOTS]; classes],
            teacher: vec![[None; SLOTS]; school.staff.len()],
            allowed: vec![[false; SLOTS]; classes],
            place: vec![None; units.len()],
        };
        for class in 0..classes {
            let hours = units.iter().filter(|u| u.classes.contains(&class)).count();
            for day in 0..DAYS {
                let count = hours / DAYS + usize::from(day < hours % DAYS);
                board.allowed[class][day * NUMBERS..][..count].fill(true);
            }
        }
        board
    }

    /// Places the hard units first; a unit that fits nowhere drives the cheapest others out.
    fn fill(&mut self, units: &[Unit], rng: &mut Rng) {
        let mut queue: VecDeque<usize> = (0..units.len()).collect();
        let mut tries = units.len() * TRIES_PER_UNIT;
        while let Some(unit) = queue.pop_front() {
            tries = tries.saturating_sub(1);
            let slot = self.cheapest(unit, units, tries == 0, rng);
            for other in self.rivals(&units[unit], slot, tries == 0) {
                self.lift(other, &units[other]);
                queue.push_back(other);
            }
            self.put(unit, &units[unit], slot);
        }
    }

    fn cheapest(&self, unit: usize, units: &[Unit], only_class: bool, rng: &mut Rng) -> usize {
        let wanted = &units[unit];
        let is_open = |slot: &usize| wanted.classes.iter().all(|&c| self.allowed[c][*slot]);
        if SUBJECTS[wanted.subject].id == "talk" {
            return 0;
        }
        (1..SLOTS)
            .filter(is_open)
            .min_by_key(|&slot| {
                let rivals = self.rivals(wanted, slot, only_class);
                let weight: usize = rivals.iter().map(|&r| 8 + 8 * units[r].classes.len()).sum();
                weight + 5 * self.same_day(wanted, slot, units) + rng.usize(..5)
            })
            .expect("a class has slots on every day")
    }

    fn same_day(&self, wanted: &Unit, slot: usize, units: &[Unit]) -> usize {
        let day = slot / NUMBERS * NUMBERS;
        let placed = self.class[wanted.classes[0]][day..day + NUMBERS].iter().flatten();
        placed.filter(|&&u| units[u].subject == wanted.subject).count()
    }

    fn rivals(&self, unit: &Unit, slot: usize, only_class: bool) -> Vec<usize> {
        let by_class = unit.classes.iter().filter_map(|&c| self.class[c][slot]);
        let by_teacher = unit.teachers.iter().filter_map(|&t| self.teacher[t][slot]);
        let mut rivals: Vec<usize> =
            if only_class { by_class.collect() } else { by_class.chain(by_teacher).collect() };
        rivals.sort_unstable();
        rivals.dedup();
        rivals
    }

    fn put(&mut self, index: usize, unit: &Unit, slot: usize) {
        self.place[index] = Some(slot);
        unit.classes.iter().for_each(|&c| self.class[c][slot] = Some(index));
        unit.teachers.iter().for_each(|&t| self.teacher[t][slot] = Some(index));
    }

    fn lift(&mut self, index: usize, unit: &Unit) {
        let Some(slot) = self.place[index].take() else { return };
        unit.classes.iter().for_each(|&c| self.class[c][slot] = None);
        unit.teachers.iter().for_each(|&t| self.teacher[t][slot] = None);
    }

    /// Puts an individual curriculum after the lessons of the class, where its teacher is free.
    fn place_individual(&mut self, course: usize, it: &Course) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..it.hours {
            let class = it.classes[0];
            let is_free =
                |slot: &usize| !self.allowed[class][*slot] && self.teacher[it.teacher][*slot].is_none();
            let taken = |day: usize| rows.iter().filter(|r: &&Row| r.weekday == day as i32 + 1).count();
            let slot = (0..SLOTS).filter(is_free).min_by_key(|&s| (taken(s / NUMBERS), s % NUMBERS, s));
            let slot = slot.expect("the eighth lesson is free on some day");
            self.teacher[it.teacher][slot] = Some(usize::MAX);
            self.allowed[class][slot] = true;
            rows.push(row(course, slot));
        }
        rows
    }
}
