//! Formulas as pieces: references to cells, and all else as it stands.

use super::address::{Area, Axis, Corner};

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// As it stands.
    Text(String),
    /// A reference.
    Reference(Reference),
}

/// A reference to cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    /// `'Лист 1'!` as it stands, or empty.
    pub(super) sheet: String,
    pub(super) area: Area,
}

impl Reference {
    /// Returns the name of the sheet; `None`: the formula's own.
    pub(super) fn sheet_name(&self) -> Option<String> {
        let name = self.sheet.strip_suffix('!')?;
        let quoted = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
        Some(quoted.map_or_else(|| name.to_owned(), |name| name.replace("''", "'")))
    }

    /// Tells whether it is to another workbook.
    pub(super) fn is_outside(&self) -> bool {
        self.sheet.contains('[')
    }

    /// Tells whether it goes through several sheets.
    pub(super) fn is_through_sheets(&self) -> bool {
        !self.is_outside() && self.sheet_name().is_some_and(|name| name.contains(':'))
    }
}

/// Functions whose references are made while they are computed: nobody can move them.
const MADE: [&str; 2] = ["INDIRECT", "OFFSET"];

/// Tells whether a formula makes references from texts or distances.
pub(super) fn makes_references(formula: &str) -> bool {
    let mut rest = formula;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '"' => quoted(rest, '"'),
            '\'' => quoted(rest, '\''),
            sign if is_in_name(sign) => {
                let length = word(rest);
                let is_called = rest[length..].starts_with('(');
                if is_called && MADE.iter().any(|name| rest[..length].eq_ignore_ascii_case(name)) {
                    return true;
                }
                length
            }
            sign => sign.len_utf8(),
        };
        rest = &rest[length..];
    }
    false
}

/// Cuts a formula into pieces.
pub(super) fn parse(formula: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = formula;
    while let Some(sign) = rest.chars().next() {
        let is_start = sign == '$' || sign == '[' || sign == '\'' || is_in_name(sign);
        if let Some((reference, length)) = is_start.then(|| reference(rest)).flatten() {
            flush(&mut pieces, &mut text);
            pieces.push(Piece::Reference(reference));
            rest = &rest[length..];
            continue;
        }
        let length = match sign {
            '"' | '\'' => quoted(rest, sign),
            '[' => bracketed(rest),
            sign if is_in_name(sign) => word(rest),
            sign => sign.len_utf8(),
        };
        text.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    flush(&mut pieces, &mut text);
    pieces
}

fn flush(pieces: &mut Vec<Piece>, text: &mut String) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

/// Returns the formula.
pub(super) fn write(pieces: &[Piece]) -> String {
    let written = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => format!("{}{}", reference.sheet, reference.area),
    };
    pieces.iter().map(written).collect()
}

/// Reads the reference a text begins with, with the name of its sheet.
fn reference(text: &str) -> Option<(Reference, usize)> {
    let sheet = sheet_prefix(text);
    let (area, rest) = Area::begin(&text[sheet..])?;
    let next = rest.chars().next();
    // `LOG10(`, `A1B`, `Q1_итог` and `A1!` are words.
    let goes_on = next.is_some_and(|sign| is_in_name(sign) || matches!(sign, '(' | '!' | '['));
    if goes_on {
        return None;
    }
    Some((Reference { sheet: text[..sheet].to_owned(), area }, text.len() - rest.len()))
}

/// Returns how long the name of a sheet with its `!` is; 0: there is none.
fn sheet_prefix(text: &str) -> usize {
    let length = if text.starts_with('\'') {
        quoted(text, '\'')
    } else {
        let book = if text.starts_with('[') { bracketed(text) } else { 0 };
        book + text[book..]
            .char_indices()
            .find(|(_, sign)| !(is_in_name(*sign) || *sign == ':'))
            .map_or(text.len() - book, |(at, _)| at)
    };
    if length > 0 && text[length..].starts_with('!') { length + 1 } else { 0 }
}

fn is_in_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '.' | '\\' | '?')
}

/// Returns the length of a text in quotes; doubled quotes stand for one.
fn quoted(text: &str, quote: char) -> usize {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == quote {
            match signs.peek() {
                Some((_, next)) if *next == quote => drop(signs.next()),
                _ => return at + 1,
            }
        }
    }
    text.len()
}

/// Returns the length of what stands in brackets.
fn bracketed(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Returns the length of a word, with the number or the name of a sheet it may be.
fn word(text: &str) -> usize {
    text.char_indices().find(|(_, sign)| !is_in_name(*sign)).map_or(text.len(), |(at, _)| at)
}

/// Moves the references of a shared formula from its first cell to another.
pub(super) fn moved_by(formula: &str, rows: i64, columns: i64) -> Option<String> {
    let mut pieces = parse(formula);
    for piece in &mut pieces {
        let Piece::Reference(reference) = piece else { continue };
        let move_corner = |corner: Corner| {
            let go = |axis: Option<Axis>, by: i64| match axis {
                Some(axis) if !axis.is_fixed => {
                    let number =
                        u32::try_from(i64::from(axis.number) + by).ok().filter(|number| *number > 0)?;
                    Some(Some(Axis { number, ..axis }))
                }
                axis => Some(axis),
            };
            Some(Corner { column: go(corner.column, columns)?, row: go(corner.row, rows)? })
        };
        reference.area.from = move_corner(reference.area.from)?;
        reference.area.to = match reference.area.to {
            Some(to) => Some(move_corner(to)?),
            None => None,
        };
    }
    Some(write(&pieces))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(formula: &str) -> Vec<String> {
        let pieces = parse(formula);
        assert_eq!(write(&pieces), formula);
        let named = pieces.iter().filter_map(|piece| match piece {
            Piece::Reference(one) => Some(format!("{}{}", one.sheet, one.area)),
            Piece::Text(_) => None,
        });
        named.collect()
    }

    #[test]
    fn references_are_found_and_words_are_not() {
        assert_eq!(references("SUM(B5:B$9)/$C$10+D5"), ["B5:B$9", "$C$10", "D5"]);
        assert_eq!(references("'Лист 1'!A1+Итоги!B2:C3&\"A1\"\"B2\""), ["'Лист 1'!A1", "Итоги!B2:C3"]);
        assert_eq!(references("LOG10(A1)+ATAN2(B1,C1)+Q1_итог+Таблица1[Класс]"), ["A1", "B1", "C1"]);
        assert_eq!(references("SUM(5:7)+SUM(A:C)*10"), ["5:7", "A:C"]);
        assert_eq!(references("[1]Лист1!A1+Лист1:Лист3!B2"), ["[1]Лист1!A1", "Лист1:Лист3!B2"]);
        assert_eq!(references("IF(A1=\"\",\"\",1.5E3+#REF!)"), ["A1"]);
        assert_eq!(references("'Класс ''А'''!$A$1"), ["'Класс ''А'''!$A$1"]);
    }

    #[test]
    fn made_references_are_seen() {
        assert!(makes_references("SUM(INDIRECT(\"A1:A5\"))") && makes_references("offset(A1,1,0)"));
        assert!(!makes_references("SUM(A1)") && !makes_references("\"INDIRECT(\""));
    }

    #[test]
    fn shared_formulas_move_what_is_not_fixed() {
        assert_eq!(moved_by("B5+$C5+D$5+$E$5", 2, 1).as_deref(), Some("C7+$C7+E$5+$E$5"));
        assert_eq!(moved_by("A1", -1, 0), None);
    }
}
