//! What a report is: one [`Report`] gives its subject, its readers, its forms, its place and its term of
//! keeping.

use std::fmt;

use anyhow::Result;

use super::context::ReportContext;
use super::each::{About, Each};
use super::pages::Pages;
use crate::base::series::Series;
use crate::render::pdf::{PdfJob, Template};
use crate::render::workbook::Book;

/// A document for people. The list of them is `REPORTS`.
pub struct Report {
    /// Beginning of its files' names: `class` of `class-5A-Q4.pdf`.
    pub kind: &'static str,
    /// Title for people; the subject of one document follows.
    pub title: &'static str,
    /// The readers, the most frequent first.
    pub readers: &'static [Reader],
    /// The place of its documents, and how long they are kept.
    pub keeping: Keeping,
    /// The subject of each of its documents.
    pub each: Each,
    /// The forms that each of its documents has, as the index page lists them.
    pub forms: &'static [Form],
    /// The text on the index page for a document that is due and was not made.
    pub missing: &'static str,
}

impl fmt::Debug for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the report {}", self.kind)
    }
}

/// A form of a document, and what makes it.
pub enum Form {
    /// Pages to print.
    Pages {
        /// The template of the pages: a school may have its own of the same name.
        template: Template,
        /// Makes the typesetter's job for a path.
        make: fn(&ReportContext<'_>, &About, &str) -> Result<PdfJob>,
    },
    /// A workbook.
    Workbook(fn(&ReportContext<'_>, &About) -> Result<Book>),
    /// A page to read on a screen, as HTML.
    Screen(fn(&ReportContext<'_>, &About) -> Result<String>),
    /// One of the HTML pages that link to each other, in the folder of its report's kind.
    Linked(fn(&ReportContext<'_>, &About, &Pages) -> Result<String>),
}

/// The place of documents and how long they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// In the folder and the archive package of a series, as long as that is kept.
    Packed(Series),
    /// Among the reports: no package has them, and the school's file plan says how long they are kept.
    Report,
    /// Among the acts, as reports.
    Act,
}

/// A reader of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// The director.
    Director,
    /// Deputy directors.
    Deputy,
    /// The class teacher of the class.
    ClassTeacher,
    /// Teachers of subjects.
    Teacher,
    /// Whoever keeps the archive.
    Archivist,
    /// Whoever inspects the school.
    Inspector,
    /// Parents of a pupil.
    Parent,
}

impl Report {
    /// Returns the readers: «заместителю директора, проверяющим».
    pub fn for_whom(&self) -> String {
        self.readers.iter().map(|reader| reader.to_whom()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the folder below the outputs and the extension for a form; an HTML page is beside the index, one
    /// of many in a folder of their own.
    pub(super) fn place_of(&self, form: &Form) -> (&'static str, &'static str) {
        match form {
            Form::Pages { .. } => (self.keeping.folder(), "pdf"),
            Form::Workbook(_) => ("workbooks", "xlsx"),
            Form::Screen(_) => ("", "html"),
            Form::Linked(_) => (self.kind, "html"),
        }
    }
}

impl Form {
    /// Returns the text that distinguishes this form from others of the same document.
    pub(super) const fn title(&self) -> &'static str {
        match self {
            Self::Pages { .. } => "для печати",
            Self::Workbook(_) => "книга",
            Self::Screen(_) | Self::Linked(_) => "страница для чтения",
        }
    }
}

impl Keeping {
    /// Returns the folder of the documents that are printed.
    const fn folder(self) -> &'static str {
        match self {
            Self::Packed(series) => series.id(),
            Self::Report => "reports",
            Self::Act => "acts",
        }
    }

    /// Returns how many years the documents are kept, if the program decides it.
    pub const fn years(self) -> Option<u8> {
        match self {
            Self::Packed(series) => Some(series.years_kept()),
            Self::Report | Self::Act => None,
        }
    }
}

impl Reader {
    /// Returns the reader in the dative.
    pub const fn to_whom(self) -> &'static str {
        match self {
            Self::Director => "директору",
            Self::Deputy => "заместителю директора",
            Self::ClassTeacher => "классному руководителю",
            Self::Teacher => "учителю",
            Self::Archivist => "ответственному за архив",
            Self::Inspector => "проверяющим",
            Self::Parent => "родителям",
        }
    }
}
