//! What a report is: one [`Report`] says what it speaks of, for whom, in which forms, where it stands and how long it is kept.

use std::fmt;

use anyhow::Result;

use super::context::ReportContext;
use super::each::{About, Each};
use crate::base::series::Series;
use crate::render::pdf::{PdfJob, Template};
use crate::render::workbook::Book;

/// A document for people. The list of them is `REPORTS`.
pub struct Report {
    /// Beginning of its files' names: `class` of `class-5A-Q4.pdf`.
    pub kind: &'static str,
    /// Title for people; what one document of it speaks of follows.
    pub title: &'static str,
    /// For whom it is made, who reads it most first.
    pub readers: &'static [Reader],
    /// Where its documents stand, and how long they are kept.
    pub keeping: Keeping,
    /// What each of its documents speaks of.
    pub each: Each,
    /// The forms that each of its documents has, as the index page lists them.
    pub forms: &'static [Form],
    /// What the index page says where a document is due and was not made.
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
}

/// Where documents stand and how long they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// In the folder and the archive package of a series, as long as that is kept.
    Packed(Series),
    /// Among the reports: no package has them, the school's list of files says how long they are kept.
    Report,
    /// Among the acts, as reports.
    Act,
}

/// Whom a report is made for.
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
    /// Says for whom it is: «заместителю директора, проверяющим».
    pub fn for_whom(&self) -> String {
        self.readers.iter().map(|reader| reader.to_whom()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the folder below the outputs and the ending of its files of a form; a page to read stands beside the index.
    pub(super) fn place_of(&self, form: &Form) -> (&'static str, &'static str) {
        match form {
            Form::Pages { .. } => (self.keeping.folder(), "pdf"),
            Form::Workbook(_) => ("workbooks", "xlsx"),
            Form::Screen(_) => ("", "html"),
        }
    }
}

impl Form {
    /// Returns what tells this form from others of the same document.
    pub(super) const fn title(&self) -> &'static str {
        match self {
            Self::Pages { .. } => "для печати",
            Self::Workbook(_) => "книга",
            Self::Screen(_) => "страница для чтения",
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

    /// Returns the years the documents are kept, where the program keeps them.
    pub const fn years(self) -> Option<u8> {
        match self {
            Self::Packed(series) => Some(series.years_kept()),
            Self::Report | Self::Act => None,
        }
    }
}

impl Reader {
    /// Says to whom a report is given.
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
