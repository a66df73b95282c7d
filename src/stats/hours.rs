//! Figures of the programme: hours planned, hours given, and given over planned.

use anyhow::Result;
use polars::prelude::*;

use super::figure::Scope;
use super::frames::*;
use super::metric::{Form, Metric, Unit};

/// Hours of the curriculum.
pub(super) const HOURS_PLAN: Metric =
    Metric {
        id: "hours_plan", title: "Часов по плану", unit: Unit::Hours, form: Form::Count(HOURS_PLANNED)
    };
/// Hours of the lessons held.
pub(super) const HOURS_GIVEN: Metric =
    Metric { id: "hours_given", title: "Часов дано", unit: Unit::Hours, form: Form::Count(GIVEN) };
/// Hours given over hours planned, of the courses that have a plan.
pub(super) const FULFILMENT: Metric = Metric {
    id: "fulfilment",
    title: "Выполнение программы, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: GIVEN_OF_PLAN, denominator: PLAN, factor: 100.0 },
};
/// The metrics of this family.
pub(super) const METRICS: &[&Metric] = &[&HOURS_PLAN, &HOURS_GIVEN, &FULFILMENT];

/// The metrics that compare with the curriculum.
pub(super) const OF_PLAN: &[&Metric] = &[&HOURS_PLAN, &FULFILMENT];

const HOURS_PLANNED: &str = "hours_planned";
const COUNTED: [&str; 4] = [PLANNED_COURSES, PLAN, GIVEN, GIVEN_OF_PLAN];

/// Pools hours over every scope with courses; a course of several classes counts once in each whole.
pub(super) fn pooled(offers: &LazyFrame) -> Result<DataFrame> {
    let taught = offers.clone().filter(col(IS_TAUGHT).eq(lit(1i64)));
    let once_in = |key: &str| once(&taught, &[TERM, COURSE, key]);
    let mut parts = Vec::new();
    for (scope, key) in [
        (Scope::School, COURSE),
        (Scope::Level, LEVEL),
        (Scope::Parallel, GRADE),
        (Scope::Class, CLASS),
        (Scope::Teacher, COURSE),
    ] {
        let courses = once_in(key);
        parts.extend(pool(&courses, &[scope], Subjects::Each, &COUNTED));
        parts.extend(pool(&courses, &[scope], Subjects::Together, &COUNTED));
    }
    parts.extend(pool(&once_in(COURSE), &[Scope::Course], Subjects::Each, &COUNTED));
    let hours = |name: &str| col(name).cast(DataType::Float64) / lit(1000.0);
    let planned = when(col(PLANNED_COURSES).gt(lit(0i64))).then(hours(PLAN)).otherwise(lit(NULL));
    let derived = [planned.alias(HOURS_PLANNED), hours(PLAN), hours(GIVEN), hours(GIVEN_OF_PLAN)];
    Ok(add_up(&parts, &COUNTED)?.with_columns(derived).collect()?)
}
