//! Parts of a workbook beside its sheets that point to rows: tables, drawings, charts, notes, pivot tables.

use super::address::Area;
use super::faults::{damaged, of_book};
use super::formula::{Piece, parse, write};
use super::grow::Growth;
use super::pack::Pack;
use super::sheet::Book;
use super::shift::{Home, formula, ranges};
use super::xml::{Document, Element};
use crate::base::said::{Said, said};
use crate::forms::Refusal;

const NOWHERE: Home = Home { sheet: None, row: None };

/// Says which pivot tables take their numbers from rows that move.
pub(super) fn check_pivots(book: &Book, pack: &Pack, growth: &Growth, refusals: &mut Vec<Refusal>) {
    for path in pack.paths("xl/pivotCache/pivotCacheDefinition") {
        let Ok(document) = pack.document(&path) else { continue };
        document.root.visit(&mut |one| {
            let sheet = one.get("sheet").filter(|_| one.local() == "worksheetSource");
            let moves = sheet.as_deref().and_then(|name| book.sheet(name)).is_some_and(|at| growth.moves(at));
            if moves {
                refusals.push(of_book(said!(
                    "сводная таблица берёт числа с листа, на котором растёт список: уберите её из формы",
                    "a pivot table takes its numbers from a sheet where a list grows: remove it from the form"
                )));
            }
        });
    }
}

/// Moves what the parts of every sheet point to.
pub(super) fn shift(book: &Book, pack: &mut Pack, growth: &Growth, refusals: &mut Vec<Refusal>) {
    for at in 0..book.sheets.len() {
        for link in pack.links(&book.sheets[at].path) {
            let moves = growth.moves(at);
            match link.kind.as_str() {
                "table" => change(pack, &link.path, refusals, |root| table(book, growth, at, root)),
                "drawing" if moves => change(pack, &link.path, refusals, |root| drawing(growth, at, root)),
                "comments" | "threadedComment" if moves => {
                    change(pack, &link.path, refusals, |root| comments(growth, at, root));
                }
                "vmlDrawing" if moves => change(pack, &link.path, refusals, |root| notes(growth, at, root)),
                _ => {}
            }
        }
    }
    for path in [pack.paths("xl/charts/"), pack.paths("xl/chartEx")].concat() {
        if path.ends_with(".xml") && !path.contains("/_rels/") {
            change(pack, &path, refusals, |root| chart(book, growth, root));
        }
    }
}

/// Changes a part, or says why it cannot be.
fn change(
    pack: &mut Pack,
    path: &str,
    refusals: &mut Vec<Refusal>,
    change: impl FnOnce(&mut Element) -> Result<(), Said>,
) {
    let Some(mut document) = pack.get(path).and_then(Document::read) else {
        refusals.push(of_book(damaged(path)));
        return;
    };
    match change(&mut document.root) {
        Ok(()) => pack.put(path, document.write()),
        Err(said) => refusals.push(of_book(said)),
    }
}

/// Moves a table; a list's row is among its rows, not its head or its sums.
fn table(book: &Book, growth: &Growth, at: usize, root: &mut Element) -> Result<(), Said> {
    let range = root.get("ref").unwrap_or_default();
    let count = |name: &str, usual: u32| root.get(name).and_then(|count| count.parse().ok()).unwrap_or(usual);
    let (heads, sums) = (count("headerRowCount", 1), count("totalsRowCount", 0));
    if let Some([first, last]) = Area::read(&range).and_then(|area| area.rows()) {
        let is_head = heads > 0 && growth.has_many(at, [first, first + heads - 1]);
        let is_sum = sums > 0 && growth.has_many(at, [(last + 1).saturating_sub(sums), last]);
        if is_head || is_sum {
            return Err(said!(
                "строка списка стоит в заголовке или в итогах таблицы {range}: поставьте её среди строк таблицы",
                "a list's row stands in the head or the totals of the table {range}: put it among the table's rows"
            ));
        }
    }
    let mut failed = None;
    root.visit_mut(&mut |one| {
        if let Some(range) = one.get("ref") {
            one.set("ref", &ranges(growth, at, &range));
        }
        if matches!(one.local(), "calculatedColumnFormula" | "totalsRowFormula") {
            match formula(book, growth, Home { sheet: Some(at), row: None }, &one.text()) {
                Ok(text) => one.set_text(&text),
                Err(said) => failed = Some(said),
            }
        }
    });
    failed.map_or(Ok(()), Err)
}

/// Moves pictures and charts: what stands below goes down, what spans a list grows with it if it grows with cells.
fn drawing(growth: &Growth, at: usize, root: &mut Element) -> Result<(), Said> {
    for anchor in root.elements_mut() {
        let row_at = |anchor: &Element, name: &str| {
            let row = anchor.child(name)?.child("row")?.text().trim().parse::<u32>().ok()?;
            // Rows are counted from 0 here.
            Some(row + 1)
        };
        let Some(from) = row_at(anchor, "from") else { continue };
        let start = growth.start(at, from);
        let keeps = anchor.get("editAs").is_some_and(|way| way != "twoCell");
        let to = row_at(anchor, "to")
            .map(|to| if keeps { start + to.saturating_sub(from) } else { growth.start(at, to) });
        if anchor.get("editAs").is_some_and(|way| way == "absolute") {
            continue;
        }
        set_row(anchor, "from", start);
        if let Some(to) = to {
            set_row(anchor, "to", to);
        }
    }
    Ok(())
}

fn set_row(anchor: &mut Element, name: &str, row: u32) {
    if let Some(held) = anchor.child_mut(name).and_then(|corner| corner.child_mut("row")) {
        held.set_text(&(row - 1).to_string());
    }
}

fn comments(growth: &Growth, at: usize, root: &mut Element) -> Result<(), Said> {
    root.visit_mut(&mut |one| {
        if let Some(place) = one.get("ref") {
            let place = ranges(growth, at, &place);
            // A note of a list's row stays at the first of its rows.
            one.set("ref", place.split(':').next().unwrap_or(&place));
        }
    });
    Ok(())
}

/// Moves the frames of notes: the row of their cell, and the rows of their corners.
fn notes(growth: &Growth, at: usize, root: &mut Element) -> Result<(), Said> {
    let start = |row: &str| row.trim().parse::<u32>().ok().map(|row| growth.start(at, row + 1) - 1);
    root.visit_mut(&mut |one| match one.local() {
        "Row" => {
            if let Some(row) = start(&one.text()) {
                one.set_text(&row.to_string());
            }
        }
        "Anchor" => {
            let text = one.text();
            let numbers: Vec<&str> = text.split(',').map(str::trim).collect();
            // Left column, shift, upper row, shift, right column, shift, lower row, shift.
            let [a, b, top, c, d, e, bottom, f] = numbers[..] else { return };
            let (Some(new), Ok(old), Ok(low)) = (start(top), top.parse::<u32>(), bottom.parse::<u32>())
            else {
                return;
            };
            let low = new + low.saturating_sub(old);
            one.set_text(&format!("{a}, {b}, {new}, {c}, {d}, {e}, {low}, {f}"));
        }
        _ => {}
    });
    Ok(())
}

/// Makes a range of one cell of a list's row: programs write a range of one cell so, and a chart of it shows the list.
fn widened(book: &Book, growth: &Growth, text: &str) -> String {
    let mut pieces = parse(text);
    for piece in &mut pieces {
        let Piece::Reference(reference) = piece else { continue };
        let sheet = reference.sheet_name().and_then(|name| book.sheet(&name));
        let area = &mut reference.area;
        if let (Some(sheet), Some([row, _]), None) = (sheet, area.rows(), area.to)
            && growth.is_many(sheet, row)
        {
            area.to = Some(area.from);
        }
    }
    write(&pieces)
}

/// Moves the ranges that a chart is drawn from.
fn chart(book: &Book, growth: &Growth, root: &mut Element) -> Result<(), Said> {
    let mut failed = None;
    root.visit_mut(&mut |one| {
        if one.local() == "f" && one.elements().next().is_none() {
            match formula(book, growth, NOWHERE, &widened(book, growth, &one.text())) {
                Ok(text) => one.set_text(&text),
                Err(said) => failed = Some(Said::join([said!("диаграмма", "chart"), said], ": ")),
            }
        }
    });
    failed.map_or(Ok(()), Err)
}
