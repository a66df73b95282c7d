//! The bound page: A4 upright, a binding margin on the inner side, a running head, the page number on the
//! outer side.

use serde::Serialize;

use crate::render::drawing::{Align, Drawing, Weight, sans, word};
use crate::render::fonts::Face;
use crate::render::measure::Style;
use crate::render::table::TableLeaf;

/// Page width in millimetres.
const WIDTH: f64 = 210.0;
/// Room for the binding, on the inner side.
const BINDING: f64 = 25.0;
/// The outer margin.
const OUTER: f64 = 8.0;
/// Baseline of the running head.
const HEAD_LINE: f64 = 12.5;
/// Upper edge of a page's content.
pub(super) const TOP: f64 = 17.0;
/// Lower edge of a page's content.
pub(super) const BOTTOM: f64 = 284.0;
/// Baseline of the page number.
const FOOT_LINE: f64 = 290.5;
/// Width of a page's content.
pub(super) const BODY: f64 = WIDTH - BINDING - OUTER;

/// Section titles; long ones are set smaller, down to the least size in points.
const TITLE: Style = Style::new(Face::SerifBold, 12.0);
const TITLE_LEAST: f64 = 8.0;
/// The right half of the running head.
const SUBTITLE: Style = Style::new(Face::Serif, 10.0);
const NOTE_LEAST: f64 = 7.0;
/// The share of the head that it may take, so that the title always has room.
const NOTE_SHARE: f64 = 0.7;

/// Returns the left and right edge of a page's body: even pages are left ones and bound on their right.
pub(super) fn edges(page: usize) -> (f64, f64) {
    let left = if page.is_multiple_of(2) { OUTER } else { BINDING };
    (left, left + BODY)
}

/// The text of the running head.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// At the left: the subject or section.
    pub(super) title: String,
    /// At the right: class, teacher.
    pub(super) note: String,
}

/// The title of a section on its first drawn page: the template prints it, in place of the running head's title.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Heading {
    text: String,
    /// Left edge and baseline in millimetres.
    x: f64,
    y: f64,
    /// Size in points.
    size: f64,
}

/// A page that the template prints.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Leaf {
    number: usize,
    head: Option<HeadView>,
    table: Option<TableLeaf>,
}

/// The running head of a page that the template prints.
#[derive(Clone, Debug, Serialize)]
struct HeadView {
    title: Words,
    note: Words,
    /// A section begins here.
    is_first: bool,
}

/// A text and its size in points.
#[derive(Clone, Debug, Serialize)]
struct Words {
    text: String,
    size: f64,
}

/// One page of the journal.
#[derive(Clone, Debug)]
pub(super) enum Page {
    /// A page of cells, which is drawn.
    Drawn {
        /// The heading for a bookmark, if a section begins here.
        heading: Option<Heading>,
        /// The cells.
        drawing: Drawing,
    },
    /// A page that the template prints.
    Printed(Leaf),
}

/// The content of a page, before it has its number.
pub(super) enum Content {
    Cells(Drawing),
    Table(TableLeaf),
}

/// What the template is told of a page.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum PageView {
    Drawn { heading: Option<Heading> },
    Printed { leaf: Leaf },
}

impl Page {
    /// Makes a page with a running head.
    pub(super) fn new(number: usize, head: &Head, is_first: bool, content: Content) -> Self {
        match content {
            Content::Cells(mut drawing) => {
                let heading = add_head_and_number(number, head, is_first, &mut drawing);
                Self::Drawn { heading, drawing }
            }
            Content::Table(table) => {
                let [title, note] = head_words(head).map(|(style, text)| Words { text, size: style.size_pt });
                let head = Some(HeadView { title, note, is_first });
                Self::Printed(Leaf { number, head, table: Some(table) })
            }
        }
    }

    /// Makes an empty page.
    pub(super) const fn blank(number: usize) -> Self {
        Self::Printed(Leaf { number, head: None, table: None })
    }

    /// Parts what is drawn from what the template is told.
    pub(super) fn parted(self) -> (Drawing, PageView) {
        match self {
            Self::Drawn { heading, drawing } => (drawing, PageView::Drawn { heading }),
            Self::Printed(leaf) => (Drawing::default(), PageView::Printed { leaf }),
        }
    }
}

/// Returns title and note of a running head at the sizes at which they stand beside each other.
fn head_words(head: &Head) -> [(Style, String); 2] {
    let (note_style, note) = fitted(SUBTITLE, NOTE_LEAST, &head.note, NOTE_SHARE * BODY);
    let (style, title) = fitted(TITLE, TITLE_LEAST, &head.title, BODY - note_style.width(&note) - 5.0);
    [(style, title), (note_style, note)]
}

/// Adds running head and page number to a page of cells.
fn add_head_and_number(page: usize, head: &Head, is_first: bool, drawing: &mut Drawing) -> Option<Heading> {
    let (left, right) = edges(page);
    let [(style, title), (note_style, note)] = head_words(head);
    if !is_first {
        drawing.text(style, left, HEAD_LINE, title.clone());
    }
    drawing.words(note_style, HEAD_LINE, vec![word(note_style, Align::Right, left, right, note)]);
    drawing.across(Weight::Thin, HEAD_LINE + 1.8, left, right);
    number(page, drawing);
    is_first.then_some(Heading { text: title, x: left, y: HEAD_LINE, size: style.size_pt })
}

/// Writes the page number at the outer edge of the foot.
fn number(page: usize, drawing: &mut Drawing) {
    let (left, right) = edges(page);
    let align = if page.is_multiple_of(2) { Align::Left } else { Align::Right };
    drawing.words(sans(8.0), FOOT_LINE, vec![word(sans(8.0), align, left, right, page.to_string())]);
}

/// Returns a text and the size at which it fits a width. One too long for the least size is cut; the contents
/// have it in full.
fn fitted(largest: Style, least: f64, text: &str, width: f64) -> (Style, String) {
    let sizes = (0..).map(|step| largest.size_pt - 0.5 * f64::from(step)).take_while(|size| *size >= least);
    let styles = sizes.map(|size| Style::new(largest.face, size));
    if let Some(style) = styles.into_iter().find(|style| style.fits(text, width)) {
        return (style, text.to_owned());
    }
    let style = Style::new(largest.face, least);
    let mut short = text.to_owned();
    while !short.is_empty() && !style.fits(&format!("{short}…"), width) {
        short.pop();
    }
    (style, format!("{}…", short.trim_end()))
}
