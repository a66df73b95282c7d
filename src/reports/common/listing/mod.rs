//! A table described once: the pages and the workbook of a report both show it, so that they say the same.

mod value;

pub use value::Value;

use crate::render::drawing::Align;
use crate::render::paper::{Look, Paper, SIDEWAYS_HEIGHT};
use crate::render::table::{Column, Row, Span, Table};
use crate::render::workbook::{self, Sheet};

/// Size of the text of wide tables, in points.
const SIZE: f64 = 7.5;
/// A table with more rows is set page by page.
const LONG: usize = 120;
/// The height of a heading over a long table, in millimetres.
const UNDER: f64 = 16.0;
/// The least room on a page for the beginning of a long table, in millimetres.
const LEAST_BELOW: f64 = 60.0;
/// Characters of a workbook's column for a millimetre of a page's.
const CHARACTERS: f64 = 0.7;
const LEAST_CHARACTERS: f64 = 6.5;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    title: &'static str,
    booked: &'static str,
    over: &'static str,
    width: f64,
    align: Align,
    in_heading: bool,
}

impl Field {
    /// Describes a column of words, so many millimetres wide.
    pub const fn words(title: &'static str, width: f64) -> Self {
        Self { title, booked: title, over: "", width, align: Align::Left, in_heading: false }
    }

    /// Describes a column of numbers.
    pub const fn number(title: &'static str, width: f64) -> Self {
        Self { title, booked: title, over: "", width, align: Align::Right, in_heading: false }
    }

    /// Puts a title over this column and its neighbours with the same one.
    pub const fn over(self, over: &'static str) -> Self {
        Self { over, ..self }
    }

    /// Leaves the column out on pages: a heading over the rows says it for all of them (`Line::heading`).
    pub const fn in_heading(self) -> Self {
        Self { in_heading: true, ..self }
    }

    /// Gives the column another title in the workbook, where nothing stands over it.
    pub const fn booked(self, booked: &'static str) -> Self {
        Self { booked, ..self }
    }
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Everywhere,
    Pages,
    Workbook,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its values.
    pub values: Vec<Value>,
    /// Set in bold: a sum, or what must be seen first.
    pub is_strong: bool,
    /// Which part of the report it belongs to, where the report has parts: their place from 0.
    pub part: usize,
    place: Place,
    is_heading: bool,
}

impl Line {
    /// Returns a plain row.
    pub const fn new(values: Vec<Value>) -> Self {
        Self { values, is_strong: false, part: 0, place: Place::Everywhere, is_heading: false }
    }

    /// Returns a row of sums.
    pub const fn total(values: Vec<Value>) -> Self {
        Self { values, is_strong: true, part: 0, place: Place::Everywhere, is_heading: false }
    }

    /// Returns a heading over the rows that follow, on pages only; it goes across all columns.
    pub fn heading(text: impl AsRef<str>) -> Self {
        Self { is_heading: true, ..Self::total(vec![Value::words(text)]).on_pages_only() }
    }

    /// Marks a row that must be seen first.
    pub fn marked(self, is_strong: bool) -> Self {
        Self { is_strong, ..self }
    }

    /// Prints the row on pages only: it stands for rows that the workbook has one by one.
    pub fn on_pages_only(self) -> Self {
        Self { place: Place::Pages, ..self }
    }

    /// Puts the row into the workbook only: pages have one row for it and its neighbours.
    pub fn in_workbook_only(self) -> Self {
        Self { place: Place::Workbook, ..self }
    }

    /// Tells whether pages have the row.
    pub fn is_printed(&self) -> bool {
        self.place != Place::Workbook
    }

    /// Tells whether the workbook has the row.
    pub fn is_booked(&self) -> bool {
        self.place != Place::Pages
    }

    /// Puts the row into a part of the report.
    pub fn of_part(self, part: usize) -> Self {
        Self { part, ..self }
    }
}

/// A table with its title and what has to be said about it.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Name of its sheet.
    pub tab: &'static str,
    /// Its title.
    pub title: String,
    /// Its columns. Where a report has parts, the first names the part: a page of the part leaves it out.
    pub fields: Vec<Field>,
    /// Its rows.
    pub lines: Vec<Line>,
    /// Whom it counts, and how: «Учтены: …».
    pub whom: String,
    /// What is said where there are no rows.
    pub empty: String,
    /// Why it could not be formed.
    pub lack: Option<String>,
}

impl Listing {
    /// Puts the table on pages. So many millimetres are taken above it on the first; without that a long table begins a new page.
    pub fn lay(&self, paper: &mut Paper, above: Option<f64>) {
        let fields: Vec<Field> = self.fields.iter().filter(|field| !field.in_heading).copied().collect();
        let rows = self.printed().map(|line| self.without_headed(line)).collect();
        self.lay_lines(paper, above, &fields, rows);
    }

    /// Puts the rows of a part on pages, without the column that names the part.
    pub fn lay_part(&self, paper: &mut Paper, part: usize) {
        let own = self.printed().filter(|line| line.part == part);
        let without_part = |line: &Line| {
            let mut row = row(line);
            row.cells.remove(0);
            row
        };
        self.lay_lines(paper, None, &self.fields[1..], own.map(without_part).collect());
    }

    fn without_headed(&self, line: &Line) -> Row {
        let mut row = row(line);
        if !row.is_heading {
            let mut fields = self.fields.iter();
            row.cells.retain(|_| fields.next().is_some_and(|field| !field.in_heading));
        }
        row
    }

    fn printed(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_printed())
    }

    fn lay_lines(&self, paper: &mut Paper, above: Option<f64>, fields: &[Field], rows: Vec<Row>) {
        let is_long = self.lack.is_none() && rows.len() > LONG;
        let above = above.filter(|above| SIDEWAYS_HEIGHT - above > LEAST_BELOW);
        if is_long && above.is_none() {
            paper.turn();
        }
        paper.heading(2, &self.title);
        if let Some(why) = &self.lack {
            return paper.paragraph(Look::Strong, &format!("Не сформировано: {why}."));
        }
        if rows.is_empty() {
            return paper.paragraph(Look::Text, &self.empty);
        }
        let column = |field: &Field| Column::new(field.title, field.width, field.align);
        let mut table = Table::plain(fields.iter().map(column).collect(), rows, SIZE);
        table.spans = spans(fields);
        if is_long {
            paper.long_table(&table, UNDER + above.unwrap_or(0.0), SIDEWAYS_HEIGHT);
        } else {
            paper.table(&table);
        }
        if !self.whom.is_empty() {
            paper.paragraph(Look::Note, &self.whom);
        }
    }

    /// Returns the table as a sheet, under the lines that every sheet of the workbook has.
    pub fn sheet(&self, notes: &[String]) -> Sheet {
        let mut notes = notes.to_vec();
        let said = match (&self.lack, self.lines.is_empty()) {
            (Some(why), _) => format!("Не сформировано: {why}."),
            (None, true) => self.empty.clone(),
            (None, false) => self.whom.clone(),
        };
        notes.extend((!said.is_empty()).then_some(said));
        let column = |field: &Field| {
            workbook::Column::new(field.booked, (field.width * CHARACTERS).max(LEAST_CHARACTERS))
        };
        let lines = if self.lack.is_some() { &[][..] } else { &self.lines };
        let row = |line: &Line| workbook::Row {
            cells: line.values.iter().map(Value::booked).collect(),
            is_total: line.is_strong,
        };
        Sheet {
            name: self.tab,
            title: self.title.clone(),
            notes,
            columns: self.fields.iter().map(column).collect(),
            frozen_columns: 1,
            printed_columns: None,
            rows: lines.iter().filter(|line| line.is_booked()).map(row).collect(),
            chart: None,
        }
    }
}

fn row(line: &Line) -> Row {
    Row {
        cells: line.values.iter().map(Value::printed).collect(),
        is_bold: line.is_strong,
        is_heading: line.is_heading,
        ..Row::default()
    }
}

/// Joins neighbours under the same title; nothing where no column has one.
fn spans(fields: &[Field]) -> Vec<Span> {
    if fields.iter().all(|field| field.over.is_empty()) {
        return Vec::new();
    }
    let mut spans: Vec<Span> = Vec::new();
    for field in fields {
        match spans.last_mut() {
            Some(last) if last.title == field.over => last.columns += 1,
            _ => spans.push(Span { title: field.over.to_owned(), columns: 1 }),
        }
    }
    spans
}

/// Numbers rows in their first column.
pub fn numbered(lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let numbered = |(at, mut line): (usize, Line)| {
        line.values.insert(0, Value::Count(at + 1));
        line
    };
    lines.into_iter().enumerate().map(numbered).collect()
}
