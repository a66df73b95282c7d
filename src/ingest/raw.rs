//! Sheets from the formats: a header and rows of cells with their line numbers, without any meaning yet.

use std::borrow::Cow;
use std::ops::ControlFlow;

use encoding_rs::Encoding;
use jiff::civil::{Date, DateTime, Time};

use super::quoted::Cutter;
use super::text::Known;
use crate::base::source::Origin;
use crate::model::Text;

/// A file as received: its path in the bundle and its bytes.
pub(crate) struct ExportFile {
    /// Path inside the bundle, `/` as separator.
    pub(crate) path: String,
    /// The whole content.
    pub(crate) bytes: Vec<u8>,
    /// The encoding of the neighbouring texts, if it is an old one.
    pub(crate) beside: Option<&'static Encoding>,
}

impl ExportFile {
    /// A file before its neighbours are examined.
    pub(crate) fn new(path: String, bytes: Vec<u8>) -> Self {
        Self { path, bytes, beside: None }
    }

    /// Returns what is known of its encoding besides its bytes.
    pub(crate) fn known(&self) -> Known<'_> {
        Known { declared: None, beside: self.beside }
    }
}

/// A cell as its format types it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Empty,
    Text(Text),
    Number(f64),
    Flag(bool),
    Date(Date),
    Moment(DateTime),
    Time(Time),
    /// The result of a formula that was not or could not be computed: no value at all.
    Fault(Text),
}

/// A rectangular piece of an export: one CSV file, one sheet, one Parquet file.
pub(crate) struct RawSheet<'a> {
    pub(crate) origin: Origin,
    pub(crate) rows: Rows<'a>,
}

/// Rows of a sheet, including the header.
pub(crate) enum Rows<'a> {
    /// Text with a delimiter, split into cells only during the walk: neither the text nor a cell is copied.
    Delimited(Delimited<'a>),
    /// Cells with their row numbers.
    Grid(Vec<(u32, Vec<Value>)>),
}

/// A text whose lines are rows.
pub(crate) struct Delimited<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) delimiter: u8,
    /// Cells of most lines; 0 if unknown.
    pub(crate) columns: usize,
    /// Number of the text's first line: concatenated files are several texts.
    pub(crate) first_line: u32,
}

/// One row during the walk.
#[derive(Clone, Copy)]
pub(crate) enum RowCells<'a> {
    /// Cells of a line without quotes, as slices of the text.
    Plain(&'a [&'a str]),
    /// Cells of a record with quotes.
    Cut(&'a [Cow<'a, str>]),
    Grid(&'a [Value]),
}

/// A cell during the walk of its row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Typed(&'a Value),
}

impl<'a> RowCells<'a> {
    /// Returns a cell by its position; outside the row it is empty text.
    #[inline]
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        match self {
            Self::Plain(cells) => Cell::Text(trimmed(cells.get(position).copied().unwrap_or(""))),
            Self::Cut(cells) => Cell::Text(cells.get(position).map_or("", |cell| cell.trim())),
            Self::Grid(values) => match values.get(position) {
                None | Some(Value::Empty) => Cell::Text(""),
                Some(Value::Text(text)) => Cell::Text(text.trim()),
                Some(value) => Cell::Typed(value),
            },
        }
    }

    /// Returns how many cells the row has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Plain(cells) => cells.len(),
            Self::Cut(cells) => cells.len(),
            Self::Grid(values) => values.len(),
        }
    }

    /// Returns whether a cell is a text of more than this many bytes.
    #[inline]
    pub(crate) fn has_longer(&self, bytes: usize) -> bool {
        match self {
            Self::Plain(cells) => cells.iter().any(|cell| cell.len() > bytes),
            Self::Cut(cells) => cells.iter().any(|cell| cell.len() > bytes),
            Self::Grid(cells) => {
                cells.iter().any(|cell| matches!(cell, Value::Text(text) if text.len() > bytes))
            }
        }
    }

    /// Returns whether the cells were split from a line: one delimiter too many shifts those after it.
    #[inline]
    pub(crate) fn is_cut(&self) -> bool {
        !matches!(self, Self::Grid(_))
    }

    /// Tells whether every cell is empty.
    #[inline]
    pub(crate) fn is_blank(&self) -> bool {
        (0..self.len()).all(|position| matches!(self.cell(position), Cell::Text("")))
    }
}

/// Trims. Nearly every cell begins and ends with a letter, a digit or a sign, which one comparison shows.
#[inline]
pub(super) fn trimmed(cell: &str) -> &str {
    // Lead bytes of the Cyrillic letters; the blanks of Unicode have others.
    let is_tight = |byte: u8| (0x21..0x7F).contains(&byte);
    let is_letter = |byte: u8| matches!(byte, 0xD0 | 0xD1);
    match cell.as_bytes() {
        [first, .., before, last]
            if (is_tight(*first) || is_letter(*first)) && (is_tight(*last) || is_letter(*before)) =>
        {
            cell
        }
        [only] if is_tight(*only) => cell,
        _ => cell.trim(),
    }
}

impl<'a> Cell<'a> {
    /// Returns the cell as text, in the form of the exchange format.
    #[inline]
    pub(crate) fn to_text(self) -> Text {
        match self {
            Self::Text(text) => text.into(),
            Self::Typed(value) => value.to_text(),
        }
    }

    /// The same, for read-only use: most cells are text already.
    #[inline]
    pub(crate) fn as_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Typed(Value::Text(text)) => Cow::Borrowed(text),
            Self::Typed(value) => Cow::Owned(value.to_text().into()),
        }
    }
}

impl Value {
    /// Returns the value in the form of the exchange format.
    pub(crate) fn to_text(&self) -> Text {
        match self {
            Self::Empty => Text::new(),
            Self::Text(text) => text.clone(),
            // A whole number in a workbook is a float there: «55», not «55.0».
            Self::Number(number) => number.to_string().into(),
            // Only a column of flags may read it as 1 or 0: it is not a mark, a number or an id.
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.into(),
            Self::Date(date) => date.to_string().into(),
            Self::Moment(moment) => moment.to_string().into(),
            Self::Time(time) => time.to_string().into(),
            Self::Fault(error) => error.clone(),
        }
    }
}

impl Rows<'_> {
    /// Returns roughly how many rows to reserve room for; empty lines are not counted.
    pub(crate) fn estimated_len(&self) -> usize {
        const SHORTEST_ROW: usize = 16;
        const MOST: usize = 2_000_000;
        const LOOKED_AT: usize = 1 << 16;
        let rows = match self {
            Self::Grid(rows) => rows.len(),
            Self::Delimited(Delimited { text, .. }) => {
                let start = &text.as_bytes()[..text.len().min(LOOKED_AT)];
                let lines = start.iter().filter(|byte| **byte == b'\n').count();
                let row = (start.len() / (lines + 1)).max(SHORTEST_ROW);
                // Slightly more than there will be: growing would copy everything.
                text.len() / row + text.len() / row / 16
            }
        };
        rows.min(MOST)
    }

    /// Walks the rows with their numbers from 1 until `visit` returns false.
    pub(crate) fn walk(&self, mut visit: impl FnMut(u32, RowCells<'_>) -> bool) -> Result<(), (u32, String)> {
        match self {
            Self::Grid(rows) => {
                for (number, cells) in rows {
                    if !visit(*number, RowCells::Grid(cells)) {
                        break;
                    }
                }
            }
            Self::Delimited(delimited) => walk_delimited(delimited, &mut visit),
        }
        Ok(())
    }
}

/// Up to the first quote a text is split in place. From the line of that quote on, quotes are examined.
fn walk_delimited(delimited: &Delimited<'_>, visit: &mut impl FnMut(u32, RowCells<'_>) -> bool) {
    let Delimited { text, delimiter, columns, first_line } = delimited;
    if let Some((line, number)) = walk_plain(text, *delimiter, *first_line, visit) {
        walk_quoted(&text[line..], (*delimiter, *columns), number, visit);
    }
}

/// Walks lines until one has a quote, and returns its position and number. Empty lines are not rows. Lines
/// may end with CR alone, as in old files.
fn walk_plain(
    text: &str,
    delimiter: u8,
    first_line: u32,
    visit: &mut impl FnMut(u32, RowCells<'_>) -> bool,
) -> Option<(usize, u32)> {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let (mut number, mut line, mut cell) = (first_line, 0, 0);
    // A fold, not a loop, so that the compiler makes one loop of it.
    let stopped = cuts(bytes, delimiter).try_for_each(|at| {
        let byte = bytes[at];
        if byte == delimiter {
            cells.push(&text[cell..at]);
            cell = at + 1;
        } else if byte == b'\n' && line == at && at > 0 && bytes[at - 1] == b'\r' {
            // The second half of CR LF.
            (line, cell) = (at + 1, at + 1);
        } else if matches!(byte, b'\n' | b'\r') {
            if line < at {
                cells.push(&text[cell..at]);
                if !visit(number, RowCells::Plain(&cells)) {
                    return ControlFlow::Break(None);
                }
            }
            cells.clear();
            number = number.saturating_add(1);
            (line, cell) = (at + 1, at + 1);
        } else if byte == b'"' {
            return ControlFlow::Break(Some((line, number)));
        }
        ControlFlow::Continue(())
    });
    if let ControlFlow::Break(quoted) = stopped {
        return quoted;
    }
    if line < text.len() {
        cells.push(&text[cell..]);
        visit(number, RowCells::Plain(&cells));
    }
    None
}

/// Returns every place where a delimiter, a quote or a line end may be, testing eight bytes at once: cells
/// are too short for a new search in each. Some other places are included.
fn cuts(bytes: &[u8], delimiter: u8) -> impl Iterator<Item = usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // Control characters up to CR, including line ends.
    const BELOW: u64 = ONES * (b'\r' as u64 + 1);
    const QUOTES: u64 = ONES * b'"' as u64;
    let delimiters = ONES * u64::from(delimiter);
    let (words, rest) = bytes.as_chunks::<8>();
    // A byte's high bit is set if subtracting borrows and the bit was clear before: "Hacker's Delight", 6-1.
    let marks = move |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        let (delimiter, quote) = (word ^ delimiters, word ^ QUOTES);
        let delimiter = delimiter.wrapping_sub(ONES) & !delimiter;
        let quote = quote.wrapping_sub(ONES) & !quote;
        (delimiter | quote | (word.wrapping_sub(BELOW) & !word)) & HIGH
    };
    let in_words = words.iter().enumerate().flat_map(move |(index, word)| {
        let mut left = marks(word);
        std::iter::from_fn(move || {
            let at = left.trailing_zeros() as usize / 8;
            (left != 0).then(|| {
                left &= left - 1;
                index * 8 + at
            })
        })
    });
    in_words.chain(bytes.len() - rest.len()..bytes.len())
}

/// Walks a text from a line on; `first` is that line's number.
fn walk_quoted(
    text: &str,
    shape: (u8, usize),
    first: u32,
    visit: &mut impl FnMut(u32, RowCells<'_>) -> bool,
) {
    for record in Cutter::new(text, shape, first) {
        if !visit(record.line, RowCells::Cut(&record.cells)) {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        let delimited = Delimited { text: text.into(), delimiter: b';', columns: 0, first_line: 1 };
        let _ = Rows::Delimited(delimited).walk(|number, row| {
            rows.push((number, (0..row.len()).map(|at| row.cell(at).to_text().to_string()).collect()));
            true
        });
        rows
    }

    /// Uses the library alone: what RFC 4180 says of quotes is true here too.
    fn by_the_library(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.expect("this is text"));
        records.map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    #[test]
    fn lines_without_quotes_are_cut_as_the_library_cuts_them() {
        let lines = ["а;б;в", "1;;", ";", " 2 ; x", "", "\"3;\n4\";5", "6\";7", "8;\"\"\"9\"", "10"];
        for seed in 0..500 {
            let mut random = fastrand::Rng::with_seed(seed);
            let end = *random.choice(&["\n", "\r\n"]).expect("there are some");
            let text: String = (0..random.usize(0..8))
                .map(|_| format!("{}{end}", random.choice(&lines).expect("there are some")))
                .collect();
            let text = if random.bool() { text.trim_end() } else { &text };
            let cells: Vec<_> = rows(text).into_iter().map(|(_, cells)| cells).collect();
            assert_eq!(cells, by_the_library(text), "{text:?}");
        }
    }

    #[test]
    fn no_place_of_a_delimiter_a_quote_or_a_line_end_is_passed_over() {
        for seed in 0..200 {
            let mut random = fastrand::Rng::with_seed(seed);
            let bytes: Vec<u8> = (0..random.usize(0..60)).map(|_| random.u8(..)).collect();
            for delimiter in [b',', b';', b'\t'] {
                let wanted = |at: &usize| [delimiter, b'"', b'\n', b'\r'].contains(&bytes[*at]);
                let found: Vec<usize> = cuts(&bytes, delimiter).filter(wanted).collect();
                assert_eq!(found, (0..bytes.len()).filter(wanted).collect::<Vec<_>>(), "{bytes:?}");
            }
        }
    }

    #[test]
    fn rows_are_numbered_by_their_lines() {
        let numbers = |text: &str| rows(text).iter().map(|(number, _)| *number).collect::<Vec<_>>();
        assert_eq!(numbers("a\n\nb\r\nc"), [1, 3, 4]);
        assert_eq!(numbers("a\rb\r\rc\r"), [1, 2, 4]);
        assert_eq!(numbers("a\nb;\"c\nd\"\ne"), [1, 2, 4]);
        assert_eq!(numbers("\"a\"\n\nb"), [1, 3]);
        assert_eq!(numbers("\"a\"\n\n\n\nb\r\n\r\n\"c\""), [1, 5, 7]);
    }
}
