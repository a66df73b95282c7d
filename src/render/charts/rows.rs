//! What charts of rows have in common: labels at the left, a row each, as many pictures as pages need.

use std::ops::Range;

use super::ink::{GRID, INK, QUIET};
use super::picture::{Anchor, Dash, Line, Picture, Words, face, leading};
use super::texts::MISSING;

/// Size of labels and values in points.
pub(super) const SIZE: f64 = 8.5;
/// Size of axes' numbers and keys in points.
pub(super) const SMALL: f64 = 8.0;
/// Height of a row of one line, in millimetres.
const ROW: f64 = 5.2;
/// Most of the width that labels take.
const LABELS: f64 = 0.34;
/// Between a label and what it names, in millimetres.
pub(super) const GAP: f64 = 2.0;

/// The room a picture has, in millimetres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A label broken into lines.
struct Label {
    lines: Vec<String>,
    is_bold: bool,
}

/// Labels at the left, the data's room beside them, words behind it.
pub(super) struct Frame {
    room: Room,
    labels: Vec<Label>,
    least: f64,
    /// Where the data's room begins.
    pub(super) left: f64,
    /// Where it ends.
    pub(super) right: f64,
}

impl Frame {
    /// Lays labels out; `tail` is the width of what stands behind the data.
    pub(super) fn new<'a>(labels: impl Iterator<Item = (&'a str, bool)>, tail: f64, room: Room) -> Self {
        let most = room.width * LABELS;
        let lay =
            |(text, is_bold): (&str, bool)| Label { lines: face(SIZE, is_bold).wrap(text, most), is_bold };
        let labels: Vec<Label> = labels.map(lay).collect();
        let width = labels.iter().map(Label::width).fold(0.0, f64::max);
        let (left, right) = (width + GAP, room.width - tail);
        // What stands behind the data may not leave it without room.
        Self { room, labels, least: ROW, left, right: right.max(left + room.width * 0.2) }
    }

    fn height(&self, row: usize) -> f64 {
        let lines = self.labels.get(row).map_or(0, |label| label.lines.len());
        (lines as f64 * leading(SIZE) + 1.2).max(self.least)
    }

    /// Cuts the rows into as many runs as pages need; head and foot stand around each.
    pub(super) fn runs(&self, around: f64) -> Vec<Range<usize>> {
        let room = (self.room.height - around).max(ROW);
        let mut runs = Vec::new();
        let (mut start, mut used) = (0, 0.0);
        for row in 0..self.labels.len() {
            let height = self.height(row);
            if used + height > room && row > start {
                runs.push(start..row);
                (start, used) = (row, 0.0);
            }
            used += height;
        }
        runs.push(start..self.labels.len());
        runs
    }

    /// Begins the picture of a run: its labels stand; returns the middle of each row too.
    pub(super) fn begin(&self, run: Range<usize>, head: f64, foot: f64) -> (Picture, Vec<(usize, f64)>) {
        let mut picture = Picture { width: self.room.width, ..Picture::default() };
        let mut middles = Vec::new();
        let mut top = head;
        for row in run {
            let height = self.height(row);
            let middle = top + height / 2.0;
            if let Some(label) = self.labels.get(row) {
                let at = self.left - GAP;
                let like = Words::new(at, 0.0, SIZE, "").anchored(Anchor::End).bold(label.is_bold);
                picture.write_lines(&label.lines, middle, &like);
            }
            middles.push((row, middle));
            top += height;
        }
        picture.height = top + foot;
        (picture, middles)
    }

    /// Says that a row has no number.
    pub(super) fn missing(&self, picture: &mut Picture, middle: f64) {
        missing(picture, self.left + 1.0, middle);
    }
}

impl Label {
    fn width(&self) -> f64 {
        self.lines.iter().map(|line| face(SIZE, self.is_bold).width(line)).fold(0.0, f64::max)
    }
}

/// Says at a place that there is no number.
pub(super) fn missing(picture: &mut Picture, x: f64, middle: f64) {
    picture.write_lines(&[MISSING.to_owned()], middle, &Words::new(x, 0.0, SMALL, "").coloured(QUIET));
}

/// Returns the picture of a chart without rows.
pub(super) fn empty(room: Room) -> Vec<Picture> {
    let mut picture = Picture { width: room.width, height: 10.0, ..Picture::default() };
    missing(&mut picture, 1.0, 5.0);
    vec![picture]
}

/// Draws a line that rows are compared with, its name over it.
pub(super) fn compare(picture: &mut Picture, x: f64, [top, bottom]: [f64; 2], name: &str) {
    let words = Words::new(x, top - 1.2, SMALL, name);
    let half = words.width() / 2.0;
    let x_of_name = x.clamp(half.min(picture.width / 2.0), (picture.width - half).max(picture.width / 2.0));
    picture.words.push(Words { x: x_of_name, ..words }.anchored(Anchor::Middle));
    picture.lines.push(Line { ends: [x, top, x, bottom], colour: INK, breadth: 0.3, dash: Dash::Strokes });
}

/// Draws a fine line for each number of an axis, and the numbers below where wanted.
pub(super) fn grid(
    picture: &mut Picture,
    places: &[(f64, String)],
    [top, bottom]: [f64; 2],
    has_numbers: bool,
) {
    for (x, text) in places {
        let ends = [*x, top, *x, bottom];
        picture.back.push(Line { ends, colour: GRID, breadth: 0.15, dash: Dash::Whole });
        if has_numbers {
            let words = Words::new(*x, bottom + leading(SMALL), SMALL, text.as_str());
            picture.words.push(words.anchored(Anchor::Middle).coloured(QUIET));
        }
    }
}
