//! The position of a column in a header.

use crate::ingest::parse;

/// Returns the position of a column in a folded header: by its id, else by its title.
pub(super) fn find(header: &[String], id: &str, title: &str) -> Option<usize> {
    let title = parse::header(title);
    header.iter().position(|name| name == id).or_else(|| header.iter().position(|name| *name == title))
}
