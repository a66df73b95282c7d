//! HTML as journals print it: every row of every table, and every line of text between them, becomes a row of
//! one sheet.
//!
//! Cells keep the column in which a browser shows them: spanned columns and rows are filled with empty cells.
//! A nested table follows its outer row. A row's number is the line of the file on which it begins. A row
//! without any cell marks the beginning or end of a table.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::contents::Contents;
use crate::base::limits::{self, HTML_CELLS as MOST_CELLS};
use crate::base::said::Said;
use crate::base::source::Origin;
use crate::ingest::raw::{ExportFile, RawSheet, Rows, Value};
use crate::ingest::text::Refusal;
use crate::ingest::text::{Known, decode};

/// Widest colspan and highest rowspan that a browser accepts (WHATWG HTML, 4.9.11).
const MOST_COLUMNS: usize = 1000;
const MOST_ROWS: usize = 65_534;

/// Reads a page.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    if file.bytes.len() > limits::HTML_BYTES {
        let (bytes, most) = (file.bytes.len(), limits::HTML_BYTES);
        let ru = format!("на странице {bytes} байт, а читается не больше {most}: разделите отчёт");
        let en = format!("the page has {bytes} bytes, no more than {most} are read: divide the report");
        return Err(Said::new(ru, en).into());
    }
    let declared = declared(&file.bytes);
    let decoded = decode(&file.bytes, Known { declared: declared.as_deref(), ..file.known() })?;
    let text = decoded.text;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page::new(&text);
    for Ok(token) in Tokenizer::new_with_emitter(&*text, emitter) {
        page.take(&token);
        if page.cells > MOST_CELLS {
            let most = MOST_CELLS;
            let en = format!("the tables have more than {most} cells");
            return Err(Said::new(format!("в таблицах больше {most} ячеек"), en).into());
        }
    }
    page.end_row();
    let origin = Origin { file: file.path.clone(), sheet: String::new() };
    let sheet = RawSheet { origin, rows: Rows::Grid(page.rows) };
    Ok(Contents { sheets: vec![sheet], notes: decoded.notes, faults: Vec::new() })
}

/// Returns the encoding that a page declares in a `meta` at its beginning, or in an XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 2048;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label = rest.trim_start_matches(['"', '\'']);
    Some(label.split(['"', '\'', ';', '>', ' ', '/', '?']).next()?.to_owned())
}

/// The page during the walk.
struct Page<'a> {
    text: &'a str,
    /// How far lines were counted, and the line there.
    counted: (usize, u32),
    rows: Vec<(u32, Vec<Value>)>,
    row: Vec<Value>,
    row_line: u32,
    /// Between `tr` and its end: a row without cells is a row too.
    is_in_row: bool,
    cell: Option<Span>,
    words: String,
    /// For each open table: for how many more rows a cell from above takes each column.
    taken: Vec<Vec<usize>>,
    /// Inside `script` or `style`.
    is_silent: bool,
    cells: usize,
}

/// The number of columns and rows of a cell.
#[derive(Clone, Copy)]
struct Span {
    columns: usize,
    rows: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            counted: (0, 1),
            rows: Vec::new(),
            row: Vec::new(),
            row_line: 1,
            is_in_row: false,
            cell: None,
            words: String::new(),
            taken: Vec::new(),
            is_silent: false,
            cells: 0,
        }
    }

    fn take(&mut self, token: &Token<usize>) {
        match token {
            Token::StartTag(tag) => self.open(tag),
            Token::EndTag(tag) => self.close(&String::from_utf8_lossy(&tag.name), tag.span.start),
            Token::String(text) if !self.is_silent => {
                if self.row.is_empty() && self.words.trim().is_empty() {
                    self.row_line = self.line(text.span.start);
                }
                // A line break in the file is a space; only a tag breaks a line.
                self.words.push_str(&String::from_utf8_lossy(text).replace(['\n', '\r'], " "));
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        match &*String::from_utf8_lossy(&tag.name) {
            "script" | "style" => self.is_silent = true,
            "table" => {
                self.end_row();
                self.border(tag.span.start);
                self.taken.push(Vec::new());
            }
            "tr" => {
                self.end_row();
                self.row_line = self.line(tag.span.start);
                self.is_in_row = true;
            }
            "td" | "th" => {
                self.end_cell();
                let number = |name: &[u8], most: usize| {
                    let value = tag.attributes.get(name)?;
                    let value = String::from_utf8_lossy(value).trim().parse::<usize>().ok()?;
                    Some(value.clamp(1, most))
                };
                let columns = number(b"colspan", MOST_COLUMNS).unwrap_or(1);
                self.cell = Some(Span { columns, rows: number(b"rowspan", MOST_ROWS).unwrap_or(1) });
            }
            "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => self.end_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        match name {
            "script" | "style" => self.is_silent = false,
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.border(at);
                self.taken.pop();
            }
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => self.end_line(),
            _ => {}
        }
    }

    /// Ends a line of text: inside a cell the cell continues, outside each line is a row.
    fn end_line(&mut self) {
        if self.cell.is_some() { self.words.push('\n') } else { self.end_row() }
    }

    fn end_cell(&mut self) {
        let Some(span) = self.cell.take() else {
            // Text between a row's cells belongs to none.
            self.words.clear();
            return;
        };
        let text = tidy(&std::mem::take(&mut self.words));
        let mut first = self.row.len();
        // A cell outside every table takes no room from later rows.
        if let Some(taken) = self.taken.last_mut() {
            while taken.get(self.row.len()).is_some_and(|rows| *rows > 0) {
                self.row.push(Value::Empty);
                self.cells += 1;
            }
            first = self.row.len();
            taken.resize(taken.len().max(first + span.columns), 0);
            taken[first..first + span.columns].fill(span.rows);
        }
        self.row.push(if text.is_empty() { Value::Empty } else { Value::Text(text.into()) });
        self.row.resize(first + span.columns, Value::Empty);
        self.cells += span.columns;
    }

    fn end_row(&mut self) {
        if self.cell.is_some() {
            self.end_cell();
        }
        let loose = tidy(&std::mem::take(&mut self.words));
        if let Some(taken) = self.taken.last_mut().filter(|_| self.is_in_row || !self.row.is_empty()) {
            taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            self.cells += taken.len();
        }
        self.is_in_row = false;
        if !self.row.is_empty() {
            self.rows.push((self.row_line, std::mem::take(&mut self.row)));
        } else if !loose.is_empty() {
            self.cells += 1;
            self.rows.push((self.row_line, vec![Value::Text(loose.into())]));
        }
    }

    /// Marks the beginning or end of a table, once between two rows.
    fn border(&mut self, byte: usize) {
        if self.rows.last().is_some_and(|(_, cells)| !cells.is_empty()) {
            let line = self.line(byte);
            self.rows.push((line, Vec::new()));
        }
    }

    /// Returns the line of a byte; bytes are requested in order.
    fn line(&mut self, byte: usize) -> u32 {
        let (from, line) = self.counted;
        let byte = byte.clamp(from, self.text.len());
        let breaks = self.text.as_bytes()[from..byte].iter().filter(|byte| **byte == b'\n').count();
        self.counted = (byte, line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

/// Trims every line of a cell and joins words with one space.
fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let file = ExportFile::new("x.html".to_owned(), text.as_bytes().to_vec());
        let mut contents = read(&file).unwrap_or_else(|refusal| panic!("{}", refusal.message.en));
        let Rows::Grid(rows) = contents.sheets.remove(0).rows else { return Vec::new() };
        let text = |cells: Vec<Value>| cells.iter().map(|cell| cell.to_text().to_string()).collect();
        rows.into_iter().map(|(number, cells)| (number, text(cells))).collect()
    }

    #[test]
    fn spans_keep_cells_in_their_columns() {
        let page = "<p>Школа</p>\n<table><tr><th rowspan=2>Предмет<th colspan=2>Май\n<th rowspan=2>Средн.<br>балл\n\
                    <tr><th>5<th>6\n<tr><td>Физика&nbsp;<td>О 2<td><td>3,5\n\
                    <tr><td rowspan=2>Химия<tr></tr><tr><td>Музыка</table>";
        let expected = [
            (1, vec!["Школа"]),
            (2, vec![]),
            (2, vec!["Предмет", "Май", "", "Средн.\nбалл"]),
            (4, vec!["", "5", "6"]),
            (5, vec!["Физика", "О 2", "", "3,5"]),
            (6, vec!["Химия"]),
            (6, vec!["Музыка"]),
            (6, vec![]),
        ];
        let expected: Vec<(u32, Vec<String>)> = expected
            .into_iter()
            .map(|(row, cells)| (row, cells.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!(rows(page), expected);
    }

    #[test]
    fn a_nested_table_follows_its_row_and_scripts_say_nothing() {
        let page = "<script>if (a<b) x()</script><table><tr><td>A<table><tr><td>B</table><td>C</table>";
        let cells: Vec<_> = rows(page).into_iter().flat_map(|(_, cells)| cells).collect();
        assert_eq!(cells, ["A", "B", "C"]);
    }
}
