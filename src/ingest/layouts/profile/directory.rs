//! What the bundle's own tables call things: finds the id of a subject, class, term, pupil or employee by what a source calls it.

use std::collections::{BTreeMap, BTreeSet};

use super::words::fold;
use crate::ingest::problems::{Words, words as say};
use crate::ingest::schema::{TABLES, schema_of};
use crate::model::Table;

/// The full name of a pupil, put together from three columns.
const FULL_NAME: &str = "name";

/// Ids by what stands in a column, for every column that a profile looks into.
#[derive(Default)]
pub(crate) struct Directory {
    /// By place (`subjects.title`), by folded text: the ids that have it.
    ids: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// What a look-up gave.
pub(super) enum Found {
    One(String),
    None,
    Several,
}

impl Directory {
    /// Tells whether a place can be looked into.
    pub(super) fn check(place: &str) -> Result<String, Words> {
        let known = place.split_once('.').is_some_and(|(table, column)| {
            let schema = TABLES.iter().find(|schema| schema.table.id() == table);
            schema.is_some_and(|schema| {
                schema.columns.iter().any(|known| known.id == column)
                    || (schema.table == Table::Pupils && column == FULL_NAME)
            })
        });
        if known {
            return Ok(place.to_owned());
        }
        let en = format!("find {place}: there is no such column");
        Err(say(format!("find {place}: такого столбца нет"), en))
    }

    /// Returns the positions of the columns that make up the text of a place.
    pub(super) fn columns(table: Table, column: &str) -> Vec<usize> {
        let names: &[&str] = match (table, column) {
            (Table::Pupils, FULL_NAME) => &["surname", "given_name", "patronymic"],
            _ => &[column],
        };
        let columns = schema_of(table).columns;
        names.iter().filter_map(|name| columns.iter().position(|column| column.id == *name)).collect()
    }

    /// Notes that a record with this id has this text.
    pub(super) fn note(&mut self, place: &str, text: &str, id: &str) {
        let ids = self.ids.entry(place.to_owned()).or_default();
        ids.entry(fold(text)).or_default().insert(id.to_owned());
    }

    /// Finds the one record that has this text.
    pub(super) fn find(&self, place: &str, text: &str) -> Found {
        let ids = self.ids.get(place).and_then(|ids| ids.get(&fold(text)));
        match ids.map(|ids| (ids.len(), ids.iter().next())) {
            Some((1, Some(id))) => Found::One(id.clone()),
            Some((0, _) | (_, None)) | None => Found::None,
            Some(_) => Found::Several,
        }
    }
}
