//! Which id leads to which record: resolves references and refuses a second record of one id.

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::nearest::nearest;
use crate::limits;
use crate::model::{Id, Table, Text};

/// The ids of one table.
pub(crate) struct Keys<T> {
    table: Table,
    ids: FxHashMap<Text, Id<T>>,
    left_out: FxHashSet<Text>,
    compared: Cell<usize>,
    /// What was found last: rows of one lesson, of one teacher stand together.
    last: RefCell<(Text, Id<T>)>,
}

impl<T> Keys<T> {
    /// Begins the ids of a table.
    pub(crate) fn of(table: Table) -> Self {
        Self {
            table,
            ids: FxHashMap::default(),
            left_out: FxHashSet::default(),
            compared: Cell::new(0),
            last: RefCell::new((Text::new(), Id::NOWHERE)),
        }
    }

    /// Returns the table.
    pub(crate) fn table(&self) -> Table {
        self.table
    }

    /// Finds a record by its id.
    pub(crate) fn get(&self, key: &str) -> Option<Id<T>> {
        let mut last = self.last.borrow_mut();
        if last.0 != key || key.is_empty() {
            let (key, id) = self.ids.get_key_value(key)?;
            *last = (key.clone(), *id);
        }
        Some(last.1)
    }

    /// Makes room for so many more records.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.ids.reserve(count);
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
        // A look at every id for every wrong one would never end where a big table is wrong throughout.
        let compared = self.compared.get();
        self.compared.set(compared + self.ids.len());
        if compared > limits::COMPARED_IDS {
            return None;
        }
        let near = nearest(key, self.ids.keys().map(Text::as_str))?;
        self.ids.get_key_value(near).map(|(known, _)| known)
    }
}
