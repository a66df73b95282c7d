//! Documents: the journal as pages and tables of ready strings. Templates and `render` print them, and compute nothing.
//!
//! In: [`ReportContext`]. Out: jobs for the typesetter, workbooks and the index page. [`REPORTS`] is the list of what
//! is typeset for every class.

pub mod class_journal;
pub mod index_page;
mod pupils;
mod quarter_workbook;
mod results;
pub mod summary_sheet;

use jiff::civil::Date;

pub use quarter_workbook::workbooks;

use crate::build_record::DocumentRecord;
use crate::findings::Problem;
use crate::model::{Class, Id, Journal, Roster};
use crate::policy::Policy;
use crate::render::pdf::PdfJob;
use crate::render::{file_names, format};
use crate::rules::Checked;
use crate::stats::Figure;

/// Everything a document may print.
pub struct ReportContext<'a> {
    /// The school year of facts.
    pub journal: &'a Journal,
    /// Who is where on which day.
    pub roster: &'a Roster,
    /// The figures.
    pub figures: &'a [Figure],
    /// The findings, and what was not run.
    pub checked: &'a Checked,
    /// Problems of the input.
    pub problems: &'a [Problem],
    /// The figures of the regulation in force.
    pub policy: &'a Policy,
    /// The date the build speaks for.
    pub as_of: Date,
    /// Lines that name what the documents were made from.
    pub sources: Vec<String>,
}

/// A document typeset for every class.
pub struct Report {
    /// Folder below the outputs, and the beginning of the file's name.
    pub folder: &'static str,
    /// Beginning of the file's name.
    pub stem: &'static str,
    /// Title for people; the class follows.
    pub title: &'static str,
    /// Makes the typesetter's job for a class and a path.
    pub make: fn(&ReportContext<'_>, Id<Class>, &str) -> PdfJob,
}

/// Every document typeset for every class.
pub const REPORTS: &[Report] = &[
    Report {
        folder: "journals",
        stem: "journal",
        title: "Классный журнал",
        make: |context, class, path| {
            class_journal::job(context.journal, context.roster, class, context.as_of, &context.sources, path)
        },
    },
    Report {
        folder: "summary-sheets",
        stem: "summary",
        title: "Сводная ведомость",
        make: |context, class, path| {
            summary_sheet::job(context.journal, context.roster, class, context.as_of, path)
        },
    },
];

/// One document to be typeset.
pub struct ReportJob {
    /// Title for people: no personal names.
    pub title: String,
    path: String,
    class: Id<Class>,
    report: &'static Report,
}

impl ReportJob {
    /// Lays the document out for the typesetter.
    pub fn make(&self, context: &ReportContext<'_>) -> PdfJob {
        (self.report.make)(context, self.class, &self.path)
    }

    /// Returns its line of `build.json`.
    pub fn record(&self, pages: usize) -> DocumentRecord {
        DocumentRecord { path: self.path.clone(), title: self.title.clone(), pages }
    }
}

/// Lists the documents of a year: by report, then by grade and class.
pub fn jobs(journal: &Journal) -> Vec<ReportJob> {
    let mut classes: Vec<Id<Class>> = journal.classes.ids().collect();
    classes.sort_by_key(|id| (journal.classes[*id].grade, journal.classes[*id].key.clone()));
    let stems = file_names::file_stems(classes.iter().map(|id| journal.classes[*id].key.as_str()));
    let for_class = |report: &'static Report| {
        classes.iter().zip(&stems).map(move |(class, stem)| ReportJob {
            title: format!("{}, {} класс", report.title, journal.classes[*class].key),
            path: format!("{}/{}-{stem}.pdf", report.folder, report.stem),
            class: *class,
            report,
        })
    };
    REPORTS.iter().flat_map(for_class).collect()
}

/// Names what documents were made from: number of files and one digest over all of them, no names.
pub fn source_lines(files: usize, digest: &str) -> Vec<String> {
    let noun = format::plural(files, ["файл", "файла", "файлов"]);
    vec![format!(
        "{files} {noun} выгрузки, сводная контрольная сумма SHA-256 {}…",
        &digest[..digest.len().min(16)]
    )]
}
