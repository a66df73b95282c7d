//! The elements of a page of cells: lines of words at fixed places, and rules. Millimetres from the top left
//! corner.
//!
//! A journal has hundreds of marks per page. A table of the typesetter, or even placed text, costs several
//! times as much as writing the glyphs. Therefore pages of cells are laid out here and go to the PDF
//! unchanged.

use super::fonts::Face;
use super::measure::Style;
use crate::base::signs::{is_plain, printable};

/// Marks on one page of a document, over the template's own.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Text, in reading order.
    pub lines: Vec<TextLine>,
    /// Rules, drawn below the text.
    pub rules: Vec<Rule>,
    /// Shaded rectangles, drawn below the rules.
    pub fills: Vec<Fill>,
    /// How thick the rules are.
    pub strokes: Strokes,
}

/// The thickness of each weight of rules, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strokes {
    /// Between cells.
    pub thin: f64,
    /// Around a table and below its head.
    pub bold: f64,
}

impl Default for Strokes {
    fn default() -> Self {
        Self { thin: 0.35, bold: 0.8 }
    }
}

impl Strokes {
    /// Returns the thickness of a weight.
    pub const fn points(self, weight: Weight) -> f64 {
        match weight {
            Weight::Thin => self.thin,
            Weight::Bold => self.bold,
        }
    }
}

/// A shaded rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// How dark.
    pub shade: Shade,
    /// Left, upper, right and lower edge in millimetres.
    pub corners: [f64; 4],
}

/// How dark a rectangle is: four steps that a black and white printer distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shade {
    /// The ground of a head.
    Pale,
    /// A little.
    Light,
    /// Much.
    Middle,
    /// Too much.
    Dark,
}

impl Shade {
    /// Every step, the lightest first.
    pub const ALL: [Self; 4] = [Self::Pale, Self::Light, Self::Middle, Self::Dark];

    /// Returns the share of light from 0, black, to 255, white.
    pub const fn luma(self) -> u8 {
        match self {
            Self::Pale => 236,
            Self::Light => 212,
            Self::Middle => 150,
            Self::Dark => 45,
        }
    }
}

/// Words on one baseline, from left to right, written as one run with the gaps as wide spaces.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// The baseline, millimetres from the top.
    pub y: f64,
    /// Face and size of all the words.
    pub style: Style,
    /// The words, each with the place of its left edge.
    pub words: Vec<Word>,
    /// Whether the line runs upwards rather than to the right; then it holds one word, which starts at its
    /// place.
    pub upwards: bool,
}

/// A piece of text at its place on a line. It may hold spaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The left edge, millimetres from the left.
    pub x: f64,
    /// What is written.
    pub text: String,
}

/// A straight rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Thickness.
    pub weight: Weight,
    /// From x, y to x, y, in millimetres.
    pub ends: [f64; 4],
}

/// How thick a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Between cells.
    Thin,
    /// Around a table and below its head.
    Bold,
}

/// The alignment of a text in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Middle,
    /// At the right edge.
    Right,
}

impl Align {
    /// Returns the left edge of a text of some width between two places.
    pub fn place(self, from: f64, to: f64, width: f64) -> f64 {
        match self {
            Self::Left => from,
            Self::Middle => (from + to - width) / 2.0,
            Self::Right => to - width,
        }
    }
}

impl Drawing {
    /// Writes one text on a line of its own.
    pub fn text(&mut self, style: Style, x: f64, y: f64, text: impl Into<String>) {
        self.words(style, y, vec![Word { x, text: text.into() }]);
    }

    /// Writes several words on one baseline.
    pub fn words(&mut self, style: Style, y: f64, words: Vec<Word>) {
        self.line(TextLine { y, style, words, upwards: false });
    }

    /// Writes a text that runs upwards from a place.
    pub fn upwards(&mut self, style: Style, x: f64, y: f64, text: impl Into<String>) {
        let words = vec![Word { x, text: text.into() }];
        self.line(TextLine { y, style, words, upwards: true });
    }

    /// All written text is made printable here.
    fn line(&mut self, mut line: TextLine) {
        for word in line.words.iter_mut().filter(|word| !is_plain(&word.text)) {
            word.text = printable(&word.text).into_owned();
        }
        if !line.words.is_empty() {
            self.lines.push(line);
        }
    }

    /// Draws a level rule.
    pub fn across(&mut self, weight: Weight, y: f64, from: f64, to: f64) {
        self.rules.push(Rule { weight, ends: [from, y, to, y] });
    }

    /// Draws an upright rule.
    pub fn down(&mut self, weight: Weight, x: f64, from: f64, to: f64) {
        self.rules.push(Rule { weight, ends: [x, from, x, to] });
    }

    /// Shades a rectangle.
    pub fn fill(&mut self, shade: Shade, corners: [f64; 4]) {
        self.fills.push(Fill { shade, corners });
    }

    /// Adds another drawing's marks to these.
    pub fn append(&mut self, mut other: Self) {
        self.lines.append(&mut other.lines);
        self.rules.append(&mut other.rules);
        self.fills.append(&mut other.fills);
    }

    /// Draws a frame.
    pub fn frame(&mut self, weight: Weight, [left, top, right, bottom]: [f64; 4]) {
        self.across(weight, top, left, right);
        self.across(weight, bottom, left, right);
        self.down(weight, left, top, bottom);
        self.down(weight, right, top, bottom);
    }
}

/// Returns the word with this alignment between two places.
pub fn word(style: Style, align: Align, from: f64, to: f64, text: impl Into<String>) -> Word {
    let text = text.into();
    Word { x: align.place(from, to, style.width(&text)), text }
}

/// Body text of tables.
pub const fn sans(size_pt: f64) -> Style {
    Style::new(Face::Sans, size_pt)
}

/// Heads of tables.
pub const fn sans_bold(size_pt: f64) -> Style {
    Style::new(Face::SansBold, size_pt)
}
