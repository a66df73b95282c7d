//! Rows below a header as nested data, so that tables and JSON are walked in one way.
//!
//! A sheet becomes `{"blocks": [{"above": {"класс": "8А"}, "rows": [{"ученик": …, "cells": [{"head", "group",
//! "value"}]}]}]}`: a repeated header begins a new block, and lines above a header that name something
//! (`Класс: 8А`) go into `above`.

use serde_json::{Map, Value as Json, json};

use super::scope::Step;
use super::spec::{Kind, Source};
use super::words::fold;
use crate::ingest::raw::{RawSheet, RowCells};

/// The key of a row's number in its record; no header reads like this.
pub(super) const ROW: &str = "\u{1}row";
/// How many rows are searched for a header.
const HEADER_WITHIN: usize = 60;

type Line = (u32, Vec<String>);

/// Returns whether one of the first rows has every field of the source.
pub(super) fn has_header(sheet: &RawSheet, source: &Source) -> bool {
    source.kind == Kind::Table
        && lines(sheet, HEADER_WITHIN).iter().any(|(_, cells)| is_header(cells, source))
}

/// Makes nested data of a sheet.
pub(super) fn tree(sheet: &RawSheet, source: &Source) -> Json {
    let wants_cells = source
        .rules
        .iter()
        .any(|rule| matches!(rule.each.0.first(), Some(Step::Name(name)) if name == "cells"));
    let mut reader =
        Reader { source, wants_cells, blocks: Vec::new(), above: Map::new(), heads: Vec::new(), left: 0 };
    for line in lines(sheet, usize::MAX) {
        reader.read(line);
    }
    json!({ "blocks": reader.blocks })
}

fn lines(sheet: &RawSheet, most: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let walked = sheet.rows.walk(|number, row| {
        if !row.is_blank() {
            lines.push((number, texts(&row)));
        }
        lines.len() < most
    });
    // An unreadable line ends the sheet; the reader of files has reported it.
    let _ = walked;
    lines
}

fn texts(row: &RowCells<'_>) -> Vec<String> {
    (0..row.len()).map(|place| row.cell(place).to_text().trim().to_owned()).collect()
}

fn is_header(cells: &[String], source: &Source) -> bool {
    let folded: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    source.fields.iter().all(|field| folded.contains(field))
}

struct Reader<'a> {
    source: &'a Source,
    wants_cells: bool,
    blocks: Vec<Json>,
    above: Map<String, Json>,
    heads: Vec<Head>,
    /// How many header rows are still to come.
    left: usize,
}

/// The titles above a column.
#[derive(Clone, Default)]
struct Head {
    group: String,
    own: String,
}

impl Head {
    fn name(&self) -> String {
        if self.own.is_empty() { self.group.clone() } else { self.own.clone() }
    }
}

impl Reader<'_> {
    fn read(&mut self, (number, cells): Line) {
        if is_header(&cells, self.source) {
            self.heads = cells.into_iter().map(|own| Head { group: String::new(), own }).collect();
            self.left = self.source.header_rows - 1;
            self.blocks.push(json!({ "above": self.above.clone(), "rows": [] }));
        } else if self.left > 0 {
            self.left -= 1;
            self.lower_header(&cells);
        } else if self.blocks.is_empty() || is_naming(&cells) {
            self.note_above(&cells);
        } else {
            let record = self.record(number, &cells);
            if let Some(rows) = self.blocks.last_mut().and_then(|block| block["rows"].as_array_mut()) {
                rows.push(record);
            }
        }
    }

    /// The text of a merged cell applies to every column below it, though the file has it once.
    fn lower_header(&mut self, cells: &[String]) {
        let mut carried = String::new();
        if self.heads.len() < cells.len() {
            self.heads.resize(cells.len(), Head::default());
        }
        for (place, head) in self.heads.iter_mut().enumerate() {
            let lower = cells.get(place).cloned().unwrap_or_default();
            if !head.own.is_empty() {
                carried.clone_from(&head.own);
            }
            if !lower.is_empty() {
                *head = Head { group: carried.clone(), own: lower };
            }
        }
    }

    fn note_above(&mut self, cells: &[String]) {
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        while let Some(cell) = filled.next() {
            let Some((name, value)) = cell.split_once(':') else { continue };
            let value =
                if value.trim().is_empty() { filled.next().map_or("", String::as_str) } else { value };
            self.above.insert(fold(name), Json::String(value.trim().to_owned()));
        }
    }

    fn record(&self, number: u32, cells: &[String]) -> Json {
        let mut record = Map::new();
        record.insert(ROW.to_owned(), number.into());
        let mut wide = Vec::new();
        for (head, cell) in self.heads.iter().zip(cells) {
            let name = fold(&head.name());
            if name.is_empty() {
                continue;
            }
            if self.wants_cells && !self.source.fields.contains(&name) {
                wide.push(json!({ "head": head.own, "group": head.group, "value": cell }));
            }
            record.entry(name).or_insert_with(|| Json::String(cell.clone()));
        }
        if self.wants_cells {
            record.insert("cells".to_owned(), Json::Array(wide));
        }
        Json::Object(record)
    }
}

/// A line with one filled cell that names something begins the next block: `Ученик: …`.
fn is_naming(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    filled.next().is_some_and(|cell| cell.contains(':')) && filled.next().is_none()
}
