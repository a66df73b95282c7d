//! Which rows grow, and where that moves the others.

use std::collections::BTreeMap;

use super::address::Corner;
use super::fields::{Part, has_fields, parts};
use super::sheet::{Book, Sheet, column_of};
use crate::base::said::{Said, said};
use crate::forms::{List, Refusal, Source, key};

/// The last row of the format.
const LAST_ROW: u64 = 1_048_576;
/// The field that numbers the rows of a list, and the one that counts them.
pub(super) const NUMBER: &str = "№";
const ALL: &str = "всего";

/// The rows that grow, sheet by sheet.
pub(super) struct Growth {
    sheets: Vec<BTreeMap<u32, Grown>>,
}

/// A row that grows.
#[derive(Clone, Debug)]
pub(super) struct Grown {
    /// The list whose rows it becomes.
    pub(super) list: String,
    /// How many rows it becomes: one where the list is empty.
    pub(super) rows: u32,
}

/// What a name in a cell means.
pub(super) enum Meaning {
    /// A field of a list.
    Field(String, usize),
    /// The number of a list's row.
    Number,
    /// How many rows a list has.
    All(usize),
    /// A value.
    Value,
}

impl Growth {
    /// Tells whether no row grows.
    pub(super) fn is_still(&self) -> bool {
        (0..self.sheets.len()).all(|sheet| !self.moves(sheet))
    }

    /// Tells whether rows of a sheet move.
    pub(super) fn moves(&self, sheet: usize) -> bool {
        self.sheets.get(sheet).is_some_and(|rows| rows.values().any(|grown| grown.rows > 1))
    }

    /// Returns the growing row of a number.
    pub(super) fn grown(&self, sheet: usize, row: u32) -> Option<&Grown> {
        self.sheets.get(sheet)?.get(&row)
    }

    /// Tells whether a row becomes several.
    pub(super) fn is_many(&self, sheet: usize, row: u32) -> bool {
        self.grown(sheet, row).is_some_and(|grown| grown.rows > 1)
    }

    /// Tells whether a row between two becomes several.
    pub(super) fn has_many(&self, sheet: usize, [from, to]: [u32; 2]) -> bool {
        let rows = self.sheets.get(sheet);
        rows.is_some_and(|rows| rows.range(from..=to).any(|(_, grown)| grown.rows > 1))
    }

    /// Returns where a row stands then; of a growing one the first.
    pub(super) fn start(&self, sheet: usize, row: u32) -> u32 {
        row + self
            .sheets
            .get(sheet)
            .map_or(0, |rows| rows.range(..row).map(|(_, grown)| grown.rows - 1).sum())
    }

    /// Returns where a row stands then; of a growing one the last.
    pub(super) fn end(&self, sheet: usize, row: u32) -> u32 {
        self.start(sheet, row) + self.grown(sheet, row).map_or(0, |grown| grown.rows - 1)
    }
}

/// Finds the rows that grow; says what is wrong with names.
pub(super) fn plan(book: &Book, source: &dyn Source, refusals: &mut Vec<Refusal>) -> Growth {
    let sheets = book.sheets.iter().map(|sheet| {
        let mut grown = BTreeMap::new();
        for (row, element) in sheet.rows() {
            let mut lists: Vec<String> = Vec::new();
            for cell in element.elements().filter(|one| one.local() == "c") {
                let column = column_of(cell);
                for name in names_of(book, sheet, (row, column), cell, refusals) {
                    match meaning(source, sheet.lists.get(&row), &name) {
                        Ok(Meaning::Field(list, _)) => lists.push(list),
                        Ok(_) => {}
                        Err(said) => refusals.push(at(sheet, row, column, said)),
                    }
                    let is_second = lists.iter().any(|list| key(list) != key(&lists[0]));
                    if is_second {
                        refusals.push(at(sheet, row, column, two_lists(&lists)));
                        lists.truncate(1);
                    }
                }
            }
            if let Some(list) = lists.into_iter().next() {
                let rows = source.list(&list).map_or(0, |list| list.rows.len());
                grown.insert(row, Grown { list, rows: u32::try_from(rows.max(1)).unwrap_or(u32::MAX) });
            }
        }
        let all: u64 = grown.values().map(|one: &Grown| u64::from(one.rows)).sum();
        let last = sheet.rows().last().map_or(0, |(row, _)| u64::from(row));
        if all + last > LAST_ROW {
            grown.clear();
            let said = said!("списки не помещаются на лист", "the lists have no room on the sheet");
            refusals.push(Refusal { sheet: sheet.name.clone(), cell: String::new(), said });
        }
        grown
    });
    Growth { sheets: sheets.collect() }
}

/// Returns the names in a cell.
fn names_of(
    book: &Book,
    sheet: &Sheet,
    (row, column): (u32, u32),
    cell: &super::xml::Element,
    refusals: &mut Vec<Refusal>,
) -> Vec<Vec<String>> {
    if let Some(name) = sheet.named.get(&(row, column)) {
        return vec![name.clone()];
    }
    let mut names = Vec::new();
    let runs = book.texts.of(cell).unwrap_or_default();
    if !has_fields(&runs.iter().map(|run| run.text.as_str()).collect::<String>()) {
        return names;
    }
    for run in &runs {
        match parts(&run.text) {
            Ok(parts) => names.extend(parts.into_iter().filter_map(|part| match part {
                Part::Field(name) => Some(name),
                Part::Text(_) => None,
            })),
            Err(said) => refusals.push(at(sheet, row, column, said)),
        }
    }
    names
}

/// Returns what a name means in a row, which a name of a range may have made a list.
pub(super) fn meaning(source: &dyn Source, list: Option<&String>, name: &[String]) -> Result<Meaning, Said> {
    if let (Some(list), [field]) = (list, name) {
        let rows = source.list(list).ok_or_else(|| no_list(list))?;
        if key(field) == key(NUMBER) {
            return Ok(Meaning::Number);
        }
        if let Some(at) = rows.field(field) {
            return Ok(Meaning::Field(list.clone(), at));
        }
    }
    let parts: Vec<&str> = name.iter().map(String::as_str).collect();
    match (parts.as_slice(), source.list(parts.first().copied().unwrap_or_default())) {
        ([_], Some(rows)) if source.value(&parts).is_err() => Err(without_field(parts[0], rows)),
        ([_, field], Some(rows)) => of_list(parts[0], field, rows),
        ([number], None) if key(number) == key(NUMBER) => Ok(Meaning::Number),
        _ => source.value(&parts).map(|_| Meaning::Value),
    }
}

fn of_list(list: &str, field: &str, rows: &List) -> Result<Meaning, Said> {
    match rows.field(field) {
        Some(at) => Ok(Meaning::Field(list.to_owned(), at)),
        None if key(field) == ALL => Ok(Meaning::All(rows.rows.len())),
        None if key(field) == key(NUMBER) => Ok(Meaning::Number),
        None => {
            let known = rows.fields.iter().flatten().map(String::as_str);
            let wrong = crate::forms::unknown(field, known);
            Err(Said::join([said!("список «{list}»", "list «{list}»"), wrong], ": "))
        }
    }
}

fn no_list(list: &str) -> Said {
    said!("списка «{list}» нет", "there is no list «{list}»")
}

fn without_field(list: &str, rows: &List) -> Said {
    let field = rows.fields.first().and_then(|names| names.first()).map_or("", String::as_str);
    let (named, counted) = (format!("{{{{{list}; {field}}}}}"), format!("{{{{{list}; {ALL}}}}}"));
    said!(
        "«{list}» — список: назовите его поле, например {named}, или число строк {counted}",
        "«{list}» is a list: name a field of it, such as {named}, or the number of its rows {counted}"
    )
}

fn two_lists(lists: &[String]) -> Said {
    let (one, two) = (&lists[0], lists.last().map_or("", String::as_str));
    said!(
        "в одной строке два списка, «{one}» и «{two}»: разнесите их по разным строкам",
        "there are two lists in one row, «{one}» and «{two}»: put them into different rows"
    )
}

/// Returns a refusal with its cell.
pub(super) fn at(sheet: &Sheet, row: u32, column: u32, said: Said) -> Refusal {
    Refusal { sheet: sheet.name.clone(), cell: Corner::cell(row, column).to_string(), said }
}
