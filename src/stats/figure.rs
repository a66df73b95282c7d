//! A figure: one line of `data/metrics.csv`.

use super::exclusion::Exclusion;
use crate::model::{Id, Subject, Term, Text};

/// The kind of whole that a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole school.
    School,
    /// Grades 1–4, 5–9 or 10–11.
    Level,
    /// All classes of a grade.
    Parallel,
    /// A class.
    Class,
    /// A group.
    Group,
    /// A pupil.
    Pupil,
    /// A teacher, over the courses with the teacher's name.
    Teacher,
    /// A course.
    Course,
}

impl Scope {
    /// Every scope, in the order of the figures.
    pub const ALL: [Self; 8] = [
        Self::School,
        Self::Level,
        Self::Parallel,
        Self::Class,
        Self::Group,
        Self::Pupil,
        Self::Teacher,
        Self::Course,
    ];

    /// Returns the word used in `data/metrics.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Level => "level",
            Self::Parallel => "parallel",
            Self::Class => "class",
            Self::Group => "group",
            Self::Pupil => "pupil",
            Self::Teacher => "teacher",
            Self::Course => "course",
        }
    }
}

/// One figure: one line of `data/metrics.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// For which term.
    pub term: Id<Term>,
    /// Which metric.
    pub metric: &'static str,
    /// The kind of whole.
    pub scope: Scope,
    /// The whole: empty for the school, `5-9` for a level, the grade for a parallel, otherwise the table's
    /// id.
    pub scope_id: Text,
    /// The subject; `None` means all together.
    pub subject: Option<Id<Subject>>,
    /// The value at full precision; `None` if the denominator is empty.
    pub value: Option<f64>,
    /// Numerator, for ratios.
    pub numerator: Option<f64>,
    /// Denominator, for ratios.
    pub denominator: Option<f64>,
    /// The outcomes left out of it, with how many there are of each, in the order of [`Exclusion::ALL`].
    pub excluded: Vec<(Exclusion, u32)>,
}
