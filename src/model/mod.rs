//! The school year as plain typed records in arenas. No I/O, no heavy crate, no judgement.
//!
//! In: what `ingest` has read. Out: [`Journal`], and [`Roster`], the look-ups that all later stages share.

mod calendar;
mod cells;
mod codecs;
mod codes;
mod columns;
mod entered;
mod facts;
mod grades;
mod groups;
mod id;
mod journal;
mod mark_values;
mod presence;
mod records;
mod roster;
mod row;
mod school;
mod snapshots;
mod stored;
mod tables;
mod values;

pub use codes::*;
pub use entered::Entered;
pub use facts::{CourseTeachers, FIRST_MARKED_GRADE, SeenTermMarks, TermMarkKey, last_entered};
pub use grades::GradeSet;
pub use id::{Arena, Id};
pub use journal::Journal;
pub use mark_values::*;
pub use presence::Presence;
pub use records::*;
pub use roster::{Member, Membership, Roster};
pub use school::{ArchiveIds, Deputy, Official, Officials, Regulation, School, SchoolYear};
pub use snapshots::{Interval, Snapshot};
pub use tables::Table;
pub use values::{Span, Text};

/// The tables of the exchange format column by column.
pub mod schema {
    pub use super::columns::{Column, Kind, TableSchema};
    pub use super::stored::{TABLES, schema_of};
}

/// Records as rows of their tables.
pub mod rows {
    pub use super::cells::{Reader, Referred, Writer, Written};
    pub use super::row::Row;
    pub use super::stored::{Keyed, Records, Stored, Visit};
}
