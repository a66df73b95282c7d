//! Courses of the curriculum without a lesson plan (КТП), or with too few hours in it.
//!
//! A course needs a plan if the curriculum has hours above 0 for it in the year, whatever its kind. Plans are
//! due with the rest of the director's part of the set-up (D.10 names them there). The deputies watch their
//! completeness through the year (R.2.3).

use rustc_hash::FxHashMap;

use super::about::About;
use super::context::{RuleContext, day_end};
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use super::wording::hours;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
use crate::stats::Plans;

/// Tolerance in hours for sums of parts of an hour, such as ten tenths.
const SLACK: f64 = 0.001;
const PLANNING: &str = "составление календарно-тематического планирования в соответствии с реализуемыми программами \
    учебных предметов";

pub(super) static LESSON_PLAN_MISSING: Rule = Rule {
    id: "lesson-plan-missing",
    requirement: "C23",
    clauses: &["D.10"],
    severity: Severity::Violation,
    title: Said::fixed("Нет календарно-тематического планирования", "no lesson plan"),
    counted: "курсов учебного плана",
    weight: 3,
    fold: Fold::Alone,
    direction: Direction::Programme,
    quotes: &[("D.10", PLANNING)],
    remedy: "внести планирование на весь год",
    needs: &[(Table::LessonPlans, &[]), (Table::Curriculum, &[])],
    check: lesson_plan_missing,
    ..Rule::USUAL
};

pub(super) static LESSON_PLAN_SHORT: Rule = Rule {
    id: "lesson-plan-short",
    requirement: "C23",
    clauses: &["R.2.3"],
    severity: Severity::Notice,
    title: Said::fixed(
        "В планировании меньше часов, чем в учебном плане",
        "fewer hours in the lesson plan than in the curriculum",
    ),
    counted: "курсов с планированием",
    weight: 2,
    fold: Fold::Alone,
    direction: Direction::Programme,
    quotes: &[
        ("D.10", PLANNING),
        (
            "R.2.3",
            "…систематический контроль за полнотой и своевременным внесением педагогами тематических планов",
        ),
    ],
    remedy: "дополнить планирование до часов учебного плана",
    needs: &[(Table::LessonPlans, &[]), (Table::Curriculum, &[])],
    check: lesson_plan_short,
    ..Rule::USUAL
};

fn lesson_plan_missing(context: &RuleContext, examination: &mut Examination) {
    for course in courses(context) {
        examination.count_judged(context.owner_of_course(course.id));
        if course.drawn_up.is_none() {
            let message = format!("нет планирования, часов в учебном плане: {}", hours(course.planned));
            find(context, examination, &course, message);
        }
    }
}

fn lesson_plan_short(context: &RuleContext, examination: &mut Examination) {
    for course in courses(context) {
        let Some(drawn_up) = course.drawn_up else { continue };
        examination.count_judged(context.owner_of_course(course.id));
        if drawn_up + SLACK < course.planned {
            let (drawn_up, planned) = (hours(drawn_up), hours(course.planned));
            let message = format!("в планировании часов {drawn_up} из {planned} по учебному плану");
            find(context, examination, &course, message);
        }
    }
}

/// A course of the curriculum with the hours of the year, and those of its lesson plan if it has one.
struct Planned {
    id: Id<Course>,
    planned: f64,
    drawn_up: Option<f64>,
}

/// Returns the courses with hours in the curriculum; none before plans are due.
fn courses(context: &RuleContext) -> Vec<Planned> {
    let journal = context.journal;
    if context.policy.setup_day(DueClause::Director, journal.year.start.year()) >= context.as_of {
        return Vec::new();
    }
    let mut drawn_up: FxHashMap<Id<Course>, f64> = FxHashMap::default();
    for row in &journal.lesson_plans {
        *drawn_up.entry(row.course).or_default() += row.hours;
    }
    let plans = Plans::new(journal);
    let courses = journal.courses.iter().filter_map(|(id, course)| {
        let planned = plans.year_hours(course).filter(|hours| *hours > 0.0)?;
        Some(Planned { id, planned, drawn_up: drawn_up.get(&id).copied() })
    });
    courses.collect()
}

fn find(context: &RuleContext, examination: &mut Examination, course: &Planned, message: String) {
    let journal = context.journal;
    let last_day = context.policy.setup_day(DueClause::Director, journal.year.start.year());
    let year = journal.years_of_grade(journal.grade_of(&journal.courses[course.id])).first().copied();
    let about = About { date: Some(last_day), term: year, ..context.about_course(course.id) };
    examination.find(about, message).due_at = Some(day_end(last_day));
}
