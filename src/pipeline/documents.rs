//! Makes every document for people, many at a time. One that fails does not stop the others. A document with
//! the same key as in the existing outputs is taken from there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::request::Request;
use super::workshop::Workshop;
use crate::base::draft::{Key, MadeFrom};
use crate::base::files::Document;
use crate::data::build_record::DocumentRecord;
use crate::package::PageMarks;
use crate::render::page_marks::page_marks;
use crate::render::pdf::{self, PdfJob, TypesetError, TypesetPdf};
use crate::render::views::{self, Kept, Views};
use crate::reports::{Made, ReportContext, ReportJob, class_facts};

/// The results for the documents that are due.
#[derive(Default)]
pub(super) struct Documents {
    /// Those that were made, in job order.
    pub(super) made: Vec<DocumentRecord>,
    /// Those that were not.
    pub(super) failed: Vec<Failure>,
    /// The content of each page of the typeset documents.
    pub(super) page_marks: PageMarks,
    /// The views that were kept.
    pub(super) views: Views,
}

/// A document that could not be made.
pub(super) struct Failure {
    /// Its path below the outputs.
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
    request: &Request,
    workshop: &Workshop<'_>,
) -> Result<Documents> {
    let facts = class_facts(context);
    let press = Press { context, jobs, request, workshop, facts, results: Mutex::default() };
    pdf::typeset(jobs.len(), request.threads, &|index| press.lay_out(index), &|index, result| match result {
        Ok(pdf) => press.receive(index, pdf),
        Err(error) => press.note(index, Err(error)),
    });
    press.finish()
}

/// The documents while several threads make them.
struct Press<'a> {
    context: &'a ReportContext<'a>,
    jobs: &'a [ReportJob],
    request: &'a Request,
    workshop: &'a Workshop<'a>,
    /// For each class a digest over the facts that its own documents may read; empty if that is not known.
    facts: Vec<Key>,
    results: Mutex<Results>,
}

#[derive(Default)]
struct Results {
    /// For each finished job its number of pages, or why it failed.
    ended: Vec<(usize, Result<usize, TypesetError>)>,
    page_marks: PageMarks,
    views: Views,
    /// What the documents in typesetting are made from.
    made_from: BTreeMap<usize, MadeFrom>,
    /// The first disk error.
    refused: Option<anyhow::Error>,
}

impl Press<'_> {
    fn results(&self) -> MutexGuard<'_, Results> {
        // The results are complete after every change, even if a thread panicked.
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a document that is ready as a file; for others returns the typesetting job. `None` means that
    /// the document is there.
    fn lay_out(&self, index: usize) -> Option<Result<PdfJob, TypesetError>> {
        let job = &self.jobs[index];
        let inputs = job.inputs(&self.facts, &self.request.templates);
        if self.took_over_unread(index, inputs.as_ref()) {
            return None;
        }
        match job.make(self.context) {
            Ok(Made::Pages(pages)) => self.take_or_typeset(index, *pages, inputs).map(Ok),
            Ok(Made::File(draft)) => {
                self.written(index, self.workshop.put(draft).map(|()| 0));
                None
            }
            Err(error) => Some(Err(TypesetError::of_error(&job.path, error))),
        }
    }

    /// Takes over a document without laying it out, if everything that it may read is the same. A view that is to be kept
    /// is laid out.
    fn took_over_unread(&self, index: usize, inputs: Option<&Key>) -> bool {
        let Some(inputs) = inputs.filter(|_| !self.request.keeps_views) else { return false };
        let path = &self.jobs[index].path;
        let pages = match self.workshop.take_over_unread(path, inputs) {
            Ok(None) => return false,
            Ok(Some((marks, pages))) => {
                self.results().page_marks.insert(path.clone(), marks);
                Ok(pages)
            }
            Err(error) => Err(error),
        };
        self.written(index, pages);
        true
    }

    /// Takes over a document that is laid out, or returns it for typesetting.
    fn take_or_typeset(&self, index: usize, mut pages: PdfJob, inputs: Option<Key>) -> Option<PdfJob> {
        let job = &self.jobs[index];
        pages.templates = Arc::clone(&self.request.templates);
        self.keep_view(&pages);
        let (marks, from) = (page_marks(&pages), MadeFrom { key: pages.key(), inputs });
        self.results().page_marks.insert(job.path.clone(), marks);
        match self.workshop.take_over_pages(&job.path, &from).transpose() {
            Some(taken) => self.written(index, taken),
            None => {
                self.results().made_from.insert(index, from);
                return Some(pages);
            }
        }
        None
    }

    /// Keeps the view of a document, if that is asked for: the document itself may fail by its template.
    fn keep_view(&self, job: &PdfJob) {
        if !self.request.keeps_views {
            return;
        }
        let view = pdf::kept_view(job).map_err(anyhow::Error::from);
        let path = views::path_of(&job.path);
        let kept = view.and_then(|view| self.workshop.write(&Document::new(path, view), None));
        let mut results = self.results();
        match kept {
            Ok(()) => drop(results.views.insert(job.path.clone(), Kept::of(job))),
            Err(error) => drop(results.refused.get_or_insert(error)),
        }
    }

    /// Writes a document that was typeset.
    fn receive(&self, index: usize, pdf: TypesetPdf) {
        let from = self.results().made_from.remove(&index);
        let document = Document::new(self.jobs[index].path.as_str(), pdf.bytes);
        self.written(index, self.workshop.write(&document, from).map(|()| pdf.pages));
    }

    /// Records how many pages a document has that is now in the outputs, or the disk error.
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
        let Results { mut ended, page_marks, views, refused, .. } =
            self.results.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = refused {
            return Err(error);
        }
        ended.sort_by_key(|(index, _)| *index);
        let mut documents = Documents { page_marks, views, ..Documents::default() };
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
