//! Terms of which the source lacks a class's lessons: nobody knows the absences.

use std::collections::BTreeSet;

use super::figure::{Figure, Scope};
use crate::model::{Id, Journal, Term, Text};

/// The terms of which some class has no lessons, with these classes and their pupils.
pub(super) struct Unseen {
    terms: BTreeSet<Id<Term>>,
    keys: BTreeSet<(Scope, Id<Term>, Text)>,
}

impl Unseen {
    pub(super) fn of(journal: &Journal, terms: &[Id<Term>]) -> Self {
        let mut unseen = Self { terms: BTreeSet::new(), keys: BTreeSet::new() };
        for (class, record) in journal.classes.iter() {
            for term in terms.iter().filter(|term| journal.presence.is_unseen(class, **term)) {
                unseen.terms.insert(*term);
                unseen.keys.insert((Scope::Class, *term, record.key.clone()));
                let pupils = journal.enrolment.iter().filter(|stay| stay.class == class);
                let pupil = |id| (Scope::Pupil, *term, journal.pupils[id].key.clone());
                unseen.keys.extend(pupils.map(|stay| pupil(stay.pupil)));
            }
        }
        unseen
    }

    /// Returns whether a figure would cover only a part of its lessons; one of several classes does if one of
    /// them does.
    pub(super) fn has(&self, figure: &Figure) -> bool {
        self.terms.contains(&figure.term)
            && match figure.scope {
                Scope::Class | Scope::Pupil => {
                    self.keys.contains(&(figure.scope, figure.term, figure.scope_id.clone()))
                }
                _ => true,
            }
    }
}
