//! One lesson as both facing pages have it, and the room that they give it.

use super::course::ColumnView;
use super::layout::{BOTTOM, TOP};
use crate::render::measure::Style;

/// Height of the row of months, and of the row of days.
pub(super) const HEAD_ROW: f64 = 5.2;
/// Height of the whole head of both pages.
pub(super) const HEAD_TOTAL: f64 = 2.0 * HEAD_ROW;
/// Body of both pages below the head.
pub(super) const BODY_HEIGHT: f64 = BOTTOM - TOP - HEAD_TOTAL;

/// A column of the left page and its row of the right page, measured.
pub(super) struct Item<'a> {
    pub(super) column: &'a ColumnView,
    /// Width of the left column; 0 for a term without marks.
    pub(super) width: f64,
    /// Lines of the topic's cell.
    pub(super) topic: Vec<(Style, String)>,
    pub(super) homework: Vec<String>,
    pub(super) height: f64,
    /// The rest of a lesson too long for one page: its marks are on the page before.
    pub(super) continues: bool,
}
