//! One lesson as both facing pages have it, and the room that they give it.

use super::course::ColumnView;
use crate::render::measure::Style;

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
