//! Documents of a year, made one by one as a build makes them.

use letopis::base::files::Document;
use letopis::render::pdf::PdfJob;
use letopis::reports::{Made, REPORTS, ReportContext, jobs};

fn made(context: &ReportContext<'_>, path: &str) -> Made {
    let all = jobs(REPORTS, context);
    let job = all.iter().find(|job| job.path == path).unwrap_or_else(|| panic!("no document is {path}"));
    job.make(context).expect("the document is made")
}

/// Makes the workbook or the page to read at a path.
pub(crate) fn file(context: &ReportContext<'_>, path: &str) -> Document {
    match made(context, path) {
        Made::File(draft) => draft.make().expect("the file is made"),
        Made::Pages(_) => panic!("{path} is typeset"),
    }
}

/// Lays out the document at a path.
pub(crate) fn pages(context: &ReportContext<'_>, path: &str) -> PdfJob {
    match made(context, path) {
        Made::Pages(job) => *job,
        Made::File(_) => panic!("{path} is not typeset"),
    }
}
