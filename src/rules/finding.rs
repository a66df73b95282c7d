//! What a rule finds about how the journal is kept: a [`Finding`].

use jiff::civil::{Date, DateTime};

use crate::base::severity::Severity;
use crate::base::source::SourceRef;
use crate::model::{Class, Course, Id, Lesson, Pupil, Staff, Subject, Term};

/// One thing that a rule found: one line of `data/findings.csv`. Ids that do not apply are `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable id of the rule.
    pub rule: &'static str,
    /// The clause that was violated, such as `R.2.8`.
    pub clause: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The day it is about.
    pub date: Option<Date>,
    /// When it was due.
    pub due_at: Option<DateTime>,
    /// When it was found done.
    pub found_at: Option<DateTime>,
    /// Term.
    pub term: Option<Id<Term>>,
    /// Class.
    pub class: Option<Id<Class>>,
    /// Subject.
    pub subject: Option<Id<Subject>>,
    /// Course.
    pub course: Option<Id<Course>>,
    /// Lesson.
    pub lesson: Option<Id<Lesson>>,
    /// Pupil.
    pub pupil: Option<Id<Pupil>>,
    /// Whoever is answerable.
    pub staff: Option<Id<Staff>>,
    /// The row that the finding is about: the entry's row, or the lesson's; `None` where something is missing
    /// altogether.
    pub place: Option<SourceRef>,
    /// One sentence, Russian, no personal names.
    pub message: String,
}
