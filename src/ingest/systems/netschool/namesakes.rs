//! Pupils of one name in the reports.

use std::collections::BTreeMap;

use super::blocks::Block;
use super::lines::fold;
use crate::ingest::parse;
use crate::model::{Class, Id, Pupil, Text};

/// The blocks of one sheet by class, name and period: a second block of one name is a second pupil.
#[derive(Default)]
pub(super) struct Namesakes {
    seen: BTreeMap<Named, usize>,
    all: BTreeMap<Named, usize>,
}

type Named = (Text, String, Text);

/// Pupils that only the reports have, by class and folded full name.
pub(super) type Made = BTreeMap<(Id<Class>, String), Vec<Id<Pupil>>>;

impl Namesakes {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut all = BTreeMap::new();
        for block in blocks {
            *all.entry(named(block)).or_default() += 1;
        }
        Self { seen: BTreeMap::new(), all }
    }

    /// Returns the number of a block among those with its name, from 1, and their count.
    pub(super) fn number(&mut self, block: &Block) -> (usize, usize) {
        let key = named(block);
        let number = self.seen.entry(key.clone()).or_default();
        *number += 1;
        (*number, self.all.get(&key).copied().unwrap_or(1))
    }
}

fn named(block: &Block) -> Named {
    let labels = &block.labels;
    let days = Text::from(format!("{:?} {} {}", block.report, labels.period, labels.term));
    (parse::class_name(&labels.class), fold(&labels.pupil), days)
}
