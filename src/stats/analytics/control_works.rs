//! Control works of the school's schedule: when held, who wrote, with which result, and how the term mark
//! agrees.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::facts::{Facts, is_recorded_later};
use super::sheet::Kind::{Date as Day, Number, Text, Whole};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;
use crate::stats::attainment::sou_weight;

/// Контрольные работы.
pub const CONTROL_WORKS: AnalyticsTable = AnalyticsTable {
    name: "control_works",
    title: "Контрольные работы",
    columns: &[
        ("term_id", Text),
        ("work_id", Text),
        ("course_id", Text),
        ("subject_id", Text),
        ("teacher_id", Text),
        ("planned_date", Day),
        ("held_date", Day),
        ("days_late", Whole),
        ("listed", Whole),
        ("wrote", Whole),
        ("absent", Whole),
        ("n5", Whole),
        ("n4", Whole),
        ("n3", Whole),
        ("n2", Whole),
        ("n1", Whole),
        ("attainment", Number),
        ("quality", Number),
        ("sou", Number),
        ("mean_mark", Number),
        ("compared", Whole),
        ("equal", Whole),
        ("higher", Whole),
        ("lower", Whole),
    ],
    sources: &[Table::Works],
    rows,
};

/// Marks of each work on lessons up to `as_of`, without signs that are not marks.
type OfWorks = FxHashMap<Id<Work>, Vec<Id<Mark>>>;

/// A control work that was held: who was to write it and with which mark.
pub struct Written {
    /// The work.
    pub work: Id<Work>,
    /// The lesson at which it was held.
    pub lesson: Id<Lesson>,
    /// Everyone listed that day, with the mark of those who wrote.
    pub marks: BTreeMap<Id<Pupil>, Option<u8>>,
}

/// Lists the control works held up to a day, as the rows of the table count them.
pub fn written_works(journal: &Journal, roster: &Roster, as_of: Date) -> Vec<Written> {
    let marks = marks(journal, as_of);
    let of_work = |(id, work): (Id<Work>, &Work)| {
        let own = marks.get(&id).map_or(&[][..], Vec::as_slice);
        let lesson = held(journal, as_of, work, own)?;
        let listed = listed(roster, work.course, journal.lessons[lesson].date);
        let written = written(journal, &listed, own);
        let marks = listed.into_iter().map(|pupil| (pupil, written.get(&pupil).copied())).collect();
        Some(Written { work: id, lesson, marks })
    };
    journal.works.iter().filter(|(_, work)| work.control).filter_map(of_work).collect()
}

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let marks = marks(journal, facts.as_of);
    let mut rows = Vec::new();
    for (id, work) in journal.works.iter().filter(|(_, work)| work.control) {
        let own = marks.get(&id).map_or(&[][..], Vec::as_slice);
        let held = held(journal, facts.as_of, work, own);
        let planned = work.planned_date;
        if held.is_some() || planned.is_some_and(|date| date <= facts.as_of) {
            rows.push(row(facts, work, held, own));
        }
    }
    rows
}

fn marks(journal: &Journal, as_of: Date) -> OfWorks {
    let mut marks = OfWorks::default();
    for (id, mark) in journal.marks.iter() {
        let is_mark = !matches!(mark.value, MarkValue::Point | MarkValue::Zero);
        let is_seen = journal.lessons[mark.lesson].date <= as_of;
        if let Some(work) = mark.work.filter(|_| is_mark && is_seen) {
            marks.entry(work).or_default().push(id);
        }
    }
    marks
}

/// Returns the lesson of a work: its own if that was held, or the earliest held one with a mark for it.
fn held(journal: &Journal, as_of: Date, work: &Work, marks: &[Id<Mark>]) -> Option<Id<Lesson>> {
    let is_held = |id: &Id<Lesson>| {
        let lesson = &journal.lessons[*id];
        lesson.status == LessonStatus::Held && lesson.date <= as_of
    };
    let marked = || marks.iter().map(|mark| journal.marks[*mark].lesson).filter(is_held);
    let earliest = || marked().min_by_key(|id| (journal.lessons[*id].date, journal.lessons[*id].number));
    work.lesson.filter(is_held).or_else(earliest)
}

fn row(facts: &Facts<'_>, work: &Work, held: Option<Id<Lesson>>, marks: &[Id<Mark>]) -> Row {
    let journal = facts.journal;
    let course = &journal.courses[work.course];
    let held_date = held.map(|lesson| journal.lessons[lesson].date);
    let day = held_date.or(work.planned_date);
    let term = day.and_then(|day| facts.term_of_course(work.course, day));
    let late = held_date.zip(work.planned_date).map(|(held, planned)| days_between(planned, held));
    let listed = day.map(|day| listed(facts.roster, work.course, day)).unwrap_or_default();
    let mut row: Row = vec![
        facts.term_key(term).into(),
        work.key.as_str().into(),
        course.key.as_str().into(),
        journal.subjects[course.subject].key.as_str().into(),
        journal.staff[course.teacher].key.as_str().into(),
        work.planned_date.into(),
        held_date.into(),
        late.into(),
        listed.len().into(),
    ];
    match held {
        None => row.resize(CONTROL_WORKS.columns.len(), Cell::Nothing),
        Some(lesson) => {
            let written = written(journal, &listed, marks);
            row.extend(results(facts, lesson, &listed, &written));
            row.extend(compared(facts, course.subject, term, &written));
        }
    }
    row
}

/// Returns the members of a course on a day.
fn listed(roster: &Roster, course: Id<Course>, day: Date) -> BTreeSet<Id<Pupil>> {
    roster.members_on(course, day).map(|member| member.pupil).collect()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the marks of everyone listed who wrote: of several the one recorded later.
fn written(journal: &Journal, listed: &BTreeSet<Id<Pupil>>, marks: &[Id<Mark>]) -> BTreeMap<Id<Pupil>, u8> {
    let mut latest: BTreeMap<Id<Pupil>, Id<Mark>> = BTreeMap::new();
    let is_ours = |id: &&Id<Mark>| {
        let mark = &journal.marks[**id];
        mark.value.numeric().is_some() && listed.contains(&mark.pupil)
    };
    for id in marks.iter().filter(is_ours) {
        let kept = latest.entry(journal.marks[*id].pupil).or_insert(*id);
        if is_recorded_later(journal, *id, *kept) {
            *kept = *id;
        }
    }
    latest.into_iter().filter_map(|(pupil, id)| Some((pupil, journal.marks[id].value.numeric()?))).collect()
}

/// Returns the columns from `wrote` to `mean_mark`.
fn results(
    facts: &Facts<'_>,
    lesson: Id<Lesson>,
    listed: &BTreeSet<Id<Pupil>>,
    written: &BTreeMap<Id<Pupil>, u8>,
) -> Vec<Cell> {
    let did_not_write = |pupil: &&Id<Pupil>| !written.contains_key(*pupil);
    let absent =
        || listed.iter().filter(did_not_write).filter(|pupil| facts.is_absent(lesson, **pupil)).count();
    let has_attendance = facts.journal.presence.has(Table::Attendance);
    let mut counts = [0_usize; 5];
    written.values().for_each(|mark| counts[usize::from(mark.clamp(&1, &5) - 1)] += 1);
    let wrote = written.len();
    let [n1, n2, n3, n4, n5] = counts;
    let share = |count: usize| (wrote > 0).then(|| 100.0 * count as f64 / wrote as f64);
    let mean = |sum: usize| (wrote > 0).then(|| sum as f64 / wrote as f64);
    let sou = written.values().map(|mark| sou_weight(Some(*mark)) as usize).sum();
    vec![
        wrote.into(),
        if has_attendance { absent().into() } else { Cell::Nothing },
        n5.into(),
        n4.into(),
        n3.into(),
        n2.into(),
        n1.into(),
        share(n5 + n4 + n3).into(),
        share(n5 + n4).into(),
        mean(sou).into(),
        mean(5 * n5 + 4 * n4 + 3 * n3 + 2 * n2 + n1).into(),
    ]
}

/// Returns the columns from `compared` on: empty if the term has not ended, or its marks are unknown.
fn compared(
    facts: &Facts<'_>,
    subject: Id<Subject>,
    term: Option<Id<Term>>,
    written: &BTreeMap<Id<Pupil>, u8>,
) -> [Cell; 4] {
    let has_marks = facts.journal.presence.has(Table::TermMarks);
    let Some(term) = term.filter(|term| has_marks && facts.ended.contains(term)) else {
        return [const { Cell::Nothing }; 4];
    };
    let mut counts = [0_usize; 3];
    for (pupil, mark) in written {
        if let Some(term_mark) = facts.numeric_term_mark(*pupil, subject, term) {
            counts[super::objectivity::side(term_mark, *mark)] += 1;
        }
    }
    let [equal, higher, lower] = counts;
    [(equal + higher + lower).into(), equal.into(), higher.into(), lower.into()]
}
