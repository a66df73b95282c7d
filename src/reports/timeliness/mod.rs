//! The completeness and timeliness report (O5; Z.13, D.14), by which a deputy acts: PDF, workbook and HTML
//! page.
//!
//! In: the journal and the findings. Out: one view, [`Timeliness`], that the three forms print. Findings with
//! one cause are one line; counts are of findings, as in `data/findings.csv`. Rules that were not run come
//! first.

mod causes;
mod content;
mod corrections;
mod doubles;
mod figures;
mod homework;
mod page;
mod pages;
mod people;
pub(super) mod phrases;
mod sheets;

use anyhow::Result;

pub use causes::{Cause, fold};
pub use content::{PDF, TITLE, Timeliness, WORKBOOK};
pub use corrections::{Agreement, Correction};
pub use figures::{Counts, DirectionLine, RuleLine, Stretch, Week};
pub use homework::{ClassLoad, Day, INSTEAD, NO_MINUTES};
pub use page::PAGE;
pub(super) use people::answerable;

use super::context::ReportContext;
use super::each::Each;
use super::report::{Form, Keeping, Reader, Report};
use crate::render::pdf::PdfJob;
use crate::render::workbook::Book;

/// The report.
pub static REPORT: Report = Report {
    kind: "timeliness",
    title: TITLE,
    readers: &[Reader::Deputy, Reader::Director],
    keeping: Keeping::Report,
    each: Each::School,
    forms: &[
        Form::Screen(|context, _| page(context)),
        Form::Pages { template: pages::TEMPLATE, make: |context, _, path| Ok(job(context, path)?) },
        Form::Workbook(|context, _| Ok(workbook(context))),
    ],
    missing: "не создан",
};

/// Returns the typesetter's job.
///
/// # Errors
/// When the view cannot be written as JSON, which is a fault of the program.
pub fn job(context: &ReportContext<'_>, path: &str) -> serde_json::Result<PdfJob> {
    pages::job(&Timeliness::new(context), path)
}

/// Makes the workbook.
pub fn workbook(context: &ReportContext<'_>) -> Book {
    sheets::workbook(&Timeliness::new(context))
}

/// Makes the page to read.
///
/// # Errors
/// When template and view do not match, which is a fault of the program.
pub fn page(context: &ReportContext<'_>) -> Result<String> {
    page::html(&Timeliness::new(context))
}
