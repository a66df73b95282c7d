//! Plans of work with pupils who fail or are at risk of failing, and notices to their parents.
//!
//! What the journal knows is filled in; the form of work, its day, its result and every signature are ruled.

mod cases;
mod notice;
mod plan;

use super::of_class::OfClass;
use crate::render::paper::Paper;

/// Lays out a plan and a notice for each such pupil.
pub(super) fn lay(of: &OfClass<'_>, paper: &mut Paper) {
    for case in cases::cases(of) {
        plan::lay(of, &case, paper);
        notice::lay(of, &case, paper);
    }
}
