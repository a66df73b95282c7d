//! Documents: the journal as pages and tables of ready strings. Templates and `render` print them, and
//! compute nothing.
//!
//! In: [`ReportContext`]. Out: jobs for the typesetter, workbooks and the index page. [`REPORTS`] is the list of reports; a report
//! is one file or folder here with its own [`Report`], one template, and one line of that list.

pub mod breach_act;
mod choice;
mod class_facts;
pub mod class_journal;
pub mod class_report;
pub mod common;
mod context;
pub mod control_works;
mod each;
mod finding_key;
pub mod forecast;
pub(crate) mod gaps;
pub mod index_page;
mod jobs;
pub mod labels;
pub mod movement;
mod pages;
pub mod problems_workbook;
pub mod programme;
mod pupils;
pub mod quarter;
mod quarter_workbook;
mod registry;
pub mod remarks_leaf;
mod report;
mod results;
pub mod selected;
pub mod summary_sheet;
pub mod teaching;
pub mod timeliness;
pub mod topics;
pub mod trace;

pub use choice::Choice;
pub use class_facts::class_facts;
pub use context::ReportContext;
pub use each::{About, Each, Of, Terms};
pub use jobs::{Made, ReportJob, chosen_jobs, jobs};
pub use pages::Pages;
pub use registry::{ON_REQUEST, REPORTS};
pub use report::{Form, Keeping, Reader, Report};

use crate::render::format;

/// Describes the rows behind a class's journal: their number, and one digest over them; no names.
pub fn source_line(rows: usize, digest: &str) -> String {
    let shown = digest.get(..16).unwrap_or(digest);
    format!(
        "строк исходных данных класса — {}, их контрольная сумма SHA-256 {shown}…",
        format::thousands(rows)
    )
}
