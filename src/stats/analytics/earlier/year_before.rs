//! The year before: its terms and classes, figures of term marks, outcomes pupil by pupil, last marks.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::super::forecast::Trial;
use crate::model::*;
use crate::stats::facts::TermStanding;
use crate::stats::figure::Scope;

/// What of the year before a later year is compared with; ids are those of its tables.
pub(crate) struct YearBefore {
    pub(crate) title: String,
    pub(super) start: Date,
    pub(super) terms: Vec<TermThen>,
    pub(super) classes: Vec<ClassThen>,
    pub(super) values: FxHashMap<ValueKey, f64>,
    pub(crate) outcomes: Vec<OutcomeThen>,
    /// By pupil and subject.
    pub(super) last_marks: FxHashMap<(Text, Text), u8>,
    pub(crate) trial: Trial,
}

/// Term by its place, metric, scope, whole, subject (empty: all together).
pub(super) type ValueKey = (usize, &'static str, Scope, Text, Text);

pub(super) struct TermThen {
    pub(super) key: Text,
    pub(super) kind: TermKind,
    pub(super) grades: GradeSet,
    pub(super) span: Span,
    pub(super) has_ended: bool,
}

pub(crate) struct ClassThen {
    pub(crate) key: Text,
    pub(crate) grade: u8,
    pub(super) letter: Text,
}

/// What became of a pupil's term mark in a course.
pub(crate) struct OutcomeThen {
    /// The term by its place.
    pub(crate) term: usize,
    pub(crate) pupil: Text,
    /// The class by its place.
    pub(crate) class: usize,
    pub(crate) subject: Text,
    pub(crate) teacher: Text,
    pub(crate) standing: TermStanding,
}

impl YearBefore {
    /// Returns a pupil's numeric mark in a subject for the last study term of the pupil's class.
    pub(crate) fn last_mark(&self, pupil: &Text, subject: &Text) -> Option<u8> {
        self.last_marks.get(&(pupil.clone(), subject.clone())).copied()
    }

    /// Returns the term of a kind for a grade that stands at a place among them, if it has ended.
    pub(crate) fn term(&self, kind: TermKind, grade: u8, place: usize) -> Option<usize> {
        let is_one = |term: &TermThen| term.kind == kind && term.grades.contains(grade);
        let mut terms: Vec<usize> = (0..self.terms.len()).filter(|term| is_one(&self.terms[*term])).collect();
        terms.sort_by_key(|term| (self.terms[*term].span.from, self.terms[*term].span.to, *term));
        terms.get(place).copied().filter(|term| self.terms[*term].has_ended)
    }

    /// Names a term with its year: `2024-2025/Q1`.
    pub(crate) fn term_key(&self, term: usize) -> String {
        format!("{}/{}", self.title, self.terms[term].key)
    }

    /// Returns a class by its place.
    pub(crate) fn class(&self, place: usize) -> &ClassThen {
        &self.classes[place]
    }

    /// Returns the class that a class of today was: of the grade below, with its letter.
    pub(crate) fn class_before(&self, class: &Class) -> Option<&Text> {
        let is_it = |then: &&ClassThen| then.grade + 1 == class.grade && then.letter == class.letter;
        self.classes.iter().find(is_it).map(|then| &then.key)
    }

    /// Returns a figure of `metrics.csv`.
    pub(crate) fn value(
        &self,
        (term, metric, scope): (usize, &'static str, Scope),
        scope_id: &Text,
        subject: &Text,
    ) -> Option<f64> {
        self.values.get(&(term, metric, scope, scope_id.clone(), subject.clone())).copied()
    }
}
