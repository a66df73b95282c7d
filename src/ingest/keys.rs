//! Which id leads to which record: resolves references and refuses a second record with the same id.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ids;
use super::seen::Seen;
use crate::base::limits;
use crate::base::nearest::nearest;
use crate::model::rows::Referred;
use crate::model::{Id, Table, Text};

/// The ids of every table.
pub(crate) struct AllKeys {
    /// In the order of [`Table::ALL`]; those of tables to which no other refers stay empty.
    tables: Vec<Keys>,
    /// The ids of marks, to which no other table refers.
    pub(crate) marks: Seen,
}

impl AllKeys {
    pub(crate) fn new() -> Self {
        Self { tables: Table::ALL.iter().map(|table| Keys::of(*table)).collect(), marks: Seen::default() }
    }

    /// Returns the ids of a table.
    #[inline]
    pub(crate) fn of(&self, table: Table) -> &Keys {
        &self.tables[table as usize]
    }

    /// Returns the ids of a table, to be added to.
    pub(crate) fn of_mut(&mut self, table: Table) -> &mut Keys {
        &mut self.tables[table as usize]
    }

    /// Finds a record by its id.
    #[inline]
    pub(crate) fn get<T: Referred>(&self, key: &str) -> Option<Id<T>> {
        self.of(T::TABLE).get(key).map(Id::new)
    }

    /// Remembers a record; the caller has made sure that the id is new.
    pub(crate) fn insert<T: Referred>(&mut self, key: Text, id: Id<T>) {
        self.of_mut(T::TABLE).insert(key, id.index());
    }

    /// Tells whether a table has a record of this id.
    pub(crate) fn has(&self, table: Table, id: &str) -> bool {
        self.of(table).get(id).is_some()
    }
}

/// The ids of one table, each with the position of its record.
pub(crate) struct Keys {
    table: Table,
    ids: FxHashMap<Text, usize>,
    left_out: FxHashSet<Text>,
    /// Ids of several records: a reference to one is ambiguous.
    ambiguous: FxHashSet<Text>,
    /// Numeric ids without leading zeros; built on first use.
    by_number: OnceCell<FxHashMap<Text, Vec<Text>>>,
    compared: Cell<usize>,
    /// What was found last: rows of one lesson, of one teacher stand together.
    last: RefCell<(Text, usize)>,
}

impl Keys {
    /// Begins the ids of a table.
    pub(crate) fn of(table: Table) -> Self {
        Self {
            table,
            ids: FxHashMap::default(),
            left_out: FxHashSet::default(),
            ambiguous: FxHashSet::default(),
            by_number: OnceCell::new(),
            compared: Cell::new(0),
            last: RefCell::new((Text::new(), 0)),
        }
    }

    /// Returns the table.
    pub(crate) fn table(&self) -> Table {
        self.table
    }

    /// Finds the position of a record by its id.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        let mut last = self.last.borrow_mut();
        if last.0 != key || key.is_empty() {
            let (key, position) = self.ids.get_key_value(key)?;
            *last = (key.clone(), *position);
        }
        Some(last.1)
    }

    /// Reserves room for more records.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.ids.reserve(count);
    }

    /// Adds a record; the caller has checked that the id is new.
    pub(crate) fn insert(&mut self, key: Text, position: usize) {
        self.ids.insert(key, position);
    }

    /// Records that a row with this id was left out, so that rows which refer to it can report it.
    pub(crate) fn leave_out(&mut self, key: Text) {
        self.left_out.insert(key);
    }

    /// Returns whether a row with this id was left out.
    pub(crate) fn was_left_out(&self, key: &str) -> bool {
        self.left_out.contains(key)
    }

    /// Records that several records have an id: references to it cannot be resolved.
    pub(crate) fn make_ambiguous(&mut self, key: &str) {
        if let Some((key, _)) = self.ids.remove_entry(key) {
            self.ambiguous.insert(key);
        }
        self.last = RefCell::new((Text::new(), 0));
    }

    /// Tells whether several records have an id.
    pub(crate) fn is_ambiguous(&self, key: &str) -> bool {
        self.ambiguous.contains(key)
    }

    /// Returns the known id that differs only in leading zeros, if exactly one does.
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

    /// Returns the known id most similar to this one, if it is near enough for a typing mistake.
    pub(crate) fn nearest(&self, key: &str) -> Option<&Text> {
        // Comparing every wrong id with all ids would take too long if a big table is wrong throughout.
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

/// Returns whether one id may be the other mistyped. Another number, or another letter of a short id, means
/// another record: 5В is not 5А, and the suggestion would send marks to somebody else.
fn is_slip(one: &str, other: &str) -> bool {
    const ENOUGH_LETTERS: usize = 4;
    let digits = |id: &str| id.chars().filter(|sign| sign.is_numeric()).collect::<String>();
    let letters = |id: &str| id.chars().filter(|sign| sign.is_alphabetic()).map(looks).collect::<Vec<_>>();
    digits(one) == digits(other)
        && (letters(one) == letters(other) || letters(one).len().min(letters(other).len()) >= ENOUGH_LETTERS)
}

/// Returns a letter's shape: small like capital, Cyrillic like Latin.
fn looks(letter: char) -> char {
    let capital = letter.to_uppercase().next().unwrap_or(letter);
    "АВЕКМНОРСТУХЁІЈЅ"
        .chars()
        .zip("ABEKMHOPCTYXEIJS".chars())
        .find(|(from, _)| *from == capital)
        .map_or(capital, |(_, to)| to)
}
