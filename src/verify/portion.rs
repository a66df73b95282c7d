//! How much of a bag's content is read this time: all of it, or a portion that a record knows.

use std::collections::BTreeSet;

use super::report::PartReport;
use crate::verify::checks::{Span, Spans};

/// What is to be read of one bag.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// Stretches of the ring to be read.
    pub wanted: Vec<Span>,
    /// What was read before in this round.
    pub read: Spans,
    /// Files that were not whole when they were read last: they are read again each time.
    pub again: BTreeSet<String>,
}

/// What was read of one bag without a stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Where it lies on the ring; nothing for files that are read again.
    pub span: Option<Span>,
    /// Documents read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Documents that are not whole, or could not be read.
    pub faults: Vec<String>,
    /// Documents that are whole again.
    pub mended: Vec<String>,
}

/// Decides what is read of each bag, and is told what was.
pub trait Portions {
    /// Returns what is to be read of a bag, by its path and by what it is; `None` for everything at once.
    fn assign(&mut self, path: &str, identity: &str) -> Option<Assignment>;

    /// Tells whether the time is over; asked after every stretch.
    fn is_over(&self) -> bool;

    /// Takes note of what was read.
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
