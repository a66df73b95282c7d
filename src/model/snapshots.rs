//! Dated snapshots of the journal, and the interval between two of them.

use jiff::civil::DateTime;

/// A dated copy of the journal: the export was made at some moment between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snapshot {
    /// The earliest moment; for a date alone its midnight.
    pub first: DateTime,
    /// The latest moment; for a date alone its last second.
    pub last: DateTime,
}

/// Between which snapshots an entry first appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// It was not in a snapshot taken then or later, so it was made no earlier; `None` if every snapshot has
    /// it.
    pub after: Option<DateTime>,
    /// It was in a snapshot taken then or earlier, so it was made no later.
    pub by: DateTime,
}
