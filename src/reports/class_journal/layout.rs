//! The bound page: A4 upright, a binding margin on the inner side, a running head, the page number on the
//! outer side.

use serde::Serialize;

use super::look::Look;
use crate::render::drawing::{Align, Drawing, Weight, word};
use crate::render::measure::{MM_PER_PT, Style};
use crate::render::pdf::Lettering;
use crate::render::table::TableLeaf;

/// The share of the head that the note may take, so that the title always has room.
const NOTE_SHARE: f64 = 0.7;

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
    pub(super) fn new(look: &Look, number: usize, head: &Head, is_first: bool, content: Content) -> Self {
        match content {
            Content::Cells(mut drawing) => {
                let heading = add_head_and_number(look, number, (head, is_first), &mut drawing);
                drawing.strokes = look.strokes;
                Self::Drawn { heading, drawing }
            }
            Content::Table(table) => {
                let [title, note] =
                    head_words(look, head).map(|(style, text)| Words { text, size: style.size_pt });
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
fn head_words(look: &Look, head: &Head) -> [(Style, String); 2] {
    let (note_style, note) = fitted(look.note, &head.note, NOTE_SHARE * look.body());
    let (style, title) = fitted(look.title, &head.title, look.body() - note_style.width(&note) - 5.0);
    [(style, title), (note_style, note)]
}

/// Adds running head and page number to a page of cells.
fn add_head_and_number(
    look: &Look,
    page: usize,
    (head, is_first): (&Head, bool),
    drawing: &mut Drawing,
) -> Option<Heading> {
    let (left, right) = look.edges(page);
    let [(style, title), (note_style, note)] = head_words(look, head);
    if !is_first {
        drawing.text(style, left, look.head, title.clone());
    }
    drawing.words(note_style, look.head, vec![word(note_style, Align::Right, left, right, note)]);
    drawing.across(Weight::Thin, look.head_rule, left, right);
    number(look, page, drawing);
    is_first.then_some(Heading { text: title, x: left, y: look.head, size: style.size_pt })
}

/// Writes the page number at the outer edge of the foot.
fn number(look: &Look, page: usize, drawing: &mut Drawing) {
    let (left, right) = look.edges(page);
    let align = if page.is_multiple_of(2) { Align::Left } else { Align::Right };
    drawing.words(look.number, look.foot, vec![word(look.number, align, left, right, page.to_string())]);
}

/// Returns the baseline of a line in the middle of a row: capitals are about 0.72 of the size high.
pub(super) fn middle(style: Style, top: f64, height: f64) -> f64 {
    top + height / 2.0 + style.size_pt * MM_PER_PT * 0.36
}

/// Returns a text and the size at which it fits a width. One too long for the least size is cut; the contents
/// have it in full.
fn fitted(Lettering { style: largest, least, .. }: Lettering, text: &str, width: f64) -> (Style, String) {
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
