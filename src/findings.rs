//! What is wrong: a [`Problem`] with the input, or a [`Finding`] about how the journal is kept.

use jiff::civil::{Date, DateTime};

use crate::model::{Class, Course, Id, Lesson, Pupil, Staff, Subject, Term};

/// How much a problem of the input weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemSeverity {
    /// A row or a file was left out.
    Error,
    /// Everything was kept, but something is doubtful.
    Warning,
    /// Worth knowing.
    Notice,
}

impl ProblemSeverity {
    /// Returns the word of `data/problems.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// Something wrong with the input, with its place: one line of `data/problems.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Stable code, such as `J203`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: ProblemSeverity,
    /// File inside the bundle.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// Row or line from 1; none for a whole file.
    pub row: Option<u32>,
    /// Column as the file's header has it.
    pub column: String,
    /// The value found.
    pub value: String,
    /// One sentence, Russian.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// How to mend it, Russian.
    pub hint: String,
    /// The same in English.
    pub hint_en: String,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Past the laxer deadline, or plainly against the regulation.
    Violation,
    /// Worth a look.
    Notice,
}

impl Severity {
    /// Returns the word of `data/findings.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Notice => "notice",
        }
    }
}

/// One thing found by a rule: one line of `data/findings.csv`. Ids that do not apply are `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable id of the rule.
    pub rule: &'static str,
    /// The clause passed, such as `R.2.8`.
    pub clause: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The day it is about.
    pub date: Option<Date>,
    /// When it was due.
    pub due_at: Option<DateTime>,
    /// When it was found to be done.
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
    /// One sentence, Russian, no personal names.
    pub message: String,
}
