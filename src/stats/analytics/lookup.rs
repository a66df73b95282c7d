//! Rows of the tables for whoever prints them: cells by the name of their column, the rows of one term.

use jiff::civil::Date;

use super::sheet::{Cell, Column};
use super::{AnalyticsTable, Filled};
use crate::model::Table;

/// A row whose cells are asked for by column.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    columns: &'static [Column],
    cells: &'a [Cell],
}

impl<'a> Record<'a> {
    /// Returns the cell of a column. A column that the table does not have is a fault of the program: it is nothing.
    fn cell(self, column: &str) -> &'a Cell {
        let at = self.columns.iter().position(|(name, _)| *name == column);
        debug_assert!(at.is_some(), "there is no column {column}");
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Nothing)
    }

    /// Returns a text, such as an id or a code; empty where there is none.
    pub fn text(self, column: &str) -> &'a str {
        if let Cell::Text(text) = self.cell(column) { text } else { "" }
    }

    /// Walks the parts of a list.
    pub fn list(self, column: &str) -> impl Iterator<Item = &'a str> {
        self.text(column).split(';').filter(|part| !part.is_empty())
    }

    /// Returns a whole number that may be below zero or missing.
    pub fn whole(self, column: &str) -> Option<i64> {
        if let Cell::Whole(number) = self.cell(column) { Some(*number) } else { None }
    }

    /// Returns a count; 0 where there is none.
    pub fn count(self, column: &str) -> usize {
        self.whole(column).and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
    }

    /// Returns a number; nothing where it cannot be formed.
    pub fn number(self, column: &str) -> Option<f64> {
        if let Cell::Number(number) = self.cell(column) { Some(*number) } else { None }
    }

    /// Returns a date.
    pub fn date(self, column: &str) -> Option<Date> {
        if let Cell::Date(date) = self.cell(column) { Some(*date) } else { None }
    }

    /// Tells whether a flag is set.
    pub fn flag(self, column: &str) -> bool {
        matches!(self.cell(column), Cell::Flag(true))
    }
}

impl Filled {
    /// Walks all rows.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| Record { columns: self.table.columns, cells: row })
    }

    /// Walks the rows of a term: rows are sorted, and in most tables the term stands first.
    pub fn of_term<'a>(&'a self, term: &'a str) -> impl Iterator<Item = Record<'a>> {
        let from = self.rows.partition_point(|row| first_text(row) < term);
        let to = self.rows.partition_point(|row| first_text(row) <= term);
        let rows = if self.table.columns[0].0 == TERM { &self.rows[from..to] } else { &self.rows[..0] };
        rows.iter().map(|row| Record { columns: self.table.columns, cells: row })
    }
}

fn first_text(row: &[Cell]) -> &str {
    if let Some(Cell::Text(text)) = row.first() { text } else { "" }
}

const TERM: &str = "term_id";

/// The filled tables by name.
#[derive(Clone, Copy)]
pub struct Tables<'a>(pub &'a [Filled]);

impl<'a> Tables<'a> {
    fn filled(self, table: &AnalyticsTable) -> Option<&'a Filled> {
        self.0.iter().find(|filled| filled.table.name == table.name)
    }

    /// Walks all rows of a table.
    pub fn all(self, table: &AnalyticsTable) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.filled(table).into_iter().flat_map(Filled::records)
    }

    /// Walks the rows of a table for a term.
    pub fn of_term(
        self,
        table: &AnalyticsTable,
        term: &'a str,
    ) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.filled(table).into_iter().flat_map(move |filled| filled.of_term(term))
    }

    /// Returns the tables of the input without which a table has no rows.
    pub fn absent(self, table: &AnalyticsTable) -> &'a [Table] {
        self.filled(table).map_or(&[], |filled| &filled.absent)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{STANDINGS, sheet};
    use super::*;

    #[test]
    fn rows_of_a_term_are_found_and_cells_read_by_name() {
        let row = |term: &str, pupil: &str, n5: usize| -> Vec<Cell> {
            STANDINGS
                .columns
                .iter()
                .map(|(name, _)| match *name {
                    "term_id" => term.into(),
                    "pupil_id" => pupil.into(),
                    "n5" => n5.into(),
                    "deciding" => "alg;rus".into(),
                    _ => Cell::Nothing,
                })
                .collect()
        };
        let mut rows = vec![row("Q2", "P1", 3), row("Q1", "P2", 2), row("Q10", "P3", 1), row("Q1", "P1", 4)];
        sheet::sort(&mut rows);
        let filled = [Filled { table: &STANDINGS, rows, absent: Vec::new() }];
        let tables = Tables(&filled);
        let of = |term| tables.of_term(&STANDINGS, term).map(|one| (one.text("pupil_id"), one.count("n5")));
        assert_eq!(of("Q1").collect::<Vec<_>>(), [("P1", 4), ("P2", 2)]);
        assert_eq!(of("Q2").collect::<Vec<_>>(), [("P1", 3)]);
        assert_eq!(of("Q3").count(), 0);
        let first = tables.all(&STANDINGS).next().expect("there are rows");
        assert_eq!(first.list("deciding").collect::<Vec<_>>(), ["alg", "rus"]);
        assert_eq!((first.whole("n4"), first.text("before")), (None, ""));
    }
}
