//! How papers are set: by the program's templates or the school's, with or without the views they are set from.

use std::sync::Arc;

use anyhow::Result;

use crate::base::files::Document;
use crate::render::pdf::{PdfJob, Templates, TypesetError, typeset_alone};
use crate::render::views;

/// How papers are set.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// The school's files in place of the program's own templates.
    pub templates: Arc<Templates>,
    /// Whether the views stay beside the papers.
    pub keeps_views: bool,
}

/// Papers to write into a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// The papers, and the same as texts and tables.
    pub documents: Vec<Document>,
    /// Views, templates and fonts, where they are kept.
    pub views: Vec<Document>,
    /// Why the paper to sign could not be set; all else is there.
    pub fault: Option<TypesetError>,
}

impl Setting {
    /// Sets a paper. Its view is kept even if the template has a fault: it is what the template is mended with.
    ///
    /// # Errors
    /// When the view cannot be written as JSON: a fault of the program.
    pub(super) fn set(&self, job: PdfJob) -> Result<Papers> {
        let job = PdfJob { templates: Arc::clone(&self.templates), ..job };
        let views = if self.keeps_views { views::of_one(&job)? } else { Vec::new() };
        Ok(match typeset_alone(job) {
            Ok(pdf) => {
                Papers { documents: vec![Document::new(pdf.path, pdf.bytes)], views, ..Papers::default() }
            }
            Err(error) => Papers { views, fault: Some(error), ..Papers::default() },
        })
    }
}
