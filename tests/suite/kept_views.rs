//! The commands that the readme of kept views gives: plain typst, which knows nothing of the program, sets the same pages.

// The tests read what a build or a command left in a folder.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::bundle::TinyBundle;

/// A line `typst compile …` of a readme, in its parts.
pub(crate) struct Command {
    root: PathBuf,
    input: (String, String),
    template: PathBuf,
    standard: PdfStandard,
    tagged: bool,
    /// The file that it writes.
    pub(crate) to: String,
}

/// Reads the commands of a readme; paths are those of the folder that `views` stands in.
pub(crate) fn commands(folder: &Path) -> Vec<Command> {
    let readme = fs::read_to_string(folder.join("views/ЧИТАЙ-МЕНЯ.txt")).expect("a readme");
    let lines = readme.lines().filter_map(|line| line.trim().strip_prefix("typst compile "));
    lines.map(|line| Command::read(folder, line)).collect()
}

impl Command {
    fn read(folder: &Path, line: &str) -> Self {
        let words: Vec<&str> = line.split(' ').collect();
        let option = |name: &str| {
            let at = words.iter().position(|word| *word == name);
            *at.and_then(|at| words.get(at + 1)).unwrap_or_else(|| panic!("{name} is missing: {line}"))
        };
        let has = |name: &str| words.contains(&name);
        assert!(has("--ignore-system-fonts"), "{line}");
        assert_eq!(folder.join(option("--font-path")), folder.join(option("--root")).join("fonts"), "{line}");
        let [.., template, to] = words[..] else { panic!("{line}") };
        let (name, value) = option("--input").split_once('=').expect("an input has a name and a value");
        let standard = match option("--pdf-standard") {
            "a-2u" => PdfStandard::A_2u,
            "a-2a" => PdfStandard::A_2a,
            other => panic!("{other}"),
        };
        Self {
            root: folder.join(option("--root")),
            input: (name.to_owned(), value.to_owned()),
            template: folder.join(template),
            standard,
            tagged: !has("--no-pdf-tags"),
            to: to.to_owned(),
        }
    }

    /// Does what the command does, and returns the pages that its PDF has.
    pub(crate) fn run(&self) -> usize {
        let desk = Desk::new(self);
        let compiled = typst::compile::<PagedDocument>(&desk);
        assert!(compiled.warnings.is_empty(), "{}: {:?}", self.to, compiled.warnings);
        let document = compiled.output.unwrap_or_else(|errors| panic!("{}: {errors:?}", self.to));
        let standards = PdfStandards::new(&[self.standard]).expect("the standard stands alone");
        let ident = Smart::Custom(self.to.clone());
        let options = PdfOptions { standards, tagged: self.tagged, ident, ..PdfOptions::default() };
        let pdf =
            typst_pdf::pdf(&document, &options).unwrap_or_else(|errors| panic!("{}: {errors:?}", self.to));
        assert!(pdf.starts_with(b"%PDF-1.7"));
        document.pages().len()
    }
}

/// What typst's own program sees: the files below its root, the fonts of one folder, the inputs.
struct Desk {
    root: PathBuf,
    main: FileId,
    library: LazyHash<Library>,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Desk {
    fn new(command: &Command) -> Self {
        let (name, value) = &command.input;
        let inputs = Dict::from_iter([(name.as_str().into(), value.as_str().into_value())]);
        let files = fs::read_dir(command.root.join("fonts")).expect("a folder of fonts");
        let mut files: Vec<PathBuf> = files.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        let fonts: Vec<Font> = files
            .iter()
            .flat_map(|file| Font::iter(Bytes::new(fs::read(file).expect("a font"))).collect::<Vec<_>>())
            .collect();
        let main = command.template.strip_prefix(&command.root).expect("the template is below the root");
        let main = VirtualPath::new(main.to_str().expect("UTF-8")).expect("a path");
        Self {
            root: command.root.clone(),
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    fn read(&self, id: FileId) -> FileResult<Vec<u8>> {
        let path = self.root.join(id.vpath().get_without_slash());
        fs::read(&path).map_err(|error| FileError::from_io(error, &path))
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }
    fn main(&self) -> FileId {
        self.main
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        Ok(Source::new(id, String::from_utf8(self.read(id)?).map_err(|_| FileError::InvalidUtf8)?))
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(Bytes::new(self.read(id)?))
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Counts the pages of a PDF.
pub(crate) fn pages_of(pdf: &Path) -> usize {
    let bytes = fs::read(pdf).unwrap_or_else(|error| panic!("{}: {error}", pdf.display()));
    String::from_utf8_lossy(&bytes).matches("/Type/Page/").count()
}

/// Returns the file of a name somewhere below a folder, the views apart.
fn found(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| !path.ends_with("views")).collect();
    paths.sort();
    let here = paths.iter().find(|path| path.is_file() && path.ends_with(name)).cloned();
    here.or_else(|| paths.iter().filter(|path| path.is_dir()).find_map(|path| found(path, name)))
}

#[test]
fn every_command_of_the_readme_sets_as_many_pages_as_the_program() {
    let bundle = TinyBundle::new();
    assert_eq!(bundle.build(&["--keep-data"]).code, 0);
    let folder = bundle.output("");
    let commands = commands(&folder);
    let shown: Vec<&str> = commands.iter().map(|command| command.to.as_str()).collect();
    for kind in ["journal-5A.pdf", "summary-5A.pdf", "timeliness.pdf", "опись.pdf"] {
        assert!(shown.contains(&kind), "{kind} is not among {shown:?}");
    }
    for command in &commands {
        let pdf = found(&folder, &command.to).unwrap_or_else(|| panic!("no {}", command.to));
        assert_eq!(command.run(), pages_of(&pdf), "{}", command.to);
    }
}

#[test]
fn every_template_of_a_document_takes_the_view_that_plain_typst_names() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in fs::read_dir(templates).expect("the templates") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a text");
        let reads = text.matches("json(").count();
        let named = text.matches("json(sys.inputs.at(\"view\", default: \"/data.json\"))").count();
        assert_eq!(reads, named, "{}", path.display());
    }
}
