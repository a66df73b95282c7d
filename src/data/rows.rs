//! Every record as a row of its table, cell by cell in the form of its columns.

use super::cells::Grid;
use crate::model::rows::{Records, Referred, Stored, Visit, Writer, Written};
use crate::model::{Id, Journal, Table, Text};

/// Writes every record of a table.
pub(super) fn write(journal: &Journal, table: Table, grid: &mut Grid) {
    table.visit(Rows { journal, grid });
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
