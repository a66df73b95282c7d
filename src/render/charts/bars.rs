//! Bars with their values, and dots with their intervals.

use super::ink::{BLUE, Fill, INK, WHITE};
use super::picture::{Area, Dash, Dot, Line, Picture, Shape, Words, face, leading};
use super::rows::{self, Frame, GAP, Room, SIZE, SMALL};
use super::scale::{self, Scale};
use super::{Chart, Reference, Row, texts};

const BAR: f64 = 3.3;
const RADIUS: f64 = 1.05;
/// Room for half a dot at the end of the axis.
const INTERVAL_GAP: f64 = GAP + 1.0;
const HEAD: f64 = 1.0;
const HEAD_OF_REFERENCE: f64 = 5.0;

/// A chart of rows while it is laid out.
struct Plot<'a> {
    chart: &'a Chart,
    rows: &'a [Row],
    frame: Frame,
    scale: Scale,
    head: f64,
    foot: f64,
    reference: Option<&'a Reference>,
}

/// Lays bars out.
pub(super) fn bars(chart: &Chart, rows: &[Row], reference: Option<&Reference>, room: Room) -> Vec<Picture> {
    let plot = Plot::new(chart, rows, reference, room, 1.0);
    plot.pictures(false, &|picture, row, middle| plot.bar(picture, row, middle))
}

/// Lays dots and intervals out.
pub(super) fn intervals(
    chart: &Chart,
    rows: &[Row],
    reference: Option<&Reference>,
    room: Room,
) -> Vec<Picture> {
    let foot = leading(SMALL) + 1.5;
    let plot = Plot::new(chart, rows, reference, room, foot);
    plot.pictures(true, &|picture, row, middle| plot.interval(picture, row, middle))
}

impl<'a> Plot<'a> {
    fn new(
        chart: &'a Chart,
        rows: &'a [Row],
        reference: Option<&'a Reference>,
        room: Room,
        foot: f64,
    ) -> Self {
        let labels = rows.iter().map(|row| (row.label.as_str(), row.is_total));
        let tail = rows.iter().map(|row| face(SIZE, row.is_total).width(&text_of(chart, row)));
        let frame = Frame::new(labels, tail.fold(0.0, f64::max) + INTERVAL_GAP, room);
        let [from, to] = scale::whole(chart);
        let scale = Scale { from, to, start: frame.left, end: frame.right };
        let head = if reference.is_some() { HEAD_OF_REFERENCE } else { HEAD };
        Self { chart, rows, frame, scale, head, foot, reference }
    }

    fn pictures(&self, has_axis: bool, draw: &dyn Fn(&mut Picture, &Row, f64)) -> Vec<Picture> {
        if self.rows.is_empty() {
            return rows::empty(Room { width: self.frame.right + GAP, height: 10.0 });
        }
        let runs = self.frame.runs(self.head + self.foot);
        runs.into_iter().map(|run| self.picture(run, has_axis, draw)).collect()
    }

    fn picture(
        &self,
        run: std::ops::Range<usize>,
        has_axis: bool,
        draw: &dyn Fn(&mut Picture, &Row, f64),
    ) -> Picture {
        let (mut picture, middles) = self.frame.begin(run, self.head, self.foot);
        let sides = [self.head, picture.height - self.foot];
        let place = |tick: &f64| (self.scale.place(*tick), texts::tick(*tick));
        let ticks: Vec<_> = scale::ticks([self.scale.from, self.scale.to]).iter().map(place).collect();
        rows::grid(&mut picture, &ticks, sides, has_axis);
        let zero = self.scale.place(0.0_f64.max(self.scale.from));
        picture.rule([zero, sides[0], zero, sides[1]], INK, 0.25);
        if let Some(reference) = self.reference {
            let name = format!("{}: {}", reference.label, texts::full(&reference.value, self.chart.unit));
            rows::compare(&mut picture, self.scale.place(reference.value.number), sides, &name);
        }
        for (row, middle) in middles {
            match self.rows.get(row) {
                Some(row) if row.value.is_some() => draw(&mut picture, row, middle),
                _ => self.frame.missing(&mut picture, middle),
            }
        }
        picture
    }

    fn bar(&self, picture: &mut Picture, row: &Row, middle: f64) {
        let Some(value) = &row.value else { return };
        let zero = self.scale.place(0.0_f64.max(self.scale.from));
        let end = self.scale.place(value.number);
        let place = [zero.min(end), middle - BAR / 2.0, (end - zero).abs(), BAR];
        let fill = Fill::Plain(if value.is_of_few() { WHITE } else { BLUE });
        picture.areas.push(Area { place, fill, is_outlined: true });
        self.text(picture, row, zero.max(end) + 1.2, middle);
    }

    fn interval(&self, picture: &mut Picture, row: &Row, middle: f64) {
        let Some(value) = &row.value else { return };
        if let Some([from, to]) = value.interval {
            let [from, to] = [self.scale.place(from), self.scale.place(to)];
            let line = |ends: [f64; 4]| Line { ends, colour: BLUE, breadth: 0.45, dash: Dash::Whole };
            picture.lines.push(line([from, middle, to, middle]));
            picture.lines.extend([from, to].map(|x| line([x, middle - 0.9, x, middle + 0.9])));
        }
        let at = [self.scale.place(value.number), middle];
        picture.dots.push(Dot { at, radius: RADIUS, shape: Shape::Circle, is_open: value.is_of_few() });
        self.text(picture, row, self.frame.right + INTERVAL_GAP, middle);
    }

    fn text(&self, picture: &mut Picture, row: &Row, x: f64, middle: f64) {
        let like = Words { has_ground: true, ..Words::new(x, 0.0, SIZE, "") }.bold(row.is_total);
        picture.write_lines(&[text_of(self.chart, row)], middle, &like);
    }
}

fn text_of(chart: &Chart, row: &Row) -> String {
    row.value.as_ref().map(|value| texts::full(value, chart.unit)).unwrap_or_default()
}
