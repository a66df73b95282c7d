//! Addresses of cells and ranges: `B5`, `$A$1:C9`, `5:7`, `A:C`.

use std::fmt;

/// The last row and column of the format.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// A row or a column of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Counted from 1.
    pub(super) number: u32,
    /// Has a `$`.
    pub(super) is_fixed: bool,
}

/// A corner of a range: a cell, a whole row, or a whole column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Corner {
    pub(super) column: Option<Axis>,
    pub(super) row: Option<Axis>,
}

/// A cell or a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) from: Corner,
    /// `None`: one cell.
    pub(super) to: Option<Corner>,
}

impl Area {
    /// Reads an address that is a whole text.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (area, rest) = Self::begin(text)?;
        rest.is_empty().then_some(area)
    }

    /// Reads the address a text begins with; returns the rest too.
    pub(super) fn begin(text: &str) -> Option<(Self, &str)> {
        let (from, rest) = Corner::begin(text)?;
        let second = rest.strip_prefix(':').and_then(Corner::begin);
        match second.filter(|(to, _)| {
            to.column.is_some() == from.column.is_some() && to.row.is_some() == from.row.is_some()
        }) {
            Some((to, rest)) => Some((Self { from, to: Some(to) }, rest)),
            // A row or a column alone is a number or a word.
            None if from.column.is_some() && from.row.is_some() => Some((Self { from, to: None }, rest)),
            None => None,
        }
    }

    /// Returns the first and the last row; `None`: whole columns.
    pub(super) fn rows(&self) -> Option<[u32; 2]> {
        let from = self.from.row?.number;
        let to = self.to.unwrap_or(self.from).row?.number;
        Some([from.min(to), from.max(to)])
    }

    /// Returns the first and the last column; whole rows have all.
    pub(super) fn columns(&self) -> [u32; 2] {
        let number = |corner: Corner, other| corner.column.map_or(other, |axis| axis.number);
        let (from, to) = (number(self.from, 1), number(self.to.unwrap_or(self.from), LAST_COLUMN));
        [from.min(to), from.max(to)]
    }
}

impl Corner {
    /// Returns a cell without `$`.
    pub(super) fn cell(row: u32, column: u32) -> Self {
        let axis = |number| Some(Axis { number, is_fixed: false });
        Self { column: axis(column), row: axis(row) }
    }

    fn begin(text: &str) -> Option<(Self, &str)> {
        let (column, rest) = column(text);
        let (row, rest) = row(rest);
        (column.is_some() || row.is_some()).then_some((Self { column, row }, rest))
    }
}

fn fixed(text: &str) -> (bool, &str) {
    text.strip_prefix('$').map_or((false, text), |rest| (true, rest))
}

fn column(text: &str) -> (Option<Axis>, &str) {
    let (is_fixed, rest) = fixed(text);
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return (None, text);
    }
    let number = number_of(&rest[..letters]);
    if number > LAST_COLUMN { (None, text) } else { (Some(Axis { number, is_fixed }), &rest[letters..]) }
}

fn row(text: &str) -> (Option<Axis>, &str) {
    let (is_fixed, rest) = fixed(text);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|number| (1..=LAST_ROW).contains(number));
    match number {
        Some(number) if !rest.starts_with('0') => (Some(Axis { number, is_fixed }), &rest[digits..]),
        _ => (None, text),
    }
}

/// Returns the number of a column from its letters.
pub(super) fn number_of(letters: &str) -> u32 {
    letters.bytes().fold(0, |number, letter| number * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
}

/// Returns the letters of a column.
pub(super) fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(b'A' + u8::try_from(number % 26).unwrap_or(0));
        number /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

impl fmt::Display for Corner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |axis: Axis| if axis.is_fixed { "$" } else { "" };
        if let Some(column) = self.column {
            write!(out, "{}{}", sign(column), letters(column.number))?;
        }
        self.row.map_or(Ok(()), |row| write!(out, "{}{}", sign(row), row.number))
    }
}

impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.from)?;
        self.to.map_or(Ok(()), |to| write!(out, ":{to}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_they_are_read() {
        for text in ["B5", "$A$1:C9", "5:7", "$5:$7", "A:C", "XFD1048576"] {
            assert_eq!(Area::read(text).map(|area| area.to_string()).as_deref(), Some(text));
        }
        for text in ["", "5", "A", "XFE1", "A0", "A1048577", "ABCD1", "A1:", "A1:B", "A1B"] {
            assert_eq!(Area::read(text), None, "{text}");
        }
        assert_eq!([1, 26, 27, 702, 703, 16_384].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert!((1..=16_384).all(|number| number_of(&letters(number)) == number));
    }
}
