//! Ids of a table that no other table refers to: the only question is whether one occurs twice.

use rustc_hash::FxHashSet;

use crate::model::Text;

/// The ids of a table, of which there may be a million.
///
/// Systems number their records, so ids mostly rise, and an id above all earlier ones is new. From the first
/// that does not rise on, each is looked up.
#[derive(Default)]
pub(crate) struct Seen {
    last: Text,
    /// All ids, after one did not rise.
    ids: Option<FxHashSet<Text>>,
}

impl Seen {
    /// Remembers an id; false if it is already there. `before` are all ids remembered so far.
    pub(crate) fn is_new<'a>(&mut self, id: &Text, before: impl Iterator<Item = &'a Text>) -> bool {
        if self.ids.is_none() && (self.last.len(), &self.last) < (id.len(), id) {
            self.last = id.clone();
            return true;
        }
        self.ids.get_or_insert_with(|| before.cloned().collect()).insert(id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::model::Text;

    #[test]
    fn an_id_is_new_once_in_whatever_order() {
        let names = ["9", "10", "11", "м1", "м9", "м10", "м2", "м10", "7", "м11", "9", "7", "м2"];
        let (mut seen, mut before) = (Seen::default(), Vec::new());
        for name in names {
            let id = Text::from(name);
            let is_new = !before.contains(&id);
            assert_eq!(seen.is_new(&id, before.iter()), is_new, "{name} after {before:?}");
            before.extend(is_new.then_some(id));
        }
        assert_eq!(before.len(), 9);
    }
}
