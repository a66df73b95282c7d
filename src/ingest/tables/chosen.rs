//! Which of the rows that several files have are read, and with which cells.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ingest::raw::Value;

/// A row, by its sheet's index among the table's sheets and its number.
pub(crate) type RowAt = (usize, u32);

/// The results for rows in several files.
#[derive(Default)]
pub(crate) struct Chosen {
    /// Rows whose fact is already in another row.
    pub(crate) skipped: FxHashSet<RowAt>,
    /// Rows that others complete: their cells in the order of the table's columns.
    pub(crate) filled: FxHashMap<RowAt, Vec<Value>>,
}

impl Chosen {
    /// Returns whether a row is to be skipped.
    #[inline]
    pub(crate) fn skips(&self, at: RowAt) -> bool {
        self.skipped.contains(&at)
    }

    /// Returns the cells to use for a row, if others completed it.
    #[inline]
    pub(crate) fn filled(&self, at: RowAt) -> Option<&[Value]> {
        self.filled.get(&at).map(Vec::as_slice)
    }
}
