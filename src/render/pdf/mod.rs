//! Turns JSON views and templates into PDF bytes with typst, many documents at a time.
//!
//! In: a template's name and the data to print, ready strings and coordinates. Out: PDF bytes that depend on
//! nothing else: no system fonts, no clock, no file names of the machine.

mod desk;
mod faults;
mod kept;
mod key;
mod page;
mod reading;
mod style_table;
mod templates;
mod view;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use self::faults::{TemplateFault, TypesetError};
pub use self::kept::kept_view;
pub use self::style_table::{Lettering, StyleTable, Styles};
pub use self::templates::{SHELF, Template, Templates, is_template, names};

use self::desk::Desk;
use self::faults::{other_pages, refused};
use self::view::fit_to_print;
use super::drawing::Drawing;
use crate::base::signs::is_plain;

/// The flavour of PDF/A of a document, chosen by its term of keeping and its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// PDF/A-2u without tags: text can be searched and copied, and pages stay small. Tags make a page full of
    /// cells about twenty times as large, too much for journals of hundreds of pages.
    Compact,
    /// PDF/A-2a with tags, for few pages that are kept for decades.
    Tagged,
}

/// One document to typeset.
#[derive(Clone, Debug)]
pub struct PdfJob {
    /// Path below the output folder, returned with the result.
    pub path: String,
    /// What to fill.
    pub template: Template,
    /// The school's files in place of the program's own templates.
    pub templates: Arc<Templates>,
    /// The view as JSON; the template reads it as `/data.json`.
    pub data: Vec<u8>,
    /// The drawings over the template's pages, one per page, in order. If there are any, the template must
    /// make exactly as many pages.
    pub drawings: Vec<Drawing>,
    /// The flavour of PDF/A.
    pub standard: Standard,
    /// Distinguishes the document from all others, for the PDF's own identifier; the same in every build of
    /// one year.
    pub ident: String,
}

/// A finished PDF.
#[derive(Clone)]
pub struct TypesetPdf {
    /// The path from the job.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

impl std::fmt::Debug for TypesetPdf {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {} pages, {} bytes", self.path, self.pages, self.bytes.len())
    }
}

/// Typesets `count` documents on `threads` threads: `make` returns the job of a number (`None` means nothing
/// to print), and `done` receives each result, in no fixed order. A document that fails does not stop the
/// others.
///
/// Every thread has its own rayon pool of one thread. In a shared pool the exporter's waiting would start
/// further documents inside the first, and all would be open at once. Typst's caches are dropped after each
/// document, so that memory is limited by the documents in progress, not by their number.
pub fn typeset(
    count: usize,
    threads: usize,
    make: &(dyn Fn(usize) -> Option<Result<PdfJob, TypesetError>> + Sync),
    done: &(dyn Fn(usize, Result<TypesetPdf, TypesetError>) + Sync),
) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, count.max(1)) {
            scope.spawn(|| in_own_pool(|| work(count, &next, make, done)));
        }
    });
}

/// Typesets a single document.
///
/// # Errors
/// When template and view do not match, which is a defect of the program.
pub fn typeset_alone(job: PdfJob) -> Result<TypesetPdf, TypesetError> {
    let mut made = Err(TypesetError::of_program(&job.path, "the typesetter gave nothing"));
    in_own_pool(|| made = typeset_one(job));
    comemo::evict(0);
    made
}

/// Returns the content of each page of a document, line by line from top to bottom: a text that people can
/// read, compare and approve.
///
/// # Errors
/// When template and view do not match, which is a defect of the program.
pub fn page_texts(job: PdfJob) -> Result<Vec<Vec<String>>, TypesetError> {
    let mut texts = Err(TypesetError::of_program(&job.path, "the typesetter gave nothing"));
    in_own_pool(|| texts = set(job).map(|document| reading::page_texts(&document)));
    comemo::evict(0);
    texts
}

/// Takes numbers from the queue until it is empty.
fn work(
    count: usize,
    next: &AtomicUsize,
    make: &(dyn Fn(usize) -> Option<Result<PdfJob, TypesetError>> + Sync),
    done: &(dyn Fn(usize, Result<TypesetPdf, TypesetError>) + Sync),
) {
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= count {
            return;
        }
        // A panic during the layout of pages loses one document, not the build.
        match catch_unwind(AssertUnwindSafe(|| make(index))) {
            Ok(Some(job)) => done(index, job.and_then(typeset_one)),
            Ok(None) => continue,
            Err(_) => done(index, Err(broke_off(""))),
        }
        comemo::evict(0);
    }
}

/// Runs a closure in a rayon pool of one thread with a stack deep enough for typst's recursion.
fn in_own_pool(run: impl FnOnce() + Send) {
    const STACK: usize = 32 << 20;
    match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
        Ok(pool) => pool.install(run),
        // If no second thread can be started, the calling thread does the work, only less isolated.
        Err(_) => run(),
    }
}

/// Typesets one document. A panic inside the typesetter is a failed document, not a lost build.
fn typeset_one(job: PdfJob) -> Result<TypesetPdf, TypesetError> {
    let path = job.path.clone();
    let made = catch_unwind(AssertUnwindSafe(|| compile(job))).map_err(|_| broke_off(&path))?;
    made.map(|(bytes, pages)| TypesetPdf { path, bytes, pages })
}

fn broke_off(path: &str) -> TypesetError {
    TypesetError::of_program(path, "the typesetter broke off")
}

/// Compiles and exports. Warnings are errors, because they mean a missing font or text outside its page.
fn compile(job: PdfJob) -> Result<(Vec<u8>, usize), TypesetError> {
    let options = options(&job)?;
    let (path, template, templates) = (job.path.clone(), job.template, Arc::clone(&job.templates));
    let document = set(job)?;
    let bytes = typst_pdf::pdf(&document, &options)
        .map_err(|errors| refused(&path, &Desk::new(&templates, template, Vec::new()), &errors))?;
    Ok((bytes, document.pages().len()))
}

/// Lays out the pages of a document.
fn set(job: PdfJob) -> Result<PagedDocument, TypesetError> {
    let data = fit_to_print(job.data);
    let has_marks = std::str::from_utf8(&data).is_ok_and(|text| !is_plain(text));
    let desk = Desk::new(&job.templates, job.template, data);
    let compiled = typst::compile::<PagedDocument>(&desk);
    if !compiled.warnings.is_empty() {
        return Err(refused(&job.path, &desk, &compiled.warnings));
    }
    let set = compiled.output.map_err(|errors| refused(&job.path, &desk, &errors))?;
    if !job.drawings.is_empty() && job.drawings.len() != set.pages().len() {
        let (made, laid) = (set.pages().len(), job.drawings.len());
        return Err(other_pages(&job.path, &desk, made, laid));
    }
    Ok(page::draw(if has_marks { page::part_marks(set) } else { set }, &job.drawings))
}

/// Returns the export settings of a job.
fn options(job: &PdfJob) -> Result<PdfOptions, TypesetError> {
    let (standard, tagged) = match job.standard {
        Standard::Compact => (PdfStandard::A_2u, false),
        Standard::Tagged => (PdfStandard::A_2a, true),
    };
    let standards = PdfStandards::new(&[standard])
        .map_err(|error| TypesetError::of_program(&job.path, error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(job.ident.clone()),
        creator: Smart::Custom(Some(creator(job))),
        standards,
        tagged,
        ..PdfOptions::default()
    })
}

/// Names the program, and a school's templates if the document uses them, so that nobody takes it for the
/// standard one.
fn creator(job: &PdfJob) -> String {
    match job.templates.own_of(job.template)[..] {
        [] => "letopis".to_owned(),
        ref own => format!("letopis, own templates: {}", own.join(", ")),
    }
}
