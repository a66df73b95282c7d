//! When an entry was made: as the source says, or between which dated snapshots of the journal it first appeared.

use jiff::civil::DateTime;

use super::records::{Absence, Homework, Lesson, Mark, TermMark};

/// A dated copy of the journal: the export was made at some moment between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snapshot {
    /// The earliest moment; of a date alone its midnight.
    pub first: DateTime,
    /// The latest moment; of a date alone its last second.
    pub last: DateTime,
}

/// Between which snapshots an entry first appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// It was not in a snapshot made then or later, so it was made no earlier; none: no snapshot was without it.
    pub after: Option<DateTime>,
    /// It was in a snapshot made then or earlier, so it was made no later.
    pub by: DateTime,
}

/// What is known of the moment of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// The source says it.
    At(DateTime),
    /// Snapshots tell of it.
    Between(Interval),
    /// Nothing.
    Unknown,
}

impl Entered {
    /// Returns the earliest moment it may have been made, where that is known.
    pub fn earliest(self) -> Option<DateTime> {
        match self {
            Self::At(at) => Some(at),
            Self::Between(interval) => interval.after,
            Self::Unknown => None,
        }
    }

    /// Returns the latest moment it may have been made, where that is known.
    pub fn latest(self) -> Option<DateTime> {
        match self {
            Self::At(at) => Some(at),
            Self::Between(interval) => Some(interval.by),
            Self::Unknown => None,
        }
    }
}

macro_rules! entered {
    ($($record:ty),*) => {
        $(impl $record {
            /// Returns what is known of the moment it was entered: the source's own word goes first.
            pub fn entered(&self) -> Entered {
                match (self.recorded_at, self.seen.as_deref().copied()) {
                    (Some(at), _) => Entered::At(at),
                    (None, Some(interval)) => Entered::Between(interval),
                    (None, None) => Entered::Unknown,
                }
            }
        })*
    };
}

entered!(Lesson, Homework, Mark, Absence, TermMark);
