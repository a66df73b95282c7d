//! The table `aliases`: what sources call records, given by a person where names or ids differ or are
//! ambiguous.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::parse;
use super::problems::{Problems, Spot};
use super::trust::is_source;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::Origin;
use crate::model::{AbsenceReason, Journal, Table, Text};

/// The aliases of a bundle.
#[derive(Clone, Default)]
pub(crate) struct Aliases {
    /// By table and folded name.
    names: BTreeMap<(Table, String), Vec<Row>>,
    /// By table and exact id; only those without a class.
    ids: FxHashMap<(Table, Text), Vec<Row>>,
}

#[derive(Clone)]
struct Row {
    class: Text,
    source: Text,
    id: Text,
}

impl Row {
    fn is_for(&self, class: &str, (system, file): (&str, &str)) -> bool {
        (self.class.is_empty() || self.class == class)
            && (self.source.is_empty() || is_source(&self.source, system, file))
    }
}

/// Returns the most specific of the matching rows, by class and source.
fn best<'a>(rows: &'a [Row], class: &str, source: (&str, &str)) -> Option<&'a Text> {
    let fit = rows.iter().filter(|row| row.is_for(class, source));
    fit.max_by_key(|row| (!row.source.is_empty(), !row.class.is_empty())).map(|row| &row.id)
}

impl Aliases {
    pub(crate) fn new(journal: &Journal) -> Self {
        let mut aliases = Self::default();
        for alias in &journal.aliases {
            let row =
                || Row { class: alias.class.clone(), source: alias.source.clone(), id: alias.id.clone() };
            let named = (alias.table, folded(alias.table, &alias.name));
            aliases.names.entry(named).or_default().push(row());
            if alias.class.is_empty() {
                aliases.ids.entry((alias.table, alias.name.clone())).or_default().push(row());
            }
        }
        aliases
    }

    /// Adds the meaning of a system's id.
    pub(crate) fn add(&mut self, table: Table, name: Text, system: Text, id: Text) {
        let row = Row { class: Text::new(), source: system, id };
        self.ids.entry((table, name)).or_default().push(row);
    }

    /// Returns the id for a source's name; the class is folded, the source is its system and file.
    pub(crate) fn by_name(
        &self,
        table: Table,
        name: &str,
        class: &str,
        source: (&str, &str),
    ) -> Option<&Text> {
        if self.names.is_empty() {
            return None;
        }
        best(self.names.get(&(table, folded(table, name)))?, class, source)
    }

    /// Returns the classes in which a source's name belongs to somebody, according to the aliases.
    pub(crate) fn classes_of(&self, name: &str, source: (&str, &str)) -> Vec<&Text> {
        let rows = self.names.get(&(Table::Pupils, folded(Table::Pupils, name))).into_iter().flatten();
        let mut classes: Vec<&Text> = rows
            .filter(|row| !row.class.is_empty() && row.is_for(&row.class, source))
            .map(|row| &row.class)
            .collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// Returns the id for a source's id, according to the aliases.
    #[inline]
    pub(crate) fn by_id(&self, table: Table, id: &str, source: (&str, &str)) -> Option<&Text> {
        // Nearly always there are none.
        if self.ids.is_empty() { None } else { self.known_by_id(table, id, source) }
    }

    fn known_by_id(&self, table: Table, id: &str, source: (&str, &str)) -> Option<&Text> {
        best(self.ids.get(&(table, Text::from(id)))?, "", source)
    }
}

fn folded(table: Table, name: &str) -> String {
    if table == Table::Classes { parse::class_name(name).to_string() } else { parse::name(name) }
}

/// Reads the alias of an absence letter: a reason, or «нет» for none.
pub(crate) fn attendance(id: &str) -> Option<Option<AbsenceReason>> {
    if parse::name(id) == "нет" {
        return Some(None);
    }
    AbsenceReason::parse(id.trim()).map(Some)
}

/// Reports aliases that lead to no record.
pub(crate) fn check(journal: &Journal, is_known: impl Fn(Table, &str) -> bool, problems: &mut Problems) {
    let is_known = |table, id: &str| {
        if table == Table::Attendance { attendance(id).is_some() } else { is_known(table, id) }
    };
    for alias in journal.aliases.iter().filter(|alias| !is_known(alias.table, &alias.id)) {
        let (table, id) = (alias.table.id(), &alias.id);
        let message = said!(
            "соответствие ведёт к «{id}», а такой записи в таблице {table} нет",
            "the alias leads to \"{id}\", and table {table} has no such record"
        );
        let hint = said!("впишите код записи из её таблицы", "put in the id of a record of that table");
        let unknown = Origin { file: String::new(), sheet: String::new() };
        let origin = journal.origin(alias.place).unwrap_or(&unknown);
        let spot = Spot { row: Some(alias.place.row), column: "id".to_owned(), value: id.to_string() };
        problems.add("J633", ProblemSeverity::Error, (origin, spot), message, hint);
    }
}
