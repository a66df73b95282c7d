//! Fills pages from top to bottom with headings, paragraphs and tables, so that every page is known before it is set.

use jiff::civil::Date;
use serde::Serialize;

use super::drawing::{Align, Drawing, Weight, sans, word};
use super::fonts::Face;
use super::measure::{MM_PER_PT, Style};
use super::pdf::{PdfJob, Standard, Template};
use super::table::{Area, Table};

/// Edges of what a page holds, in millimetres: A4 upright, room to file it at the left.
pub const LEFT: f64 = 20.0;
const RIGHT: f64 = 200.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 282.0;
const HEAD_LINE: f64 = 11.5;
const FOOT_LINE: f64 = 289.0;
/// Width of what a page holds.
pub const WIDTH: f64 = RIGHT - LEFT;
/// No table begins with less room than this below it.
const TABLE_LEAST: f64 = 28.0;
const FOOT: Style = sans(7.5);

const DRAWN_REPORT: Template =
    Template { name: "drawn-report.typ", source: include_str!("../../templates/drawn-report.typ") };

/// A heading that the template sets: bookmarks lead to it.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// What it says.
    pub text: String,
    /// 1: a part; 2: a section of it.
    pub level: u8,
    /// Left edge and baseline in millimetres.
    pub x: f64,
    /// Baseline in millimetres.
    pub y: f64,
    /// Size in points.
    pub size: f64,
}

/// What the template is told of a paper.
#[derive(Serialize)]
struct PaperView {
    title: String,
    date: [i16; 3],
    pages: Vec<Vec<HeadingView>>,
}

/// The pages so far.
#[derive(Clone)]
pub struct Flow {
    foot: String,
    pages: Vec<(Vec<HeadingView>, Drawing)>,
    y: f64,
}

impl Flow {
    /// Begins the first page; `foot` stands at the left of every page's foot.
    pub fn new(foot: String) -> Self {
        Self { foot, pages: vec![Default::default()], y: TOP }
    }

    /// Returns where the next thing stands, in millimetres from the top.
    pub fn y(&self) -> f64 {
        self.y
    }

    /// Returns the room that is left on the page, in millimetres.
    pub fn room(&self) -> f64 {
        BOTTOM - self.y
    }

    /// Returns how many pages there are.
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// Turns to a new page, unless the page is still empty.
    pub fn turn(&mut self) {
        if self.y > TOP {
            self.pages.push(Default::default());
            self.y = TOP;
        }
    }

    /// Turns to a new page where less than so many millimetres are left.
    pub fn need(&mut self, height: f64) {
        if self.room() < height {
            self.turn();
        }
    }

    /// Leaves room.
    pub fn gap(&mut self, height: f64) {
        self.y += height;
    }

    /// Writes a heading; one that is too long is broken into lines, of which the first is the bookmark.
    pub fn heading(&mut self, level: u8, text: &str) {
        let size = if level == 1 { 14.0 } else { 11.5 };
        let style = Style::new(Face::SerifBold, size);
        let lines = style.wrap(text, WIDTH);
        self.need(lines.len() as f64 * leading(style) + TABLE_LEAST);
        for line in lines {
            self.y += leading(style);
            let heading = HeadingView { text: line, level, x: LEFT, y: self.y - 1.2, size };
            self.last().0.push(heading);
        }
        self.y += 1.2;
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        self.indented(style, 0.0, text);
    }

    /// Writes a paragraph so many millimetres from the left.
    pub fn indented(&mut self, style: Style, indent: f64, text: &str) {
        for line in style.wrap(text, WIDTH - indent) {
            self.need(leading(style));
            self.y += leading(style);
            let y = self.y - 0.25 * leading(style);
            self.last().1.text(style, LEFT + indent, y, line);
        }
        self.y += 0.8;
    }

    /// Lays a table out from here on; the head is repeated on every page it needs.
    pub fn table(&mut self, table: &Table) {
        self.need(TABLE_LEAST);
        let first = self.y;
        let top = |page: usize| if page == 0 { first } else { TOP };
        let drawings = table.pages(|page| Area { left: LEFT, top: top(page), bottom: BOTTOM });
        for (index, drawing) in drawings.into_iter().enumerate() {
            if index > 0 {
                self.pages.push(Default::default());
            }
            self.y = drawing.rules.iter().map(|rule| rule.ends[3]).fold(TOP, f64::max);
            self.last().1.append(drawing);
        }
        self.y += 2.0;
    }

    /// Keeps a height free on one page and hands the drawing and its upper edge over.
    pub fn draw(&mut self, height: f64, draw: impl FnOnce(&mut Drawing, f64)) {
        self.need(height);
        let y = self.y;
        draw(&mut self.last().1, y);
        self.y += height;
    }

    /// Returns the headings and the drawing of every page, with head line, foot and page number.
    pub fn finish(mut self, title: &str) -> (Vec<Vec<HeadingView>>, Vec<Drawing>) {
        let count = self.pages.len();
        for (index, (_, drawing)) in self.pages.iter_mut().enumerate() {
            drawing.text(FOOT, LEFT, HEAD_LINE, title);
            drawing.across(Weight::Thin, HEAD_LINE + 1.6, LEFT, RIGHT);
            let number = format!("страница {} из {count}", index + 1);
            let foot = word(FOOT, Align::Left, LEFT, RIGHT, self.foot.clone());
            drawing.words(FOOT, FOOT_LINE, vec![foot, word(FOOT, Align::Right, LEFT, RIGHT, number)]);
        }
        self.pages.into_iter().unzip()
    }

    /// Returns the whole as a paper of its own, to be typeset: `head` stands over every page, `title` in the PDF's metadata,
    /// and `ident` tells it from every other document.
    pub fn into_job(self, (title, head): (&str, &str), date: Date, path: &str, ident: String) -> PdfJob {
        let (pages, drawings) = self.finish(head);
        let date = [date.year(), date.month().into(), date.day().into()];
        let view = PaperView { title: title.to_owned(), date, pages };
        PdfJob {
            path: path.to_owned(),
            template: DRAWN_REPORT,
            data: serde_json::to_vec(&view).unwrap_or_default(),
            drawings,
            standard: Standard::Compact,
            ident,
        }
    }

    fn last(&mut self) -> &mut (Vec<HeadingView>, Drawing) {
        self.pages.last_mut().expect("there is a page from the beginning")
    }
}

/// Returns the height of a line in millimetres.
pub fn leading(style: Style) -> f64 {
    style.size_pt * MM_PER_PT * 1.25
}
