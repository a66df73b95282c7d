//! The programme by course and term: hours planned and given, lessons by status, rows of the lesson plan
//! given.

use std::collections::{BTreeSet, HashMap};

use super::facts::Facts;
use super::sheet::Kind::{Number, Text, Whole};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;

/// Выполнение программы.
pub const PROGRAMME: AnalyticsTable = AnalyticsTable {
    name: "programme",
    title: "Выполнение программы",
    columns: &[
        ("term_id", Text),
        ("course_id", Text),
        ("subject_id", Text),
        ("class_id", Text),
        ("group_id", Text),
        ("teacher_id", Text),
        ("profile", Text),
        ("hours_plan", Number),
        ("hours_given", Number),
        ("lag", Number),
        ("held", Whole),
        ("missed", Whole),
        ("moved", Whole),
        ("cancelled", Whole),
        ("substituted", Whole),
        ("plan_rows", Whole),
        ("given_rows", Whole),
    ],
    sources: &[Table::Lessons],
    rows,
};

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let mut plans: HashMap<Id<Course>, BTreeSet<u32>> = HashMap::new();
    let mut plan_rows: HashMap<Id<Course>, usize> = HashMap::new();
    for row in &journal.lesson_plans {
        plans.entry(row.course).or_default().insert(row.seq);
        *plan_rows.entry(row.course).or_default() += 1;
    }
    let mut rows = Vec::new();
    for &term in &facts.ended {
        for (id, course) in journal.courses.iter().filter(|(_, course)| facts.has_course(term, course)) {
            let mut row = place(facts, term, (id, course));
            row.extend(hours(facts, term, id));
            row.extend(lessons(facts, term, id));
            row.extend(if journal.presence.has(Table::LessonPlans) {
                let given = given_rows(facts, term, id, plans.get(&id));
                [plan_rows.get(&id).copied().unwrap_or(0).into(), given.into()]
            } else {
                [Cell::Nothing, Cell::Nothing]
            });
            rows.push(row);
        }
    }
    rows
}

fn place(facts: &Facts<'_>, term: Id<Term>, (_, course): (Id<Course>, &Course)) -> Row {
    let journal = facts.journal;
    let (class, group) = match course.audience {
        Audience::Class(class) => (facts.class_key(Some(class)), ""),
        Audience::Group(group) => ("", journal.groups[group].key.as_str()),
        Audience::Pupil(_) => ("", ""),
    };
    vec![
        facts.term_key(Some(term)).into(),
        course.key.as_str().into(),
        journal.subjects[course.subject].key.as_str().into(),
        class.into(),
        group.into(),
        journal.staff[course.teacher].key.as_str().into(),
        profile(journal, course).into(),
    ]
}

/// Returns the class's profile; a group's if all its classes agree.
fn profile<'a>(journal: &'a Journal, course: &Course) -> &'a str {
    let mut profiles =
        journal.classes_of(course).iter().map(|class| journal.classes[*class].profile.as_str());
    let first = profiles.next().unwrap_or("");
    if profiles.all(|other| other == first) { first } else { "" }
}

fn hours(facts: &Facts<'_>, term: Id<Term>, course: Id<Course>) -> [Cell; 3] {
    let plan = facts.plans.hours(course, term);
    let given = facts.roster.hours_given(facts.journal, course, facts.journal.terms[term].span);
    [plan.into(), given.into(), plan.map(|plan| plan - given).into()]
}

/// Counts lessons in a term by status, and those held by somebody other than the course's teachers of the
/// day.
fn lessons(facts: &Facts<'_>, term: Id<Term>, course: Id<Course>) -> [Cell; 5] {
    use LessonStatus::{Cancelled, Held, Missed, Moved};
    let span = facts.journal.terms[term].span;
    let lessons: Vec<&Lesson> = facts
        .roster
        .lessons_of(course)
        .iter()
        .map(|id| &facts.journal.lessons[*id])
        .filter(|lesson| span.contains(lesson.date))
        .collect();
    let of = |status| lessons.iter().filter(|lesson| lesson.status == status).count().into();
    let is_other =
        |lesson: &&&Lesson| lesson.status == Held && !facts.teaches(lesson.teacher, course, lesson.date);
    let substituted = lessons.iter().filter(is_other).count();
    [of(Held), of(Missed), of(Moved), of(Cancelled), substituted.into()]
}

/// Counts the rows of the lesson plan among the lessons held up to a term's last day.
fn given_rows(facts: &Facts<'_>, term: Id<Term>, course: Id<Course>, plan: Option<&BTreeSet<u32>>) -> usize {
    let last_day = facts.journal.terms[term].span.to;
    let lessons = facts.roster.lessons_of(course).iter().map(|id| &facts.journal.lessons[*id]);
    let held = lessons.filter(|lesson| lesson.status == LessonStatus::Held && lesson.date <= last_day);
    let given: BTreeSet<u32> = held.filter_map(|lesson| lesson.plan_seq).collect();
    plan.map_or(0, |plan| plan.intersection(&given).count())
}
