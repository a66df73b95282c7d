//! Names of ranges that begin with `letopis.` or `летопись.`: the cells they stand for are filled.

use super::faults::of_book;
use super::fields::split;
use super::formula::{Piece, parse};
use super::sheet::Book;
use crate::base::said::said;
use crate::forms::Refusal;

const PREFIXES: [&str; 2] = ["letopis.", "летопись."];

/// Notes the cells and rows that names of ours stand for.
pub(super) fn mark(book: &mut Book, refusals: &mut Vec<Refusal>) {
    let Some(names) = book.document.root.child("definedNames") else { return };
    let named: Vec<(String, String)> =
        names.elements().filter_map(|one| Some((one.get("name")?, one.text()))).collect();
    for (name, place) in named {
        let Some(rest) = own(&name) else { continue };
        let Some((sheet, rows, columns)) = single(book, &place) else {
            refusals.push(of_book(said!(
                "имя «{name}» стоит не за одну ячейку и не за ячейки одной строки: {place}",
                "the name «{name}» stands neither for one cell nor for cells of one row: {place}"
            )));
            continue;
        };
        let Some(sheet) = book.sheets.get_mut(sheet) else { continue };
        if columns[0] == columns[1] {
            sheet.named.insert((rows, columns[0]), split(&rest));
            sheet.cell_mut(rows, columns[0]);
        } else {
            sheet.lists.insert(rows, rest);
        }
    }
}

/// Returns what stands behind the beginning that makes a name ours.
pub(super) fn own(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix))?;
    // Small and capital letters of these words are of one length.
    name.get(prefix.len()..).filter(|rest| !rest.is_empty()).map(str::to_owned)
}

/// Returns the sheet, the row and the columns of a name that stands for cells of one row.
fn single(book: &Book, place: &str) -> Option<(usize, u32, [u32; 2])> {
    let [Piece::Reference(reference)] = &parse(place)[..] else { return None };
    let [from, to] = reference.area.rows()?;
    let sheet = book.sheet(&reference.sheet_name()?)?;
    (from == to).then(|| (sheet, from, reference.area.columns()))
}
