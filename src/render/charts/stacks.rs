//! Wholes cut into parts: a row of patterns, the count in each.

use super::ink::{INK, of_part};
use super::picture::{Anchor, Area, Picture, Words, face, leading};
use super::rows::{self, Frame, GAP, Room, SIZE, SMALL};
use super::{Stack, texts};
use crate::render::format;

const BAR: f64 = 4.0;
const PATCH: f64 = 4.0;
/// Room around a count inside its part.
const INSIDE: f64 = 1.4;

/// Lays wholes out.
pub(super) fn pictures(parts: &[String], rows: &[Stack], room: Room) -> Vec<Picture> {
    if rows.is_empty() {
        return rows::empty(room);
    }
    let labels = rows.iter().map(|row| (row.label.as_str(), row.is_total));
    let widest = |bar: f64| {
        let tails = rows.iter().map(|row| face(SIZE, row.is_total).width(&tail(parts, row, bar)));
        tails.fold(0.0, f64::max) + GAP
    };
    // What does not fit inside stands behind: the bar is first taken as long as it would be with the least behind it.
    let guess = room.width * 0.5;
    let frame = Frame::new(labels, widest(guess), room);
    let key = Key::new(parts, room.width);
    let bar = frame.right - frame.left;
    let picture = |run| {
        let (mut picture, middles) = frame.begin(run, key.height, 1.0);
        key.draw(&mut picture, parts);
        for (row, middle) in middles {
            match rows.get(row) {
                Some(stack) if total(stack) > 0 => {
                    whole(&mut picture, stack, middle, [frame.left, bar]);
                    let like = Words::new(frame.right + GAP, 0.0, SIZE, "").bold(stack.is_total);
                    picture.write_lines(&[tail(parts, stack, guess.min(bar))], middle, &like);
                }
                _ => frame.missing(&mut picture, middle),
            }
        }
        picture
    };
    frame.runs(key.height + 1.0).into_iter().map(picture).collect()
}

/// Returns how many there are in all parts.
pub(super) fn total(row: &Stack) -> u64 {
    row.counts.iter().flatten().sum()
}

/// Returns what stands behind a row: the counts that have no room in their parts, and the sum.
fn tail(parts: &[String], row: &Stack, bar: f64) -> String {
    let all = total(row);
    let counts = row.counts.iter().flatten().zip(parts);
    let outside = counts.filter(|(count, _)| **count > 0 && !fits(**count, all, bar));
    let outside: Vec<String> = outside.map(|(count, part)| format!("{part}:\u{a0}{count}")).collect();
    let sum = format!("всего {}", format::thousands(usize::try_from(all).unwrap_or(usize::MAX)));
    if outside.is_empty() { sum } else { format!("{}; {sum}", outside.join(", ")) }
}

fn breadth(count: u64, all: u64, bar: f64) -> f64 {
    bar * count as f64 / all as f64
}

fn fits(count: u64, all: u64, bar: f64) -> bool {
    face(SMALL, false).width(&count.to_string()) + INSIDE <= breadth(count, all, bar)
}

fn whole(picture: &mut Picture, stack: &Stack, middle: f64, [left, bar]: [f64; 2]) {
    let all = total(stack);
    let mut x = left;
    for (part, count) in stack.counts.iter().flatten().enumerate().filter(|(_, count)| **count > 0) {
        let width = breadth(*count, all, bar);
        let fill = of_part(part);
        picture.areas.push(Area { place: [x, middle - BAR / 2.0, width, BAR], fill, is_outlined: true });
        // A count that did not fit the shorter bar stands behind the row already.
        if fits(*count, all, bar) {
            let like = Words { has_ground: true, ..Words::new(x + width / 2.0, 0.0, SMALL, "") };
            picture.write_lines(&[count.to_string()], middle, &like.anchored(Anchor::Middle));
        }
        x += width;
    }
}

/// What the patterns mean, in the order of the parts, on as many lines as they need.
struct Key {
    places: Vec<[f64; 2]>,
    height: f64,
}

impl Key {
    fn new(parts: &[String], width: f64) -> Self {
        let mut places = Vec::new();
        let (mut x, mut y) = (0.0, 0.0);
        for part in parts {
            let needed = PATCH * 1.6 + 1.5 + face(SMALL, false).width(part) + 6.0;
            if x + needed > width && x > 0.0 {
                (x, y) = (0.0, y + 5.0);
            }
            places.push([x, y]);
            x += needed;
        }
        Self { places, height: y + 7.0 }
    }

    fn draw(&self, picture: &mut Picture, parts: &[String]) {
        for (part, ([x, y], name)) in self.places.iter().zip(parts).enumerate() {
            let place = [*x + 0.2, y + 0.6, PATCH * 1.6, PATCH * 0.9];
            picture.areas.push(Area { place, fill: of_part(part), is_outlined: true });
            let at = x + PATCH * 1.6 + 1.5;
            let words = Words::new(at, y + 0.6 + leading(SMALL) * 0.85, SMALL, name.as_str());
            picture.words.push(words.coloured(INK));
        }
    }
}

/// Returns the share of a part for a table: «7 (29,2 %)»; of few the count alone.
pub(super) fn part_text(count: u64, all: u64) -> String {
    if all < super::FEW {
        return count.to_string();
    }
    let value = super::Value::share(count, all);
    value.map_or_else(
        || count.to_string(),
        |value| format!("{count} ({}\u{a0}%)", texts::short(&value, super::Unit::PERCENT)),
    )
}
