//! How much room the texts of a sheet take, as an office program sets them: widths of columns, heights of rows, lines of notes.
//!
//! Not every program adjusts rows by itself, and none adjusts the width of a column to the words in its header.

use rustc_hash::FxHashMap;

use super::book::{Cell, Column, Row, Sheet};
use super::printing;
use super::style::{FONT_POINTS, LINE_POINTS};
use crate::render::fonts::Face;
use crate::render::measure::{MM_PER_PT, Style};

const PLAIN: Style = Style::new(Face::Sans, FONT_POINTS);
const BOLD: Style = Style::new(Face::SansBold, FONT_POINTS);
/// Between a text and the lines of its cell on both sides together, and left of an indented text, in millimetres.
const PADDING: f64 = 1.1;
const INDENT: f64 = 2.7;
/// No letter of a running text is wider than this on an average.
const WIDE_LETTER: f64 = 2.3;
/// Distance of lines in a cell, and of a turned header's lines, in points and in millimetres.
const NEXT_LINE_POINTS: f64 = 11.0;
const TURNED_LINE: f64 = 3.9;
/// A turned header is at most this long.
const TURNED: f64 = 38.0;
/// A header does not widen its column beyond this, in characters.
const WIDEST: f64 = 24.0;
/// The highest row of the format, in points.
const HIGHEST: f64 = 409.0;
/// A note may be wider than a narrow table.
const LEAST_NOTE: f64 = 120.0;
/// Sheets of charts stand on upright paper.
const UPRIGHT_NOTE: f64 = 172.0;
/// A header of one short line has this height all the same.
const LEAST_LINES: usize = 2;

/// A sheet whose columns and notes have their room.
pub(super) struct Laid<'b> {
    pub(super) sheet: &'b Sheet,
    /// Widths of the columns in characters.
    pub(super) widths: Vec<f64>,
    /// The notes in lines that are printed whole.
    pub(super) notes: Vec<String>,
}

/// Where the rows of a sheet stand, for what leads to them.
pub(super) struct Place {
    pub(super) sheet: &'static str,
    /// The row of the header, the first of the sheet being 0.
    pub(super) header: usize,
    pub(super) columns: usize,
}

impl<'b> Laid<'b> {
    /// Gives a sheet its room.
    pub(super) fn of(sheet: &'b Sheet) -> Self {
        let widths: Vec<f64> = sheet.columns.iter().map(width).collect();
        let printed = sheet.printed_columns.map_or(widths.len(), usize::from).clamp(0, widths.len());
        let room = match widths.is_empty() {
            true => UPRIGHT_NOTE,
            false => printing::first_page(&widths[..printed]).max(LEAST_NOTE),
        };
        let notes = sheet.notes.iter().flat_map(|note| PLAIN.wrap(note, room)).collect();
        Self { sheet, widths, notes }
    }

    /// Returns where its rows stand.
    pub(super) fn place(&self) -> Place {
        Place { sheet: self.sheet.name, header: self.header(), columns: self.sheet.columns.len() }
    }

    /// Returns the row of the header, the first of the sheet being 0.
    pub(super) fn header(&self) -> usize {
        self.notes.len() + 1
    }

    /// Returns the height of the header in points.
    pub(super) fn header_points(&self) -> f64 {
        let lines = |(column, width): (&Column, &f64)| match column.is_turned {
            true => 0,
            false => BOLD.wrap(&column.title, printing::text_room(*width) - PADDING).len(),
        };
        let turned = self.sheet.columns.iter().filter(|column| column.is_turned);
        let longest = turned.map(|column| BOLD.width(&column.title).min(TURNED)).fold(0.0, f64::max);
        let lines = self.sheet.columns.iter().zip(&self.widths).map(lines).max().unwrap_or(0);
        // The room of a turned text is longer than the text itself, or its last word would go to another line.
        let turned = if longest > 0.0 { (longest + 2.0 * PADDING) / MM_PER_PT } else { 0.0 };
        points(lines.max(LEAST_LINES)).max(turned)
    }

    /// Returns the heights of the rows in points.
    pub(super) fn heights(&self) -> Vec<f64> {
        let mut known = FxHashMap::default();
        self.sheet.rows.iter().map(|row| self.height(row, &mut known)).collect()
    }

    fn height(&self, row: &'b Row, known: &mut FxHashMap<(&'b str, usize, bool), usize>) -> f64 {
        let style = if row.is_total { BOLD } else { PLAIN };
        let of_cell = |(at, (cell, width)): (usize, (&'b Cell, &f64))| {
            let Cell::Text(text) = cell else { return 1 };
            let room = printing::text_room(*width) - PADDING - INDENT;
            if !text.contains('\n') && text.chars().count() as f64 * WIDE_LETTER <= room {
                return 1;
            }
            let lines = || text.split('\n').map(|line| style.wrap(line, room).len().max(1)).sum();
            *known.entry((text.as_str(), at, row.is_total)).or_insert_with(lines)
        };
        let cells = row.cells.iter().map(Cell::shown).zip(&self.widths).enumerate();
        points(cells.map(of_cell).max().unwrap_or(1))
    }
}

/// Returns the width of a column: every word of its header has room.
fn width(column: &Column) -> f64 {
    let needed = match column.is_turned {
        true => BOLD.wrap(&column.title, TURNED).len() as f64 * TURNED_LINE,
        false => column.title.split(' ').map(|word| BOLD.width(word)).fold(0.0, f64::max),
    };
    column.width.max(printing::characters(needed + PADDING).min(WIDEST))
}

fn points(lines: usize) -> f64 {
    (LINE_POINTS + 2.0 + lines.saturating_sub(1) as f64 * NEXT_LINE_POINTS).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(columns: Vec<Column>, rows: Vec<Row>) -> Sheet {
        Sheet {
            name: "Лист",
            title: String::new(),
            notes: vec!["слово ".repeat(100)],
            columns,
            frozen_columns: 0,
            printed_columns: None,
            rows,
            chart: None,
        }
    }

    #[test]
    fn no_word_of_a_header_is_broken_and_a_turned_one_takes_height() {
        let plain = sheet(vec![Column::new("Успеваемость от списка класса, %", 4.0)], Vec::new());
        let plain = Laid::of(&plain);
        assert!(plain.widths[0] > 12.0, "{}", plain.widths[0]);
        let turned = sheet(vec![Column::new("Успеваемость от списка класса, %", 4.0).turned()], Vec::new());
        let turned = Laid::of(&turned);
        assert!(turned.widths[0] < 6.0 && turned.header_points() > plain.header_points());
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text_and_a_note_is_as_wide_as_the_paper() {
        let text = |text: &str| Row { cells: vec![Cell::text(text)], is_total: false };
        let rows = vec![
            text("коротко"),
            text(&"длинные слова ".repeat(6)),
            text("раз\nдва"),
            text(&"я ".repeat(9_000)),
        ];
        let sheet = sheet(vec![Column::new("Что", 20.0)], rows);
        let laid = Laid::of(&sheet);
        let heights = laid.heights();
        assert!(heights[0] < heights[2] && heights[2] < heights[1], "{heights:?}");
        assert!(heights[3] <= HIGHEST, "the format has no higher rows");
        assert!(laid.notes.len() > 3 && laid.notes.concat().matches("слово").count() == 100);
    }
}
