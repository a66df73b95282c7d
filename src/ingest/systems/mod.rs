//! Layouts: the meaning of a sheet's columns.
//!
//! The exchange format knows its tables by name. Every other layout recognises its sheets by content, before
//! names are examined. Its records join the exchange tables of the same bundle.

mod netschool;
pub(crate) mod profile;

use super::builder::Builder;
use super::raw::RawSheet;
use super::tables::TableRows;

/// How one system prints its reports.
pub(crate) struct Layout {
    /// The system's id, as aliases and trust name it.
    pub(crate) id: &'static str,
    /// The system's name.
    pub(crate) title: &'static str,
    /// Tells whether a sheet is one of the layout's.
    pub(crate) recognises: fn(&RawSheet) -> bool,
    /// Reads its sheets into the journal, after the exchange tables; each has the index of its origin.
    /// Returns how many records of each table they gave.
    pub(crate) read: fn(&[(u32, &RawSheet)], &mut Builder) -> Vec<TableRows>,
}

/// All layouts; the first that recognises a sheet takes it.
pub(crate) const LAYOUTS: &[Layout] = &[netschool::LAYOUT];

/// Returns the position in [`LAYOUTS`] of a sheet's layout, if it is not the exchange format.
pub(crate) fn layout_of(sheet: &RawSheet) -> Option<usize> {
    LAYOUTS.iter().position(|layout| (layout.recognises)(sheet))
}
