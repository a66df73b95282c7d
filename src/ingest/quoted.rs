//! Splits a text with quotes into records, in the way the people who typed it meant.
//!
//! A cell is quoted if its first character is a quote and the closing quote comes before a delimiter or a
//! line end (RFC 4180). Every other quote is text: `"Муму". Тургенев` keeps both of its own. A quote that
//! would swallow rows of the table was not closed by mistake: it is text too, and is reported.

use std::borrow::Cow;

use memchr::memchr;

/// How many unclosed quotes are followed to the end of the text. After that, a quote must close in its line.
const MOST_OPEN: usize = 100;
/// A cell with more lines is reported.
const LONG_CELL: u32 = 30;

/// A record after splitting.
pub(super) struct Record<'a> {
    /// Line on which it begins.
    pub(super) line: u32,
    pub(super) cells: Vec<Cow<'a, str>>,
    /// The whole record is one quoted cell.
    pub(super) is_one_quoted: bool,
    pub(super) oddity: Option<Oddity>,
}

/// What a record's quotes show besides its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// An unclosed quote would have swallowed this many lines.
    Open { lines: u32 },
    /// A cell has this many lines.
    Long { lines: u32 },
}

/// Splits a text into records.
pub(super) struct Cutter<'a> {
    text: &'a str,
    delimiter: u8,
    /// Cells of a usual record; 0 if unknown.
    columns: usize,
    at: usize,
    line: u32,
    open: usize,
}

/// What the quote at the beginning of a cell means.
enum Quote<'a> {
    /// A quoted cell, and its end.
    Cell(Cow<'a, str>, usize),
    /// Text like any other.
    Text,
    /// Also text: the next quote, there, on a line below, belongs to another cell.
    Forgotten(usize),
    /// A cell that nobody closed.
    Open,
}

impl<'a> Cutter<'a> {
    /// Starts at the beginning of a line with this number.
    pub(super) fn new(text: &'a str, (delimiter, columns): (u8, usize), line: u32) -> Self {
        Self { text, delimiter, columns, at: 0, line, open: 0 }
    }

    /// Returns the position of the next record.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Skips line ends; CR LF is one, and CR alone is one too.
    fn pass_line_ends(&mut self) {
        while let Some(byte) = self.byte(self.at).filter(|byte| matches!(byte, b'\n' | b'\r')) {
            let is_pair = byte == b'\r' && self.byte(self.at + 1) == Some(b'\n');
            self.at += if is_pair { 2 } else { 1 };
            self.line = self.line.saturating_add(1);
        }
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = &self.text.as_bytes()[from..];
        memchr::memchr2(b'\n', b'\r', rest).map_or(self.text.len(), |length| from + length)
    }

    /// Returns the end of a cell without quotes: the next delimiter or line end.
    fn plain_end(&self, from: usize) -> usize {
        let rest = &self.text.as_bytes()[from..];
        memchr::memchr3(self.delimiter, b'\n', b'\r', rest).map_or(self.text.len(), |length| from + length)
    }

    fn ends_cell(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|byte| byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
    }

    /// Decides what a quote at the beginning of a cell means.
    fn quote(&mut self, start: usize) -> Quote<'a> {
        let bytes = self.text.as_bytes();
        let limit = if self.open < MOST_OPEN { bytes.len() } else { self.line_end(start) };
        let (mut from, mut is_doubled) = (start + 1, false);
        while let Some(length) = memchr(b'"', &bytes[from..limit]) {
            let quote = from + length;
            if self.byte(quote + 1) == Some(b'"') {
                is_doubled = true;
                from = quote + 2;
                if from > limit {
                    break;
                }
                continue;
            }
            if !self.ends_cell(quote + 1) {
                return if quote < self.line_end(start) { Quote::Text } else { Quote::Forgotten(quote) };
            }
            let inner = &self.text[start + 1..quote];
            let cell = if is_doubled { inner.replace("\"\"", "\"").into() } else { Cow::Borrowed(inner) };
            return Quote::Cell(cell, quote + 1);
        }
        self.open += 1;
        Quote::Open
    }

    /// Counts the lines of `text[start..end]` after its first, and returns whether they are rows of the
    /// table.
    fn swallowed(&self, record: &Record<'_>, start: usize, end: usize) -> (u32, bool) {
        let first = self.line_end(start).min(end);
        let rest = &self.text[first..self.line_end(end)];
        let lines = rest.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
        let opening = &self.text[start..first];
        let key = record.cells.first().map_or(opening.trim_start_matches('"'), |cell| cell.as_ref());
        let key = key.split(char::from(self.delimiter)).next().unwrap_or_default();
        let is_whole = record.cells.len() + self.cells_in(opening) == self.columns;
        let (mut count, mut rows) = (0u32, 0u32);
        for line in lines {
            count = count.saturating_add(1);
            rows += u32::from(self.columns > 1 && self.is_row(line, key));
        }
        (count, is_whole && count > 0 && rows * 2 >= count)
    }

    fn cells_in(&self, line: &str) -> usize {
        line.bytes().filter(|byte| *byte == self.delimiter).count() + 1
    }

    /// A row has as many cells as the table, and a first cell like the other rows.
    fn is_row(&self, line: &str, key: &str) -> bool {
        let first = line.split(char::from(self.delimiter)).next().unwrap_or_default().trim_matches('"');
        let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        self.cells_in(line) == self.columns
            && !first.is_empty()
            && has_digit(first) == has_digit(key)
            && first.contains(char::is_whitespace) == key.contains(char::is_whitespace)
    }

    /// Reads a cell and returns its end.
    fn cell(&mut self, record: &mut Record<'a>) -> usize {
        let start = self.at;
        if self.byte(start) == Some(b'"') {
            match self.quote(start) {
                Quote::Cell(cell, end) => {
                    let has_lines = self.line_end(start) < end;
                    let (lines, are_rows) =
                        if has_lines { self.swallowed(record, start, end) } else { (0, false) };
                    if !are_rows {
                        if lines >= LONG_CELL {
                            record.oddity = Some(Oddity::Long { lines: lines + 1 });
                        }
                        record.is_one_quoted = record.cells.is_empty();
                        record.cells.push(cell);
                        self.line = self.line.saturating_add(line_ends(&self.text[start..end]));
                        return end;
                    }
                    record.oddity = Some(Oddity::Open { lines });
                }
                Quote::Open => {
                    let (lines, _) = self.swallowed(record, start, self.text.len());
                    record.oddity = Some(Oddity::Open { lines });
                }
                Quote::Forgotten(next) => {
                    if let (lines, true) = self.swallowed(record, start, next) {
                        record.oddity = Some(Oddity::Open { lines });
                    }
                }
                Quote::Text => {}
            }
        }
        let end = self.plain_end(start);
        record.cells.push(Cow::Borrowed(&self.text[start..end]));
        end
    }
}

impl<'a> Iterator for Cutter<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        self.pass_line_ends();
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record { line: self.line, cells: Vec::new(), is_one_quoted: false, oddity: None };
        loop {
            let end = self.cell(&mut record);
            self.at = end;
            if self.byte(end) != Some(self.delimiter) {
                break;
            }
            self.at += 1;
            if self.at >= self.text.len() {
                record.cells.push(Cow::Borrowed(""));
                break;
            }
        }
        record.is_one_quoted &= record.cells.len() == 1;
        if self.columns > 0 && record.cells.len() > self.columns {
            join_quoted(&mut record.cells, self.columns, self.delimiter);
        }
        Some(record)
    }
}

fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = (0..bytes.len())
        .filter(|at| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

/// Undoubled quotes inside a quoted cell split it at its delimiters: `"он сказал "да", и ушёл"`. If exactly
/// one way to join the pieces gives a complete row, it is taken.
fn join_quoted(cells: &mut Vec<Cow<'_, str>>, columns: usize, delimiter: u8) {
    let extra = cells.len() - columns;
    let joins = |first: &usize| cells[*first].starts_with('"') && cells[first + extra].ends_with('"');
    let mut found = (0..columns).filter(joins);
    let (Some(first), None) = (found.next(), found.next()) else { return };
    let delimiter = char::from(delimiter).to_string();
    let joined = cells.drain(first..=first + extra).collect::<Vec<_>>().join(&delimiter);
    let inner = joined[1..joined.len() - 1].replace("\"\"", "\"");
    cells.insert(first, inner.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    type Cut = (u32, Vec<String>, Option<Oddity>);

    fn cut(text: &str, delimiter: u8, columns: usize) -> Vec<Cut> {
        let records = Cutter::new(text, (delimiter, columns), 1);
        records
            .map(|record| {
                (record.line, record.cells.iter().map(ToString::to_string).collect(), record.oddity)
            })
            .collect()
    }

    fn cells(text: &str, columns: usize) -> Vec<Vec<String>> {
        cut(text, b';', columns).into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn quotes_inside_a_text_stay() {
        for (line, expected) in [
            ("1;\"Муму\". Тургенев;x", ["1", "\"Муму\". Тургенев", "x"]),
            ("1;Рассказ \"Толстый и тонкий\";x", ["1", "Рассказ \"Толстый и тонкий\"", "x"]),
            (
                "1;\"Бородино\" Лермонтова: \"строй\" стиха;x",
                ["1", "\"Бородино\" Лермонтова: \"строй\" стиха", "x"],
            ),
            ("1;\"он сказал \"да\"; и ушёл\";x", ["1", "он сказал \"да\"; и ушёл", "x"]),
            ("1;\"с \"\"кавычками\"\"\";x", ["1", "с \"кавычками\"", "x"]),
            ("1;\"а;б\nв\";x", ["1", "а;б\nв", "x"]),
            ("1;\"\";x", ["1", "", "x"]),
            ("1;x\";\"y", ["1", "x\"", "\"y"]),
            ("1; \"a\";x", ["1", " \"a\"", "x"]),
        ] {
            assert_eq!(cells(line, 3), [expected], "{line}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closed_takes_no_row_along_wherever_it_stands() {
        let rows = ["M1;P1;5;x", "M2;P2;4;", "M3;P3;3;y", "M4;P4;5;z"];
        for row in 0..4 {
            for column in 0..4 {
                let mut table: Vec<Vec<String>> =
                    rows.iter().map(|row| row.split(';').map(str::to_owned).collect()).collect();
                table[row][column].insert(0, '"');
                let text = table.iter().map(|row| row.join(";")).collect::<Vec<_>>().join("\n");
                let found = cut(&text, b';', 4);
                let read: Vec<Vec<String>> = found.iter().map(|(_, cells, _)| cells.clone()).collect();
                assert_eq!(read, table, "{text}");
                let lines = u32::try_from(3 - row).unwrap_or_default();
                assert_eq!(found[row].2, Some(Oddity::Open { lines }), "{text}");
            }
        }
    }

    #[test]
    fn a_quote_closed_rows_below_is_not_the_end_of_a_cell() {
        let text = "M1;P1;\"не успел;1\nM2;P2;x;1\nM3;P3;не успел\";1\nM4;P4;\"а\nб\";1";
        let found = cut(text, b';', 4);
        assert_eq!(found.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(found[0].2, Some(Oddity::Open { lines: 2 }));
        assert_eq!(found[3].1, ["M4", "P4", "а\nб", "1"]);
    }

    #[test]
    fn each_of_several_forgotten_quotes_is_named() {
        let rows = ["M1;P1;\"а;1", "M2;P2;x;1", "M3;P3;\"б;1", "M4;P4;x;1", "M5;P5;\"в;1", "M6;P6;x;1"];
        let found = cut(&rows.join("\n"), b';', 4);
        assert_eq!(found.iter().map(|(_, cells, _)| cells.join(";")).collect::<Vec<_>>(), rows);
        let odd: Vec<u32> = found.iter().filter(|(.., odd)| odd.is_some()).map(|(line, ..)| *line).collect();
        assert_eq!(odd, [1, 3, 5]);
    }

    #[test]
    fn lines_of_a_homework_are_no_rows() {
        let text = "L1,\"упр. 5\nстр. 7, упр. 8\nчитать, учить\"\nL2,\"x\"";
        let found = cut(text, b',', 2);
        assert_eq!(found[0].1, ["L1", "упр. 5\nстр. 7, упр. 8\nчитать, учить"]);
        assert_eq!(found[0].2, None);
        assert_eq!((found[1].0, found.len()), (4, 2));
    }

    #[test]
    fn very_many_open_quotes_take_no_time() {
        let text = "1;\"\"\"x\n".repeat(200_000);
        let started = std::time::Instant::now();
        assert_eq!(Cutter::new(&text, (b';', 2), 1).count(), 200_000);
        assert!(started.elapsed().as_secs() < 20);
    }
}
