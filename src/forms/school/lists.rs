//! Lists of forms: the tables of the analytics with names for their ids, and lists made of figures.

use std::collections::BTreeMap;

use super::fields::text;
use super::gathered::School;
use super::words::{CODES, STANDINGS, TABLES, column};
use crate::forms::{List, Value};
use crate::model::Class;
use crate::stats::analytics::{Cell, Filled, Kind};

/// Returns every list by its names.
pub(super) fn all(school: &School<'_>) -> BTreeMap<String, List> {
    let mut lists = BTreeMap::new();
    for filled in school.analytics {
        let list = of_table(school, filled, None);
        for name in names_of(filled.table.name) {
            lists.insert(name.to_owned(), list.clone());
        }
    }
    if let Some(standings) = school.table("standings") {
        for (name, column, code) in STANDINGS {
            lists.insert((*name).to_owned(), of_table(school, standings, Some((column, code))));
        }
    }
    lists.extend(super::scopes::lists(school));
    lists
}

fn names_of(table: &'static str) -> impl Iterator<Item = &'static str> {
    let known = TABLES.iter().filter(move |(id, _)| *id == table).map(|(_, name)| *name);
    std::iter::once(table).chain(known)
}

/// Returns a table of the chosen terms, or the rows of it that have a code.
fn of_table(school: &School<'_>, filled: &Filled, only: Option<(&str, &str)>) -> List {
    let columns = filled.table.columns;
    let at = |id: &str| columns.iter().position(|(known, _)| *known == id);
    let (term, code) = (at("term_id"), only.and_then(|(column, code)| Some((at(column)?, code))));
    let is_meant = |row: &&Vec<Cell>| {
        let is_chosen = term.is_none_or(|term| school.is_chosen(text(&row[term])));
        is_chosen && code.is_none_or(|(column, code)| text(&row[column]) == code)
    };
    let mut rows: Vec<&Vec<Cell>> = filled.rows.iter().filter(is_meant).collect();
    if let (Some(class), Some(pupil)) = (at("class_id"), at("pupil_id")) {
        let place = |row: &&Vec<Cell>| {
            (school.class_place(text(&row[class])), school.name_of("pupil_id", text(&row[pupil])))
        };
        rows.sort_by_cached_key(place);
    }
    let mut list = List::default();
    for (id, _) in columns {
        list.fields.push(std::iter::once(*id).chain(column(id)).map(str::to_owned).collect());
    }
    let named: Vec<(usize, &str)> =
        columns.iter().enumerate().filter_map(|(at, (id, _))| words_of(id).map(|_| (at, *id))).collect();
    list.fields
        .extend(named.iter().filter_map(|(_, id)| words_of(id)).map(|names| names.map(str::to_owned).into()));
    for row in rows {
        let mut values: Vec<Value> =
            row.iter().zip(columns).map(|(cell, (id, kind))| value(cell, id, *kind)).collect();
        values.extend(named.iter().map(|(at, id)| school.words(id, text(&row[*at]))));
        list.rows.push(values);
    }
    list
}

/// Returns what the words of a column with ids or codes are called.
fn words_of(id: &str) -> Option<[&'static str; 2]> {
    let names = match id {
        "term_id" => ["term", "период"],
        "class_id" => ["class", "класс"],
        "pupil_id" => ["pupil", "ученик"],
        "subject_id" => ["subject", "предмет"],
        "teacher_id" => ["teacher", "учитель"],
        "instead_of" => ["instead", "вместо кого"],
        "work_id" => ["work", "работа"],
        "class_ids" => ["classes", "классы"],
        "deciding" => ["deciding subjects", "предметы"],
        _ => {
            let (_, name, _) = CODES.iter().find(|(column, ..)| *column == id)?;
            [*name, *name]
        }
    };
    Some(names)
}

fn value(cell: &Cell, id: &str, _: Kind) -> Value {
    match cell {
        Cell::Nothing => Value::Nothing,
        Cell::Text(text) => Value::Text(text.clone()),
        // Counts are far below 2^52: exact.
        Cell::Whole(number) => Value::Number(*number as f64, 0),
        Cell::Number(number) if matches!(id, "attainment" | "quality" | "sou") => Value::Percent(*number),
        Cell::Number(number) => Value::Number(*number, 2),
        Cell::Date(date) => Value::Date(*date),
        Cell::Flag(flag) => Value::Text(if *flag { "да" } else { "нет" }.to_owned()),
    }
}

impl School<'_> {
    /// Returns the place of a class among the school's.
    pub(super) fn class_place(&self, key: &str) -> usize {
        let is_it = |class: &Class| class.key.as_str() == key;
        self.journal.classes.values().position(is_it).unwrap_or(usize::MAX)
    }

    /// Returns the words for an id or a code of a column.
    fn words(&self, column: &str, code: &str) -> Value {
        if let Some((.., words)) = CODES.iter().find(|(known, ..)| *known == column) {
            let found = words.iter().find(|(known, _)| *known == code);
            return found.map_or(Value::Nothing, |(_, word)| Value::Text((*word).to_owned()));
        }
        let names: Vec<String> =
            code.split(';').filter(|one| !one.is_empty()).map(|one| self.name_of(column, one)).collect();
        if names.is_empty() { Value::Nothing } else { Value::Text(names.join(", ")) }
    }

    /// Returns the name that an id of a column stands for.
    pub(super) fn name_of(&self, column: &str, id: &str) -> String {
        let found = match column {
            "term_id" => self.names.terms.get(id),
            "pupil_id" => self.names.pupils.get(id),
            "subject_id" | "deciding" => self.names.subjects.get(id),
            "teacher_id" | "instead_of" => self.names.staff.get(id),
            "work_id" => self.names.works.get(id),
            _ => None,
        };
        found.cloned().unwrap_or_else(|| id.to_owned())
    }
}
