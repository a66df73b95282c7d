//! Figures of term marks: attainment by the vendor's formula and by the regulation, quality, СОУ, mean mark.
//!
//! A subject, course or teacher counts marks. A class or larger whole over all subjects counts pupils, except
//! in СОУ and mean mark, which always count marks.

use anyhow::Result;
use polars::prelude::*;

use super::exclusion::Exclusion;
use super::figure::Scope;
use super::frames::*;
use super::metric::{Form, Metric, Unit};
use crate::model::FIRST_MARKED_GRADE;

/// Assessed and not below 3, of all assessed (NetSchool help, «Формулы показателей успеваемости»).
pub(super) const ATTAINMENT: Metric = Metric {
    id: "attainment",
    title: "Успеваемость, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: PASSED, denominator: ASSESSED, factor: 100.0 },
};
/// Not below 3, of the whole class list (regulation, clause Z.13).
pub(super) const ATTAINMENT_REGULATION: Metric = Metric {
    id: "attainment_regulation",
    title: "Успеваемость по положению, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: PASSED, denominator: LISTED, factor: 100.0 },
};
/// Assessed and not below 4, of all assessed.
pub(super) const QUALITY: Metric = Metric {
    id: "quality",
    title: "Качество знаний, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: GOOD, denominator: ASSESSED, factor: 100.0 },
};
/// СОУ: the weighted sum of marks over the assessed.
pub(super) const SOU: Metric = Metric {
    id: "sou",
    title: "СОУ, %",
    unit: Unit::Percent,
    form: Form::Ratio { numerator: WEIGHTED, denominator: ASSESSED_MARKS, factor: 1.0 },
};
/// The mean of the marks 1–5.
pub(super) const MEAN_MARK: Metric = Metric {
    id: "mean_mark",
    title: "Средний балл",
    unit: Unit::Mark,
    form: Form::Ratio { numerator: MARK_SUM, denominator: MARK_COUNT, factor: 1.0 },
};
/// The metrics of this family.
pub(super) const METRICS: &[&Metric] = &[&ATTAINMENT, &ATTAINMENT_REGULATION, &QUALITY, &SOU, &MEAN_MARK];

const PASSED: &str = "passed";
const GOOD: &str = "good";
const ASSESSED: &str = "assessed";
const LISTED: &str = "listed";
const WEIGHTED: &str = "weighted";
const ASSESSED_MARKS: &str = "assessed_marks";
const MARK_SUM: &str = "mark_sum";
const MARK_COUNT: &str = "mark_count";

const COUNTED: [&str; 14] = [
    PASSED,
    GOOD,
    ASSESSED,
    LISTED,
    WEIGHTED,
    ASSESSED_MARKS,
    MARK_SUM,
    MARK_COUNT,
    Exclusion::Absent.code(),
    Exclusion::Deferred.code(),
    Exclusion::Unmarked.code(),
    Exclusion::Pass.code(),
    Exclusion::Fail.code(),
    Exclusion::Exempt.code(),
];

/// Weights of the marks 1 to 5 in СОУ, `н/а` as 1 (NetSchool help, the same page; V. P. Simonov's coefficients).
const SOU_WEIGHTS: [(i64, i64); 5] = [(1, 7), (2, 16), (3, 36), (4, 64), (5, 100)];
const SOU_WEIGHT_NOT_ASSESSED: i64 = 7;

/// Returns the weight of a mark in СОУ; `None` means not assessed.
pub fn sou_weight(mark: Option<u8>) -> i64 {
    let of = |mark| SOU_WEIGHTS.iter().find(|(one, _)| *one == i64::from(mark)).map(|(_, weight)| *weight);
    mark.and_then(of).unwrap_or(SOU_WEIGHT_NOT_ASSESSED)
}

/// Pools outcomes over every scope. Every whole with a graded course has a row, even one with only zeros.
pub(super) fn pooled(outcomes: &LazyFrame, offers: &LazyFrame, roll: &LazyFrame) -> Result<DataFrame> {
    // Values that several scopes pool are computed once, not once per scope.
    let marks = counted(outcomes).collect()?.lazy();
    let by_subject = once(&marks, &[TERM, PUPIL, SUBJECT]).collect()?.lazy();
    let by_group = once(&of_groups(&marks), &[TERM, PUPIL, GROUP, SUBJECT]);
    let by_pupil = by_pupil(&by_subject, roll)?.collect()?.lazy();
    let standing = standing(&by_pupil);
    let mut parts = pool(&by_subject, &BY_CLASS, Subjects::Each, &COUNTED);
    parts.extend(pool(&marks, &BY_COURSE, Subjects::Each, &COUNTED));
    parts.extend(pool(&by_group, &[Scope::Group], Subjects::Each, &COUNTED));
    parts.extend(pool(&marks, &[Scope::Teacher], Subjects::Together, &COUNTED));
    parts.extend(pool(&by_pupil, &[Scope::Pupil], Subjects::Together, &COUNTED));
    parts.extend(pool(&standing, &BY_CLASS, Subjects::Together, &COUNTED));
    let graded = zeroed(&offers.clone().filter(col(IS_GRADED).eq(lit(1i64))), &COUNTED);
    parts.extend(pool(&graded, &BY_CLASS, Subjects::Each, &COUNTED));
    parts.extend(pool(&graded, &BY_CLASS, Subjects::Together, &COUNTED));
    parts.extend(pool(&graded, &BY_COURSE, Subjects::Each, &COUNTED));
    parts.extend(pool(&graded, &[Scope::Teacher], Subjects::Together, &COUNTED));
    parts.extend(pool(&of_groups(&graded), &[Scope::Group], Subjects::Each, &COUNTED));
    Ok(add_up(&parts, &COUNTED)?.collect()?)
}

/// Counts each outcome as 0 or 1 under every heading.
fn counted(outcomes: &LazyFrame) -> LazyFrame {
    let one = |condition: Expr| condition.cast(DataType::Int64);
    let has_mark = || col(MARK).gt(lit(0i64));
    let is_not_assessed = || col(OUTCOME).eq(lit(NOT_ASSESSED));
    let is_assessed = || has_mark().or(is_not_assessed());
    let weights = SOU_WEIGHTS
        .iter()
        .fold(one(is_not_assessed()) * lit(SOU_WEIGHT_NOT_ASSESSED), |sum, (mark, weight)| {
            sum + one(col(MARK).eq(lit(*mark))) * lit(*weight)
        });
    let mut columns = vec![
        one(col(MARK).gt_eq(lit(3i64))).alias(PASSED),
        one(col(MARK).gt_eq(lit(4i64))).alias(GOOD),
        one(is_assessed()).alias(ASSESSED),
        count(1).alias(LISTED),
        weights.alias(WEIGHTED),
        one(is_assessed()).alias(ASSESSED_MARKS),
        col(MARK).alias(MARK_SUM),
        one(has_mark()).alias(MARK_COUNT),
    ];
    let kinds = Exclusion::ALL.iter().map(|exclusion| exclusion.code()).zip(NOT_ASSESSED + 1..);
    columns.extend(kinds.map(|(name, kind)| one(col(OUTCOME).eq(lit(kind))).alias(name)));
    outcomes.clone().with_columns(columns)
}

/// Adds up each pupil's subjects; a pupil on the class list without any subject has zeros.
fn by_pupil(by_subject: &LazyFrame, roll: &LazyFrame) -> Result<LazyFrame> {
    let keys = || [TERM, PUPIL, CLASS, GRADE, LEVEL].map(col);
    let columns: Vec<Expr> = keys().into_iter().chain(COUNTED.map(col)).collect();
    let listed = roll.clone().filter(col(GRADE).gt_eq(lit(u32::from(FIRST_MARKED_GRADE))));
    let parts = [by_subject.clone().select(&columns), zeroed(&listed, &COUNTED).select(&columns)];
    let sums = COUNTED.map(|name| col(name).sum());
    Ok(concat(parts, UnionArgs::default())?.group_by(keys()).agg(sums))
}

/// Turns counts of a pupil's subjects into counts of pupils: passed means no 1, 2 or н/а, good means every
/// mark ≥ 4.
fn standing(by_pupil: &LazyFrame) -> LazyFrame {
    let one = |condition: Expr| condition.cast(DataType::Int64);
    let is_assessed = || col(ASSESSED).gt(lit(0i64));
    by_pupil.clone().with_columns([
        one(is_assessed().and(col(PASSED).eq(col(ASSESSED)))).alias(PASSED),
        one(is_assessed().and(col(GOOD).eq(col(ASSESSED)))).alias(GOOD),
        one(is_assessed()).alias(ASSESSED),
        count(1).alias(LISTED),
    ])
}
