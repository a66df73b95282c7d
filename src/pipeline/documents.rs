//! Makes every document for people, many at a time; one that fails does not stop the others. One whose key is that of
//! the document in the standing outputs is taken over from there.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::workshop::Workshop;
use crate::base::draft::Key;
use crate::base::files::Document;
use crate::data::build_record::DocumentRecord;
use crate::package::PageMarks;
use crate::render::page_marks::page_marks;
use crate::render::pdf::{self, TypesetError, TypesetPdf};
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
    workshop: &Workshop<'_>,
) -> Result<Documents> {
    let press = Press { context, jobs, workshop, results: Mutex::default() };
    pdf::typeset(jobs.len(), threads, &|index| press.lay_out(index), &|index, result| match result {
        Ok(pdf) => press.receive(index, pdf),
        Err(error) => press.note(index, Err(error)),
    });
    press.finish()
}

/// The documents while they are made by several threads.
struct Press<'a> {
    context: &'a ReportContext<'a>,
    jobs: &'a [ReportJob],
    workshop: &'a Workshop<'a>,
    results: Mutex<Results>,
}

#[derive(Default)]
struct Results {
    /// Of each job that is done, its number of pages or why it failed.
    ended: Vec<(usize, Result<usize, TypesetError>)>,
    page_marks: PageMarks,
    /// The keys of those that are being typeset.
    keys: BTreeMap<usize, Key>,
    /// The first refusal of the disk.
    refused: Option<anyhow::Error>,
}

impl Press<'_> {
    fn results(&self) -> MutexGuard<'_, Results> {
        // The results are whole after every single change, whatever became of the thread that made it.
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a document that is a file as it is; of others, what is to be typeset. `None`: the document is there.
    fn lay_out(&self, index: usize) -> Option<Result<pdf::PdfJob, TypesetError>> {
        let job = &self.jobs[index];
        match job.make(self.context) {
            Ok(Made::Pages(pages)) => {
                let (marks, key) = (page_marks(&pages), pages.key());
                self.results().page_marks.insert(job.path.clone(), marks);
                let taken = self.workshop.take_over_pages(&job.path, &key).transpose();
                if taken.is_none() {
                    self.results().keys.insert(index, key);
                    return Some(Ok(*pages));
                }
                taken.map(|pages| self.written(index, pages)).and(None)
            }
            Ok(Made::File(draft)) => {
                self.written(index, self.workshop.put(draft).map(|()| 0));
                None
            }
            Err(error) => Some(Err(TypesetError::of_program(&job.path, format!("{error:#}")))),
        }
    }

    /// Writes a document that was typeset.
    fn receive(&self, index: usize, pdf: TypesetPdf) {
        let key = self.results().keys.remove(&index);
        let document = Document::new(self.jobs[index].path.as_str(), pdf.bytes);
        self.written(index, self.workshop.write(&document, key).map(|()| pdf.pages));
    }

    /// Notes how many pages a document has that stands in the outputs now, or why the disk refused it.
    fn written(&self, index: usize, pages: Result<usize>) {
        match pages {
            Ok(pages) => self.note(index, Ok(pages)),
            Err(error) => drop(self.results().refused.get_or_insert(error)),
        }
    }

    fn note(&self, index: usize, end: Result<usize, TypesetError>) {
        self.results().ended.push((index, end));
    }

    fn finish(self) -> Result<Documents> {
        let Results { mut ended, page_marks, refused, .. } =
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
