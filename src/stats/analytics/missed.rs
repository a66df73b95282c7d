//! Missed lessons: what each pupil has to make up, and whether it was made up.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::sheet::Kind::{Date, Flag, Text};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Пропущенные уроки.
pub const MISSED: AnalyticsTable = AnalyticsTable {
    name: "missed",
    title: "Пропущенные уроки",
    columns: &[
        ("term_id", Text),
        ("date", Date),
        ("class_id", Text),
        ("pupil_id", Text),
        ("course_id", Text),
        ("subject_id", Text),
        ("lesson_id", Text),
        ("reason", Text),
        ("topic", Text),
        ("made_up", Flag),
    ],
    sources: &[Table::Attendance],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let made_up = MadeUp::new(facts);
    let mut rows = Vec::new();
    for (id, lesson) in facts.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Held) {
        let pupils: BTreeSet<Id<Pupil>> =
            facts.roster.absences_of(id).iter().map(|row| facts.journal.absences[*row].pupil).collect();
        for pupil in pupils {
            let Some(absence) = facts.absence(id, pupil).filter(|one| one.reason.is_absence()) else {
                continue;
            };
            if facts.roster.is_member(pupil, lesson.course, lesson.date) {
                rows.push(row(facts, (id, lesson), absence, made_up.tells(facts, id, pupil)));
            }
        }
    }
    rows
}

fn row(facts: &Facts<'_>, (id, lesson): (Id<Lesson>, &Lesson), absence: &Absence, made_up: bool) -> Row {
    let mut row = facts.place_of_entry(absence.pupil, id);
    row.extend([absence.reason.code().into(), lesson.topic.as_str().into(), made_up.into()]);
    row
}

/// The marks that make up a lesson: at the lesson, or later for its work.
struct MadeUp {
    on_lesson: FxHashMap<(Id<Lesson>, Id<Pupil>), ()>,
    /// By the lesson of the work: the lessons at which a mark for it was given.
    for_work: FxHashMap<(Id<Lesson>, Id<Pupil>), Vec<Id<Lesson>>>,
}

impl MadeUp {
    fn new(facts: &Facts<'_>) -> Self {
        let journal = facts.journal;
        let mut made_up = Self { on_lesson: FxHashMap::default(), for_work: FxHashMap::default() };
        let counts = |mark: &Mark| mark.value.numeric().is_some() || mark.value == MarkValue::Pass;
        for mark in journal.marks.values().filter(|mark| counts(mark)) {
            if journal.lessons[mark.lesson].date > facts.as_of {
                continue;
            }
            made_up.on_lesson.insert((mark.lesson, mark.pupil), ());
            if let Some(of) = mark.work.and_then(|work| journal.works[work].lesson) {
                made_up.for_work.entry((of, mark.pupil)).or_default().push(mark.lesson);
            }
        }
        made_up
    }

    fn tells(&self, facts: &Facts<'_>, lesson: Id<Lesson>, pupil: Id<Pupil>) -> bool {
        let missed = &facts.journal.lessons[lesson];
        let is_later = |other: &Id<Lesson>| {
            let other = &facts.journal.lessons[*other];
            other.status == LessonStatus::Held
                && other.course == missed.course
                && (other.date, other.number) > (missed.date, missed.number)
        };
        self.on_lesson.contains_key(&(lesson, pupil))
            || self.for_work.get(&(lesson, pupil)).is_some_and(|lessons| lessons.iter().any(is_later))
    }
}
