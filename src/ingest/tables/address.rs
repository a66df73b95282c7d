//! The place of a problem in the source's own terms: the cell of a workbook, the pointer of a JSON record.

use std::collections::BTreeMap;

use super::placed::Placed;
use crate::base::problems::Problem;
use crate::ingest::cell_names::letters;
use crate::ingest::formats;
use crate::ingest::positions::Positions;

/// Adds the address of the cell, or the pointer of the record (RFC 6901), to problems in exchange tables.
pub(crate) fn point(mut problems: Vec<Problem>, tables: &[Placed]) -> Vec<Problem> {
    let sheets: BTreeMap<(&str, &str), &Positions> = tables
        .iter()
        .map(|placed| {
            let origin = &placed.sheet.origin;
            ((origin.file.as_str(), origin.sheet.as_str()), &placed.positions.1)
        })
        .collect();
    for problem in &mut problems {
        let Some(row) = problem.row.filter(|row| *row > 0) else { continue };
        if problem.sheet.is_empty() {
            // Records of an array count from 0; lines of JSON lines are lines.
            if formats::extension(&problem.file).as_deref() == Some("json") {
                problem.sheet = format!("/{}", row - 1);
            }
            continue;
        }
        let positions = sheets.get(&(problem.file.as_str(), problem.sheet.as_str()));
        if let Some(place) = positions.and_then(|positions| place_of(positions, &problem.column)) {
            problem.cell = format!("{}{row}", letters(place));
        }
    }
    problems
}

fn place_of(positions: &Positions, column: &str) -> Option<usize> {
    let index = positions.columns.iter().position(|known| known.id == column)?;
    positions.places.get(index).copied().flatten()
}
