//! Scales: from numbers to places.

use super::{Chart, Unit, Value};

/// A scale from one number at one place to another at another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Scale {
    /// Returns the place of a number; one outside stands at the edge.
    pub(super) fn place(&self, number: f64) -> f64 {
        let share = (number - self.from) / (self.to - self.from);
        self.start + share.clamp(0.0, 1.0) * (self.end - self.start)
    }
}

/// Returns the bounds of bars, which begin at their foot: the unit's, else from 0 to a round number above all.
pub(super) fn whole(chart: &Chart) -> [f64; 2] {
    chart.unit.bounds.unwrap_or_else(|| {
        let numbers = chart.values().into_iter().map(|value| value.number);
        let (least, most) =
            numbers.fold((0.0_f64, 0.0_f64), |(least, most), one| (least.min(one), most.max(one)));
        let step = round_step((most - least) / 4.0);
        [(least / step).floor() * step, ((most / step).ceil() * step).max(step)]
    })
}

/// Returns bounds close around the numbers of lines, on round numbers, inside the unit's.
pub(super) fn close<'a>(values: impl Iterator<Item = &'a Value>, unit: Unit) -> [f64; 2] {
    let bounds = values.fold(None, |bounds: Option<[f64; 2]>, value| {
        let [least, most] = bounds.unwrap_or([value.number; 2]);
        Some([least.min(value.number), most.max(value.number)])
    });
    let [least, most] = bounds.unwrap_or([0.0, 1.0]);
    let least_width = unit.bounds.map_or(1.0, |[from, to]| (to - from) / 10.0);
    let step = round_step((most - least).max(least_width) / 4.0);
    let mut near = [((least / step).floor() - 0.5) * step, ((most / step).ceil() + 0.5) * step];
    if let Some([from, to]) = unit.bounds {
        near = [near[0].max(from), near[1].min(to)];
    }
    if near[1] - near[0] < step { [near[0] - step, near[1] + step] } else { near }
}

/// Returns the next of 1, 2, 5, 10, … that is no less.
pub(super) fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let mut step = 1.0;
    while step < least {
        step *= 10.0;
    }
    while step / 10.0 >= least {
        step /= 10.0;
    }
    [0.2, 0.5, 1.0].into_iter().map(|part| step * part).find(|one| *one >= least).unwrap_or(step)
}

/// Returns round numbers inside bounds, five or so.
pub(super) fn ticks([from, to]: [f64; 2]) -> Vec<f64> {
    let step = round_step((to - from) / 5.0);
    let first = (from / step).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last.min(first + 12)).map(|at| at as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(
            [0.3, 1.0, 1.1, 7.0, 20.0, 23.0, 600.0].map(round_step),
            [0.5, 1.0, 2.0, 10.0, 20.0, 50.0, 1000.0]
        );
        assert_eq!([0.0, f64::NAN, -1.0].map(round_step), [1.0; 3]);
        assert_eq!(ticks([0.0, 100.0]), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks([1.0, 5.0]), [1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn lines_of_one_height_have_room_around_them() {
        let same = [Value::plain(100.0), Value::plain(100.0)];
        let [from, to] = close(same.iter().flatten(), Unit::PERCENT);
        assert!(from < 100.0 && to >= 100.0 && to - from >= 1.0, "{from} {to}");
        let [from, to] = close([].iter(), Unit::COUNT);
        assert!(from < to);
    }
}
