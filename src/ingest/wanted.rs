//! The requested part of a bundle: all of it, or what an older snapshot is needed for.

use crate::model::Table;

/// The requested part of a bundle.
pub(crate) struct Wanted<'a> {
    /// Which files.
    pub(crate) file: &'a (dyn Fn(&str) -> bool + Sync),
    /// Only entries of the journal and the records they refer to.
    pub(crate) only_entries: bool,
}

impl<'a> Wanted<'a> {
    /// Everything in the requested files.
    pub(crate) fn all(file: &'a (dyn Fn(&str) -> bool + Sync)) -> Self {
        Self { file, only_entries: false }
    }

    /// Only entries of the journal and the records they refer to; contradictions are not checked.
    pub(crate) fn entries(file: &'a (dyn Fn(&str) -> bool + Sync)) -> Self {
        Self { file, only_entries: true }
    }

    /// Returns whether a table is to be read.
    pub(crate) fn has(&self, table: Table) -> bool {
        use Table::*;
        let is_aside = matches!(
            table,
            Holidays
                | Suspensions
                | Bells
                | Curriculum
                | LessonPlans
                | Timetable
                | DayMoves
                | AbsenceRegister
                | Accounts
                | Changes
                | Breaches
                | Consents
                | Acknowledgements
                | Recommendations
                | Remarks
                | Setup
                | Decisions
        );
        !(self.only_entries && is_aside)
    }
}
