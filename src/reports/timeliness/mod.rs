//! The completeness and timeliness report (O5; Z.13, D.14), by which a deputy acts: PDF, workbook and HTML
//! page.
//!
//! In: the journal and the findings. Out: one view, [`Timeliness`], that the three forms print. Findings with
//! one cause are one line; counts are of findings, as in `data/findings.csv`. Rules that were not run come
//! first.

mod causes;
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
pub use corrections::{Agreement, Correction};
pub use figures::{Counts, DirectionLine, RuleLine, Stretch, Week};
pub use homework::{ClassLoad, Day, INSTEAD, NO_MINUTES};
pub use page::PAGE;

use super::context::ReportContext;
use super::each::Each;
use super::remarks_leaf;
use super::report::{Form, Keeping, Reader, Report};
use crate::ingest::SelectedRow;
use crate::render::pdf::PdfJob;
use crate::render::workbook::Book;

/// Title of the report.
pub const TITLE: &str = "Полнота и своевременность ведения журнала";
/// The report to print.
pub const PDF: &str = "reports/timeliness.pdf";
/// The workbook with every finding.
pub const WORKBOOK: &str = "workbooks/timeliness.xlsx";

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

/// The whole content of the report, for all of its forms.
pub struct Timeliness<'a> {
    /// What it speaks about.
    pub context: &'a ReportContext<'a>,
    /// Findings combined by cause, sorted by importance.
    pub causes: Vec<Cause<'a>>,
    /// Rules that ran, in their order.
    pub rules: Vec<RuleLine>,
    /// Directions of control.
    pub directions: Vec<DirectionLine>,
    /// The last term, and the one before it.
    pub stretches: [Option<Stretch>; 2],
    /// The year week by week.
    pub weeks: Vec<Week>,
    /// Homework by class and day; `None` if the source has no days for it.
    pub homework: Option<Vec<ClassLoad>>,
    /// Corrections, by moment.
    pub corrections: Vec<Correction<'a>>,
    /// Findings of an earlier build that no longer exist; `None` if there is no earlier list.
    pub mended: Option<Vec<&'a SelectedRow>>,
}

impl<'a> Timeliness<'a> {
    /// Gathers the report.
    pub fn new(context: &'a ReportContext<'a>) -> Self {
        let causes = fold(&context.checked.findings);
        let rules = figures::rule_lines(context, &causes);
        let stretches = figures::stretches(context);
        let directions = figures::direction_lines(context, &rules, stretches.each_ref().map(Option::as_ref));
        let weeks = figures::weeks(context);
        let homework = homework::loads(context);
        let corrections = corrections::corrections(context);
        let mended = remarks_leaf::mended(context);
        Self { context, causes, rules, directions, stretches, weeks, homework, corrections, mended }
    }

    /// Returns all counts together.
    pub fn total(&self) -> Counts {
        self.rules.iter().fold(Counts::default(), |sum, line| sum.plus(line.counts))
    }
}

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
