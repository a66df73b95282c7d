//! Draws one page of a table: the head, rows, rules.

use super::{Area, Column, Laid, PADDING, Table, leading, title_style};
use crate::render::drawing::{Align, Drawing, Weight, Word, sans_bold, word};
use crate::render::measure::{MM_PER_PT, Style};

/// A page being filled.
pub(super) struct Sheet<'a> {
    table: &'a Table,
    area: Area,
    drawing: Drawing,
    /// The top of the next row.
    y: f64,
    /// Where the rows begin.
    body: f64,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(table: &'a Table, area: Area) -> Self {
        let mut sheet = Self { table, area, drawing: Drawing::default(), y: area.top, body: 0.0 };
        sheet.head();
        sheet
    }

    pub(super) fn has_room(&self, height: f64) -> bool {
        self.y + height <= self.area.bottom + 1e-6
    }

    pub(super) fn room(&self) -> f64 {
        self.area.bottom - self.y
    }

    pub(super) fn is_empty(&self) -> bool {
        self.y <= self.body
    }

    fn head(&mut self) {
        let [over, own] = self.table.head_heights();
        let top = self.area.top;
        self.spans(top, over);
        self.titles(top + over, own);
        self.y = top + over + own;
        self.body = self.y;
        let right = self.area.left + self.table.width();
        self.drawing.across(Weight::Bold, top, self.area.left, right);
        self.drawing.across(Weight::Bold, self.y, self.area.left, right);
    }

    fn spans(&mut self, top: f64, height: f64) {
        let style = sans_bold(self.table.size_pt);
        let mut x = self.area.left;
        let mut columns = self.table.columns.iter();
        for span in &self.table.spans {
            let to = x + columns.by_ref().take(span.columns).map(|column| column.width).sum::<f64>();
            if !span.title.is_empty() {
                let text = word(style, Align::Middle, x, to, span.title.clone());
                self.drawing.words(style, middle(style, top, height), vec![text]);
                self.drawing.across(Weight::Thin, top + height, x, to);
                self.drawing.down(Weight::Thin, x, top, top + height);
                self.drawing.down(Weight::Thin, to, top, top + height);
            }
            x = to;
        }
    }

    fn titles(&mut self, top: f64, height: f64) {
        let mut x = self.area.left;
        for column in &self.table.columns {
            let style = title_style(column, self.table.size_pt);
            let lines = column.title_lines(style);
            let extent = if column.upwards { column.width } else { height };
            let first =
                (extent - lines.len() as f64 * leading(style)) / 2.0 + style.size_pt * MM_PER_PT * 0.93;
            for (index, line) in lines.into_iter().enumerate() {
                let along = first + index as f64 * leading(style);
                if column.upwards {
                    self.drawing.upwards(style, x + along, top + height - PADDING, line);
                } else {
                    let text = word(style, Align::Middle, x, x + column.width, line);
                    self.drawing.words(style, top + along, vec![text]);
                }
            }
            x += column.width;
        }
    }

    pub(super) fn put(&mut self, rows: Vec<Laid>) {
        for (index, row) in rows.into_iter().enumerate() {
            if !self.is_empty() {
                let has_groups = self.table.rows.iter().any(|row| row.joins);
                let weight = if index == 0 && has_groups { Weight::Bold } else { Weight::Thin };
                let lead = if index == 0 { 0 } else { self.table.lead };
                let from: f64 = self.table.columns[..lead].iter().map(|column| column.width).sum();
                self.drawing.across(
                    weight,
                    self.y,
                    self.area.left + from,
                    self.area.left + self.table.width(),
                );
            }
            self.row(&row);
            self.y += row.height;
        }
    }

    /// Writes a row: a row of single lines as one run, other rows cell by cell, so that the lines of a cell
    /// follow each other.
    fn row(&mut self, row: &Laid) {
        if row.cells.iter().all(|lines| lines.len() <= 1) {
            let words = self.words(row, 0);
            self.drawing.words(row.style, middle(row.style, self.y, row.height), words);
            return;
        }
        let mut x = self.area.left;
        for (column, lines) in self.table.columns.iter().zip(&row.cells) {
            let first = self.y + (0.7 * PADDING) + row.style.size_pt * MM_PER_PT * 0.93;
            for (index, line) in lines.iter().enumerate() {
                let y = first + index as f64 * leading(row.style);
                let text = cell(row.style, column, x, line);
                self.drawing.words(row.style, y, vec![text]);
            }
            x += column.width;
        }
    }

    fn words(&self, row: &Laid, line: usize) -> Vec<Word> {
        let mut x = self.area.left;
        let mut words = Vec::new();
        for (column, lines) in self.table.columns.iter().zip(&row.cells) {
            words.extend(lines.get(line).map(|text| cell(row.style, column, x, text)));
            x += column.width;
        }
        words
    }

    pub(super) fn finish(mut self) -> Drawing {
        let [over, _] = self.table.head_heights();
        let (left, top, bottom) = (self.area.left, self.area.top, self.y);
        self.drawing.frame(Weight::Bold, [left, top, left + self.table.width(), bottom]);
        let mut x = left;
        for (index, column) in self.table.columns.iter().enumerate() {
            if index > 0 {
                let from = if self.table.starts_span(index) { top } else { top + over };
                self.drawing.down(Weight::Thin, x, from, bottom);
            }
            x += column.width;
        }
        self.drawing
    }
}

impl Table {
    /// Tells whether the upright rule before a column also divides the titles over the columns.
    fn starts_span(&self, column: usize) -> bool {
        let mut first = 0;
        for span in &self.spans {
            if first == column {
                return true;
            }
            first += span.columns;
            if first > column {
                return span.title.is_empty();
            }
        }
        true
    }
}

fn cell(style: Style, column: &Column, x: f64, text: &str) -> Word {
    word(style, column.align, x + column.padding(), x + column.width - column.padding(), text)
}

/// Returns the baseline of a line in the middle of a row: capitals are about 0.72 of the size high.
fn middle(style: Style, top: f64, height: f64) -> f64 {
    top + height / 2.0 + style.size_pt * MM_PER_PT * 0.36
}
