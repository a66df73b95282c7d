//! Rows that several files have: which records they mean, and which of them are read.

mod overlap;
mod renamed;
mod same;

use std::sync::Arc;

use super::builder::Builder;
use super::tables::{Chosen, Placed};
use crate::model::Table;

/// Compares the sheets of a table: records of other systems get the ids of the bundle's own, and of rows with the
/// same fact one is chosen.
pub(super) fn choose_rows(table: Table, sheets: &[&Placed], builder: &mut Builder) -> Chosen {
    renamed::note_renamed(table, sheets, Arc::make_mut(&mut builder.aliases), &mut builder.problems);
    let (aliases, trust) = (Arc::clone(&builder.aliases), &builder.sources.trust);
    overlap::choose(table, sheets, (&aliases, trust), &mut builder.problems)
}
