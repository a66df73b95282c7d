//! Turns JSON views and templates into PDF bytes with typst, many documents at a time.
//!
//! What comes in: a template's name and the data it prints, ready strings and coordinates. What goes out: PDF bytes
//! that depend on nothing else: no system fonts, no clock, no file names of the machine.

mod page;
mod reading;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::drawing::Drawing;
use crate::base::signs::{FILES, is_plain, printable};

/// A template of typst. Whoever makes a document has its template; what templates import stands on a shelf here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// File name: a folder of own templates may hold another file of this name.
    pub name: &'static str,
    /// The shipped text.
    pub source: &'static str,
}

/// The flavour of PDF/A a document is written as, chosen by how long it is kept and by how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// PDF/A-2u without tags: text can be searched and copied, pages stay small. Tags multiply the size of
    /// a page full of cells by about twenty, too much for journals of hundreds of pages kept five years.
    Compact,
    /// PDF/A-2a with tags, for few pages that are kept for decades.
    Tagged,
}

/// One document to typeset.
#[derive(Clone, Debug)]
pub struct PdfJob {
    /// Path below the output folder, handed through.
    pub path: String,
    /// What to fill.
    pub template: Template,
    /// The view as JSON; the template reads it as `/data.json`.
    pub data: Vec<u8>,
    /// What is drawn upon the template's pages, one drawing a page, in order. Empty: nothing is. If there are any, the
    /// template must make exactly as many pages.
    pub drawings: Vec<Drawing>,
    /// The flavour of PDF/A.
    pub standard: Standard,
    /// Names the document among all others, for the PDF's own identifier; the same in every build of the same year.
    pub ident: String,
}

/// A finished PDF.
#[derive(Clone)]
pub struct TypesetPdf {
    /// The path its job named.
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

/// Why a document could not be typeset: typst's own messages, warnings among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypesetError {
    /// The path its job named, or empty where the job itself could not be made.
    pub path: String,
    /// What typst said, one sentence each.
    pub messages: Vec<String>,
}

/// What a person is told: typst's own sentences are for whoever mends the program.
impl std::fmt::Display for TypesetError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "страницы не удалось сложить: это ошибка программы, сообщите о ней её авторам")
    }
}

impl std::error::Error for TypesetError {}

/// Typesets `count` documents on `threads` threads: `make` gives the job of a number (`None`: nothing to print),
/// `done` receives each result, in no fixed order. A document that fails does not stop the others.
///
/// Every thread has a rayon pool of its own with one thread in it: in a shared pool the exporter's waiting would start
/// further documents inside the first, and all would be open at once. What typst remembers is dropped after
/// each document, so that memory is bounded by the documents being made, not by their number.
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
/// When template and view do not fit: a defect of the program.
pub fn typeset_alone(job: PdfJob) -> Result<TypesetPdf, TypesetError> {
    let mut made = Err(TypesetError {
        path: job.path.clone(),
        messages: vec!["the typesetter gave nothing".to_owned()],
    });
    in_own_pool(|| made = typeset_one(job));
    comemo::evict(0);
    made
}

/// Returns what stands on each page of a document, line by line from top to bottom: a document as a text that can be read,
/// compared and approved.
///
/// # Errors
/// When template and view do not fit: a defect of the program.
pub fn page_texts(job: PdfJob) -> Result<Vec<Vec<String>>, TypesetError> {
    let path = job.path.clone();
    let mut texts = Err(Vec::new());
    in_own_pool(|| texts = set(job).map(|document| reading::page_texts(&document)));
    comemo::evict(0);
    texts.map_err(|messages| TypesetError { path, messages })
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
        // What breaks off while pages are laid out is one document, not the build.
        match catch_unwind(AssertUnwindSafe(|| make(index))) {
            Ok(Some(job)) => done(index, job.and_then(typeset_one)),
            Ok(None) => continue,
            Err(_) => done(index, Err(broke_off(String::new()))),
        }
        comemo::evict(0);
    }
}

/// Runs a closure in a rayon pool of one thread with a stack deep enough for typst's recursion.
fn in_own_pool(run: impl FnOnce() + Send) {
    const STACK: usize = 32 << 20;
    match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
        Ok(pool) => pool.install(run),
        // No second thread to be had: the calling one does the work, only less isolated.
        Err(_) => run(),
    }
}

/// Typesets one document. A panic inside the typesetter is a failed document, not a lost build.
fn typeset_one(job: PdfJob) -> Result<TypesetPdf, TypesetError> {
    let path = job.path.clone();
    catch_unwind(AssertUnwindSafe(|| compile(job)))
        .map_err(|_| broke_off(path.clone()))
        .and_then(|made| made.map_err(|messages| TypesetError { path: path.clone(), messages }))
        .map(|(bytes, pages)| TypesetPdf { path, bytes, pages })
}

fn broke_off(path: String) -> TypesetError {
    TypesetError { path, messages: vec!["the typesetter broke off".to_owned()] }
}

/// Compiles and exports; warnings are errors, for they mean a missing font or text outside its page.
fn compile(job: PdfJob) -> Result<(Vec<u8>, usize), Vec<String>> {
    let options = options(&job)?;
    let document = set(job)?;
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| say(&errors))?;
    Ok((bytes, document.pages().len()))
}

/// Sets the pages of a document.
fn set(job: PdfJob) -> Result<PagedDocument, Vec<String>> {
    let data = fit_to_print(job.data);
    let has_marks = std::str::from_utf8(&data).is_ok_and(|text| !is_plain(text));
    let main = Source::new(file_id(job.template.name), job.template.source.to_owned());
    let world = Desk { main, data: Bytes::new(data) };
    let compiled = typst::compile::<PagedDocument>(&world);
    if !compiled.warnings.is_empty() {
        return Err(say(&compiled.warnings));
    }
    let set = compiled.output.map_err(|errors| say(&errors))?;
    if !job.drawings.is_empty() && job.drawings.len() != set.pages().len() {
        let (made, laid) = (set.pages().len(), job.drawings.len());
        return Err(vec![format!("the template made {made} pages where {laid} are laid out")]);
    }
    Ok(page::draw(if has_marks { page::part_marks(set) } else { set }, &job.drawings))
}

/// Makes every string of a view printable: a sign that no font has would cost the whole document.
fn fit_to_print(data: Vec<u8>) -> Vec<u8> {
    // Control signs stand escaped in JSON.
    let is_fit = std::str::from_utf8(&data).is_ok_and(|text| is_plain(text) && !text.contains("\\u"));
    if is_fit {
        return data;
    }
    let Ok(mut view) = serde_json::from_slice::<serde_json::Value>(&data) else { return data };
    fit_strings(&mut view);
    serde_json::to_vec(&view).unwrap_or(data)
}

fn fit_strings(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = printable(text).into_owned(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(fit_strings),
        serde_json::Value::Object(members) => members.values_mut().for_each(fit_strings),
        _ => {}
    }
}

/// Returns typst's messages with the hints that go with them.
fn say(diagnostics: &[SourceDiagnostic]) -> Vec<String> {
    let hints =
        |one: &SourceDiagnostic| one.hints.iter().map(|hint| format!(" ({})", hint.v)).collect::<String>();
    diagnostics.iter().map(|one| format!("{}{}", one.message, hints(one))).collect()
}

/// Returns the export settings of a job.
fn options(job: &PdfJob) -> Result<PdfOptions, Vec<String>> {
    let (standard, tagged) = match job.standard {
        Standard::Compact => (PdfStandard::A_2u, false),
        Standard::Tagged => (PdfStandard::A_2a, true),
    };
    let standards = PdfStandards::new(&[standard]).map_err(|error| vec![error.message().to_string()])?;
    Ok(PdfOptions {
        ident: Smart::Custom(job.ident.clone()),
        creator: Smart::Custom(Some("letopis".to_owned())),
        standards,
        tagged,
        ..PdfOptions::default()
    })
}

/// The files that templates import. The names are fixed: typst keeps every name it ever saw.
static SHELF: LazyLock<Vec<Source>> = LazyLock::new(|| {
    [
        ("style.typ", include_str!("../../../templates/style.typ")),
        ("parts.typ", include_str!("../../../templates/parts.typ")),
        ("blocks.typ", include_str!("../../../templates/blocks.typ")),
    ]
    .map(|(name, text)| Source::new(file_id(name), text.to_owned()))
    .into()
});

static DATA: LazyLock<FileId> = LazyLock::new(|| file_id("data.json"));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|bytes| Font::new(Bytes::new(*bytes), 0).expect("the fonts in the program can be read"))
        .collect()
});

static INSTANCES: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let plain = |font: &Font| {
        font.clone().instantiate(font.info().variant, Abs::pt(10.0), &FontVariations::default())
    };
    FONTS.iter().map(plain).collect()
});

/// Returns a font file's face as text runs need it.
fn font_instance(file: usize) -> FontInstance {
    INSTANCES[file].clone()
}

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a virtual path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// All that a template can reach: itself, the files on the shelf, the data, the fonts of the program.
struct Desk {
    main: Source,
    data: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut sources = std::iter::once(&self.main).chain(SHELF.iter());
        sources.find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    // A template that asks for today's date is an error: the same data must give the same bytes on any day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
