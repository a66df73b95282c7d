//! The result of reading a bundle.

use jiff::civil::Date;

use crate::base::problems::Problem;
use crate::base::said::Said;
use crate::base::source::Origin;
use crate::model::{Journal, School, SchoolYear, Table, Text};

/// The result of reading a bundle.
pub struct Reading {
    /// The journal; `None` if `school.toml` is missing or cannot be understood.
    pub journal: Option<Journal>,
    /// The date that the bundle itself asks to be built for.
    pub as_of: Option<Date>,
    /// The problems, errors first.
    pub problems: Vec<Problem>,
    /// Rows read and rows left out, for each table that was given.
    pub rows: Vec<TableRows>,
    /// How each file or sheet was recognised, and why.
    pub sources: Vec<SourceNote>,
}

/// How a file or sheet was recognised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceNote {
    /// File inside the bundle.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// The table of the exchange format, or the title of the profile.
    pub taken_for: Said,
    /// What it was recognised by.
    pub why: Said,
}

/// How many rows of a table were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRows {
    /// Which table.
    pub table: Table,
    /// Rows kept.
    pub kept: usize,
    /// Rows left out because of an error.
    pub left_out: usize,
}

/// What `school.toml` says about the year, without reading any table.
pub struct Head {
    /// The school.
    pub school: School,
    /// The school year.
    pub year: SchoolYear,
    /// The date that the bundle itself asks to be built for.
    pub as_of: Option<Date>,
    /// Bundles of earlier years to compare with, as they are written.
    pub compare: Vec<String>,
}

/// The result of reading some of a bundle's files.
pub(crate) struct Part {
    pub(crate) reading: Reading,
    /// The system of each origin of the journal.
    pub(crate) systems: Vec<Text>,
}

impl SourceNote {
    /// Records how a file or sheet was recognised.
    pub(crate) fn new(origin: &Origin, taken_for: Said, why: Said) -> Self {
        Self { file: origin.file.clone(), sheet: origin.sheet.clone(), taken_for, why }
    }
}

impl TableRows {
    /// Adds the counts of some rows to those of their table.
    pub(crate) fn add_to(self, all: &mut Vec<Self>) {
        match all.iter_mut().find(|counts| counts.table == self.table) {
            Some(counts) => {
                counts.kept += self.kept;
                counts.left_out += self.left_out;
            }
            None => all.push(self),
        }
    }
}
