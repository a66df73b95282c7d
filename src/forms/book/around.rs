//! What stands around the cells and moves with their rows: merged cells, names, areas to print, conditions, tables,
//! pictures, charts, notes.

use super::address::Area;
use super::faults::of_book;
use super::formula as formulas;
use super::formula::makes_references;
use super::grow::Growth;
use super::names::own;
use super::pack::Pack;
use super::parts;
use super::sheet::Book;
use super::shift::{Home, formula, moved, ranges};
use super::xml::{Element, Node};
use crate::base::said::{Said, said};
use crate::forms::Refusal;

/// Elements of a sheet whose text is a formula.
const FORMULAS: [&str; 4] = ["formula", "formula1", "formula2", "f"];
/// Attributes of a sheet that are ranges.
const RANGES: [&str; 2] = ["ref", "sqref"];
/// Attributes of a sheet that are cells in sight: where the cursor stands, what is at the top.
const SIGHT: [&str; 2] = ["activeCell", "topLeftCell"];
/// What nobody can move but the program that made it.
const FAST: [(&str, Said<&str>); 4] = [
    ("controls", Said::fixed("элементы управления (кнопки, флажки)", "controls (buttons, check boxes)")),
    ("oleObjects", Said::fixed("внедрённые документы", "embedded documents")),
    ("scenarios", Said::fixed("сценарии «что если»", "what-if scenarios")),
    ("customSheetViews", Said::fixed("особые представления листа", "custom views of the sheet")),
];
const PIVOT: Said<&str> = Said::fixed("сводная таблица", "a pivot table");

/// Says what keeps the rows of a sheet from moving.
pub(super) fn check(book: &Book, pack: &Pack, growth: &Growth, refusals: &mut Vec<Refusal>) {
    for (at, sheet) in book.sheets.iter().enumerate() {
        for (row, element) in sheet.rows() {
            for cell in element.elements() {
                let text = cell.child("f").map(Element::text).unwrap_or_default();
                if makes_references(&text) {
                    refusals.push(super::grow::at(sheet, row, super::sheet::column_of(cell), made()));
                }
            }
        }
        if !growth.moves(at) {
            continue;
        }
        let refuse = |said| Refusal { sheet: sheet.name.clone(), cell: String::new(), said };
        for (name, what) in FAST {
            if sheet.document.root.child(name).is_some() {
                refusals.push(refuse(fast(what)));
            }
        }
        if pack.links(&sheet.path).iter().any(|link| link.kind == "pivotTable") {
            refusals.push(refuse(fast(PIVOT)));
        }
    }
    parts::check_pivots(book, pack, growth, refusals);
}

fn made() -> Said {
    said!(
        "формула с ДВССЫЛ или СМЕЩ (INDIRECT, OFFSET) собирает ссылку сама, а строки сдвинутся: напишите ссылку прямо",
        "a formula with INDIRECT or OFFSET makes its reference itself, and rows move: write the reference out"
    )
}

fn fast(what: Said<&str>) -> Said {
    said!(
        "на листе растёт список, и есть то, что не сдвигается: {}; вынесите это на другой лист",
        "a list grows on the sheet, and there is what cannot be moved: {}; put that on another sheet",
        what
    )
}

/// Moves all that stands around the cells.
pub(super) fn shift(book: &mut Book, pack: &mut Pack, growth: &Growth, refusals: &mut Vec<Refusal>) {
    if growth.is_still() {
        return;
    }
    let mut moved_sheets = Vec::new();
    for at in 0..book.sheets.len() {
        let mut root = book.sheets[at].document.root.clone();
        around_cells(book, growth, at, &mut root, refusals);
        moved_sheets.push(root);
    }
    let mut workbook = book.document.root.clone();
    names(book, growth, &mut workbook, refusals);
    parts::shift(book, pack, growth, refusals);
    book.document.root = workbook;
    for (sheet, root) in book.sheets.iter_mut().zip(moved_sheets) {
        sheet.document.root = root;
    }
}

fn around_cells(book: &Book, growth: &Growth, at: usize, root: &mut Element, refusals: &mut Vec<Refusal>) {
    for part in root.elements_mut() {
        match part.local() {
            "sheetData" => {}
            "mergeCells" => merges(book, growth, at, part, refusals),
            "rowBreaks" => breaks(growth, at, part),
            "sheetViews" => views(book, growth, at, part, refusals),
            _ => others(book, growth, at, part, refusals),
        }
    }
}

/// Moves merged cells; those of a list's row stand in each of its rows.
fn merges(book: &Book, growth: &Growth, at: usize, part: &mut Element, refusals: &mut Vec<Refusal>) {
    let mut made = Vec::new();
    for one in part.elements() {
        let range = one.get("ref").unwrap_or_default();
        let Some((area, rows)) = Area::read(&range).and_then(|area| Some((area, area.rows()?))) else {
            made.push(Node::Element(one.clone()));
            continue;
        };
        if rows[0] != rows[1] && growth.has_many(at, rows) {
            let said = said!(
                "объединённые ячейки {range} захватывают строку списка и соседние: разъедините их",
                "the merged cells {range} take in a list's row and others: part them"
            );
            refusals.push(Refusal { sheet: book.sheets[at].name.clone(), cell: range, said });
            continue;
        }
        let copies = if rows[0] == rows[1] { growth.end(at, rows[1]) - growth.start(at, rows[0]) } else { 0 };
        for copy in 0..=copies {
            let mut one = one.clone();
            let place = rows.map(|row| growth.start(at, row) + copy);
            one.set("ref", &moved(area, place).to_string());
            made.push(Node::Element(one));
        }
    }
    part.set("count", &made.len().to_string());
    part.children = made;
}

/// Moves the ends of pages that people set.
fn breaks(growth: &Growth, at: usize, part: &mut Element) {
    for one in part.elements_mut() {
        if let Some(row) = one.get("id").and_then(|id| id.parse().ok()) {
            one.set("id", &growth.end(at, row).to_string());
        }
    }
}

/// Moves what is in sight; rows that stay in sight may not grow.
fn views(book: &Book, growth: &Growth, at: usize, part: &mut Element, refusals: &mut Vec<Refusal>) {
    part.visit_mut(&mut |one| {
        let frozen = one.get("ySplit").and_then(|rows| rows.parse::<f64>().ok()).unwrap_or(0.0);
        let is_frozen =
            one.local() == "pane" && one.get("state").is_some_and(|state| state.starts_with("frozen"));
        if is_frozen && frozen >= 1.0 && growth.has_many(at, [1, frozen as u32]) {
            let said = said!(
                "строка списка закреплена вверху листа: снимите закрепление или закрепите строки выше неё",
                "a list's row is frozen at the top of the sheet: freeze only rows above it"
            );
            refusals.push(Refusal { sheet: book.sheets[at].name.clone(), cell: String::new(), said });
        }
        for name in SIGHT {
            if let Some(cell) = one.get(name) {
                one.set(name, &first_cell(&ranges(growth, at, &cell)));
            }
        }
        if let Some(range) = one.get("sqref") {
            one.set("sqref", &ranges(growth, at, &range));
        }
    });
}

fn first_cell(range: &str) -> String {
    range.split(':').next().unwrap_or(range).to_owned()
}

/// Moves the ranges and formulas of conditions, checks of input, links, filters and whatever else names them.
fn others(book: &Book, growth: &Growth, at: usize, part: &mut Element, refusals: &mut Vec<Refusal>) {
    let name = book.sheets[at].name.clone();
    let mut home: Option<u32> = None;
    part.visit_mut(&mut |one| {
        // The formulas inside speak from the first cell of their range.
        if let Some(row) = one.get("sqref").as_deref().and_then(first_row) {
            home = Some(row);
        }
        if one.local() == "sqref" {
            let range = one.text();
            one.set_text(&ranges(growth, at, &range));
        }
        for attribute in RANGES {
            if let Some(range) = one.get(attribute).filter(|_| growth.moves(at)) {
                one.set(attribute, &ranges(growth, at, &range));
            }
        }
        let own = Home { sheet: Some(at), row: home.map(|row| (row, 0)) };
        let mut refuse = |said| refusals.push(Refusal { sheet: name.clone(), cell: String::new(), said });
        if let Some(place) = one.get("location") {
            match formula(book, growth, Home { sheet: Some(at), row: None }, &place) {
                Ok(place) => one.set("location", &place),
                // A link to a list's row leads to its first one.
                Err(_) => one.set("location", &first_of(book, growth, at, &place)),
            }
        }
        if FORMULAS.contains(&one.local()) && one.elements().next().is_none() {
            match formula(book, growth, own, &one.text()) {
                Ok(text) => one.set_text(&text),
                Err(said) => refuse(said),
            }
        }
    });
}

fn first_row(range: &str) -> Option<u32> {
    let rows = range.split_whitespace().filter_map(|one| Area::read(one)?.rows());
    rows.map(|rows| rows[0]).min()
}

fn first_of(book: &Book, growth: &Growth, at: usize, place: &str) -> String {
    let mut pieces = formulas::parse(place);
    for piece in &mut pieces {
        if let formulas::Piece::Reference(reference) = piece {
            let sheet = reference.sheet_name().map_or(Some(at), |name| book.sheet(&name));
            if let (Some(sheet), Some(rows)) = (sheet, reference.area.rows()) {
                let rows = [growth.start(sheet, rows[0]), growth.start(sheet, rows[1])];
                reference.area = moved(reference.area, rows);
            }
        }
    }
    formulas::write(&pieces)
}

/// Moves what names stand for. Names of ours go on standing for the first row of a list.
fn names(book: &Book, growth: &Growth, root: &mut Element, refusals: &mut Vec<Refusal>) {
    let Some(names) = root.child_mut("definedNames") else { return };
    for one in names.elements_mut() {
        let (name, text) = (one.get("name").unwrap_or_default(), one.text());
        if makes_references(&text) {
            refusals.push(of_book(Said::join([said!("имя «{name}»", "name «{name}»"), made()], ": ")));
        }
        match formula(book, growth, Home { sheet: None, row: None }, &text) {
            Ok(text) => one.set_text(&text),
            Err(_) if own(&name).is_some() => one.set_text(&first_of(book, growth, usize::MAX, &text)),
            Err(said) => {
                refusals.push(of_book(Said::join([said!("имя «{name}»", "name «{name}»"), said], ": ")));
            }
        }
    }
}
