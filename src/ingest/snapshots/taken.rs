//! One snapshot as read: its entries in key order, and what it covers. Nothing else of it is kept.

use super::coverage::Coverage;
use super::entries::{Entry, Slot, Walk};
use super::folders::Folder;
use crate::base::source::{Origin, SourceRef};
use crate::ingest::problems::Problems;
use crate::ingest::reading::Part;
use crate::ingest::trust::NETSCHOOL;
use crate::model::{Journal, Text};

/// What one snapshot shows.
pub(super) struct Taken {
    pub(super) coverage: Coverage,
    pub(super) origins: Vec<Origin>,
    /// Path and sheet of each origin inside the snapshot; `None` if it is outside.
    pub(super) files: Vec<Option<(String, String)>>,
    /// In journal order.
    pub(super) entries: Vec<Entry>,
    /// Every key of every entry, with the entry's position, sorted.
    keys: Vec<(u64, u32)>,
}

/// The entries of one key in a snapshot.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) key: u64,
    taken: &'a Taken,
    members: &'a [(u64, u32)],
}

impl Taken {
    /// Examines what was read of a snapshot, and reports what it does not cover.
    pub(super) fn of(journal: &Journal, part: &Part, folder: &Folder, problems: &mut Problems) -> Self {
        let is_report = |origin| part.systems.get(origin).is_some_and(|system| system == NETSCHOOL);
        let walk = Walk::new(journal, &folder.path, is_report);
        let mut entries = Vec::new();
        walk.each(|entry| entries.push(entry));
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(entries.len() * 2);
        for (position, entry) in (0..).zip(&entries) {
            keys.extend(entry.keys().map(|(_, key)| (key, position)));
        }
        keys.sort_unstable();
        Self {
            coverage: Coverage::of(journal, (&walk, &entries), folder, &part.reading.problems, problems),
            origins: journal.origins.clone(),
            files: journal.origins.iter().map(|origin| folder.inside(origin)).collect(),
            entries,
            keys,
        }
    }

    /// Returns path and sheet of a place inside the snapshot.
    pub(super) fn file(&self, place: SourceRef) -> Option<&(String, String)> {
        self.files.get(place.origin as usize)?.as_ref()
    }

    /// Walks the keys with their entries, in key order.
    pub(super) fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let groups = self.keys.chunk_by(|(one, _), (other, _)| one == other);
        groups.map(|members| Place { key: members[0].0, taken: self, members })
    }
}

impl<'a> Place<'a> {
    /// Walks the entries in journal order.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, &'a Entry)> {
        self.members.iter().map(|(_, position)| (*position, &self.taken.entries[*position as usize]))
    }

    /// Returns the entry that comes first in the journal.
    pub(super) fn first(self) -> &'a Entry {
        &self.taken.entries[self.members[0].1 as usize]
    }

    /// Returns what a change of an entry there means, and whether the key is its main one.
    pub(super) fn slot(self) -> (Slot, bool) {
        let Entry { key, other, .. } = self.first();
        match other {
            Some((slot, other)) if *other == self.key => (*slot, false),
            _ => (key.0, true),
        }
    }

    /// Returns the values there, sorted.
    pub(super) fn values(self, into: &mut Vec<&'a Text>) {
        into.clear();
        into.extend(self.entries().map(|(_, entry)| &entry.value));
        into.sort_unstable();
    }
}
