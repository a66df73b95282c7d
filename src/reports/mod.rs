//! Documents: the journal as pages and tables of ready strings. Templates and `render` print them, and compute nothing.
//!
//! In: [`ReportContext`]. Out: jobs for the typesetter, workbooks and the index page. [`REPORTS`] is the list of what
//! is typeset for every class.

pub mod breach_act;
pub mod class_journal;
mod finding_key;
pub(crate) mod gaps;
pub mod index_page;
pub mod labels;
pub mod problems_workbook;
mod pupils;
mod quarter_workbook;
pub mod remarks_leaf;
mod results;
pub mod summary_sheet;
pub mod timeliness;

use anyhow::Result;
use jiff::civil::Date;

pub use quarter_workbook::workbooks;

use crate::base::files::Document;
use crate::base::problems::Problem;
use crate::base::series::Series;
use crate::data::build_record::DocumentRecord;
use crate::ingest::Selection;
use crate::model::{Class, Id, Journal, Roster};
use crate::policy::Policy;
use crate::render::pdf::{PdfJob, TypesetError};
use crate::render::{file_names, format};
use crate::rules::Checked;
use crate::stats::Figure;
use crate::stats::analytics::Filled;

/// Everything a document may print.
pub struct ReportContext<'a> {
    /// The school year of facts.
    pub journal: &'a Journal,
    /// Who is where on which day.
    pub roster: &'a Roster,
    /// The figures.
    pub figures: &'a [Figure],
    /// The tables about pupils, teaching and works.
    pub analytics: &'a [Filled],
    /// The findings, and what was not run.
    pub checked: &'a Checked,
    /// Problems of the input.
    pub problems: &'a [Problem],
    /// What the deputy selected, and the findings of an earlier build.
    pub selection: &'a Selection,
    /// The figures of the regulation in force.
    pub policy: &'a Policy,
    /// The date that the build is made for.
    pub as_of: Date,
    /// A line for each class, in the order of their table, that names the rows its journal is made from; none where empty.
    pub sources: Vec<String>,
}

/// A document typeset for every class.
pub struct Report {
    /// The package it goes into, with how long it is kept; the documents stand in a folder of the package's id.
    pub series: Series,
    /// Beginning of the file's name.
    pub stem: &'static str,
    /// Title for people; the class follows.
    pub title: &'static str,
    /// What its column on the index page says where a class has none.
    pub missing: &'static str,
    /// Makes the typesetter's job for a class and a path.
    pub make: fn(&ReportContext<'_>, Id<Class>, &str) -> serde_json::Result<PdfJob>,
}

/// Every document typeset for every class.
pub static REPORTS: &[Report] = &[
    Report {
        series: Series::Journals,
        stem: "journal",
        title: "Классный журнал",
        missing: "не создан",
        make: |context, class, path| {
            let making = class_journal::Making {
                roster: context.roster,
                as_of: context.as_of,
                sources: context.sources.get(class.index()).map_or(&[], std::slice::from_ref),
                remarks: &remarks_leaf::remarks(context),
            };
            class_journal::job(context.journal, class, &making, path)
        },
    },
    Report {
        series: Series::SummarySheets,
        stem: "summary",
        title: "Сводная ведомость",
        missing: "не создана",
        make: |context, class, path| {
            summary_sheet::job(context.journal, context.roster, class, context.as_of, path)
        },
    },
];

/// A document typeset once for the school.
pub struct SchoolReport {
    /// Path below the outputs.
    pub path: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// Makes the typesetter's job for a path.
    pub make: fn(&ReportContext<'_>, &str) -> serde_json::Result<PdfJob>,
}

/// Every document typeset once for the school.
pub const SCHOOL_REPORTS: &[SchoolReport] =
    &[SchoolReport { path: timeliness::PDF, title: timeliness::TITLE, make: timeliness::job }];

/// One document to be typeset.
pub struct ReportJob {
    /// Title for people: no personal names.
    pub title: String,
    path: String,
    of: Of,
}

/// What a document is typeset for.
enum Of {
    Class(Id<Class>, &'static Report),
    School(&'static SchoolReport),
    Breach(usize),
}

impl ReportJob {
    /// Lays the document out for the typesetter.
    ///
    /// # Errors
    /// When the document's view cannot be written as JSON: a fault of the program.
    pub fn make(&self, context: &ReportContext<'_>) -> Result<PdfJob, TypesetError> {
        let job = match self.of {
            Of::Class(class, report) => (report.make)(context, class, &self.path),
            Of::School(report) => (report.make)(context, &self.path),
            Of::Breach(index) => breach_act::job(context, index, &self.path),
        };
        job.map_err(|error| TypesetError { path: self.path.clone(), messages: vec![error.to_string()] })
    }

    /// Returns its line of `build.json`.
    pub fn record(&self, pages: usize) -> DocumentRecord {
        DocumentRecord { path: self.path.clone(), title: self.title.clone(), pages }
    }
}

/// Lists the documents of a year: by report, then by grade and class; last those of the school and the acts.
pub fn jobs(journal: &Journal) -> Vec<ReportJob> {
    let mut classes: Vec<Id<Class>> = journal.classes.ids().collect();
    classes.sort_by_key(|id| (journal.classes[*id].grade, journal.classes[*id].key.clone()));
    let stems = file_names::file_stems(classes.iter().map(|id| journal.classes[*id].key.as_str()));
    let for_class = |report: &'static Report| {
        classes.iter().zip(&stems).map(move |(class, stem)| ReportJob {
            title: format!("{}, {} класс", report.title, journal.classes[*class].key),
            path: format!("{}/{}-{stem}.pdf", report.series.id(), report.stem),
            of: Of::Class(*class, report),
        })
    };
    let of_school = SCHOOL_REPORTS.iter().map(|report| ReportJob {
        title: report.title.to_owned(),
        path: report.path.to_owned(),
        of: Of::School(report),
    });
    let acts = (0..journal.breaches.len()).map(|index| ReportJob {
        title: format!("{} № {}", breach_act::TITLE, index + 1),
        path: format!("acts/breach-{}.pdf", index + 1),
        of: Of::Breach(index),
    });
    REPORTS.iter().flat_map(for_class).chain(of_school).chain(acts).collect()
}

/// Makes what the completeness and timeliness report has besides its PDF: the workbook and the page to read, each with its
/// title.
///
/// # Errors
/// When the workbook cannot be written to memory, or the template and its view do not fit.
pub fn timeliness_files(context: &ReportContext<'_>) -> Result<Vec<(Document, String)>> {
    Ok(vec![timeliness::workbook(context)?, timeliness::page(context)?])
}

/// Names what a class's journal is made from: how many rows of its own, and one digest over them; no names.
pub fn source_line(rows: usize, digest: &str) -> String {
    let shown = digest.get(..16).unwrap_or(digest);
    format!(
        "строк исходных данных класса — {}, их контрольная сумма SHA-256 {shown}…",
        format::thousands(rows)
    )
}
