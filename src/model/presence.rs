//! Which tables and columns the inputs had.

use std::collections::{BTreeMap, BTreeSet};

use super::id::Id;
use super::records::{Class, Term};
use super::tables::Table;

/// Which tables and columns the inputs had: missing ones switch rules and figures off.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    given: BTreeMap<Table, BTreeSet<&'static str>>,
    partial: BTreeSet<Table>,
    dated: BTreeSet<Table>,
    /// Terms for which a class's lessons are missing; a class without terms: those of the rest of the year.
    unseen: BTreeMap<Id<Class>, BTreeSet<Id<Term>>>,
}

impl Presence {
    /// Records that a file had the table with the column.
    pub fn note(&mut self, table: Table, column: &'static str) {
        self.given.entry(table).or_default().insert(column);
    }

    /// Tells whether the table was given at all.
    pub fn has(&self, table: Table) -> bool {
        self.given.contains_key(&table)
    }

    /// Tells whether the table was given with the column.
    pub fn has_column(&self, table: Table, column: &str) -> bool {
        self.given.get(&table).is_some_and(|columns| columns.contains(column))
    }

    /// Records that snapshots show between which dates the table's rows were entered.
    pub fn note_dated(&mut self, table: Table) {
        self.dated.insert(table);
    }

    /// Returns whether the moments of entry are known, from a column or from snapshots.
    pub fn has_moments(&self, table: Table) -> bool {
        self.has_column(table, "recorded_at") || self.dated.contains(&table)
    }

    /// Records that the table has only some rows, such as lessons known only by their marks.
    pub fn note_partial(&mut self, table: Table) {
        self.partial.insert(table);
    }

    /// Records that a class's lessons, marks and absences cover a part of the year: not these terms, and not
    /// the year.
    pub fn note_unseen(&mut self, class: Id<Class>, terms: impl IntoIterator<Item = Id<Term>>) {
        self.unseen.entry(class).or_default().extend(terms);
    }

    /// Returns whether the source has no lessons of a class for a term: zeros would be false figures.
    pub fn is_unseen(&self, class: Id<Class>, term: Id<Term>) -> bool {
        self.unseen.get(&class).is_some_and(|terms| terms.contains(&term))
    }

    /// Returns whether a class's lessons cover only a part of the year.
    pub fn is_part_of_year(&self, class: Id<Class>) -> bool {
        self.unseen.contains_key(&class)
    }

    /// Returns whether the table may lack rows: a missing row then proves nothing.
    pub fn is_partial(&self, table: Table) -> bool {
        self.partial.contains(&table)
    }
}
