//! The subject and the owner of a finding.

use jiff::civil::Date;

use crate::base::source::SourceRef;
use crate::model::{Class, Course, Id, Lesson, Pupil, Staff, Subject, Term};

/// The subject of a finding: every id that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The day.
    pub date: Option<Date>,
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
    /// The row that was judged.
    pub place: Option<SourceRef>,
}

impl About {
    /// Sets the row that was judged.
    pub(super) fn at(self, place: SourceRef) -> Self {
        Self { place: Some(place), ..self }
    }
}

/// The owner of the things that a rule judged, in the form of its findings, so that a count of findings can
/// be compared with its whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// Whoever is answerable.
    pub staff: Option<Id<Staff>>,
    /// Class.
    pub class: Option<Id<Class>>,
    /// Course.
    pub course: Option<Id<Course>>,
}

impl From<About> for Owner {
    fn from(about: About) -> Self {
        Self { staff: about.staff, class: about.class, course: about.course }
    }
}
