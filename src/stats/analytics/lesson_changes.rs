//! Substituted, missed, moved and cancelled lessons.

use super::facts::Facts;
use super::sheet::Kind::{Date, Flag, Text};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;

/// Замены и переносы уроков.
pub const LESSON_CHANGES: AnalyticsTable = AnalyticsTable {
    name: "lesson_changes",
    title: "Замены и переносы уроков",
    columns: &[
        ("date", Date),
        ("kind", Text),
        ("lesson_id", Text),
        ("course_id", Text),
        ("subject_id", Text),
        ("class_ids", Text),
        ("teacher_id", Text),
        ("instead_of", Text),
        ("is_marked", Flag),
        ("moved_to", Date),
    ],
    sources: &[Table::Lessons],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    facts.lessons().filter_map(|(_, lesson)| Some(row(facts, lesson, kind(facts, lesson)?))).collect()
}

fn kind(facts: &Facts<'_>, lesson: &Lesson) -> Option<&'static str> {
    match lesson.status {
        LessonStatus::Held if facts.teaches(lesson.teacher, lesson.course, lesson.date) => None,
        LessonStatus::Held => Some("substitution"),
        other => Some(other.code()),
    }
}

fn row(facts: &Facts<'_>, lesson: &Lesson, kind: &'static str) -> Row {
    let journal = facts.journal;
    let course = &journal.courses[lesson.course];
    let mut classes: Vec<&str> =
        journal.classes_of(course).iter().map(|class| facts.class_key(Some(*class))).collect();
    classes.sort_unstable();
    let is_substitution = kind == "substitution";
    let instead = if is_substitution { journal.staff[course.teacher].key.as_str() } else { "" };
    let is_marked = if is_substitution { lesson.replaces.is_some().into() } else { Cell::Nothing };
    let moved_to = lesson.moved_to.filter(|_| lesson.status == LessonStatus::Moved);
    vec![
        lesson.date.into(),
        kind.into(),
        lesson.key.as_str().into(),
        course.key.as_str().into(),
        journal.subjects[course.subject].key.as_str().into(),
        classes.join(";").into(),
        journal.staff[lesson.teacher].key.as_str().into(),
        instead.into(),
        is_marked,
        moved_to.into(),
    ]
}
