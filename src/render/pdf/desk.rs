//! Everything that a template can access: itself, the files it imports, the data, the fonts of the program.
//! It has no clock and no disk.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::templates::{Template, Templates, id_of};
use crate::base::signs::FILES;

static DATA: LazyLock<FileId> =
    LazyLock::new(|| id_of("data.json").expect("a plain file name is a virtual path"));

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

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Returns a font file's face in the form that text runs need.
pub(super) fn font_instance(file: usize) -> FontInstance {
    INSTANCES[file].clone()
}

/// The input for typesetting one document.
pub(super) struct Desk<'a> {
    pub(super) templates: &'a Templates,
    template: Template,
    main: Source,
    data: Bytes,
}

impl<'a> Desk<'a> {
    pub(super) fn new(templates: &'a Templates, template: Template, data: Vec<u8>) -> Self {
        Self { templates, template, main: templates.main(template), data: Bytes::new(data) }
    }

    /// Returns whether the document uses any file of the school.
    pub(super) fn has_own_templates(&self) -> bool {
        !self.templates.own_of(self.template).is_empty()
    }

    /// Returns the file name of the document's template.
    pub(super) const fn main_name(&self) -> &'static str {
        self.template.name
    }
}

impl World for Desk<'_> {
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
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        self.templates.source(id).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.data.clone());
        }
        self.templates.file(id).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    // A template that asks for today's date is an error: the same data must give the same bytes on any day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
