//! A table during writing, column by column.

use crate::model::rows::Written;
use crate::model::schema::Column;

/// The written columns, each with its cells.
pub(super) struct Grid {
    pub(super) columns: Vec<(Column, Vec<Written>)>,
    kept: Vec<Option<usize>>,
    next: usize,
}

impl Grid {
    /// Prepares the columns that `is_written` selects; the others are walked and dropped.
    pub(super) fn new(columns: &[Column], is_written: impl Fn(&str) -> bool) -> Self {
        let mut grid = Self { columns: Vec::new(), kept: Vec::new(), next: 0 };
        for column in columns {
            let is_kept = is_written(column.id);
            grid.kept.push(is_kept.then_some(grid.columns.len()));
            if is_kept {
                grid.columns.push((*column, Vec::new()));
            }
        }
        grid
    }

    /// Returns how many rows there are.
    pub(super) fn height(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    /// Adds the next cell of the row, in the order of the table's columns.
    pub(super) fn put(&mut self, cell: Written) {
        if let Some(index) = self.kept[self.next] {
            self.columns[index].1.push(cell);
        }
        self.next = (self.next + 1) % self.kept.len();
    }
}
