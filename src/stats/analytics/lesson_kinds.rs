//! Held lessons by their kind, as written.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Уроки по видам.
pub const LESSON_KINDS: AnalyticsTable = AnalyticsTable {
    name: "lesson_kinds",
    title: "Уроки по видам",
    columns: &[("term_id", Text), ("course_id", Text), ("kind", Text), ("held", Whole)],
    sources: &[Table::Lessons],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let mut counts: BTreeMap<(Id<Term>, Id<Course>, &str), usize> = BTreeMap::new();
    for (_, lesson) in facts.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Held) {
        let term = facts.term_of_course(lesson.course, lesson.date);
        if let Some(term) = term.filter(|term| facts.ended.contains(term)) {
            *counts.entry((term, lesson.course, lesson.kind.as_str())).or_default() += 1;
        }
    }
    let row = |((term, course, kind), held): ((Id<Term>, Id<Course>, &str), usize)| {
        let course = journal.courses[course].key.as_str();
        vec![facts.term_key(Some(term)).into(), course.into(), kind.into(), held.into()]
    };
    counts.into_iter().map(row).collect()
}
