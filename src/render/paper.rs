//! A paper as a sequence of headings, paragraphs and tables: the view that `templates/blocks.typ` prints.
//!
//! All texts are ready to print, lengths are millimetres, sizes points. The template decides where a page
//! ends.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::charts::{Chart, ChartView};
use super::drawing::Drawing;
use super::drawing_view::DrawingView;
use super::long_words::breakable;
use super::measure::MM_PER_PT;
use super::pdf::{PdfJob, Standard, Template};
use super::table::{Table, name_of};

/// Width and height of a page's content, in millimetres: A4 upright, with a filing margin at the left.
pub const WIDTH: f64 = 180.0;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 264.0;

/// Width and height of the content of a page that lies on its side.
pub const SIDEWAYS_WIDTH: f64 = 267.0;
/// See [`SIDEWAYS_WIDTH`].
pub const SIDEWAYS_HEIGHT: f64 = 174.0;

/// The most a chart is high, in millimetres: its title stands over it on the page.
const CHART_HEIGHT: f64 = HEIGHT - 24.0;

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// Running text.
    Text,
    /// Notes under tables.
    Note,
    /// The text below a line to fill in.
    Small,
    /// A text that must be seen first.
    Strong,
    /// What is read aloud.
    Lead,
}

/// A piece of a paper.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Block {
    Heading { level: u8, text: String },
    Paragraph { look: Look, indent: f64, text: String },
    Gap { height: f64 },
    Turn,
    Cut,
    Sideways { blocks: Vec<Self> },
    Table(TableView),
    Picture(PictureView),
    Chart(Box<ChartView>),
    Together { blocks: Vec<Self> },
    FirstThatFits { versions: Vec<VersionView> },
}

#[derive(Clone, Debug, Serialize)]
struct TableView {
    columns: Vec<ColumnView>,
    spans: Vec<SpanView>,
    rows: Vec<RowView>,
    size: f64,
    /// How high the titles are that run upwards, in millimetres.
    turned: f64,
}

#[derive(Clone, Debug, Serialize)]
struct ColumnView {
    title: String,
    width: f64,
    align: &'static str,
    upwards: bool,
}

#[derive(Clone, Debug, Serialize)]
struct SpanView {
    title: String,
    columns: usize,
}

#[derive(Clone, Debug, Serialize)]
struct RowView {
    cells: Vec<String>,
    bold: bool,
    heading: bool,
}

#[derive(Clone, Debug, Serialize)]
struct PictureView {
    alt: String,
    height: f64,
    #[serde(flatten)]
    drawing: DrawingView,
}

#[derive(Clone, Debug, Serialize)]
struct VersionView {
    page: Vec<Block>,
    then: Vec<Block>,
}

/// The data that a template gets about a paper.
#[derive(Serialize)]
struct PaperView<'a> {
    title: &'a str,
    date: [i16; 3],
    head: &'a str,
    foot: &'a str,
    blocks: Vec<Block>,
}

/// The texts around a paper's blocks.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Title in the PDF's metadata.
    pub title: &'a str,
    /// The line over every page.
    pub head: &'a str,
    /// The left text at the foot of every page; the page number is at the right.
    pub foot: &'a str,
    /// The day the paper is made for.
    pub date: Date,
    /// Distinguishes the paper from all others, for the PDF's own identifier.
    pub ident: &'a str,
}

/// One of several versions of a page.
#[derive(Clone, Debug, Default)]
pub struct Version {
    /// The page.
    pub page: Paper,
    /// The content of the next page, if this version is chosen.
    pub then: Paper,
}

/// The blocks so far.
#[derive(Clone, Debug, Default)]
pub struct Paper(Vec<Block>);

impl Paper {
    /// Starts a new page, unless the page is still empty.
    pub fn turn(&mut self) {
        self.0.push(Block::Turn);
    }

    /// Puts pieces on pages of their own that lie on their side.
    pub fn sideways(&mut self, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        self.0.push(Block::Sideways { blocks: inner.0 });
    }

    /// Draws the line that a slip is torn off along.
    pub fn cut(&mut self) {
        self.0.push(Block::Cut);
    }

    /// Leaves room, in millimetres.
    pub fn gap(&mut self, height: f64) {
        self.0.push(Block::Gap { height });
    }

    /// Writes a heading; 1 is a part, 2 a section.
    pub fn heading(&mut self, level: u8, text: &str) {
        self.0.push(Block::Heading { level, text: text.to_owned() });
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, look: Look, text: &str) {
        self.indented(look, 0.0, text);
    }

    /// Writes a paragraph with a left indent in millimetres.
    pub fn indented(&mut self, look: Look, indent: f64, text: &str) {
        self.0.push(Block::Paragraph { look, indent, text: breakable(text) });
    }

    /// Prints a table; the head is repeated on every page.
    pub fn table(&mut self, table: &Table) {
        self.0.push(Block::Table(table_view(table)));
    }

    /// Prints a long table as one for each page. So many millimetres of the first are taken by what stands above it.
    pub fn long_table(&mut self, table: &Table, under: f64, room: f64) {
        for (at, page) in table.pages(room - under, room).iter().enumerate() {
            if at > 0 {
                self.turn();
            }
            self.table(page);
        }
    }

    /// Prints a drawing; its places are millimetres from the upper left corner of its area.
    pub fn picture(&mut self, height: f64, alt: &str, drawing: &Drawing) {
        self.0.push(Block::Picture(picture_view(height, alt, drawing)));
    }

    /// Puts a chart here, its title over it and its numbers beneath.
    pub fn chart(&mut self, chart: &Chart) {
        self.0.push(Block::Chart(Box::new(chart.paper_view(WIDTH, CHART_HEIGHT))));
    }

    /// Puts a chart here without its numbers: a table with all of them must stand beside it.
    pub fn chart_without_table(&mut self, chart: &Chart) {
        self.0.push(Block::Chart(Box::new(chart.paper_view(WIDTH, CHART_HEIGHT).without_table())));
    }

    /// Puts a chart here that is at most so many millimetres high, its numbers beneath.
    pub fn low_chart(&mut self, chart: &Chart, height: f64) {
        self.0.push(Block::Chart(Box::new(chart.paper_view(WIDTH, height))));
    }

    /// Puts a low chart here without its numbers: a table with all of them must stand beside it.
    pub fn low_chart_without_table(&mut self, chart: &Chart, height: f64) {
        self.0.push(Block::Chart(Box::new(chart.paper_view(WIDTH, height).without_table())));
    }

    /// Keeps pieces on one page.
    pub fn together(&mut self, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        self.0.push(Block::Together { blocks: inner.0 });
    }

    /// Prints the first of several versions of a page that fits on one page, or the last if none does.
    pub fn first_that_fits(&mut self, versions: Vec<Version>) {
        let view = |version: Version| VersionView { page: version.page.0, then: version.then.0 };
        self.0.push(Block::FirstThatFits { versions: versions.into_iter().map(view).collect() });
    }

    /// Prints one page: the first of these versions that fits, from the fullest down. A version that fits for certain is printed
    /// without a trial, which costs as much as the page.
    pub fn fullest<C: Copy>(&mut self, cuts: &[C], write: impl Fn(C, &mut Self)) {
        let page = |cut: &C| {
            let mut page = Self::default();
            write(*cut, &mut page);
            page
        };
        let Some((first, rest)) = cuts.split_first() else { return };
        let full = page(first);
        if full.most_height() <= HEIGHT {
            return self.0.extend(full.0);
        }
        let pages = std::iter::once(full).chain(rest.iter().map(page));
        self.first_that_fits(pages.map(|page| Version { page, then: Self::default() }).collect());
    }

    /// Returns a height in millimetres that an upright page with these pieces does not exceed.
    fn most_height(&self) -> f64 {
        self.0.iter().map(Block::most_height).sum()
    }

    /// Returns the whole as a document to typeset.
    ///
    /// # Errors
    /// When the view cannot be written as JSON, which is a fault of the program.
    pub fn into_job(self, template: Template, frame: Frame<'_>, path: &str) -> serde_json::Result<PdfJob> {
        let Frame { title, head, foot, date, ident } = frame;
        let date = [date.year(), date.month().into(), date.day().into()];
        let view = PaperView { title, date, head, foot, blocks: self.0 };
        Ok(PdfJob {
            path: path.to_owned(),
            template,
            templates: Arc::default(),
            data: serde_json::to_vec(&view)?,
            drawings: Vec::new(),
            standard: Standard::Tagged,
            ident: ident.to_owned(),
        })
    }
}

/// Widths and heights of letters and gaps, as parts of the size of the text, none too small.
const LETTER: f64 = 0.6;
const LINE: f64 = 1.25;
const GAPS: f64 = 1.4;

impl Block {
    /// Returns a height in millimetres that it does not exceed; of what nobody reckoned, more than a page.
    fn most_height(&self) -> f64 {
        match self {
            Self::Heading { level, text } => {
                let size = if *level == 1 { 14.0 } else { 11.5 };
                (most_lines(text, size, WIDTH) * LINE + 2.3) * size * MM_PER_PT
            }
            Self::Paragraph { look, indent, text } => {
                let size = if *look == Look::Lead { 11.0 } else { 9.0 };
                (most_lines(text, size, WIDTH - indent) * LINE + GAPS) * size * MM_PER_PT
            }
            Self::Gap { height } => *height,
            Self::Table(table) => table.most_height(),
            Self::Together { blocks } => blocks.iter().map(Self::most_height).sum(),
            _ => 2.0 * HEIGHT,
        }
    }
}

impl TableView {
    fn most_height(&self) -> f64 {
        let row = |cells: &mut dyn Iterator<Item = (&str, f64)>| {
            let lines =
                cells.map(|(text, width)| most_lines(text, self.size, width - 1.8)).fold(1.0, f64::max);
            lines * LINE * self.size * MM_PER_PT + 2.0
        };
        let widths = || self.columns.iter().map(|column| column.width);
        let titles = self.columns.iter().filter(|column| !column.upwards);
        let head = row(&mut titles.map(|column| (column.title.as_str(), column.width)));
        let head = head.max(self.turned + 2.0) + if self.spans.is_empty() { 0.0 } else { 6.0 };
        let rows = self.rows.iter().map(|one| row(&mut one.cells.iter().map(String::as_str).zip(widths())));
        head + rows.sum::<f64>() + 5.0
    }
}

fn most_lines(text: &str, size: f64, width: f64) -> f64 {
    // Letters of a page are few: exact.
    (text.chars().count() as f64 * LETTER * size * MM_PER_PT / width.max(1.0)).ceil().max(1.0)
}

fn table_view(table: &Table) -> TableView {
    let columns = table.columns.iter().map(|column| ColumnView {
        title: column.title.clone(),
        width: column.width,
        align: name_of(column.align),
        upwards: column.upwards,
    });
    let spans = table.spans.iter().map(|span| SpanView { title: span.title.clone(), columns: span.columns });
    let rows = table.rows.iter().map(|row| RowView {
        cells: row.cells.iter().map(|cell| breakable(cell)).collect(),
        bold: row.is_bold,
        heading: row.is_heading,
    });
    TableView {
        columns: columns.collect(),
        spans: spans.collect(),
        rows: rows.collect(),
        size: table.size_pt,
        turned: table.turned_height(),
    }
}

fn picture_view(height: f64, alt: &str, drawing: &Drawing) -> PictureView {
    PictureView { alt: alt.to_owned(), height, drawing: drawing.into() }
}
