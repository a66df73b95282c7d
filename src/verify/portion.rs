//! How much of a bag's content is read this time: all of it, or a portion from a record.

use std::collections::BTreeSet;

use super::report::PartReport;
use crate::verify::checks::{Span, Spans};

/// The portion to read of one bag.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// Stretches of the ring to read.
    pub wanted: Vec<Span>,
    /// What was read earlier in this round.
    pub read: Spans,
    /// Files that were damaged when last read. They are read again each time.
    pub again: BTreeSet<String>,
}

/// What was read of one bag without a stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Its place on the ring; `None` for files that are read again.
    pub span: Option<Span>,
    /// Documents read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Documents that are damaged or could not be read.
    pub faults: Vec<String>,
    /// Documents that are intact again.
    pub mended: Vec<String>,
}

/// Decides how much of each bag is read, and receives what was read.
pub trait Portions {
    /// Returns what to read of a bag, by path and identity; `None` for everything at once.
    fn assign(&mut self, path: &str, identity: &str) -> Option<Assignment>;

    /// Returns whether the time is over; asked after every stretch.
    fn is_over(&self) -> bool;

    /// Records what was read.
    fn note(&mut self, path: &str, identity: &str, stretch: &Stretch);
}

/// Everything, at once.
pub(super) struct Everything;

impl Portions for Everything {
    fn assign(&mut self, _: &str, _: &str) -> Option<Assignment> {
        None
    }

    fn is_over(&self) -> bool {
        false
    }

    fn note(&mut self, _: &str, _: &str, _: &Stretch) {}
}

/// Counts the documents of a bag by whether they have been read in this round.
pub(super) fn counted(
    documents: impl Iterator<Item = (u64, u64)>,
    read: &Spans,
    now: &Stretch,
) -> PartReport {
    let mut part = PartReport { files: now.files, bytes: now.bytes, ..PartReport::default() };
    for (slot, bytes) in documents {
        part.files_total += 1;
        part.bytes_total += bytes;
        if !read.has(slot) {
            part.files_left += 1;
            part.bytes_left += bytes;
        }
    }
    part
}
