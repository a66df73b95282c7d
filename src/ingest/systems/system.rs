//! What a journal system hands over.

use crate::base::said::Said;
use crate::ingest::builder::Builder;
use crate::ingest::raw::RawSheet;
use crate::ingest::reading::TableRows;
use crate::model::Table;

/// A system whose reports no profile can describe: it hands over records.
pub(crate) struct ReportSystem {
    /// The system's id, as aliases and trust name it.
    pub(crate) id: &'static str,
    /// The system's name.
    pub(crate) title: Said<&'static str>,
    /// Returns whether a sheet is one of the system's reports.
    pub(crate) recognises: fn(&RawSheet) -> bool,
    /// Reads its sheets into the journal, after all tables; each comes with the index of its origin. Returns how
    /// many records of each table they gave.
    pub(crate) read: fn(&[(u32, &RawSheet)], &mut Builder) -> Vec<TableRows>,
}

/// A table of the exchange format that a profile made of a system's file: it is read like the school's own.
pub(crate) struct GivenTable {
    /// Which table.
    pub(crate) table: Table,
    /// Its rows, with a header.
    pub(crate) sheet: RawSheet<'static>,
    /// Rows that could not be made.
    pub(crate) left_out: usize,
}

/// A sheet of the bundle's own tables, for systems that look up records in them: its table, the positions of its
/// columns and its header row.
pub(crate) type OwnTable<'t> = (Table, &'t RawSheet<'t>, &'t [Option<usize>], u32);
