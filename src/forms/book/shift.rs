//! Moves references with the rows they point to.

use super::address::{Area, Axis, Corner};
use super::formula::{Piece, Reference, parse, write};
use super::grow::Growth;
use super::sheet::Book;
use crate::base::said::{Said, said};

/// Where a formula stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    /// Its sheet; `None`: the workbook.
    pub(super) sheet: Option<usize>,
    /// The row of the form, and the how manieth of the rows that it becomes, from 0; `None`: no row.
    pub(super) row: Option<(u32, u32)>,
}

/// Moves a formula's references.
///
/// # Errors
/// When a reference could only be moved by guessing.
pub(super) fn formula(book: &Book, growth: &Growth, home: Home, text: &str) -> Result<String, Said> {
    let mut pieces = parse(text);
    for piece in &mut pieces {
        if let Piece::Reference(reference) = piece {
            let Some(sheet) = sheet_of(book, home, reference) else { continue };
            if reference.is_through_sheets() {
                return Err(through_sheets(reference));
            }
            if growth.moves(sheet) {
                let own = home.row.filter(|_| home.sheet == Some(sheet));
                reference.area = area(growth, sheet, own, reference.area)?;
            }
        }
    }
    Ok(write(&pieces))
}

/// Returns the sheet a reference points to; `None`: another workbook, or none.
fn sheet_of(book: &Book, home: Home, reference: &Reference) -> Option<usize> {
    if reference.is_outside() {
        return None;
    }
    match reference.sheet_name() {
        None => home.sheet,
        Some(name) => book.sheet(name.split(':').next().unwrap_or_default()),
    }
}

fn area(growth: &Growth, sheet: usize, own: Option<(u32, u32)>, area: Area) -> Result<Area, Said> {
    let Some(rows) = area.rows() else { return Ok(area) };
    let many = own.filter(|(row, _)| growth.is_many(sheet, *row));
    let (from, to) = (area.from, area.to.unwrap_or(area.from));
    let is_fixed = |corner: Corner| corner.row.is_some_and(|axis| axis.is_fixed);
    if let Some((row, copy)) = many {
        if rows == [row, row] && !is_fixed(from) && !is_fixed(to) {
            let here = growth.start(sheet, row) + copy;
            return Ok(moved(area, [here, here]));
        }
        let is_above = rows[1] + 1 == row && !(is_fixed(from) && is_fixed(to));
        let is_running = (rows[0] == row || rows[1] == row) && is_fixed(from) != is_fixed(to);
        if is_above || is_running {
            return Err(of_neighbours(area));
        }
    }
    if area.to.is_none() && growth.is_many(sheet, rows[0]) {
        return Err(of_one(area));
    }
    let (start, end) = (growth.start(sheet, rows[0]), growth.end(sheet, rows[1]));
    Ok(moved(area, [start, end]))
}

/// Returns an area with other rows, the lesser where the lesser was.
pub(super) fn moved(area: Area, [start, end]: [u32; 2]) -> Area {
    let number = |corner: Corner| corner.row.map_or(0, |axis| axis.number);
    let is_turned = area.to.is_some_and(|to| number(to) < number(area.from));
    let set = |corner: Corner, number: u32| Corner {
        row: corner.row.map(|axis| Axis { number, ..axis }),
        ..corner
    };
    let (first, second) = if is_turned { (end, start) } else { (start, end) };
    Area { from: set(area.from, first), to: area.to.map(|to| set(to, second)) }
}

/// Moves the ranges of a list of ranges: `A1:B5 D7`.
///
/// # Errors
/// Never: ranges grow with their rows.
pub(super) fn ranges(growth: &Growth, sheet: usize, text: &str) -> String {
    let one = |range: &str| match Area::read(range) {
        Some(area) => {
            let Some(rows) = area.rows() else { return range.to_owned() };
            let rows = [growth.start(sheet, rows[0]), growth.end(sheet, rows[1])];
            // A cell that becomes several is a range.
            let whole = if rows[0] == rows[1] {
                area
            } else {
                Area { to: Some(area.to.unwrap_or(area.from)), ..area }
            };
            moved(whole, rows).to_string()
        }
        None => range.to_owned(),
    };
    text.split_whitespace().map(one).collect::<Vec<_>>().join(" ")
}

fn of_one(area: Area) -> Said {
    said!(
        "формула ссылается на одну ячейку {area} строки списка, а строк станет несколько: сошлитесь на диапазон {area}:{area}",
        "the formula refers to the one cell {area} of a list's row, which becomes several: refer to the range {area}:{area}"
    )
}

fn of_neighbours(area: Area) -> Said {
    said!(
        "формула в строке списка ссылается на {area}, и неясно, на какую из строк списка это станет ссылаться: сделайте ссылку постоянной ($) или уберите её; номер строки — {{{{№}}}}",
        "the formula in a list's row refers to {area}, and which row of the list that becomes is not clear: make the reference fixed ($) or remove it; the number of a row is {{{{№}}}}"
    )
}

fn through_sheets(reference: &Reference) -> Said {
    let sheets = &reference.sheet;
    said!(
        "формула ссылается сразу на несколько листов ({sheets}…), а строки одного из них сдвинутся: сошлитесь на каждый лист отдельно",
        "the formula refers to several sheets at once ({sheets}…), and rows of one of them move: refer to each sheet apart"
    )
}
