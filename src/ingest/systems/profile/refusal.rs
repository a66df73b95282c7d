//! The parts of a cell, and why a value is refused.

/// A value that no word list has, or that leads to several records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) value: String,
    pub(super) why: Why,
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The word list does not have it.
    NotInList(String),
    /// Several records of the table have it.
    Ambiguous(String),
    /// Several pupils of this class have it.
    Namesakes(String),
    /// Nobody in this class has it; the most similar name and its id.
    Stranger(String, Option<(String, String)>),
}

/// A part of a cell: its meaning and its spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) meaning: String,
    pub(super) printed: String,
}
