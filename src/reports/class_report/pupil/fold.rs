//! How much of a pupil's page is shown, so that it stays one page.

use crate::model::{Id, Subject};
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;

/// How much is shown.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    /// Lessons of a subject that are named with their topics; the others are counted.
    pub(super) topics: usize,
    /// Whether marks stand with their dates.
    pub(super) has_dates: bool,
    /// Whether lessons stand in tables, and not in sentences.
    pub(super) has_tables: bool,
    /// Whether subjects have short names, and reasons too.
    pub(super) is_brief: bool,
}

impl Fold {
    const fn full() -> Self {
        Self { topics: usize::MAX, has_dates: true, has_tables: true, is_brief: false }
    }

    const fn brief(topics: usize) -> Self {
        Self { topics, has_dates: false, has_tables: false, is_brief: true }
    }

    /// Returns the title of a column of marks.
    pub(super) const fn title_of_marks(self) -> &'static str {
        if self.has_dates {
            "Отметки: число и отметка"
        } else {
            "Отметки по порядку"
        }
    }

    /// Writes a title over a part of the page.
    pub(super) fn head(self, title: &str, paper: &mut Paper) {
        if self.is_brief { paper.paragraph(Look::Strong, title) } else { paper.heading(2, title) }
    }

    /// Names a subject.
    pub(super) fn subject(self, of: &OfClass<'_>, subject: Id<Subject>) -> String {
        if self.is_brief { of.subject_short(subject) } else { of.data.keys.subject_name(subject) }
    }
}

/// From everything down to what always fits, however much a pupil missed: topics are wanted more than the days of marks, which
/// the journal has.
pub(super) const FOLDS: [Fold; 9] = [
    Fold::full(),
    Fold { has_dates: false, ..Fold::full() },
    Fold { has_dates: false, has_tables: false, ..Fold::full() },
    Fold::brief(usize::MAX),
    Fold::brief(5),
    Fold::brief(3),
    Fold::brief(2),
    Fold::brief(1),
    Fold::brief(0),
];
