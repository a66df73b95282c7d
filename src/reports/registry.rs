//! The list of reports: a report that is not here is not made.

use super::report::Report;
use super::{breach_act, class_journal, quarter_workbook, summary_sheet, timeliness};

/// Every report, in the order of the index page.
pub static REPORTS: &[&Report] = &[
    &class_journal::REPORT,
    &summary_sheet::REPORT,
    &quarter_workbook::REPORT,
    &timeliness::REPORT,
    &breach_act::REPORT,
];
