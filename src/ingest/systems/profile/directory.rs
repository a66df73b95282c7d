//! The names in the bundle's own tables: finds the id of a subject, class, term, pupil or employee by a
//! source's name for it.

use std::collections::{BTreeMap, BTreeSet};

use super::words::fold;
use crate::base::nearest::nearest;
use crate::base::said::Said;
use crate::ingest::parse;
use crate::ingest::people::{PersonName, called};
use crate::model::schema::{TABLES, schema_of};
use crate::model::{Table, Text};

/// The full name of a pupil, combined from three columns.
const FULL_NAME: &str = "name";
/// The place for finding a pupil by full name.
pub(super) const PUPIL_BY_NAME: &str = "pupils.name";

/// Ids by the content of a column, for every column that a profile searches.
#[derive(Default)]
pub(crate) struct Directory {
    /// By place (`subjects.title`), by folded text: the ids that have it.
    ids: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    names: BTreeMap<String, [Text; 3]>,
    stays: BTreeSet<(Text, String)>,
    rosters: BTreeMap<Text, Vec<(PersonName, String)>>,
}

/// What a look-up gave.
pub(super) enum Found {
    One(String),
    None,
    Several,
    /// Nobody in the class, which the tables have; the most similar pupil, by name and id.
    Stranger(Option<(String, String)>),
}

impl Directory {
    /// Returns whether a place can be searched.
    pub(super) fn check(place: &str) -> Result<String, Said> {
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
        Err(Said::new(format!("find {place}: такого столбца нет"), en))
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

    /// Remembers that a record with this id has this text.
    pub(super) fn note(&mut self, place: &str, text: &str, id: &str) {
        let ids = self.ids.entry(place.to_owned()).or_default();
        ids.entry(fold(text)).or_default().insert(id.to_owned());
    }

    /// Remembers a row of the tables that list the pupils of a class.
    pub(super) fn note_roster(&mut self, table: Table, cell: impl Fn(usize) -> Text) {
        match table {
            Table::Pupils => drop(self.names.insert(cell(0).to_string(), [cell(1), cell(2), cell(3)])),
            Table::Enrolment => drop(self.stays.insert((parse::class_name(&cell(1)), cell(0).to_string()))),
            _ => {}
        }
    }

    /// Builds the rosters after every row is remembered.
    pub(super) fn enrol(&mut self) {
        for (class, id) in &self.stays {
            let Some([surname, given_name, patronymic]) = self.names.get(id) else { continue };
            let name = PersonName::new(surname, given_name, patronymic);
            self.rosters.entry(class.clone()).or_default().push((name, id.clone()));
        }
    }

    /// Finds the pupil of a name in a class; if the tables have no such class, in the school.
    pub(super) fn pupil(&self, name: &str, class: &str) -> Found {
        let Some(roster) = self.rosters.get(class) else { return self.find(PUPIL_BY_NAME, name) };
        match called(roster, name).as_slice() {
            [id] => Found::One((*id).clone()),
            [] => {
                let names: Vec<(String, &String)> =
                    roster.iter().map(|(name, id)| (name.full(), id)).collect();
                let near = nearest(&fold(name), names.iter().map(|(name, _)| name.as_str()));
                let near = near.and_then(|near| names.iter().find(|(name, _)| name == near));
                Found::Stranger(near.map(|(name, id)| (name.clone(), (*id).clone())))
            }
            _ => Found::Several,
        }
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
