//! A school's own form: a workbook of the school's is filled with figures and lists of a year.
//!
//! Cells with `{{…}}` and cells that a name beginning with `letopis.` or `летопись.` stands for are filled. A row with the
//! fields of a list grows into as many rows as the list has. What stands below moves down with all that points to it:
//! formulas, merged cells, names, areas to print, conditions, charts. Whatever could not be moved without a guess is
//! refused with its cell. All else of the workbook stays byte for byte, and an office program computes the formulas anew
//! when it opens the workbook.
//!
//! [`book`] knows workbooks and no school, [`school`] knows the names and what stands for them.

pub mod book;
pub mod school;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::said::{Said, said};
use crate::base::shown;

/// What stands for a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// There is none: the cell stays empty, for 0 would be a figure.
    Nothing,
    /// Words.
    Text(String),
    /// A number, with so many decimals where it stands among words.
    Number(f64, usize),
    /// Per cent, from 0 to 100.
    Percent(f64),
    /// A day.
    Date(Date),
}

/// A list: its fields, and a value for each of them in each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Names of the fields; a field may have several.
    pub fields: Vec<Vec<String>>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

impl List {
    /// Returns which field has a name.
    pub fn field(&self, name: &str) -> Option<usize> {
        let name = key(name);
        self.fields.iter().position(|names| names.iter().any(|one| key(one) == name))
    }
}

/// Where the values of a form come from.
pub trait Source {
    /// Returns what stands for a name of one or more parts.
    ///
    /// # Errors
    /// When a part is unknown: what is wrong, and what comes near it.
    fn value(&self, parts: &[&str]) -> Result<Value, Said>;

    /// Returns a list by its name.
    fn list(&self, name: &str) -> Option<&List>;
}

/// Values and lists by their names, as they are.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// Values by name.
    pub values: BTreeMap<String, Value>,
    /// Lists by name.
    pub lists: BTreeMap<String, List>,
}

impl Source for Fixed {
    fn value(&self, parts: &[&str]) -> Result<Value, Said> {
        let name = parts.join(".");
        let found = self.values.iter().find(|(known, _)| key(known) == key(&name));
        let known = || self.values.keys().chain(self.lists.keys()).map(String::as_str);
        found.map(|(_, value)| value.clone()).ok_or_else(|| unknown(&name, known()))
    }

    fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|(known, _)| key(known) == key(name)).map(|(_, list)| list)
    }
}

/// Returns a name as names are compared: without case and `ё`; underscores and hyphens are spaces, for the name
/// of a range has none.
pub fn key(name: &str) -> String {
    let name = name.replace(['_', '-', '–'], " ").to_lowercase().replace('ё', "е");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Says that nothing has a name, and which name comes near.
pub fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Said {
    let shown = shown::start(name, 60);
    match nearest(name, known) {
        Some(near) => said!(
            "имени «{shown}» нет; ближе всего «{near}»",
            "there is no name «{shown}»; the nearest is «{near}»"
        ),
        None => said!("имени «{shown}» нет", "there is no name «{shown}»"),
    }
}

/// Returns the known name that is least far from a wrong one, unless it is another word altogether.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = key(name);
    let far = wanted.chars().count() / 2 + 1;
    let near = known.map(|one| (strsim::osa_distance(&wanted, &key(one)), one));
    near.filter(|(distance, _)| *distance <= far).min().map(|(_, one)| one.to_owned())
}

/// Why a form is not filled: a place in the workbook and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The sheet; empty: the workbook.
    pub sheet: String,
    /// The cell, or the range; empty: the whole sheet.
    pub cell: String,
    /// What is wrong, and what to do.
    pub said: Said,
}

impl Refusal {
    /// Returns the place and what is wrong there.
    pub fn line(&self) -> Said {
        let sheet = shown::line(&self.sheet);
        let place = match (self.sheet.is_empty(), self.cell.is_empty()) {
            (true, _) => return self.said.clone(),
            (false, true) => said!("лист «{sheet}»", "sheet «{sheet}»"),
            (false, false) => {
                let cell = &self.cell;
                said!("лист «{sheet}», ячейка {cell}", "sheet «{sheet}», cell {cell}")
            }
        };
        Said::join([place, self.said.clone()], ": ")
    }
}
