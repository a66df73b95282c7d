//! Facts as polars frames, and pooling over scopes. Only this file has column names.

use anyhow::Result;
use polars::prelude::*;

use super::exclusion::Exclusion;
use super::facts::{Key, Offer, Outcome, Presence, TermStanding};
use super::figure::Scope;
use crate::model::*;

pub(super) const TERM: &str = "term_id";
pub(super) const SCOPE: &str = "scope";
pub(super) const SCOPE_ID: &str = "scope_id";
pub(super) const SUBJECT: &str = "subject_id";
pub(super) const PUPIL: &str = "pupil_id";
pub(super) const CLASS: &str = "class_id";
pub(super) const GRADE: &str = "grade";
pub(super) const LEVEL: &str = "level";
pub(super) const GROUP: &str = "group_id";
pub(super) const COURSE: &str = "course_id";
const TEACHER: &str = "teacher_id";

/// Offers: the class is taught, term marks are due (0 or 1).
pub(super) const IS_TAUGHT: &str = "is_taught";
pub(super) const IS_GRADED: &str = "is_graded";
/// Offers: hours in thousandths, so that a sum does not depend on the order of its parts.
pub(super) const PLANNED_COURSES: &str = "planned_courses";
pub(super) const PLAN: &str = "plan";
pub(super) const GIVEN: &str = "given";
pub(super) const GIVEN_OF_PLAN: &str = "given_of_plan";

/// Outcomes: the mark 1–5, or 0 if there is none, and the kind of outcome.
pub(super) const MARK: &str = "mark";
pub(super) const OUTCOME: &str = "outcome";
/// Kind of an outcome that is a mark 1–5.
pub(super) const NUMERIC: u32 = 0;
/// Kind of an outcome that counts against: not assessed (н/а).
pub(super) const NOT_ASSESSED: u32 = 1;

/// Presence: lessons due, absences by reason, and whether the pupil is enrolled on the term's last day (0 or
/// 1).
pub(super) const DUE: &str = "due";
pub(super) const ILL: &str = "ill";
pub(super) const EXCUSED: &str = "excused";
pub(super) const UNEXCUSED: &str = "unexcused";
pub(super) const UNKNOWN: &str = "unknown";
pub(super) const IS_ENROLLED: &str = "is_enrolled";

/// Means "all subjects" or "no group": ids are positions, so none is ever this large.
pub(super) const NONE: u32 = u32::MAX;

/// The wholes that pool pupils by class, and so count a pupil once in a subject.
pub(super) const BY_CLASS: [Scope; 4] = [Scope::School, Scope::Level, Scope::Parallel, Scope::Class];
/// The wholes that pool courses.
pub(super) const BY_COURSE: [Scope; 2] = [Scope::Teacher, Scope::Course];

/// Whether a pooled row is about each subject or about all together.
#[derive(Clone, Copy)]
pub(super) enum Subjects {
    Each,
    Together,
}

/// Returns the courses of the terms as a frame, one row per course and class.
pub(super) fn offers(journal: &Journal, offers: &[Offer]) -> Result<LazyFrame> {
    let mut columns = key_columns(journal, offers.iter().map(|offer| offer.key));
    let planned = |offer: &Offer| offer.plan.is_some();
    columns.push(whole(IS_TAUGHT, offers.iter().map(|offer| i64::from(offer.is_taught))));
    columns.push(whole(IS_GRADED, offers.iter().map(|offer| i64::from(offer.is_graded))));
    columns.push(whole(PLANNED_COURSES, offers.iter().map(|offer| i64::from(planned(offer)))));
    columns.push(whole(PLAN, offers.iter().map(|offer| thousandths(offer.plan.unwrap_or(0.0)))));
    columns.push(whole(GIVEN, offers.iter().map(|offer| thousandths(offer.given))));
    let of_plan = |offer: &Offer| if planned(offer) { thousandths(offer.given) } else { 0 };
    columns.push(whole(GIVEN_OF_PLAN, offers.iter().map(of_plan)));
    Ok(DataFrame::new(offers.len(), columns)?.lazy())
}

/// Returns the class lists of the terms' last days as a frame.
pub(super) fn roll(journal: &Journal, roll: &[Key]) -> Result<LazyFrame> {
    Ok(DataFrame::new(roll.len(), key_columns(journal, roll.iter().copied()))?.lazy())
}

/// Returns the outcomes as a frame, one row per pupil, course and term.
pub(super) fn outcomes(journal: &Journal, outcomes: &[Outcome]) -> Result<LazyFrame> {
    let mut columns = key_columns(journal, outcomes.iter().map(|outcome| outcome.key));
    let mark = |outcome: &Outcome| match outcome.standing {
        TermStanding::Given(value) => i64::from(value.numeric().unwrap_or(0)),
        _ => 0,
    };
    columns.push(whole(MARK, outcomes.iter().map(mark)));
    columns.push(id(OUTCOME, outcomes.iter().map(|outcome| outcome_kind(outcome.standing))));
    Ok(DataFrame::new(outcomes.len(), columns)?.lazy())
}

/// Returns lessons due and absences as a frame.
pub(super) fn presence(journal: &Journal, rows: &[Presence]) -> Result<LazyFrame> {
    let mut columns = key_columns(journal, rows.iter().map(|row| row.key));
    columns.push(whole(IS_ENROLLED, rows.iter().map(|row| i64::from(row.is_enrolled))));
    columns.push(whole(DUE, rows.iter().map(|row| i64::from(row.due))));
    let reasons = [
        (ILL, AbsenceReason::Ill),
        (EXCUSED, AbsenceReason::Excused),
        (UNEXCUSED, AbsenceReason::Unexcused),
        (UNKNOWN, AbsenceReason::Unknown),
    ];
    for (name, reason) in reasons {
        columns.push(whole(name, rows.iter().map(|row| i64::from(row.absence == Some(reason)))));
    }
    Ok(DataFrame::new(rows.len(), columns)?.lazy())
}

/// Sums columns over each scope, one frame per scope. Rows must already be unique for the scope.
pub(super) fn pool(
    frame: &LazyFrame,
    scopes: &[Scope],
    subjects: Subjects,
    columns: &[&str],
) -> Vec<LazyFrame> {
    let subject = match subjects {
        Subjects::Each => col(SUBJECT),
        Subjects::Together => lit(NONE).cast(DataType::UInt32).alias(SUBJECT),
    };
    let pooled = |scope: &Scope| {
        let mut selected = vec![
            col(TERM),
            lit(*scope as u32).cast(DataType::UInt32).alias(SCOPE),
            scope_key(*scope).cast(DataType::UInt32).alias(SCOPE_ID),
            subject.clone(),
        ];
        selected.extend(columns.iter().map(|name| col(*name)));
        sum(frame.clone().select(selected), columns)
    };
    scopes.iter().map(pooled).collect()
}

/// Adds up the rows of all parts with the same whole and subject.
pub(super) fn add_up(parts: &[LazyFrame], columns: &[&str]) -> Result<LazyFrame> {
    Ok(sum(concat(parts, UnionArgs::default())?, columns))
}

/// Keeps one of the rows with equal keys.
pub(super) fn once(frame: &LazyFrame, keys: &[&str]) -> LazyFrame {
    let keys = keys.iter().map(|name| col(*name)).collect();
    frame.clone().unique_generic(Some(keys), UniqueKeepStrategy::Any)
}

/// Keeps the rows of courses taught to a group.
pub(super) fn of_groups(frame: &LazyFrame) -> LazyFrame {
    frame.clone().filter(col(GROUP).neq(lit(NONE)))
}

/// Returns the frame with the columns set to 0, for rows that must exist even if nothing is counted in them.
pub(super) fn zeroed(frame: &LazyFrame, columns: &[&str]) -> LazyFrame {
    let zeros: Vec<Expr> = columns.iter().map(|name| count(0).alias(*name)).collect();
    frame.clone().with_columns(zeros)
}

/// A whole number in the type of count columns: a bare literal would be narrower.
pub(super) fn count(number: i64) -> Expr {
    lit(number).cast(DataType::Int64)
}

fn sum(frame: LazyFrame, columns: &[&str]) -> LazyFrame {
    let sums: Vec<Expr> = columns.iter().map(|name| col(*name).sum()).collect();
    frame.group_by([col(TERM), col(SCOPE), col(SCOPE_ID), col(SUBJECT)]).agg(sums)
}

fn scope_key(scope: Scope) -> Expr {
    match scope {
        Scope::School => lit(0u32),
        Scope::Level => col(LEVEL),
        Scope::Parallel => col(GRADE),
        Scope::Class => col(CLASS),
        Scope::Group => col(GROUP),
        Scope::Pupil => col(PUPIL),
        Scope::Teacher => col(TEACHER),
        Scope::Course => col(COURSE),
    }
}

fn outcome_kind(standing: TermStanding) -> u32 {
    // Their kinds follow that of outcomes not assessed.
    let excluded = |exclusion: Exclusion| NOT_ASSESSED + 1 + exclusion as u32;
    match standing {
        TermStanding::Given(TermValue::Numeric(_)) => NUMERIC,
        TermStanding::Given(TermValue::NotAssessed) => NOT_ASSESSED,
        TermStanding::Absent => excluded(Exclusion::Absent),
        TermStanding::Deferred => excluded(Exclusion::Deferred),
        TermStanding::Given(TermValue::Unmarked) => excluded(Exclusion::Unmarked),
        TermStanding::Given(TermValue::Pass) => excluded(Exclusion::Pass),
        TermStanding::Given(TermValue::Fail) => excluded(Exclusion::Fail),
        TermStanding::Given(TermValue::Exempt) => excluded(Exclusion::Exempt),
    }
}

/// Returns the level of a grade: 0 for grades 1–4, 1 for 5–9, 2 for 10–11.
pub(super) fn level(grade: u8) -> u32 {
    u32::from(grade > 4) + u32::from(grade > 9)
}

fn key_columns(journal: &Journal, keys: impl Iterator<Item = Key> + Clone) -> Vec<Column> {
    let course = |key: &Key| key.course.map(|id| &journal.courses[id]);
    let grade = |key: &Key| journal.classes[key.class].grade;
    vec![
        id(TERM, keys.clone().map(|key| position(key.term))),
        id(CLASS, keys.clone().map(|key| position(key.class))),
        id(GRADE, keys.clone().map(|key| u32::from(grade(&key)))),
        id(LEVEL, keys.clone().map(|key| level(grade(&key)))),
        id(PUPIL, keys.clone().map(|key| key.pupil.map_or(NONE, position))),
        id(COURSE, keys.clone().map(|key| key.course.map_or(NONE, position))),
        id(SUBJECT, keys.clone().map(|key| course(&key).map_or(NONE, |course| position(course.subject)))),
        id(TEACHER, keys.clone().map(|key| course(&key).map_or(NONE, |course| position(course.teacher)))),
        id(
            GROUP,
            keys.map(|key| match course(&key).map(|course| course.audience) {
                Some(Audience::Group(group)) => position(group),
                _ => NONE,
            }),
        ),
    ]
}

fn position<T>(id: Id<T>) -> u32 {
    u32::try_from(id.index()).unwrap_or(NONE)
}

fn thousandths(hours: f64) -> i64 {
    (hours * 1000.0).round() as i64
}

fn id(name: &str, values: impl Iterator<Item = u32>) -> Column {
    Column::new(PlSmallStr::from_str(name), values.collect::<Vec<_>>())
}

fn whole(name: &str, values: impl Iterator<Item = i64>) -> Column {
    Column::new(PlSmallStr::from_str(name), values.collect::<Vec<_>>())
}
