//! Finds when a pupil who is only in the reports was in which class, from the days with entries.

use std::collections::BTreeMap;

use super::moves::Stay;
use super::terms::TermBook;
use super::{Import, PupilBlock};
use crate::model::*;

impl Import<'_> {
    /// Divides the year of pupils in several classes: the later class begins on its first day with an entry.
    pub(super) fn divide_stays(&mut self, blocks: &[PupilBlock], terms: &TermBook) {
        let mut classes: BTreeMap<Id<Pupil>, Vec<(Span, Id<Class>)>> = BTreeMap::new();
        for ((pupil, class), stay) in self.stays_of(blocks, terms) {
            if let Some(span) = stay.signs.or(stay.days) {
                classes.entry(pupil).or_default().push((span, class));
            }
        }
        for (pupil, mut stays) in classes.into_iter().filter(|(_, stays)| stays.len() > 1) {
            stays.sort_unstable_by_key(|(span, class)| (span.from, span.to, *class));
            for pair in stays.windows(2) {
                let (before, (next, class)) = (pair[0].1, pair[1]);
                let last = next.from.yesterday().unwrap_or(next.from);
                self.set(pupil, before, |span| span.to = last);
                self.set(pupil, class, |span| span.from = next.from);
            }
        }
    }

    fn stays_of(&self, blocks: &[PupilBlock], terms: &TermBook) -> BTreeMap<(Id<Pupil>, Id<Class>), Stay> {
        let journal = &self.builder.journal;
        let mut stays: BTreeMap<_, Stay> = BTreeMap::new();
        let own = blocks.iter().filter(|block| self.stays.contains(&(block.pupil, block.class)));
        for block in own {
            let grade = journal.classes[block.class].grade;
            let span = |title: &str| terms.by_title(grade, title).map(|term| journal.terms[term].span);
            stays.entry((block.pupil, block.class)).or_default().take(block, span);
        }
        stays
    }

    fn set(&mut self, pupil: Id<Pupil>, class: Id<Class>, change: impl Fn(&mut Span)) {
        let stays = self.builder.journal.enrolment.iter_mut();
        stays
            .filter(|stay| (stay.pupil, stay.class) == (pupil, class))
            .for_each(|stay| change(&mut stay.span));
    }
}
