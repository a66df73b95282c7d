//! Typed positions in arenas: a pupil's id cannot be used as a lesson's.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::ops::Index;

/// The position of a `T` in its [`Arena`].
pub struct Id<T>(NonZeroU32, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// In place of an unresolved reference; the row that holds it is never kept.
    pub const NOWHERE: Self = Self(NonZeroU32::MAX, PhantomData);

    /// Makes the id of the item at `index`.
    pub fn new(index: usize) -> Self {
        // Counted from one, so that an optional id takes no more room than a required one.
        let number = u32::try_from(index.saturating_add(1)).ok().and_then(NonZeroU32::new);
        Self(number.unwrap_or(NonZeroU32::MAX), PhantomData)
    }

    /// Returns the position as an index into tables beside the arena.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index())
    }
}

/// All records of one kind, in reading order.
#[derive(Clone, Debug)]
pub struct Arena<T>(Vec<T>);

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Arena<T> {
    /// Adds a record and returns its id.
    pub fn push(&mut self, item: T) -> Id<T> {
        self.0.push(item);
        Id::new(self.0.len() - 1)
    }

    /// Removes unwanted records. Earlier ids become invalid, so this is only for records that nothing refers
    /// to.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(Id<T>, &T) -> bool) {
        let mut index = 0;
        self.0.retain(|item| {
            index += 1;
            is_wanted(Id::new(index - 1), item)
        });
    }

    /// Returns a mutable record, or `None` if the id leads nowhere.
    pub fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.0.get_mut(id.index())
    }

    /// Reserves room for more records.
    pub fn reserve(&mut self, count: usize) {
        self.0.reserve(count);
    }

    /// Returns how many records there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Walks the records with their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.0.iter().enumerate().map(|(index, item)| (Id::new(index), item))
    }

    /// Walks the ids alone.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + use<T> {
        (0..self.0.len()).map(Id::new)
    }

    /// Walks the records alone.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Returns the record, or `None` if the id leads nowhere.
    pub fn get(&self, id: Id<T>) -> Option<&T> {
        self.0.get(id.index())
    }
}

impl<T> Index<Id<T>> for Arena<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.0[id.index()]
    }
}
