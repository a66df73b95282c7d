//! All metrics, in the order of the figures.

use super::metric::Metric;
use super::{attainment, attendance, hours};

/// Every metric, in the order of the figures.
pub const METRICS: &[&Metric] = &[
    &attainment::ATTAINMENT,
    &attainment::ATTAINMENT_REGULATION,
    &attainment::QUALITY,
    &attainment::SOU,
    &attainment::MEAN_MARK,
    &attendance::ATTENDANCE,
    &attendance::ABSENCE_LESSONS,
    &attendance::ABSENCE_ILL,
    &attendance::ABSENCE_EXCUSED,
    &attendance::ABSENCE_UNEXCUSED,
    &hours::HOURS_PLAN,
    &hours::HOURS_GIVEN,
    &hours::FULFILMENT,
];
