//! Which recovery blocks determine the lost slices, and how: systems of linear equations over the field.

use rayon::prelude::*;

use super::galois::{inverse, multiply};

/// Returns the inverse of a square system made of some of the rows, and which rows those are; `None` if the
/// rows do not determine the unknowns. Some sets of rows of PAR2's matrix do not, so extra rows help.
pub(super) fn solve(rows: &[Vec<u16>], unknowns: usize) -> Option<(Vec<usize>, Vec<Vec<u16>>)> {
    let chosen = independent(rows, unknowns)?;
    let square = chosen.iter().map(|row| rows[*row].clone()).collect();
    Some((chosen, invert(square)?))
}

/// Returns the first rows that determine the unknowns.
fn independent(rows: &[Vec<u16>], unknowns: usize) -> Option<Vec<usize>> {
    // Rows reduced to the form in which each begins with a one where the others have zero.
    let mut reduced: Vec<(usize, Vec<u16>)> = Vec::new();
    let mut chosen = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        for (lead, earlier) in &reduced {
            let factor = row[*lead];
            subtract(&mut row, earlier, factor);
        }
        let Some(lead) = row.iter().position(|element| *element != 0) else { continue };
        let factor = inverse(row[lead])?;
        scale(&mut row, factor);
        reduced.push((lead, row));
        chosen.push(number);
        if chosen.len() == unknowns {
            return Some(chosen);
        }
    }
    (unknowns == 0).then_some(chosen)
}

fn invert(mut square: Vec<Vec<u16>>) -> Option<Vec<Vec<u16>>> {
    let size = square.len();
    for (number, row) in square.iter_mut().enumerate() {
        row.resize(2 * size, 0);
        row[size + number] = 1;
    }
    for column in 0..size {
        let pivot = (column..size).find(|row| square[*row][column] != 0)?;
        square.swap(column, pivot);
        let mut lead = std::mem::take(&mut square[column]);
        let factor = inverse(lead[column])?;
        scale(&mut lead, factor);
        square.par_iter_mut().filter(|row| !row.is_empty()).for_each(|row| {
            let factor = row[column];
            subtract(row, &lead, factor);
        });
        square[column] = lead;
    }
    Some(square.into_iter().map(|row| row[size..].to_vec()).collect())
}

fn subtract(row: &mut [u16], other: &[u16], factor: u16) {
    if factor == 0 {
        return;
    }
    for (element, other) in row.iter_mut().zip(other) {
        *element ^= multiply(*other, factor);
    }
}

fn scale(row: &mut [u16], factor: u16) {
    for element in row {
        *element = multiply(*element, factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solved_system_gives_back_the_unknowns() {
        // The second row is twice the first and adds nothing.
        let rows = [vec![1, 2, 3], vec![2, 4, 6], vec![4, 5, 6], vec![7, 7, 9]];
        let (chosen, inverse) = solve(&rows, 3).expect("three of the rows are independent");
        assert_eq!(chosen, [0, 2, 3]);
        let apply = |row: &[u16], vector: &[u16]| {
            row.iter().zip(vector).fold(0, |sum, (one, other)| sum ^ multiply(*one, *other))
        };
        let unknowns = [500, 60_000, 7];
        let known: Vec<u16> = chosen.iter().map(|row| apply(&rows[*row], &unknowns)).collect();
        let found: Vec<u16> = inverse.iter().map(|row| apply(row, &known)).collect();
        assert_eq!(found, unknowns);
        assert_eq!(solve(&rows[..2], 2).map(|(rows, _)| rows), None);
        assert_eq!(solve(&[], 0).map(|(rows, _)| rows), Some(Vec::new()));
    }
}
