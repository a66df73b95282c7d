//! Lays out plain tables over as many pages as they need: columns of given widths, text broken into lines, a
//! repeated head. A row is split at a page's end only if it is higher than a page.

mod leaf;
mod pages;
#[cfg(test)]
mod tests;

pub use leaf::TableLeaf;
pub(super) use leaf::name_of;

use leaf::Sheet;

use super::drawing::Align;
use super::fonts::Family;
use super::measure::{MM_PER_PT, Style};

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands over it.
    pub title: String,
    /// Millimetres.
    pub width: f64,
    /// The alignment of its cells' text.
    pub align: Align,
    /// Whether its title runs upwards.
    pub upwards: bool,
}

impl Column {
    /// Describes a column with a horizontal title.
    pub fn new(title: impl Into<String>, width: f64, align: Align) -> Self {
        Self { title: title.into(), width, align, upwards: false }
    }

    /// Describes a narrow column with an upward title and centred cells.
    pub fn narrow(title: impl Into<String>, width: f64) -> Self {
        Self { title: title.into(), width, align: Align::Middle, upwards: true }
    }

    /// Returns the room for the text of its cells, in millimetres.
    pub fn inner_width(&self) -> f64 {
        self.width - 2.0 * self.padding()
    }

    fn padding(&self) -> f64 {
        if self.upwards { NARROW_PADDING } else { PADDING }
    }

    /// Returns the title in lines; an upward title has as many as fit the width. A head leaves room for rows,
    /// so a higher one is cut.
    fn title_lines(&self, style: Style) -> Vec<String> {
        if !self.upwards {
            let most = (TITLE_MOST / leading(style)).floor().max(1.0) as usize;
            return cut(style.wrap(&self.title, self.width - 2.0 * PADDING), most);
        }
        let most = ((self.width - 0.6) / leading(style)).floor().max(1.0) as usize;
        let longer = (0..5).map(|step| TITLE_LENGTH * 1.2_f64.powi(step));
        let lines = longer.map(|length| style.wrap(&self.title, length)).find(|lines| lines.len() <= most);
        lines.unwrap_or_else(|| cut(style.wrap(&self.title, TITLE_MOST), most))
    }
}

/// A title over several adjacent columns.
#[derive(Clone, Debug)]
pub struct Span {
    /// The title; empty for none, without a frame.
    pub title: String,
    /// How many columns.
    pub columns: usize,
}

/// A row of a table: a text for each column.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The cells' text.
    pub cells: Vec<String>,
    /// Set in bold: sums.
    pub is_bold: bool,
    /// Its only cell is a heading over the rows that follow, across all columns and again on their next page.
    pub is_heading: bool,
    /// Stays on the page of the row before, with a thin rule between them; otherwise a bold rule starts a new
    /// group.
    pub joins: bool,
}

/// A whole table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Titles over the columns; empty: none.
    pub spans: Vec<Span>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Size of the text in points.
    pub size_pt: f64,
    /// Least height of a row in millimetres.
    pub row_height: f64,
    /// The faces of the text.
    pub family: Family,
    /// How many columns at the left belong to a whole group of joined rows: no rule divides them inside it.
    pub lead: usize,
}

/// Space between text and rule, and the same in narrow columns.
const PADDING: f64 = 1.0;
const NARROW_PADDING: f64 = 0.25;
/// A longer upward title is broken into lines.
const TITLE_LENGTH: f64 = 44.0;
/// The greatest height of a column's title in either direction, in millimetres: a third of a page.
const TITLE_MOST: f64 = 90.0;

impl From<Vec<String>> for Row {
    fn from(cells: Vec<String>) -> Self {
        Self { cells, ..Self::default() }
    }
}

impl Table {
    /// Describes a table of plain rows in a size of text, in points.
    pub fn plain(columns: Vec<Column>, rows: Vec<Row>, size_pt: f64) -> Self {
        Self {
            columns,
            spans: Vec::new(),
            rows,
            size_pt,
            row_height: size_pt * 0.58,
            family: Family::Sans,
            lead: 0,
        }
    }

    /// Lays out the table over pages with so many millimetres of room from top to bottom. A table without rows
    /// is its head.
    pub fn leaves(&self, room: f64) -> Vec<TableLeaf> {
        let mut blocks = self.blocks().into_iter().peekable();
        let mut pages = Vec::new();
        loop {
            let mut sheet = Sheet::new(self, room);
            while let Some(block) = blocks.peek_mut() {
                if sheet.has_room(block.height()) {
                    sheet.put(&block.take_lines());
                    blocks.next();
                } else if sheet.is_empty() {
                    let part = block.split(sheet.room());
                    sheet.put(&part);
                    if block.0.is_empty() {
                        blocks.next();
                    }
                } else {
                    break;
                }
            }
            pages.push(sheet.finish());
            if blocks.peek().is_none() {
                return pages;
            }
        }
    }

    /// Returns how high titles that run upwards are where a template sets them: as long as the longest, longer ones are broken.
    pub fn turned_height(&self) -> f64 {
        const MOST: f64 = 42.0;
        let upwards = self.columns.iter().filter(|column| column.upwards);
        let widths = upwards.map(|column| self.plain_style().width(&column.title) + 1.0);
        widths.fold(0.0, f64::max).min(MOST)
    }

    /// Returns the height of the head in millimetres, and that of each row.
    pub fn heights(&self) -> (f64, Vec<f64>) {
        (self.head_heights().iter().sum(), self.rows.iter().map(|row| self.lay(row).height).collect())
    }

    /// Drops the last rows until the table is not higher than this many millimetres; returns how many were
    /// dropped.
    pub fn cut(&mut self, height: f64) -> usize {
        let (head, heights) = self.heights();
        let mut room = height - head;
        let fitting = heights
            .iter()
            .take_while(|height| {
                room -= **height;
                room >= 0.0
            })
            .count();
        let dropped = self.rows.len() - fitting;
        self.rows.truncate(fitting);
        dropped
    }

    const fn plain_style(&self) -> Style {
        Style::new(self.family.plain(), self.size_pt)
    }

    const fn bold_style(&self) -> Style {
        Style::new(self.family.bold(), self.size_pt)
    }

    const fn title_style(&self, column: &Column) -> Style {
        if column.upwards { self.plain_style() } else { self.bold_style() }
    }

    /// Returns blocks of laid out rows that stay together.
    fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for row in &self.rows {
            let laid = self.lay(row);
            match blocks.last_mut() {
                Some(block) if row.joins => block.0.push(laid),
                _ => blocks.push(Block(vec![laid])),
            }
        }
        blocks
    }

    fn lay(&self, row: &Row) -> Laid {
        let style = if row.is_bold { self.bold_style() } else { self.plain_style() };
        let cells: Vec<Vec<String>> = self
            .columns
            .iter()
            .zip(&row.cells)
            .map(|(column, text)| style.wrap(text, column.inner_width()))
            .collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
        let least = self.row_height;
        Laid { style, is_bold: row.is_bold, cells, height: height_of(style, lines, least), least }
    }

    /// Returns the height of the titles in millimetres: over the columns, and of the columns.
    fn head_heights(&self) -> [f64; 2] {
        let style = self.bold_style();
        let span = if self.spans.is_empty() { 0.0 } else { height_of(style, 1, 0.0).max(5.5) };
        let column = |column: &Column| {
            let style = self.title_style(column);
            let lines = column.title_lines(style);
            if column.upwards {
                return lines.iter().map(|line| style.width(line)).fold(0.0, f64::max) + 2.0 * PADDING;
            }
            height_of(style, lines.len(), 0.0)
        };
        [span, self.columns.iter().map(column).fold(6.0, f64::max)]
    }
}

/// Keeps this many lines; the last one shows that there were more.
fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

fn leading(style: Style) -> f64 {
    style.size_pt * MM_PER_PT * 1.2
}

fn height_of(style: Style, lines: usize, least: f64) -> f64 {
    // Counts of lines are far below 2^52: exact.
    (lines as f64 * leading(style) + 1.4 * PADDING).max(least)
}

/// Rows that stay together.
struct Block(Vec<Laid>);

impl Block {
    fn height(&self) -> f64 {
        self.0.iter().map(|row| row.height).sum()
    }

    fn take_lines(&mut self) -> Vec<Laid> {
        std::mem::take(&mut self.0)
    }

    /// Splits off the part that fits a height; at least one line, so that every page makes progress.
    fn split(&mut self, height: f64) -> Vec<Laid> {
        let mut taken = Vec::new();
        let mut left = height;
        while self.0.first().is_some_and(|row| row.height <= left) && self.0.len() > 1 {
            let row = self.0.remove(0);
            left -= row.height;
            taken.push(row);
        }
        if taken.is_empty()
            && let Some(row) = self.0.first_mut()
        {
            taken.push(row.split(left));
            // An empty rest of a row would be started again on every further page.
            if row.cells.iter().all(Vec::is_empty) {
                self.0.remove(0);
            }
        }
        taken
    }
}

/// A row with its text broken into lines.
struct Laid {
    style: Style,
    is_bold: bool,
    cells: Vec<Vec<String>>,
    height: f64,
    least: f64,
}

impl Laid {
    /// Splits off the lines that fit a height, at least one.
    fn split(&mut self, height: f64) -> Self {
        let fitting = ((height - 1.4 * PADDING) / leading(self.style)).floor().max(1.0) as usize;
        let cells: Vec<Vec<String>> =
            self.cells.iter_mut().map(|lines| lines.drain(..fitting.min(lines.len())).collect()).collect();
        let rest = self.cells.iter().map(Vec::len).max().unwrap_or(0);
        self.height = height_of(self.style, rest, self.least);
        Self {
            style: self.style,
            is_bold: self.is_bold,
            cells,
            height: height_of(self.style, fitting, self.least),
            least: self.least,
        }
    }
}
