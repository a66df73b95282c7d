//! Which id leads to which record: resolves references and refuses a second record of one id.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ids;
use super::nearest::nearest;
use crate::base::limits;
use crate::model::{Id, Table, Text};

/// The ids of one table.
pub(crate) struct Keys<T> {
    table: Table,
    ids: FxHashMap<Text, Id<T>>,
    left_out: FxHashSet<Text>,
    /// Ids of several records: none of them is meant.
    ambiguous: FxHashSet<Text>,
    /// Ids of digits by what they are without zeros before them; built when the first is looked for.
    by_number: OnceCell<FxHashMap<Text, Vec<Text>>>,
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
            ambiguous: FxHashSet::default(),
            by_number: OnceCell::new(),
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

    /// Remembers that an id is that of several records: nothing that refers to it can be read.
    pub(crate) fn make_ambiguous(&mut self, key: &str) {
        if let Some((key, _)) = self.ids.remove_entry(key) {
            self.ambiguous.insert(key);
        }
        self.last = RefCell::new((Text::new(), Id::NOWHERE));
    }

    /// Tells whether several records have an id.
    pub(crate) fn is_ambiguous(&self, key: &str) -> bool {
        self.ambiguous.contains(key)
    }

    /// Returns the known id that differs in the zeros before its number only, where just one does.
    pub(crate) fn with_other_zeros(&self, key: &str) -> Option<&Text> {
        let number = ids::without_zeros(key)?;
        let by_number = self.by_number.get_or_init(|| {
            let mut by_number: FxHashMap<Text, Vec<Text>> = FxHashMap::default();
            self.ids.keys().for_each(|id| {
                if let Some(number) = ids::without_zeros(id) {
                    by_number.entry(number.into()).or_default().push(id.clone());
                }
            });
            by_number
        });
        match by_number.get(number)?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Returns the known id most like this one, when it is near enough to be a slip of the pen.
    pub(crate) fn nearest(&self, key: &str) -> Option<&Text> {
        // A look at every id for every wrong one would never end where a big table is wrong throughout.
        let compared = self.compared.get();
        self.compared.set(compared + self.ids.len());
        if compared > limits::COMPARED_IDS {
            return None;
        }
        let alike = self.ids.keys().map(Text::as_str).filter(|id| is_slip(key, id));
        let near = nearest(key, alike)?;
        self.ids.get_key_value(near).map(|(known, _)| known)
    }
}

/// Tells whether one id may be the other mistyped. Another number, or another letter of a short id, is another record: 5В
/// is not 5А, and to name it would send marks to somebody else.
fn is_slip(one: &str, other: &str) -> bool {
    const ENOUGH_LETTERS: usize = 4;
    let digits = |id: &str| id.chars().filter(|sign| sign.is_numeric()).collect::<String>();
    let letters = |id: &str| id.chars().filter(|sign| sign.is_alphabetic()).map(looks).collect::<Vec<_>>();
    digits(one) == digits(other)
        && (letters(one) == letters(other) || letters(one).len().min(letters(other).len()) >= ENOUGH_LETTERS)
}

/// Returns what a letter looks like: small as capital, Cyrillic as Latin.
fn looks(letter: char) -> char {
    let capital = letter.to_uppercase().next().unwrap_or(letter);
    "АВЕКМНОРСТУХЁІЈЅ"
        .chars()
        .zip("ABEKMHOPCTYXEIJS".chars())
        .find(|(from, _)| *from == capital)
        .map_or(capital, |(_, to)| to)
}
