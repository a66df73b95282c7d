//! Lines over points in time: a few in one picture with their names at their ends, many in small panels side by side.

use super::ink::{GRID, QUIET};
use super::lines::{Look, RADIUS, draw, spaced};
use super::panels;
use super::picture::{Anchor, Picture, Words, face, leading};
use super::rows::{self, Room, SIZE, SMALL};
use super::scale::{self, Scale};
use super::texts::{self, MISSING};
use super::{Chart, Series, Value};

/// More lines than that cross too often to be followed.
const MOST_LINES: usize = 5;
const HEIGHT: f64 = 58.0;
const TOP: f64 = 3.0;
/// The most of the width that names at the ends take.
const NAMES: f64 = 0.36;

/// Lays lines out.
pub(super) fn pictures(chart: &Chart, points: &[String], lines: &[Series], room: Room) -> Vec<Picture> {
    if lines.is_empty() || points.is_empty() {
        rows::empty(room)
    } else if lines.len() > MOST_LINES {
        panels::pictures(chart, points, lines, room)
    } else {
        vec![one(chart, points, lines, room)]
    }
}

/// Words beside the end of a line.
struct Tag {
    /// The height they should stand at.
    wanted: f64,
    lines: Vec<String>,
    is_bold: bool,
}

impl Tag {
    fn new(text: &str, wanted: f64, most: f64, is_bold: bool) -> Self {
        Self { wanted, lines: face(SIZE, is_bold).wrap(text, most), is_bold }
    }

    fn height(&self) -> f64 {
        self.lines.len() as f64 * leading(SIZE)
    }

    fn width(&self) -> f64 {
        self.lines.iter().map(|line| face(SIZE, self.is_bold).width(line)).fold(0.0, f64::max)
    }
}

fn one(chart: &Chart, points: &[String], lines: &[Series], room: Room) -> Picture {
    let values = lines.iter().flat_map(|line| line.values.iter().flatten());
    let [from, to] = scale::close(values, chart.unit);
    let needed: f64 = lines.iter().map(|line| name(chart, line, 0.0, room).height()).sum();
    let bottom = TOP + HEIGHT.max(needed);
    let upright = Scale { from, to, start: bottom, end: TOP };
    let height_at = |value: Option<&Value>| value.map_or(bottom, |value| upright.place(value.number));
    let ends: Vec<Tag> = lines
        .iter()
        .map(|line| name(chart, line, height_at(last(line).map(|(_, value)| value)), room))
        .collect();
    let starts: Vec<Tag> = lines.iter().filter_map(|line| first(chart, line, &upright)).collect();
    let widest = |tags: &[Tag]| tags.iter().map(Tag::width).fold(0.0, f64::max);
    let (left, right) = (widest(&starts) + 5.0, room.width - widest(&ends) - 6.0);
    let places = spaced(points.len(), left, right);

    let mut picture = Picture { width: room.width, ..Picture::default() };
    let foot = axis(&mut picture, points, &places, [TOP, bottom]);
    picture.height = bottom + foot;
    for (at, line) in lines.iter().enumerate() {
        draw(&mut picture, line, &places, &upright, Look::of(at, line.is_total));
    }
    let free = [TOP - leading(SIZE) / 2.0, bottom + leading(SIZE) / 2.0];
    write(&mut picture, &starts, free, left - 3.0, Anchor::End);
    let middles = write(&mut picture, &ends, free, right + 5.0, Anchor::Start);
    for (line, middle) in lines.iter().zip(middles) {
        lead(&mut picture, line, &places, &upright, [right + 4.0, middle]);
    }
    picture
}

/// Returns the name of a line and its last number, at a height.
fn name(chart: &Chart, line: &Series, wanted: f64, room: Room) -> Tag {
    let text = match line.values.last().and_then(Option::as_ref) {
        Some(value) => format!("{} {}", line.label, texts::short(value, chart.unit)),
        None => format!("{} ({MISSING})", line.label),
    };
    Tag::new(&text, wanted, room.width * NAMES, line.is_total)
}

fn first(chart: &Chart, line: &Series, upright: &Scale) -> Option<Tag> {
    // One point has its number at the right.
    let value = line.values.first()?.as_ref().filter(|_| line.values.len() > 1)?;
    Some(Tag::new(&texts::short(value, chart.unit), upright.place(value.number), 30.0, line.is_total))
}

/// Returns the last number of a line and which it is.
fn last(line: &Series) -> Option<(usize, &Value)> {
    let numbered = line.values.iter().enumerate().rev();
    numbered.filter_map(|(at, value)| value.as_ref().map(|value| (at, value))).next()
}

/// Draws a line at each point, its name below; returns the height of the names.
fn axis(picture: &mut Picture, points: &[String], places: &[f64], [top, bottom]: [f64; 2]) -> f64 {
    let step = match places {
        [one, two, ..] => two - one,
        _ => 40.0,
    };
    let mut most = 1;
    for (x, name) in places.iter().zip(points) {
        picture.rule([*x, top, *x, bottom], GRID, 0.2);
        let lines = face(SMALL, false).wrap(name, step - 1.5);
        most = most.max(lines.len());
        for (at, line) in lines.iter().enumerate() {
            let y = bottom + leading(SMALL) * (at as f64 + 1.3);
            let words = Words::new(*x, y, SMALL, line.as_str()).anchored(Anchor::Middle);
            picture.words.push(words.coloured(QUIET));
        }
    }
    leading(SMALL) * (most as f64 + 0.7)
}

/// Draws a fine line from the last number to the name, where that does not stand beside it.
fn lead(picture: &mut Picture, line: &Series, places: &[f64], upright: &Scale, to: [f64; 2]) {
    let Some((at, value)) = last(line) else { return };
    let Some(x) = places.get(at) else { return };
    picture.rule([x + RADIUS + 0.4, upright.place(value.number), to[0], to[1]], QUIET, 0.12);
}

fn write(picture: &mut Picture, tags: &[Tag], free: [f64; 2], x: f64, anchor: Anchor) -> Vec<f64> {
    let blocks: Vec<[f64; 2]> = tags.iter().map(|tag| [tag.wanted, tag.height()]).collect();
    let middles = spread(&blocks, free);
    for (tag, middle) in tags.iter().zip(&middles) {
        let like = Words::new(x, 0.0, SIZE, "").anchored(anchor).bold(tag.is_bold);
        picture.write_lines(&tag.lines, *middle, &like);
    }
    middles
}

/// Moves blocks (middle, height) apart as little as it takes, inside bounds where they have room; their order stays.
fn spread(blocks: &[[f64; 2]], [top, bottom]: [f64; 2]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|one, two| blocks[*one][0].total_cmp(&blocks[*two][0]));
    let mut middles = vec![0.0; blocks.len()];
    let mut edge = top;
    for at in &order {
        let [wanted, height] = blocks[*at];
        middles[*at] = wanted.max(edge + height / 2.0);
        edge = middles[*at] + height / 2.0;
    }
    let mut edge = bottom;
    for at in order.iter().rev() {
        let height = blocks[*at][1];
        middles[*at] = middles[*at].min(edge - height / 2.0);
        edge = middles[*at] - height / 2.0;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn words_that_would_stand_on_each_other_are_moved_apart() {
        let blocks = [[10.0, 4.0], [10.5, 4.0], [30.0, 4.0], [10.2, 8.0]];
        let middles = spread(&blocks, [0.0, 40.0]);
        let mut sides: Vec<[f64; 2]> = middles
            .iter()
            .zip(&blocks)
            .map(|(at, [_, height])| [at - height / 2.0, at + height / 2.0])
            .collect();
        sides.sort_by(|one, two| one[0].total_cmp(&two[0]));
        assert!(sides.windows(2).all(|pair| pair[0][1] <= pair[1][0] + 1e-9), "{sides:?}");
        assert_eq!(middles[2], 30.0, "what stands free stays");
        let low = spread(&[[39.0, 4.0], [39.5, 4.0]], [0.0, 40.0]);
        assert!(low[1] <= 38.0 && low[0] <= 34.0, "{low:?}");
    }
}
