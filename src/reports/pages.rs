//! The file names of a report's documents in one form: what pages that link to each other need of each other.

use std::collections::BTreeMap;

use super::each::{About, Of};
use crate::model::{Id, Term};

/// File names by what the documents speak of. One that is not made has none, so nothing links to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(BTreeMap<(Of, Option<Id<Term>>), String>);

impl Pages {
    /// Returns the file name of the document about somebody in a term, if there is one.
    pub fn name_of(&self, of: Of, term: Id<Term>) -> Option<&str> {
        self.0.get(&(of, Some(term))).map(String::as_str)
    }
}

impl FromIterator<(About, String)> for Pages {
    fn from_iter<I: IntoIterator<Item = (About, String)>>(names: I) -> Self {
        Self(names.into_iter().map(|(About { of, term }, name)| ((of, term), name)).collect())
    }
}
