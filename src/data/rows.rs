//! Every record as a row of its table, cell by cell in the form of its columns.

use super::cells::Grid;
use super::extent::Extent;
use crate::model::rows::{Records, Referred, Stored, Visit, Writer, Written};
use crate::model::schema::TableSchema;
use crate::model::{Id, Journal, Text};

/// Returns the columns of a table that were given and are kept, with the cells of every record.
pub(super) fn grid(journal: &Journal, schema: &TableSchema, extent: Extent) -> Grid {
    let is_written = |id: &str| extent.has_column(schema.table, id);
    let mut grid =
        Grid::new(schema.columns, |id| is_written(id) && journal.presence.has_column(schema.table, id));
    schema.table.visit(Rows { journal, grid: &mut grid });
    grid
}

/// The rows of a table while they are written.
struct Rows<'a> {
    journal: &'a Journal,
    grid: &'a mut Grid,
}

impl Visit for Rows<'_> {
    type Given = ();

    fn visit<R: Stored>(mut self) {
        R::list(self.journal).each().for_each(|record| record.write(&mut self));
    }
}

impl Writer for Rows<'_> {
    fn put(&mut self, cell: Written) {
        self.grid.put(cell);
    }

    fn key<T: Referred>(&self, id: Id<T>) -> Text {
        self.journal.key_of(id)
    }
}
