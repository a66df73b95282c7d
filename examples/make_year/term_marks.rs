//! Marks for terms and the year, exams and finals: nearly always the mean rounded half up.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::absences::{LongIllness, long_illnesses};
use super::calendar::{Day, Moment, Term, at, day};
use super::marks::Tally;
use super::school::{Course, School};
use super::subjects::SUBJECTS;
use super::table::Table;

const COLUMNS: &[&str] = &[
    "pupil_id",
    "subject_id",
    "term_id",
    "kind",
    "value",
    "course_id",
    "deferred_until",
    "order",
    "recorded_at",
    "recorded_by",
];
/// Exams after grade 9: the two that all sit, and two chosen.
const EXAMS: [&str; 4] = ["rus", "alg", "geo", "soc"];

/// Exams after grade 10.
const PROMOTION_EXAMS: [&str; 2] = ["rus", "alg"];

/// What a pupil got in a subject in the terms so far.
#[derive(Default)]
struct Record {
    values: Vec<u32>,
    last: String,
    deferred: bool,
}

/// The table `term_marks` being filled.
pub(crate) struct TermMarks<'a> {
    school: &'a School,
    illnesses: [LongIllness; 2],
    records: BTreeMap<(usize, usize), Record>,
    pub(crate) table: Table,
}

/// One row before it is written.
struct Entry<'e> {
    pupil: usize,
    course: &'e Course,
    term: &'e str,
    kind: &'e str,
    value: String,
    deferral: (&'e str, &'e str),
    recorded: Option<Moment>,
}

impl<'a> TermMarks<'a> {
    pub(crate) fn new(school: &'a School) -> Self {
        let table = Table::new("term_marks", COLUMNS);
        Self { school, illnesses: long_illnesses(school), records: BTreeMap::new(), table }
    }

    /// Gives the members who are there at the end of a term their marks for it.
    pub(crate) fn term(
        &mut self,
        course: &Course,
        term: &Term,
        last_day: Day,
        tallies: &[Tally],
        rng: &mut Rng,
    ) {
        let entered = recorded(term, last_day, self.school.staff[course.teacher].sloppiness, rng);
        for (member, tally) in course.members.iter().zip(tallies) {
            if member.from > term.end || member.to < term.end {
                continue;
            }
            let value = self.value(course, member.pupil, *tally, rng);
            let deferral = self.deferral(course, member.pupil, term.end);
            let mut recorded = Some(entered + rng.i32(0..9));
            if deferral.is_some() {
                recorded = Some(at(day("2026-01-28"), 880));
            }
            let is_open = deferral.is_some() && (term.end > 200 || SUBJECTS[course.subject].id == "chem");
            let record = self.records.entry((member.pupil, course.subject)).or_default();
            record.deferred = is_open && term.end > 200;
            if !is_open {
                record.values.extend(value.parse::<u32>());
                record.last.clone_from(&value);
            }
            // Here and there one is forgotten.
            if rng.u32(..1500) == 0 {
                continue;
            }
            let entry = Entry {
                pupil: member.pupil,
                course,
                term: term.id,
                kind: "term",
                value: if is_open { String::new() } else { value },
                deferral: deferral.unwrap_or_default(),
                recorded: recorded.filter(|_| !is_open),
            };
            self.write(&entry);
        }
    }

    /// Returns the numeric mark of the last term so far in a subject.
    pub(crate) fn last(&self, pupil: usize, subject: usize) -> Option<u32> {
        self.records.get(&(pupil, subject))?.values.last().copied()
    }

    fn value(&self, course: &Course, pupil: usize, tally: Tally, rng: &mut Rng) -> String {
        let subject = &SUBJECTS[course.subject];
        if subject.id == "pe" && self.school.pupils[pupil].is_exempt_from_pe() {
            return "осв".to_owned();
        }
        if subject.grading == "pass" {
            return "зач".to_owned();
        }
        if tally.count == 0 {
            return "н/а".to_owned();
        }
        let rounded = (2 * tally.sum + tally.count) / (2 * tally.count);
        // One mark at the end of so many absences is no ground for a term mark.
        if tally.count == 1 && course.hours >= 2 {
            return "н/а".to_owned();
        }
        let value = match rng.u32(..600) {
            0..7 if rounded > 3 => rounded - 1,
            7..15 if rounded < 5 => rounded + 1,
            // A «3» is found for most who strive for it.
            _ if rounded == 2 && rng.u32(..10) < 3 => 3,
            _ => rounded,
        };
        value.to_string()
    }

    fn deferral(&self, course: &Course, pupil: usize, term_end: Day) -> Option<(&'static str, &'static str)> {
        let [winter, spring] = &self.illnesses;
        let missed = |illness: &LongIllness| {
            illness.pupil == pupil && illness.from <= term_end && term_end <= illness.to
        };
        if missed(winter) && course.hours >= 2 {
            return Some(("2026-01-30", "91-у"));
        }
        (missed(spring) && course.hours >= 4).then_some(("2026-08-28", "58-у"))
    }

    fn write(&mut self, entry: &Entry) {
        let school = self.school;
        let recorded = entry.recorded.map_or(String::new(), |at| school.cal.short_stamp(at));
        let teacher = entry.course.teacher_on(day("2026-05-20"));
        let by = if entry.recorded.is_some() { school.staff[teacher].id.as_str() } else { "" };
        let (pupil, subject) = (&school.pupils[entry.pupil].id, SUBJECTS[entry.course.subject].id);
        let (until, order) = entry.deferral;
        let until = if until.is_empty() { "" } else { school.cal.iso(day(until)) };
        self.table.row(&[
            pupil,
            &subject,
            &entry.term,
            &entry.kind,
            &entry.value,
            &entry.course.id,
            &until,
            &order,
            &recorded,
            &by,
        ]);
    }

    /// Gives the members at the end of the year their marks for it, and grades 9 and 11 their finals.
    pub(crate) fn year(&mut self, course: &Course, rng: &mut Rng) {
        let end = day("2026-05-26");
        for member in course.members.iter().filter(|m| m.from <= end && end <= m.to) {
            let record = self.records.remove(&(member.pupil, course.subject)).unwrap_or_default();
            let value = match (course.grade, record.values.as_slice()) {
                (1, _) => "безотм".to_owned(),
                (_, []) if record.last.is_empty() => continue,
                (_, []) => record.last,
                (_, values) => half_up(values),
            };
            let entry = Entry {
                pupil: member.pupil,
                course,
                term: "Y",
                kind: "year",
                value: if record.deferred { String::new() } else { value.clone() },
                deferral: if record.deferred { ("2026-08-28", "58-у") } else { Default::default() },
                recorded: (!record.deferred)
                    .then(|| at(day("2026-05-25") + rng.i32(0..2), 980 + rng.i32(0..60))),
            };
            self.write(&entry);
            if course.grade == 10 && PROMOTION_EXAMS.contains(&SUBJECTS[course.subject].id) {
                self.promotion_exam(course, member.pupil, &value, rng);
            }
            // A stream may have classes of two grades: whether a pupil graduates is the pupil's own class's.
            let class =
                self.school.pupils[member.pupil].class_on(end).map(|class| &self.school.classes[class]);
            let graduates = class.is_some_and(|class| matches!(class.grade, 9 | 11));
            if graduates && !record.deferred {
                self.finals(course, member.pupil, &value, rng);
            }
        }
    }

    /// After grade 10 all sit an exam of the school's own.
    fn promotion_exam(&mut self, course: &Course, pupil: usize, year: &str, rng: &mut Rng) {
        let Ok(year_mark) = year.parse::<u32>() else { return };
        let exam = (year_mark + rng.u32(..6) / 5).saturating_sub(rng.u32(..4) / 3).clamp(2, 5);
        self.write(&Entry {
            pupil,
            course,
            term: "Y",
            kind: "exam",
            value: exam.to_string(),
            deferral: Default::default(),
            recorded: Some(at(day("2026-05-29"), 800)),
        });
    }

    fn finals(&mut self, course: &Course, pupil: usize, year: &str, rng: &mut Rng) {
        let Ok(year_mark) = year.parse::<u32>() else { return };
        let mut entry = Entry {
            pupil,
            course,
            term: "Y",
            kind: "exam",
            value: String::new(),
            deferral: Default::default(),
            recorded: Some(at(day("2026-06-17"), 720)),
        };
        let mut last = year_mark;
        let subject = SUBJECTS[course.subject].id;
        if course.grade == 9 && EXAMS.contains(&subject) {
            // The two that all sit are the state's.
            entry.kind = if EXAMS[..2].contains(&subject) { "state_exam" } else { "exam" };
            let exam = (year_mark + rng.u32(..8) / 7).saturating_sub(rng.u32(..5) / 4).clamp(3, 5);
            entry.value = exam.to_string();
            self.write(&entry);
            last = (year_mark + exam).div_ceil(2);
        }
        entry.kind = "final";
        entry.value = last.to_string();
        entry.recorded = Some(at(day("2026-06-22"), 750));
        self.write(&entry);
    }
}

fn half_up(values: &[u32]) -> String {
    let (sum, count) = (values.iter().sum::<u32>(), values.len() as u32);
    ((2 * sum + count) / (2 * count)).to_string()
}

fn recorded(term: &Term, last_day: Day, sloppiness: f64, rng: &mut Rng) -> Moment {
    let minute = 965 + rng.i32(0..70);
    // Teachers write all marks of a class down together; lateness is rare.
    match rng.f64() / sloppiness {
        c if c < 0.004 => at(term.end + rng.i32(1..4), minute),
        c if c < 0.006 => at(term.end - 8 - rng.i32(0..3), minute),
        _ => at(last_day.max(term.end - 6), minute),
    }
}
