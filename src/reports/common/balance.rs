//! The balance of a term: who was there, who came, who left.

use super::TermData;
use crate::stats::analytics::{MOVEMENT, Record};

/// Columns of a balance, in the order of the papers.
pub const COLUMNS: [&str; 10] = [
    "start",
    "arrived",
    "transferred_in",
    "other_in",
    "left",
    "transferred_out",
    "other_out",
    "end",
    "boys",
    "girls",
];

/// Finds the balance of a scope: a class, a parallel, a level, the school.
pub fn of<'a>(data: &TermData<'a>, scope: &str, id: &str) -> Option<Record<'a>> {
    data.rows(&MOVEMENT).find(|row| row.text("scope") == scope && row.text("scope_id") == id)
}

/// Returns whether a column is printed even where it is zero: nobody came is seen better as an empty cell.
pub fn is_printed_as_zero(column: &str) -> bool {
    ["start", "end", "boys", "girls"].contains(&column)
}
