//! Makes every document for people, many at a time; one that fails does not stop the others.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use crate::base::files::Checksums;
use crate::data::build_record::DocumentRecord;
use crate::outputs::Staging;
use crate::package::PageMarks;
use crate::package::products::Products;
use crate::render::page_marks::page_marks;
use crate::render::pdf::{self, TypesetError};
use crate::reports::{Made, ReportContext, ReportJob};

/// What became of the documents that are due.
#[derive(Default)]
pub(super) struct Documents {
    /// Those that were made, in the order of the jobs.
    pub(super) made: Vec<DocumentRecord>,
    /// Those that were not.
    pub(super) failed: Vec<Failure>,
    /// What stands on each page of those that are typeset.
    pub(super) page_marks: PageMarks,
}

/// A document that could not be made.
pub(super) struct Failure {
    /// Where it would stand below the outputs.
    pub(super) path: String,
    /// Its title.
    pub(super) title: String,
    /// Why.
    pub(super) error: TypesetError,
}

/// Makes the documents and writes them.
///
/// # Errors
/// When the disk refuses.
pub(super) fn make(
    context: &ReportContext<'_>,
    jobs: &[ReportJob],
    threads: usize,
    (staging, products): (&Staging, &Products),
) -> Result<Documents> {
    let workshop = Workshop { context, jobs, staging, products, results: Mutex::default() };
    pdf::typeset(jobs.len(), threads, &|index| workshop.lay_out(index), &|index, result| match result {
        Ok(pdf) => workshop.write(index, &pdf.bytes, pdf.pages),
        Err(error) => workshop.note(index, Err(error)),
    });
    workshop.finish()
}

/// The documents while they are made by several threads.
struct Workshop<'a> {
    context: &'a ReportContext<'a>,
    jobs: &'a [ReportJob],
    staging: &'a Staging,
    products: &'a Products,
    results: Mutex<Results>,
}

#[derive(Default)]
struct Results {
    /// Of each job that is done, its number of pages or why it failed.
    ended: Vec<(usize, Result<usize, TypesetError>)>,
    page_marks: PageMarks,
    /// The first refusal of the disk.
    refused: Option<anyhow::Error>,
}

impl Workshop<'_> {
    fn results(&self) -> MutexGuard<'_, Results> {
        // The results are whole after every single change, whatever became of the thread that made it.
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a document that is a file as it is; of others, what is to be typeset.
    fn lay_out(&self, index: usize) -> Option<Result<pdf::PdfJob, TypesetError>> {
        let job = &self.jobs[index];
        match job.make(self.context) {
            Ok(Made::Pages(pages)) => {
                let marks = page_marks(&pages);
                self.results().page_marks.insert(job.path.clone(), marks);
                Some(Ok(*pages))
            }
            Ok(Made::File(document)) => {
                self.write(index, &document.bytes, 0);
                None
            }
            Err(error) => Some(Err(TypesetError::of_program(&job.path, format!("{error:#}")))),
        }
    }

    fn write(&self, index: usize, bytes: &[u8], pages: usize) {
        let path = &self.jobs[index].path;
        match self.staging.write_bytes(path, bytes) {
            Ok(()) => {
                self.products.add(path, Checksums::of(bytes));
                self.note(index, Ok(pages));
            }
            Err(error) => drop(self.results().refused.get_or_insert(error)),
        }
    }

    fn note(&self, index: usize, end: Result<usize, TypesetError>) {
        self.results().ended.push((index, end));
    }

    fn finish(self) -> Result<Documents> {
        let Results { mut ended, page_marks, refused } =
            self.results.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = refused {
            return Err(error);
        }
        ended.sort_by_key(|(index, _)| *index);
        let mut documents = Documents { page_marks, ..Documents::default() };
        for (index, end) in ended {
            let job = &self.jobs[index];
            match end {
                Ok(pages) => documents.made.push(job.record(pages)),
                Err(error) => {
                    let (path, title) = (job.path.clone(), job.title.clone());
                    documents.failed.push(Failure { path, title, error });
                }
            }
        }
        Ok(documents)
    }
}
