//! Which id leads to which record: resolves references and refuses a second record of one id.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Id, Text};

/// The ids of one table.
pub(crate) struct Keys<T> {
    ids: FxHashMap<Text, Id<T>>,
    left_out: FxHashSet<Text>,
}

impl<T> Default for Keys<T> {
    fn default() -> Self {
        Self { ids: FxHashMap::default(), left_out: FxHashSet::default() }
    }
}

impl<T> Keys<T> {
    /// Finds a record by its id.
    pub(crate) fn get(&self, key: &str) -> Option<Id<T>> {
        self.ids.get(key).copied()
    }

    /// Remembers a record; the caller has made sure that the id is new.
    pub(crate) fn insert(&mut self, key: Text, id: Id<T>) {
        self.ids.insert(key, id);
    }

    /// Remembers that a row with this id was left out, so that rows which refer to it can say so.
    pub(crate) fn leave_out(&mut self, key: Text) {
        self.left_out.insert(key);
    }

    /// Tells whether a row with this id was there but left out.
    pub(crate) fn was_left_out(&self, key: &str) -> bool {
        self.left_out.contains(key)
    }

    /// Returns the known id most like this one, when it is near enough to be a slip of the pen.
    pub(crate) fn nearest(&self, key: &str) -> Option<&Text> {
        let limit = (key.chars().count() / 3).max(1);
        let distances = self.ids.keys().map(|known| (strsim::levenshtein(key, known), known));
        distances.min().filter(|(distance, _)| *distance <= limit).map(|(_, known)| known)
    }
}
