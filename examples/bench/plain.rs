//! The typst library alone: the words of a journal's pages as a table a page, compiled and exported to PDF/A-2u untagged.

use std::fmt::Write;
use std::sync::LazyLock;

use letopis::render::drawing::Drawing;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));
static FONT: LazyLock<Font> = LazyLock::new(|| {
    let file: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
    Font::new(Bytes::new(file), 0).expect("the font can be read")
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts([&*FONT])));
static MAIN: LazyLock<FileId> = LazyLock::new(|| {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new("bench.typ").expect("a plain name")).intern()
});

struct Desk(Source);

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }
    fn main(&self) -> FileId {
        *MAIN
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.0.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        (index == 0).then(|| FONT.clone())
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Compiles and exports the pages; returns how many there were.
pub(crate) fn typeset(pages: &[Drawing]) -> usize {
    let source = Source::new(*MAIN, markup(pages));
    let compiled = typst::compile::<PagedDocument>(&Desk(source));
    let document = compiled.output.unwrap_or_else(|errors| panic!("{errors:?}"));
    let standards = PdfStandards::new(&[PdfStandard::A_2u]).expect("A-2u is a standard");
    let options = PdfOptions {
        ident: Smart::Custom("bench".to_owned()),
        standards,
        tagged: false,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert!(!bytes.is_empty());
    comemo::evict(0);
    document.pages().len()
}

/// A page is a table with a row for each line of words, as wide as its longest line; column widths and row heights are
/// fixed, which is the fastest table there is.
fn markup(pages: &[Drawing]) -> String {
    let mut text = String::from(
        "#set page(paper: \"a4\", margin: 8mm)\n#set text(font: \"Liberation Sans\", size: 6pt, lang: \"ru\")\n\
         #set document(title: \"bench\", date: datetime(year: 2026, month: 6, day: 30))\n",
    );
    for page in pages {
        let lines: Vec<_> = page.lines.iter().filter(|line| !line.upwards).collect();
        let columns = lines.iter().map(|line| line.words.len()).max().unwrap_or(1);
        let rows = lines.len().max(1);
        let (width, height) = (190.0 / columns as f64, 270.0 / rows as f64);
        let sizes =
            format!("columns: ({width:.3}mm,) * {columns}, rows: {height:.3}mm, inset: 0pt, stroke: 0.3pt");
        writeln!(text, "#table({sizes},").expect("a string takes every character");
        for line in lines {
            for column in 0..columns {
                let word = line.words.get(column).map_or("", |word| word.text.as_str());
                write!(text, "[#\"{}\"],", word.replace('\\', "\\\\").replace('"', "\\\""))
                    .expect("a string takes every character");
            }
        }
        text.push_str(")\n#pagebreak(weak: true)\n");
    }
    text
}
