//! A report as lines of text: which report it is, and its pupil blocks, each with its labels, header and rows.

use std::collections::BTreeMap;

use crate::ingest::parse;
use crate::ingest::raw::RawSheet;
use crate::model::Text;

/// Lines among which the title is looked for: it stands below the school's name.
const TITLE_WITHIN: usize = 40;
/// Lines of a table's header at most.
const MOST_HEADER_LINES: usize = 4;
/// Columns of a table that are looked at.
const MOST_COLUMNS: usize = 1000;

/// The reports that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    /// «Отчёт об успеваемости и посещаемости ученика»: dated cells of one span of dates.
    Progress,
    /// «Табель успеваемости учащегося»: marks for terms and the year.
    Card,
}

/// How the titles begin, folded; «(весь класс)» may follow.
const TITLES: [(&str, Report); 2] = [
    ("отчет об успеваемости и посещаемости ученика", Report::Progress),
    ("табель успеваемости учащегося", Report::Card),
];

/// A row of the sheet with its cells as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) row: u32,
    pub(super) cells: Vec<Text>,
}

/// One pupil's part of the sheet.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) year: Text,
    pub(super) class: Text,
    pub(super) period: Text,
    pub(super) pupil: Text,
    /// Where the subject stands in every line.
    pub(super) subject: usize,
    pub(super) header: Vec<Line>,
    pub(super) rows: Vec<Line>,
}

impl Line {
    /// Returns a cell; empty outside the line.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", Text::as_str)
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(Text::is_empty)
    }
}

impl Block {
    /// Returns the row the block's table begins at.
    pub(super) fn row(&self) -> u32 {
        self.header.first().map_or(1, |line| line.row)
    }

    /// Returns a header cell, folded; empty where the header has no such line.
    pub(super) fn title(&self, line: usize, column: usize) -> String {
        self.header.get(line).map_or_else(String::new, |line| fold(line.cell(column)))
    }

    /// Returns how many columns the header has, within reason: a year of days, each twice, is less.
    pub(super) fn width(&self) -> usize {
        self.header.iter().map(|line| line.cells.len()).max().unwrap_or(0).min(MOST_COLUMNS)
    }
}

/// Tells which report a sheet is by its title, whatever the file is called.
pub(super) fn report(sheet: &RawSheet) -> Option<Report> {
    let mut found = None;
    let mut seen = 0;
    let walked = sheet.rows.walk(|_, row| {
        let titles = (0..row.len()).map(|column| fold(&row.cell(column).to_text()));
        let report = |title: String| TITLES.iter().find(|(start, _)| title.starts_with(start));
        found = titles.filter_map(report).map(|(_, report)| *report).next();
        seen += 1;
        found.is_none() && seen < TITLE_WITHIN
    });
    // What cannot be walked has no title either.
    walked.ok().and(found)
}

/// Takes a sheet apart into pupil blocks.
pub(super) fn blocks(sheet: &RawSheet) -> Vec<Block> {
    let mut lines = Vec::new();
    // A grid has no unreadable rows; of a delimited text the rows before the fault are used.
    let _ = sheet.rows.walk(|row, cells| {
        let cells = (0..cells.len()).map(|column| cells.cell(column).to_text()).collect();
        lines.push(Line { row, cells });
        true
    });
    let mut reader = Reader::default();
    lines.into_iter().for_each(|line| reader.take(line));
    reader.end_table();
    reader.blocks
}

/// The blocks while the lines are walked. What is labelled once stands for the blocks below too, but for the pupil.
#[derive(Default)]
struct Reader {
    labels: [Text; 4],
    table: Option<Block>,
    blocks: Vec<Block>,
}

const LABELS: [&[&str]; 4] = [&["учебный год"], &["класс"], &["период"], &["ученик", "учащийся"]];
const PUPIL: usize = 3;

impl Reader {
    fn take(&mut self, line: Line) {
        if let Some(block) = &mut self.table {
            let has_subject = !line.cell(block.subject).is_empty();
            if block.rows.is_empty()
                && !has_subject
                && !line.is_blank()
                && block.header.len() < MOST_HEADER_LINES
            {
                block.header.push(line);
                return;
            }
            if has_subject && legend(line.cell(block.subject)).is_none() && labels(&line).is_empty() {
                block.rows.push(line);
                return;
            }
            self.end_table();
        }
        for (label, value) in labels(&line) {
            self.labels[label] = value;
        }
        let subject = line.cells.iter().position(|cell| fold(cell) == "предмет");
        if let Some(subject) = subject {
            let [year, class, period, pupil] = self.labels.clone();
            self.table =
                Some(Block { year, class, period, pupil, subject, header: vec![line], rows: Vec::new() });
        }
    }

    fn end_table(&mut self) {
        if let Some(block) = self.table.take() {
            self.labels[PUPIL] = Text::new();
            self.blocks.push(block);
        }
    }
}

/// Returns the labels of a line with their values: `Класс: 8А` in one cell, or the value in the next one.
fn labels(line: &Line) -> Vec<(usize, Text)> {
    let mut found: Vec<(usize, Text)> = Vec::new();
    let mut waiting = None;
    let pieces = line.cells.iter().flat_map(|cell| cell.split('\n')).map(str::trim);
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let label = piece.split_once(':').and_then(|(name, value)| {
            let name = fold(name);
            let label = LABELS.iter().position(|names| names.contains(&name.as_str()))?;
            Some((label, value.trim()))
        });
        match label {
            Some((label, "")) => waiting = Some(label),
            Some((label, value)) => found.push((label, value.into())),
            None => found.extend(waiting.take().map(|label| (label, piece.into()))),
        }
    }
    found
}

/// Reads `Н = Неуважительная`: the letter, and its meaning folded.
fn legend(text: &str) -> Option<(char, String)> {
    let (letter, meaning) = text.split_once('=')?;
    let mut letters = letter.trim().chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    Some((letter, fold(meaning)))
}

/// Returns the letters a sheet explains, with the row of each and the meaning folded; of equal lines the first.
pub(super) fn legends(sheet: &RawSheet) -> BTreeMap<(char, String), u32> {
    let mut found = BTreeMap::new();
    // As with blocks, what can be walked is used.
    let _ = sheet.rows.walk(|row, cells| {
        let texts = (0..cells.len()).map(|column| cells.cell(column).to_text());
        for text in texts.filter(|text| text.contains('=')) {
            for letter in text.split('\n').filter_map(legend) {
                found.entry(letter).or_insert(row);
            }
        }
        true
    });
    found
}

/// Folds a title for comparison: lower case, ё as е, one space between words.
pub(super) fn fold(text: &str) -> String {
    parse::name(text)
}
