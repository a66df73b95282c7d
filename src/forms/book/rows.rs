//! Fills cells, and makes the rows of lists.

use super::cell::{clipped, put_runs, words};
use super::fields::{Part, has_fields, parts};
use super::formula::moved_by;
use super::grow::{Growth, Meaning, at, meaning};
use super::sheet::{Book, column_of, row_of};
use super::shift::{Home, formula, moved};
use super::texts::Run;
use super::xml::{Element, Node};
use crate::base::said::said;
use crate::forms::{List, Refusal, Source, Value};

/// A row of a form while its rows are made.
struct Line<'a> {
    book: &'a Book,
    growth: &'a Growth,
    source: &'a dyn Source,
    sheet: usize,
    row: u32,
    /// The how manieth of the rows, from 0.
    copy: u32,
    list: Option<&'a List>,
}

/// Fills every sheet.
pub(super) fn fill(book: &mut Book, growth: &Growth, source: &dyn Source, refusals: &mut Vec<Refusal>) {
    for sheet in 0..book.sheets.len() {
        if !growth.is_still() {
            part_shared(book, sheet, refusals);
        }
        let Some(data) = book.sheets[sheet].document.root.child("sheetData") else { continue };
        let mut made = Vec::new();
        for node in &data.children {
            let Node::Element(element) = node else {
                made.push(node.clone());
                continue;
            };
            let row = row_of(element);
            let grown = growth.grown(sheet, row);
            let list = grown.and_then(|grown| source.list(&grown.list));
            for copy in 0..grown.map_or(1, |grown| grown.rows) {
                let line = Line { book, growth, source, sheet, row, copy, list };
                made.push(Node::Element(line.make(element, refusals)));
            }
        }
        if let Some(data) = book.sheets[sheet].document.root.child_mut("sheetData") {
            data.children = made;
        }
    }
}

impl Line<'_> {
    fn make(&self, element: &Element, refusals: &mut Vec<Refusal>) -> Element {
        let here = self.growth.start(self.sheet, self.row) + self.copy;
        let mut element = element.clone();
        element.set("r", &here.to_string());
        for cell in element.elements_mut().filter(|one| one.local() == "c") {
            let column = column_of(cell);
            if let Some(name) = self.book.sheets[self.sheet].named.get(&(self.row, column)) {
                let value = self.value(name);
                self.book.looks.put(cell, &value);
            } else if cell.child("f").is_some() {
                self.compute(cell, column, refusals);
            } else {
                self.write(cell);
            }
            cell.set("r", &super::address::Corner::cell(here, column).to_string());
        }
        element
    }

    /// Puts values in the place of names.
    fn write(&self, cell: &mut Element) {
        let Some(runs) = self.book.texts.of(cell) else { return };
        if !runs.iter().any(|run| has_fields(&run.text)) {
            return;
        }
        let cut: Vec<Vec<Part>> = runs.iter().map(|run| parts(&run.text).unwrap_or_default()).collect();
        // A cell that is one name takes a number, a day or a text.
        if let [one] = &cut[..]
            && let [Part::Field(name)] = &one[..]
        {
            let value = self.value(name);
            return match (&value, runs[0].look.clone()) {
                (Value::Text(text), look) => put_runs(cell, &[Run { look, text: clipped(text) }]),
                _ => self.book.looks.put(cell, &value),
            };
        }
        let written = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Field(name) => words(&self.value(name)),
        };
        let filled = runs
            .iter()
            .zip(&cut)
            .map(|(run, parts)| Run { look: run.look.clone(), text: parts.iter().map(written).collect() });
        put_runs(cell, &filled.collect::<Vec<_>>());
    }

    fn value(&self, name: &[String]) -> Value {
        let marked = self.book.sheets[self.sheet].lists.get(&self.row);
        let item = self.list.and_then(|list| list.rows.get(self.copy as usize));
        match meaning(self.source, marked, name) {
            Ok(Meaning::Field(_, field)) => {
                item.and_then(|row| row.get(field)).cloned().unwrap_or(Value::Nothing)
            }
            Ok(Meaning::Number) if item.is_some() => Value::Number(f64::from(self.copy + 1), 0),
            Ok(Meaning::All(count)) => Value::Number(count as f64, 0),
            Ok(Meaning::Value) => {
                let parts: Vec<&str> = name.iter().map(String::as_str).collect();
                self.source.value(&parts).unwrap_or(Value::Nothing)
            }
            Ok(Meaning::Number) | Err(_) => Value::Nothing,
        }
    }

    /// Moves the references of a formula, and takes its old result away.
    fn compute(&self, cell: &mut Element, column: u32, refusals: &mut Vec<Refusal>) {
        cell.children.retain(|node| !matches!(node, Node::Element(one) if one.local() == "v"));
        cell.unset("t");
        if self.growth.is_still() {
            return;
        }
        let refuse = |said| at(&self.book.sheets[self.sheet], self.row, column, said);
        let home = Home { sheet: Some(self.sheet), row: Some((self.row, self.copy)) };
        let Some(held) = cell.child_mut("f") else { return };
        if held.get("t").as_deref() == Some("dataTable") && self.growth.moves(self.sheet) {
            refusals.push(refuse(said!(
                "таблица подстановки не сдвигается: уберите её с листа",
                "a data table cannot be moved: remove it from the sheet"
            )));
            return;
        }
        match formula(self.book, self.growth, home, &held.text()) {
            Ok(text) if held.children.is_empty() && text.is_empty() => {}
            Ok(text) => held.set_text(&text),
            Err(said) => refusals.push(refuse(said)),
        }
        if let Some(range) = held.get("ref") {
            match self.range(&range) {
                Some(range) => held.set("ref", &range),
                None => refusals.push(refuse(said!(
                    "формула массива {range} захватывает строку списка: напишите её обычными формулами",
                    "the array formula {range} takes in a list's row: write it as plain formulas"
                ))),
            }
        }
    }

    /// Returns the range of an array formula where it stands then; `None`: rows would grow inside it.
    fn range(&self, range: &str) -> Option<String> {
        let area = super::address::Area::read(range)?;
        let rows = area.rows()?;
        if rows == [self.row, self.row] {
            let here = self.growth.start(self.sheet, self.row) + self.copy;
            return Some(moved(area, [here, here]).to_string());
        }
        let rows = (!self.growth.has_many(self.sheet, rows)).then_some(rows)?;
        Some(moved(area, rows.map(|row| self.growth.start(self.sheet, row))).to_string())
    }
}

/// Writes every formula out that a cell shares with the first of its kind.
fn part_shared(book: &mut Book, sheet: usize, refusals: &mut Vec<Refusal>) {
    let mut firsts: Vec<(String, u32, u32, String)> = Vec::new();
    for (row, element) in book.sheets[sheet].rows() {
        for cell in element.elements() {
            let Some(held) = cell.child("f").filter(|held| held.get("t").as_deref() == Some("shared")) else {
                continue;
            };
            if let (Some(group), text) = (held.get("si"), held.text())
                && !text.is_empty()
            {
                firsts.push((group, row, column_of(cell), text));
            }
        }
    }
    let name = book.sheets[sheet].name.clone();
    let Some(data) = book.sheets[sheet].document.root.child_mut("sheetData") else { return };
    for element in data.elements_mut() {
        let row = row_of(element);
        for cell in element.elements_mut() {
            let column = column_of(cell);
            let Some(held) = cell.child_mut("f").filter(|held| held.get("t").as_deref() == Some("shared"))
            else {
                continue;
            };
            let group = held.get("si").unwrap_or_default();
            let first = firsts.iter().rev().find(|(one, ..)| *one == group);
            let text = first.and_then(|(_, from_row, from_column, text)| {
                moved_by(
                    text,
                    i64::from(row) - i64::from(*from_row),
                    i64::from(column) - i64::from(*from_column),
                )
            });
            match text {
                Some(text) => held.set_text(&text),
                None => refusals.push(Refusal {
                    sheet: name.clone(),
                    cell: super::address::Corner::cell(row, column).to_string(),
                    said: said!(
                        "общая формула ячеек не читается: введите её заново",
                        "a formula shared by cells cannot be read: type it anew"
                    ),
                }),
            }
            ["t", "si", "ref"].iter().for_each(|attribute| held.unset(attribute));
        }
    }
}
