//! Fields that lists share, and the text of a cell.

use super::words::{METRICS, MOVEMENT, STANDINGS};
use crate::stats::analytics::Cell;

/// Names of the figures and counts that every list of classes, levels or teachers has.
pub(super) fn figure_fields(has_counts: bool) -> Vec<Vec<String>> {
    let metrics = METRICS
        .iter()
        .map(|(id, names)| std::iter::once(*id).chain(names.iter().copied()).map(str::to_owned).collect());
    let counts = STANDINGS.iter().map(|(name, ..)| *name).chain(MOVEMENT.iter().map(|(name, _)| *name));
    let counts = counts.filter(move |_| has_counts).map(|name| vec![name.to_owned()]);
    metrics.chain(counts).collect()
}

/// Returns a cell's text, or nothing.
pub(super) fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}
