//! When an entry was made: as the source says, or between which dated snapshots of the journal it first
//! appeared.

use jiff::civil::DateTime;

use super::records::{Absence, Homework, Lesson, Mark, TermMark};
use super::snapshots::Interval;

/// What is known about the moment of an entry.
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
    /// Returns the earliest possible moment of the entry, if known.
    pub fn earliest(self) -> Option<DateTime> {
        match self {
            Self::At(at) => Some(at),
            Self::Between(interval) => interval.after,
            Self::Unknown => None,
        }
    }

    /// Returns the latest possible moment of the entry, if known.
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
            /// Returns what is known about the moment of the entry: the source's own value comes first.
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
