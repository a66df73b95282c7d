//! What describes a table of the exchange format: its columns by id, Russian title and kind.

use super::tables::Table;

/// What a column's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text, code or id; lists are separated by `;`.
    Text,
    /// A date.
    Date,
    /// A date and time.
    Moment,
    /// A time of day.
    Time,
    /// A whole number.
    Whole,
    /// A number.
    Decimal,
    /// `1/0`, `true/false`, `да/нет`.
    Flag,
}

/// The possible content of a column's cells, from its [`super::cells::Codec`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds {
    kind: Kind,
    refers: Option<Table>,
    codes: &'static [&'static str],
    words: &'static [&'static str],
    note: &'static str,
}

impl Holds {
    /// Any value of a kind.
    pub(super) const fn any(kind: Kind) -> Self {
        Self { kind, refers: None, codes: &[], words: &[], note: "" }
    }

    /// One of some codes, each with its word.
    pub(super) const fn codes(codes: &'static [&'static str], words: &'static [&'static str]) -> Self {
        Self { codes, words, ..Self::any(Kind::Text) }
    }

    /// An id of a table.
    pub(super) const fn id_of(table: Table) -> Self {
        Self { refers: Some(table), ..Self::any(Kind::Text) }
    }

    /// Sets the note for people on such cells.
    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its id in the exchange format.
    pub id: &'static str,
    /// Its Russian title.
    pub title: &'static str,
    /// Must stand in every file of the table.
    pub required: bool,
    /// What its cells hold.
    pub kind: Kind,
    /// The table whose ids the cells hold.
    pub refers: Option<Table>,
    /// The allowed values of the cells; empty if any is allowed.
    pub codes: &'static [&'static str],
    /// The word that people write for each code.
    pub words: &'static [&'static str],
    /// A description for a person who fills it in; empty if its kind says enough.
    pub note: &'static str,
    /// A cell as a person would type it.
    pub example: &'static str,
}

impl Column {
    /// A column that must stand in every file of the table.
    pub(super) const fn required(id: &'static str, title: &'static str, holds: Holds) -> Self {
        let Holds { kind, refers, codes, words, note } = holds;
        Self { id, title, required: true, kind, refers, codes, words, note, example: "" }
    }

    /// A column that may be missing, or empty.
    pub(super) const fn optional(id: &'static str, title: &'static str, holds: Holds) -> Self {
        Self { required: false, ..Self::required(id, title, holds) }
    }

    /// Gives it an example.
    pub(super) const fn eg(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// Sets the table of its ids, if its kind of cells does not.
    pub(super) const fn refers(self, table: Table) -> Self {
        Self { refers: Some(table), ..self }
    }

    /// Sets the description, if its kind of cells does not say enough.
    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct TableSchema {
    /// Which table.
    pub table: Table,
    /// Its Russian title.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}
