//! Which tables and columns a package keeps.

use crate::model::Table;

/// Which columns of which tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything: for the package of journals.
    Everything,
    /// The tables behind the summary sheets, without addresses, phones, parents and health data: kept 25
    /// years.
    SummarySheets,
}

/// The tables behind the summary sheets (R.2.15–R.2.17).
const SHEET_TABLES: &[Table] = &[
    Table::Staff,
    Table::Terms,
    Table::Subjects,
    Table::Classes,
    Table::Pupils,
    Table::Enrolment,
    Table::Groups,
    Table::GroupMembers,
    Table::Courses,
    Table::TermMarks,
    Table::Decisions,
];

/// Personal data that summary sheets do not need.
const WITHHELD: &[&str] = &["address", "phone", "parents", "health_group", "pe_group"];

impl Extent {
    pub(super) fn has_table(self, table: Table) -> bool {
        self == Self::Everything || SHEET_TABLES.contains(&table)
    }

    pub(super) fn has_column(self, table: Table, column: &str) -> bool {
        self == Self::Everything || table != Table::Pupils || !WITHHELD.contains(&column)
    }
}
