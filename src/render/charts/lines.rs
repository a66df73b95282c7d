//! A line over points in time: where its points are, how it looks, its drawing.

use super::chart::{Series, Value};
use super::ink::BLUE;
use super::picture::{Dash, Dot, Line, Picture, Shape};
use super::scale::Scale;

pub(super) const RADIUS: f64 = 0.95;

/// Returns places at equal distances; a single one in the middle.
pub(super) fn spaced(count: usize, left: f64, right: f64) -> Vec<f64> {
    if count == 1 {
        return vec![(left + right) / 2.0];
    }
    let step = (right - left) / (count.max(2) - 1) as f64;
    (0..count).map(|at| left + step * at as f64).collect()
}

/// How a line looks: what tells it from others where there is no colour.
#[derive(Clone, Copy)]
pub(super) struct Look {
    dash: Dash,
    shape: Shape,
    is_open: bool,
    breadth: f64,
}

impl Look {
    pub(super) fn of(at: usize, is_total: bool) -> Self {
        let kinds = Dash::ALL.len();
        Self {
            dash: Dash::ALL[at % kinds],
            shape: Shape::ALL[at % kinds],
            is_open: at >= kinds,
            breadth: if is_total { 0.75 } else { 0.4 },
        }
    }
}

/// Draws a line; where a number is missing it is broken.
pub(super) fn draw(picture: &mut Picture, line: &Series, places: &[f64], upright: &Scale, look: Look) {
    let place = |(x, value): (&f64, &Option<Value>)| value.map(|value| [*x, upright.place(value.number)]);
    let spots: Vec<Option<[f64; 2]>> = places.iter().zip(&line.values).map(place).collect();
    for pair in spots.windows(2) {
        if let [Some([x, y]), Some([to_x, to_y])] = pair {
            let ends = [*x, *y, *to_x, *to_y];
            picture.lines.push(Line { ends, colour: BLUE, breadth: look.breadth, dash: look.dash });
        }
    }
    let dot = |at| Dot { at, radius: RADIUS, shape: look.shape, is_open: look.is_open };
    picture.dots.extend(spots.into_iter().flatten().map(dot));
}
