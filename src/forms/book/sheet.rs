//! The sheets of a workbook, their rows and cells by their addresses.

use std::collections::BTreeMap;

use super::address::{Area, Corner};
use super::cell::Looks;
use super::faults::damaged;
use super::pack::Pack;
use super::texts::Texts;
use super::xml::{Document, Element, Node};
use crate::base::said::Said;

/// A workbook that is being filled.
pub(super) struct Book {
    /// Path of the workbook's own part.
    pub(super) path: String,
    pub(super) document: Document,
    pub(super) texts: Texts,
    pub(super) looks: Looks,
    /// In the order of the workbook.
    pub(super) sheets: Vec<Sheet>,
}

/// A sheet.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) document: Document,
    /// Cells that a name of ours stands for, by row and column.
    pub(super) named: BTreeMap<(u32, u32), Vec<String>>,
    /// Rows that a name of ours makes a list: the row, and the list.
    pub(super) lists: BTreeMap<u32, String>,
}

impl Book {
    pub(super) fn read(pack: &Pack) -> Result<Self, Said> {
        let path = pack.workbook()?;
        let document = pack.document(&path)?;
        let links = pack.links(&path);
        let listed = document.root.child("sheets").ok_or_else(|| damaged(&path))?;
        let mut sheets = Vec::new();
        for one in listed.elements() {
            let id = one.attributes.iter().find(|(name, _)| name.ends_with(":id")).map(|(_, id)| id.clone());
            let link =
                links.iter().find(|link| Some(&link.id) == id.as_ref()).ok_or_else(|| damaged(&path))?;
            let mut document = pack.document(&link.path)?;
            number(&mut document.root).ok_or_else(|| damaged(&link.path))?;
            sheets.push(Sheet {
                name: one.get("name").unwrap_or_default(),
                path: link.path.clone(),
                document,
                named: BTreeMap::new(),
                lists: BTreeMap::new(),
            });
        }
        let texts = Texts::read(pack, &path);
        let looks = Looks::read(pack, &path, &document.root);
        Ok(Self { path, document, texts, looks, sheets })
    }

    /// Returns which sheet has a name.
    pub(super) fn sheet(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.sheets.iter().position(|sheet| sheet.name.to_lowercase() == name)
    }

    /// Puts the changed parts back; whoever opens the workbook computes its formulas anew.
    pub(super) fn write(mut self, pack: &mut Pack) {
        compute_anew(&mut self.document.root);
        pack.drop_order(&self.path);
        pack.put(&self.path, self.document.write());
        for sheet in &self.sheets {
            pack.put(&sheet.path, sheet.document.write());
        }
    }
}

impl Sheet {
    /// Returns the rows with their numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Element)> {
        let data = self.document.root.child("sheetData");
        data.into_iter().flat_map(Element::elements).map(|row| (row_of(row), row))
    }

    /// Returns a cell, made empty where there was none.
    pub(super) fn cell_mut(&mut self, row: u32, column: u32) -> Option<&mut Element> {
        let data = self.document.root.child_mut("sheetData")?;
        let name = data.name.clone();
        let line = placed(data, row, row_of, || {
            let mut made = Element::beside(&name, "row");
            made.set("r", &row.to_string());
            made
        })?;
        placed(line, column, column_of, || {
            let mut made = Element::beside(&name, "c");
            made.set("r", &Corner::cell(row, column).to_string());
            made
        })
    }
}

/// Returns the element of a number among elements in the order of their numbers, made where there was none.
fn placed(
    parent: &mut Element,
    number: u32,
    of: impl Fn(&Element) -> u32,
    make: impl Fn() -> Element,
) -> Option<&mut Element> {
    let number_of = |node: &Node| match node {
        Node::Element(element) => Some(of(element)),
        Node::Raw(_) => None,
    };
    let found = parent.children.iter().position(|node| number_of(node) == Some(number));
    let at = found.unwrap_or_else(|| {
        let later = parent.children.iter().position(|node| number_of(node).is_some_and(|one| one > number));
        let at = later.unwrap_or(parent.children.len());
        parent.children.insert(at, Node::Element(make()));
        at
    });
    match parent.children.get_mut(at) {
        Some(Node::Element(element)) => Some(element),
        _ => None,
    }
}

/// Returns the number of a row element.
pub(super) fn row_of(row: &Element) -> u32 {
    row.get("r").and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Returns the column of a cell element.
pub(super) fn column_of(cell: &Element) -> u32 {
    let area = cell.get("r").and_then(|address| Area::read(&address));
    area.and_then(|area| area.from.column).map_or(0, |axis| axis.number)
}

/// Writes every row's and cell's address down: programs may leave out what follows from the place.
fn number(root: &mut Element) -> Option<()> {
    let Some(data) = root.child_mut("sheetData") else { return Some(()) };
    let mut next_row = 1;
    for row in data.elements_mut() {
        let here = row.get("r").map_or(Some(next_row), |number| number.parse().ok())?;
        if here < next_row {
            return None;
        }
        row.set("r", &here.to_string());
        let mut next_column = 1;
        for cell in row.elements_mut().filter(|one| one.local() == "c") {
            let column = if cell.get("r").is_some() { column_of(cell) } else { next_column };
            if column < next_column {
                return None;
            }
            cell.set("r", &Corner::cell(here, column).to_string());
            next_column = column + 1;
        }
        next_row = here + 1;
    }
    Some(())
}

/// Asks for computing when the workbook is opened.
fn compute_anew(root: &mut Element) {
    if root.child("calcPr").is_none() {
        let before = ["sheets", "functionGroups", "externalReferences", "definedNames"];
        let last = root.children.iter().rposition(|node| match node {
            Node::Element(element) => before.contains(&element.local()),
            Node::Raw(_) => false,
        });
        let made = Element::beside(&root.name, "calcPr");
        root.children.insert(last.map_or(0, |at| at + 1), Node::Element(made));
    }
    if let Some(settings) = root.child_mut("calcPr") {
        settings.set("fullCalcOnLoad", "1");
    }
}
