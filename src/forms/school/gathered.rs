//! What a year gives to a form: the year itself, its figures and tables, names for ids.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::forms::{List, key};
use crate::model::{Id, Journal, Term};
use crate::stats::Figure;
use crate::stats::analytics::Filled;

/// Names for ids.
#[derive(Default)]
pub(super) struct Names {
    pub(super) terms: BTreeMap<String, String>,
    pub(super) pupils: BTreeMap<String, String>,
    pub(super) subjects: BTreeMap<String, String>,
    pub(super) staff: BTreeMap<String, String>,
    pub(super) works: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn of(journal: &Journal) -> Self {
        let terms = journal.terms.values().map(|one| (one.key.to_string(), one.title.to_string()));
        let pupils = journal.pupils.values().map(|one| (one.key.to_string(), one.full_name()));
        let subjects = journal.subjects.values().map(|one| (one.key.to_string(), one.title.to_string()));
        let staff = journal.staff.values().map(|one| (one.key.to_string(), one.name.to_string()));
        let works = journal.works.values().map(|one| (one.key.to_string(), one.title.to_string()));
        Self {
            terms: terms.collect(),
            pupils: pupils.collect(),
            subjects: subjects.collect(),
            staff: staff.collect(),
            works: works.collect(),
        }
    }
}

/// What a year gives to a form.
pub struct School<'a> {
    pub(super) journal: &'a Journal,
    pub(super) figures: &'a [Figure],
    pub(super) analytics: &'a [Filled],
    pub(super) terms: Vec<Id<Term>>,
    pub(super) as_of: Date,
    pub(super) names: Names,
    pub(super) lists: BTreeMap<String, List>,
}

impl<'a> School<'a> {
    pub(super) fn table(&self, name: &str) -> Option<&'a Filled> {
        self.analytics.iter().find(|filled| filled.table.name == name)
    }

    pub(super) fn keys_of(&self, terms: &[Id<Term>]) -> Vec<String> {
        terms.iter().filter_map(|id| self.journal.terms.get(*id)).map(|term| term.key.to_string()).collect()
    }

    pub(super) fn is_chosen(&self, term: &str) -> bool {
        self.terms.iter().filter_map(|id| self.journal.terms.get(*id)).any(|one| one.key.as_str() == term)
    }

    pub(super) fn term_of(&self, word: &str) -> Option<Id<Term>> {
        term_named(self.journal, word)
    }
}

pub(super) fn term_named(journal: &Journal, word: &str) -> Option<Id<Term>> {
    let wanted = key(word);
    journal
        .terms
        .iter()
        .find(|(_, term)| key(&term.key) == wanted || key(&term.title) == wanted)
        .map(|(id, _)| id)
}
