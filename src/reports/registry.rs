//! The list of reports: a report that is not here is not made.

use super::report::Report;
use super::{
    breach_act, class_journal, class_report, control_works, movement, programme, quarter, quarter_workbook,
    summary_sheet, teaching, timeliness, topics, trace,
};

/// Every report that a build makes by itself, in the order of the index page.
pub static REPORTS: &[&Report] = &[
    &class_journal::REPORT,
    &summary_sheet::REPORT,
    &quarter::REPORT,
    &class_report::REPORT,
    &quarter_workbook::REPORT,
    &quarter_workbook::FIGURES,
    &control_works::REPORT,
    &programme::REPORT,
    &movement::REPORT,
    &teaching::TEACHERS,
    &teaching::SUBJECTS,
    &timeliness::REPORT,
    &trace::REPORT,
    &breach_act::REPORT,
];

/// Every report that is made only where it is asked for (`--only`, `letopis report`).
pub static ON_REQUEST: &[&Report] = &[&topics::REPORT];

/// The reports whose documents read the facts of their class alone, and those that all classes share: such a document is not
/// laid out again while `class_facts` gives the same digest. A report that reads figures, analytics, findings or facts
/// of another class is not here, nor one that reads a table which `class_facts` leaves out.
static OF_ONE_CLASS: &[&Report] = &[&class_journal::REPORT, &summary_sheet::REPORT];

/// Returns whether the documents of a report read the facts of their class alone.
pub(super) fn reads_one_class(report: &Report) -> bool {
    OF_ONE_CLASS.iter().any(|one| one.kind == report.kind)
}
