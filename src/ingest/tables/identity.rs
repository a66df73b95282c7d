//! Decides whether two rows of one id are one record given twice, or two records that nobody can tell apart.

use crate::model::*;

/// Records that others refer to.
pub(super) trait Identity {
    /// Returns whether another row of the same id is this record; details besides its name may differ.
    fn is_same(&self, other: &Self) -> bool;
}

impl Identity for Staff {
    /// A person with two posts has two rows.
    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Identity for Term {
    fn is_same(&self, other: &Self) -> bool {
        (self.kind, self.span) == (other.kind, other.span)
    }
}

impl Identity for Subject {
    fn is_same(&self, other: &Self) -> bool {
        self.title == other.title
    }
}

impl Identity for Class {
    /// The id of a class is its name.
    fn is_same(&self, _: &Self) -> bool {
        true
    }
}

impl Identity for Pupil {
    fn is_same(&self, other: &Self) -> bool {
        let name = |pupil: &Self| (pupil.surname.clone(), pupil.given_name.clone(), pupil.patronymic.clone());
        let birth = self.birth_date.zip(other.birth_date);
        name(self) == name(other) && birth.is_none_or(|(one, two)| one == two)
    }
}

impl Identity for Group {
    fn is_same(&self, other: &Self) -> bool {
        (&self.title, &self.classes) == (&other.title, &other.classes)
    }
}

impl Identity for Course {
    fn is_same(&self, other: &Self) -> bool {
        (self.subject, self.audience) == (other.subject, other.audience)
    }
}

impl Identity for Lesson {
    fn is_same(&self, other: &Self) -> bool {
        (self.course, self.date, self.number) == (other.course, other.date, other.number)
    }
}

impl Identity for Work {
    fn is_same(&self, other: &Self) -> bool {
        (self.course, self.kind, &self.title, self.planned_date)
            == (other.course, other.kind, &other.title, other.planned_date)
    }
}
