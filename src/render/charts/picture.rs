//! A picture: areas, lines, dots and words at their places, millimetres from the upper left corner.

use super::ink::{Colour, Fill, INK};
use crate::render::fonts::Face;
use crate::render::measure::{MM_PER_PT, Style};

/// A picture to be drawn by whoever can draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres.
    pub height: f64,
    /// Fine lines behind all.
    pub back: Vec<Line>,
    /// Areas over them, in order.
    pub areas: Vec<Area>,
    /// Lines over them.
    pub lines: Vec<Line>,
    /// Dots over those.
    pub dots: Vec<Dot>,
    /// Words over all.
    pub words: Vec<Words>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left, upper edge, width, height.
    pub place: [f64; 4],
    /// What is in it.
    pub fill: Fill,
    /// Has a fine dark line around it.
    pub is_outlined: bool,
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// From x, y to x, y.
    pub ends: [f64; 4],
    /// Its colour.
    pub colour: Colour,
    /// Breadth in millimetres.
    pub breadth: f64,
    /// How it is broken.
    pub dash: Dash,
}

/// How a line is broken: lines are told apart by it where there is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Whole,
    /// Long strokes.
    Strokes,
    /// Points.
    Points,
    /// A stroke, a point.
    Both,
}

impl Dash {
    /// Every way to break a line.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Strokes, Self::Points, Self::Both];

    /// Returns the lengths of strokes and gaps in millimetres.
    pub const fn lengths(self) -> &'static [f64] {
        match self {
            Self::Whole => &[],
            Self::Strokes => &[2.2, 1.2],
            Self::Points => &[0.5, 0.9],
            Self::Both => &[2.4, 0.9, 0.5, 0.9],
        }
    }
}

/// A dot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub at: [f64; 2],
    /// Half its breadth.
    pub radius: f64,
    /// Its shape.
    pub shape: Shape,
    /// Is white inside.
    pub is_open: bool,
}

/// The shape of a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Round.
    Circle,
    /// A square.
    Square,
    /// A triangle that points upwards.
    Triangle,
    /// A square on its corner.
    Diamond,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::Circle, Self::Square, Self::Triangle, Self::Diamond];
}

impl Dot {
    /// Returns the corners; none of what is round.
    pub fn corners(&self) -> Vec<[f64; 2]> {
        let corners: &[[f64; 2]] = match self.shape {
            Shape::Circle => &[],
            Shape::Square => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
            Shape::Triangle => &[[0.0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
            Shape::Diamond => &[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]],
        };
        let place = |[x, y]: &[f64; 2]| [self.at[0] + x * self.radius, self.at[1] + y * self.radius];
        corners.iter().map(place).collect()
    }
}

/// Words on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where they stand: see `anchor`.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Which point of them stands at `x`.
    pub anchor: Anchor,
    /// Size in points.
    pub size: f64,
    /// Set in bold.
    pub is_bold: bool,
    /// Their colour.
    pub colour: Colour,
    /// Run upwards from their place instead of to the right.
    pub is_upwards: bool,
    /// Have a white ground, to be read on a hatching.
    pub has_ground: bool,
    /// What is written.
    pub text: String,
}

/// Which point of words stands at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

impl Words {
    /// Returns words in the charts' face.
    pub fn new(x: f64, y: f64, size: f64, text: impl Into<String>) -> Self {
        Self {
            x,
            y,
            anchor: Anchor::Start,
            size,
            is_bold: false,
            colour: INK,
            is_upwards: false,
            has_ground: false,
            text: text.into(),
        }
    }

    /// Puts another point of them at their place.
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Gives them a colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Sets them in bold.
    pub fn bold(self, is_bold: bool) -> Self {
        Self { is_bold, ..self }
    }

    /// Returns their width in millimetres.
    pub fn width(&self) -> f64 {
        face(self.size, self.is_bold).width(&self.text)
    }

    /// Returns where their left end is; of upward ones, how far below their place the lower end is.
    pub fn shift(&self) -> f64 {
        match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => self.width() / 2.0,
            Anchor::End => self.width(),
        }
    }
}

/// Returns the charts' face at a size.
pub(super) fn face(size: f64, is_bold: bool) -> Style {
    Style::new(if is_bold { Face::SansBold } else { Face::Sans }, size)
}

/// Returns the distance of baselines at a size, in millimetres.
pub(super) fn leading(size: f64) -> f64 {
    size * MM_PER_PT * 1.18
}

/// Returns how far a baseline is below the middle of its line, in millimetres.
pub(super) fn sink(size: f64) -> f64 {
    size * MM_PER_PT * 0.35
}

impl Picture {
    /// Writes lines of text around a middle height.
    pub(super) fn write_lines(&mut self, lines: &[String], middle: f64, like: &Words) {
        let step = leading(like.size);
        let first = middle - step * (lines.len() as f64 - 1.0) / 2.0 + sink(like.size);
        for (at, line) in lines.iter().enumerate() {
            self.words.push(Words { y: first + step * at as f64, text: line.clone(), ..like.clone() });
        }
    }

    /// Draws a whole fine line.
    pub(super) fn rule(&mut self, ends: [f64; 4], colour: Colour, breadth: f64) {
        self.lines.push(Line { ends, colour, breadth, dash: Dash::Whole });
    }
}
