//! Teachers' work by term: hours per week, hours planned, lessons held in own and in others' courses, missed.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::sheet::Kind::{Number, Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Нагрузка учителей.
pub const WORKLOAD: AnalyticsTable = AnalyticsTable {
    name: "workload",
    title: "Нагрузка учителей",
    columns: &[
        ("term_id", Text),
        ("teacher_id", Text),
        ("hours_week", Number),
        ("hours_plan", Number),
        ("held_own", Whole),
        ("held_for_others", Whole),
        ("held_by_others", Whole),
        ("missed", Whole),
    ],
    sources: &[Table::Lessons],
    rows,
};

#[derive(Default)]
struct Load {
    hours_week: Option<f64>,
    hours_plan: Option<f64>,
    held_own: usize,
    held_for_others: usize,
    held_by_others: usize,
    missed: usize,
}

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let mut loads: BTreeMap<(Id<Term>, Id<Staff>), Load> = BTreeMap::new();
    for (id, course) in journal.courses.iter() {
        for term in journal.terms_of_grade(journal.grade_of(course)) {
            if facts.ended.contains(&term) {
                let load = loads.entry((term, course.teacher)).or_default();
                load.hours_week = plus(load.hours_week, course.hours_week);
                load.hours_plan = plus(load.hours_plan, facts.plans.hours(id, term));
            }
        }
    }
    for (_, lesson) in facts.lessons() {
        let term = facts.term_of_course(lesson.course, lesson.date);
        if let Some(term) = term.filter(|term| facts.ended.contains(term)) {
            count(facts, &mut loads, term, lesson);
        }
    }
    let row = |((term, teacher), load): ((Id<Term>, Id<Staff>), Load)| {
        vec![
            facts.term_key(Some(term)).into(),
            journal.staff[teacher].key.as_str().into(),
            load.hours_week.into(),
            load.hours_plan.into(),
            load.held_own.into(),
            load.held_for_others.into(),
            load.held_by_others.into(),
            load.missed.into(),
        ]
    };
    loads.into_iter().map(row).collect()
}

fn plus(sum: Option<f64>, more: Option<f64>) -> Option<f64> {
    match (sum, more) {
        (Some(sum), Some(more)) => Some(sum + more),
        (sum, more) => sum.or(more),
    }
}

fn count(
    facts: &Facts<'_>,
    loads: &mut BTreeMap<(Id<Term>, Id<Staff>), Load>,
    term: Id<Term>,
    lesson: &Lesson,
) {
    let owner = facts.journal.courses[lesson.course].teacher;
    match lesson.status {
        LessonStatus::Missed => loads.entry((term, owner)).or_default().missed += 1,
        LessonStatus::Held => {
            let is_own = facts.teaches(lesson.teacher, lesson.course, lesson.date);
            let load = loads.entry((term, lesson.teacher)).or_default();
            load.held_own += usize::from(is_own);
            load.held_for_others += usize::from(!is_own);
            loads.entry((term, owner)).or_default().held_by_others += usize::from(!is_own);
        }
        LessonStatus::Moved | LessonStatus::Cancelled => {}
    }
}
