//! Many lines: a small panel each, all on one scale, side by side.

use super::ink::{GRID, QUIET};
use super::lines::{Look, draw, spaced};
use super::picture::{Anchor, Picture, Words, face, leading, sink};
use super::rows::{Room, SIZE, SMALL, missing};
use super::scale::{self, Scale};
use super::{Chart, Series, texts};

/// Least width of a panel with the room beside it, in millimetres.
const LEAST: f64 = 41.0;
const LINE: f64 = 15.0;
/// Room for the numbers at a line's ends.
const NUMBERS: f64 = 8.5;

/// Lays the panels out, row by row.
pub(super) fn pictures(chart: &Chart, points: &[String], lines: &[Series], room: Room) -> Vec<Picture> {
    let across = ((room.width / LEAST).floor() as usize).max(1);
    let width = room.width / across as f64;
    let values = lines.iter().flat_map(|line| line.values.iter().flatten());
    let bounds = scale::close(values, chart.unit);
    let head = head(points, room);
    let mut pictures = vec![begin(&head, room)];
    for panels in lines.chunks(across) {
        let titles: Vec<Vec<String>> =
            panels.iter().map(|line| face(SIZE, line.is_total).wrap(&line.label, width - 3.0)).collect();
        let title = titles.iter().map(Vec::len).max().unwrap_or(1) as f64 * leading(SIZE);
        let height = title + LINE + 5.0;
        if pictures.last().is_some_and(|last| last.height + height > room.height && !last.dots.is_empty()) {
            pictures.push(begin(&head, room));
        }
        let Some(picture) = pictures.last_mut() else { continue };
        let top = picture.height;
        for (at, (line, lines)) in panels.iter().zip(&titles).enumerate() {
            let left = at as f64 * width;
            let like = Words::new(left, 0.0, SIZE, "").bold(line.is_total);
            picture.write_lines(lines, top + leading(SIZE) * lines.len() as f64 / 2.0, &like);
            let [from, to] = bounds;
            let upright = Scale { from, to, start: top + title + 1.5 + LINE, end: top + title + 1.5 };
            panel(picture, chart, line, [left + NUMBERS, left + width - NUMBERS - 3.0], &upright);
        }
        picture.height += height;
    }
    pictures
}

/// Returns what the points are, once for all panels.
fn head(points: &[String], room: Room) -> Vec<String> {
    let text = format!("Точки слева направо: {}", points.join(", "));
    face(SMALL, false).wrap(&text, room.width)
}

fn begin(head: &[String], room: Room) -> Picture {
    let height = head.len() as f64 * leading(SMALL);
    let mut picture = Picture { width: room.width, height: height + 2.5, ..Picture::default() };
    picture.write_lines(head, height / 2.0, &Words::new(0.0, 0.0, SMALL, "").coloured(QUIET));
    picture
}

fn panel(picture: &mut Picture, chart: &Chart, line: &Series, [left, right]: [f64; 2], upright: &Scale) {
    picture.rule([left, upright.start, right, upright.start], GRID, 0.2);
    let places = spaced(line.values.len(), left, right);
    if line.values.iter().all(Option::is_none) {
        missing(picture, left, (upright.start + upright.end) / 2.0);
        return;
    }
    draw(picture, line, &places, upright, Look::of(0, line.is_total));
    let mut number = |at: usize, x: f64, anchor: Anchor| {
        let value = line.values.get(at).and_then(Option::as_ref);
        let middle = value.map_or(upright.start, |value| upright.place(value.number));
        let text = value.map_or_else(|| "–".to_owned(), |value| texts::short(value, chart.unit));
        let words = Words::new(x, middle + sink(SMALL), SMALL, text).anchored(anchor);
        picture.words.push(words.bold(line.is_total));
    };
    let last = line.values.len() - 1;
    number(last, right.min(places[last]) + 1.8, Anchor::Start);
    if last > 0 {
        number(0, places[0] - 1.8, Anchor::End);
    }
}
