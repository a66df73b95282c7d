//! The control works of a term as the tables of the report see them.

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::reports::common::TermData;
use crate::reports::common::work_sum::WorkSum;
use crate::reports::context::ReportContext;
use crate::stats::analytics::{CONTROL_WORKS, Record, Written, written_works};

/// The works of a term as the tables see them.
pub(super) struct Works<'a> {
    pub(super) data: TermData<'a>,
    /// By the day of the work, then by class and subject.
    pub(super) rows: Vec<Record<'a>>,
    written: FxHashMap<&'a str, Written>,
}

impl<'a> Works<'a> {
    pub(super) fn new(context: &'a ReportContext<'a>, term: Id<Term>) -> Self {
        let data = TermData::new(context, term);
        let mut rows = data.rows_of_study(&CONTROL_WORKS);
        let day = |row: &Record<'_>| row.date("held_date").or(row.date("planned_date"));
        let course = |row: &Record<'_>| data.keys.course(row.text("course_id"));
        rows.sort_by_cached_key(|row| {
            (day(row), course(row).map(|id| data.keys.course_order(id)), row.text("work_id"))
        });
        let written = written_works(context.journal, context.roster, context.as_of);
        let written =
            written.into_iter().map(|one| (context.journal.works[one.work].key.as_str(), one)).collect();
        Self { data, rows, written }
    }

    pub(super) fn sum(&self) -> WorkSum {
        self.rows.iter().fold(WorkSum::default(), |sum, row| sum.with(*row))
    }

    pub(super) fn written(&self, row: Record<'_>) -> Option<&Written> {
        self.written.get(row.text("work_id"))
    }
}
