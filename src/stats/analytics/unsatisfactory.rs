//! Marks 1 and 2 and failed credits, and whether each was corrected.

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::sheet::Kind::{Date, Flag, Text};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Неудовлетворительные отметки.
pub const UNSATISFACTORY: AnalyticsTable = AnalyticsTable {
    name: "unsatisfactory",
    title: "Неудовлетворительные отметки",
    columns: &[
        ("term_id", Text),
        ("date", Date),
        ("class_id", Text),
        ("pupil_id", Text),
        ("course_id", Text),
        ("subject_id", Text),
        ("lesson_id", Text),
        ("mark_id", Text),
        ("value", Text),
        ("work_id", Text),
        ("topic", Text),
        ("corrected", Flag),
    ],
    sources: &[Table::Marks],
    rows,
};

/// Marks of a pupil for one work, by work and pupil.
type OfWork = FxHashMap<(Id<Work>, Id<Pupil>), Vec<Id<Mark>>>;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let of_work = sufficient_of_works(facts);
    let is_bad = |mark: &Mark| matches!(mark.value, MarkValue::Numeric(1 | 2) | MarkValue::Fail);
    let mut rows = Vec::new();
    for (id, mark) in journal.marks.iter().filter(|(_, mark)| is_bad(mark)) {
        let lesson = &journal.lessons[mark.lesson];
        if lesson.date <= facts.as_of && lesson.status == LessonStatus::Held {
            rows.push(row(facts, (id, mark), is_corrected(facts, &of_work, (id, mark))));
        }
    }
    rows
}

fn row(facts: &Facts<'_>, (id, mark): (Id<Mark>, &Mark), corrected: bool) -> Row {
    let journal = facts.journal;
    let mut row = facts.place_of_entry(mark.pupil, mark.lesson);
    row.extend([
        journal.marks[id].key.as_str().into(),
        mark.value.code().into(),
        mark.work.map_or("", |work| journal.works[work].key.as_str()).into(),
        journal.lessons[mark.lesson].topic.as_str().into(),
        corrected.into(),
    ]);
    row
}

fn is_sufficient(mark: &Mark) -> bool {
    matches!(mark.value, MarkValue::Numeric(3..=5) | MarkValue::Pass)
}

/// Gathers sufficient marks on held lessons by work and pupil. Oral answers are not works that can be
/// repeated.
fn sufficient_of_works(facts: &Facts<'_>) -> OfWork {
    let journal = facts.journal;
    let mut of_work = OfWork::default();
    for (id, mark) in journal.marks.iter().filter(|(_, mark)| is_sufficient(mark)) {
        let lesson = &journal.lessons[mark.lesson];
        let is_seen = lesson.date <= facts.as_of && lesson.status == LessonStatus::Held;
        let work = mark.work.filter(|work| is_seen && journal.works[*work].kind != WorkKind::Oral);
        if let Some(work) = work {
            of_work.entry((work, mark.pupil)).or_default().push(id);
        }
    }
    of_work
}

/// Returns whether a sufficient mark of the same lesson or work was recorded later.
fn is_corrected(facts: &Facts<'_>, of_work: &OfWork, (id, mark): (Id<Mark>, &Mark)) -> bool {
    let recorded = facts.recorded(id);
    let is_later = |other: &Id<Mark>| facts.recorded(*other) > recorded;
    let own = |other: &&Id<Mark>| {
        let other = &facts.journal.marks[**other];
        other.pupil == mark.pupil && is_sufficient(other)
    };
    let on_lesson = || facts.roster.marks_of(mark.lesson).iter().filter(own).any(is_later);
    let again = || mark.work.and_then(|work| of_work.get(&(work, mark.pupil)));
    on_lesson() || again().is_some_and(|marks| marks.iter().any(is_later))
}
