//! Figures of presence: missed lessons by reason, and attendance over the lessons due.

use anyhow::Result;
use polars::prelude::*;

use super::figure::Scope;
use super::frames::*;
use super::metric::{Form, Metric, Unit};

/// Lessons attended, of the lessons due to each pupil while a member of the course.
pub(super) const ATTENDANCE: Metric = Metric {
    id: "attendance",
    title: "Посещаемость, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: ATTENDED, denominator: DUE, factor: 100.0 },
};
/// Lessons missed for any reason; late is not missed.
pub(super) const ABSENCE_LESSONS: Metric = Metric {
    id: "absence_lessons",
    title: "Пропущено уроков",
    unit: Unit::Lessons,
    form: Form::Count(MISSED),
};
/// Lessons missed through illness.
pub(super) const ABSENCE_ILL: Metric =
    Metric { id: "absence_б", title: "по болезни", unit: Unit::Lessons, form: Form::Count(ILL) };
/// Lessons missed for a good reason.
pub(super) const ABSENCE_EXCUSED: Metric = Metric {
    id: "absence_ну",
    title: "по уважительной причине",
    unit: Unit::Lessons,
    form: Form::Count(EXCUSED),
};
/// Lessons missed for no good reason.
pub(super) const ABSENCE_UNEXCUSED: Metric = Metric {
    id: "absence_н",
    title: "без уважительной причины",
    unit: Unit::Lessons,
    form: Form::Count(UNEXCUSED),
};
/// The metrics of this family.
pub(super) const METRICS: &[&Metric] =
    &[&ATTENDANCE, &ABSENCE_LESSONS, &ABSENCE_ILL, &ABSENCE_EXCUSED, &ABSENCE_UNEXCUSED];

const MISSED: &str = "missed";
const ATTENDED: &str = "attended";
const COUNTED: [&str; 5] = [DUE, ILL, EXCUSED, UNEXCUSED, UNKNOWN];

/// Pools lessons due and missed over every scope. Every whole with a course, and every pupil on the class
/// list, has a row.
pub(super) fn pooled(presence: &LazyFrame, offers: &LazyFrame, roll: &LazyFrame) -> Result<DataFrame> {
    let own = presence.clone().filter(col(IS_ENROLLED).eq(lit(1i64)));
    let taught = zeroed(&offers.clone().filter(col(IS_TAUGHT).eq(lit(1i64))), &COUNTED);
    let mut parts = pool(&own, &[Scope::Pupil], Subjects::Together, &COUNTED);
    parts.extend(pool(&zeroed(roll, &COUNTED), &[Scope::Pupil], Subjects::Together, &COUNTED));
    for frame in [presence, &taught] {
        parts.extend(pool(frame, &BY_CLASS, Subjects::Each, &COUNTED));
        parts.extend(pool(frame, &BY_CLASS, Subjects::Together, &COUNTED));
        parts.extend(pool(frame, &BY_COURSE, Subjects::Each, &COUNTED));
        parts.extend(pool(frame, &[Scope::Teacher], Subjects::Together, &COUNTED));
        parts.extend(pool(&of_groups(frame), &[Scope::Group], Subjects::Each, &COUNTED));
    }
    let missed = || col(ILL) + col(EXCUSED) + col(UNEXCUSED) + col(UNKNOWN);
    let derived = [missed().alias(MISSED), (col(DUE) - missed()).alias(ATTENDED)];
    Ok(add_up(&parts, &COUNTED)?.with_columns(derived).collect()?)
}
