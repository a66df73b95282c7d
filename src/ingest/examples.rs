//! Example rows of the forms by `letopis init`.

use super::raw::{Cell, RowCells};

/// The beginning of an example row's first cell in the forms of `letopis init`: such rows are skipped.
pub const EXAMPLE_PREFIX: &str = "пример:";

/// Returns whether a row is an example for the person who fills the table in.
#[inline]
pub(crate) fn is_example(row: &RowCells<'_>) -> bool {
    let Cell::Text(text) = row.cell(0) else { return false };
    // Cheap for the million rows that are not examples.
    text.starts_with(['п', 'П']) && text.to_lowercase().starts_with(EXAMPLE_PREFIX)
}
