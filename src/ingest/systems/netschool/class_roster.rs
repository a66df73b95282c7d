//! The pupils that the bundle's own tables enrol, by class.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Pages;
use super::lines::fold;
use crate::base::nearest::nearest;
use crate::ingest::parse;
use crate::ingest::people::{PersonName, called};
use crate::model::*;

/// The pupils that the tables enrol, by class.
#[derive(Default)]
pub(super) struct ClassRoster {
    pupils: BTreeMap<Id<Class>, Vec<(PersonName, Id<Pupil>)>>,
    /// Classes of which the tables name only a few pupils: their rows settle those, and say nothing about the
    /// others.
    partial: BTreeSet<Id<Class>>,
}

impl ClassRoster {
    pub(super) fn of(journal: &Journal, pages: &[(u32, Pages)]) -> Self {
        let mut roster = Self::default();
        for stay in &journal.enrolment {
            let pupils = roster.pupils.entry(stay.class).or_default();
            if pupils.iter().all(|(_, other)| *other != stay.pupil) {
                let Pupil { surname, given_name, patronymic, .. } = &journal.pupils[stay.pupil];
                pupils.push((PersonName::new(surname, given_name, patronymic), stay.pupil));
            }
        }
        let mut names: BTreeMap<Text, BTreeSet<String>> = BTreeMap::new();
        for labels in pages.iter().flat_map(|(_, pages)| &pages.blocks).map(|block| &block.labels) {
            names.entry(parse::class_name(&labels.class)).or_default().insert(fold(&labels.pupil));
        }
        let is_partial = |class: &Id<Class>, pupils: usize| {
            names.get(&journal.classes[*class].key).is_some_and(|names| pupils * 2 < names.len())
        };
        let partial = roster.pupils.iter().filter(|(class, pupils)| is_partial(class, pupils.len()));
        roster.partial = partial.map(|(class, _)| *class).collect();
        roster
    }

    /// Returns whether the tables list the class: then a name outside the list is a question.
    pub(super) fn is_list(&self, class: Id<Class>) -> bool {
        self.pupils.contains_key(&class) && !self.partial.contains(&class)
    }

    /// Returns whether a name is one of the few that the tables enrol in the class, or nearly.
    pub(super) fn may_be(&self, class: Id<Class>, name: &str) -> bool {
        let pupils = self.pupils(class);
        let full: Vec<String> = pupils.iter().map(|(person, _)| person.full()).collect();
        !called(pupils, name).is_empty() || nearest(&fold(name), full.iter().map(String::as_str)).is_some()
    }

    /// Returns the classes in which the tables enrol somebody with this name.
    pub(super) fn classes_of(&self, name: &str) -> Vec<Id<Class>> {
        let has = |pupils: &[(PersonName, Id<Pupil>)]| !called(pupils, name).is_empty();
        self.pupils.iter().filter(|(_, pupils)| has(pupils)).map(|(class, _)| *class).collect()
    }

    pub(super) fn pupils(&self, class: Id<Class>) -> &[(PersonName, Id<Pupil>)] {
        self.pupils.get(&class).map_or(&[], Vec::as_slice)
    }
}
