//! The numbers of a chart in cells.

use anyhow::Result;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use crate::render::charts::{
    Chart, FEW, Kind, Reference, Row, Series, Stack, Value, heat_ground, value_text,
};
use crate::render::workbook::style::{LINE_POINTS, base, body, header_style, write_text};

/// More columns than that have their titles upwards.
const MOST_UPRIGHT: usize = 10;
/// How high titles that run upwards may be, and what a letter takes, in points.
const UPWARD_POINTS: [f64; 2] = [36.0, 120.0];
const LETTER_POINTS: f64 = 5.2;
/// The longest word that a column of a heat table has room for.
const LONGEST_WORD: usize = 5;

/// A cell of the numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entry {
    /// A number; none is an empty cell.
    Number(Option<f64>),
    /// A whole number.
    Count(Option<f64>),
    /// Words.
    Text(String),
    /// A number as a heat table prints it.
    Shaded(Option<Value>),
}

/// The numbers: titles, rows, what is said around them.
pub(super) struct Grid {
    pub(super) titles: Vec<String>,
    pub(super) rows: Vec<(String, Vec<Entry>, bool)>,
    pub(super) is_heat: bool,
    /// Columns of how far an interval reaches down and up.
    pub(super) ranges: Option<[u16; 2]>,
    /// Columns of shares of many and of few.
    pub(super) few: Option<[u16; 2]>,
    /// Column of what rows are compared with.
    pub(super) reference: Option<u16>,
    heading: Vec<String>,
    captions: Vec<String>,
}

impl Grid {
    pub(super) fn of(chart: &Chart) -> Self {
        let is_heat = matches!(chart.kind, Kind::Heat { .. });
        let mut asked = Asked::default();
        let (titles, rows): (Vec<String>, Rows) = match &chart.kind {
            Kind::Bars { rows, reference } | Kind::Intervals { rows, reference } => {
                let is_interval = matches!(chart.kind, Kind::Intervals { .. });
                let (columns, found) = columns(chart, rows, reference.as_ref(), is_interval);
                asked = found;
                let cells = |row: &Row| columns.iter().map(|(_, cell)| cell(row.value.as_ref())).collect();
                let rows = rows.iter().map(|row| (row.label.clone(), cells(row), row.is_total)).collect();
                (columns.into_iter().map(|(title, _)| title).collect(), rows)
            }
            Kind::Stacks { parts, rows } => {
                let cell = |row: &Stack, at: usize| row.counts.as_ref()?.get(at).map(|count| *count as f64);
                let cells = |row: &Stack| (0..parts.len()).map(|at| Entry::Count(cell(row, at))).collect();
                (
                    parts.clone(),
                    rows.iter().map(|row| (row.label.clone(), cells(row), row.is_total)).collect(),
                )
            }
            Kind::Slopes { points, lines } => (points.clone(), series(points, lines, false)),
            Kind::Heat { columns, rows } => (columns.clone(), series(columns, rows, true)),
        };
        let mut captions = chart.native_captions();
        if let Kind::Bars { reference: Some(reference), .. } = &chart.kind {
            captions.push(format!("{}: {}.", reference.label, value_text(&reference.value, chart.unit)));
        }
        if is_heat {
            captions.push("Чем темнее клетка, тем больше число.".to_owned());
        }
        if rows.is_empty() {
            captions.push("Нет данных.".to_owned());
        }
        if rows.iter().flat_map(|row| &row.1).any(Entry::is_gap) && !is_heat {
            captions.push("Пустая клетка — нет данных.".to_owned());
        }
        let heading = if is_heat {
            vec![chart.title.clone(), chart.subtitle.clone()]
        } else {
            vec![chart.subtitle.clone()]
        };
        let Asked { ranges, few, reference } = asked;
        Self { titles, rows, is_heat, ranges, few, reference, heading, captions }
    }

    /// Returns how many columns it has.
    pub(super) fn width(&self) -> u16 {
        u16::try_from(self.titles.len() + 1).unwrap_or(u16::MAX)
    }

    /// Returns how high its rows are, in points.
    pub(super) fn points(&self) -> f64 {
        let lines = self.rows.len() + self.heading.len() + self.captions.len() + 1;
        lines as f64 * (LINE_POINTS + 2.0) + self.head_points()
    }

    fn are_upward(&self) -> bool {
        let is_long =
            |title: &String| title.split_whitespace().any(|word| word.chars().count() > LONGEST_WORD);
        self.titles.len() > MOST_UPRIGHT || self.is_heat && self.titles.iter().any(is_long)
    }

    fn head_points(&self) -> f64 {
        if !self.are_upward() {
            return 3.0 * LINE_POINTS;
        }
        let longest = self.titles.iter().map(|title| title.chars().count()).max().unwrap_or(0) as f64;
        (longest * LETTER_POINTS + 8.0).clamp(UPWARD_POINTS[0], UPWARD_POINTS[1])
    }

    /// Returns the row of its first numbers when it is written from a row on.
    pub(super) fn first_row(&self, first: u32) -> u32 {
        first + self.heading.len() as u32 + 1
    }

    /// Writes it from a row on; returns the row behind it.
    pub(super) fn write(&self, page: &mut Worksheet, chart: &Chart, first: u32) -> Result<u32> {
        let mut at = first;
        for (line, text) in self.heading.iter().enumerate() {
            let is_title = self.is_heat && line == 0;
            let style = if is_title { base().set_bold().set_font_size(11) } else { base().set_italic() };
            write_text(page, (at, 0), text, style)?;
            at += 1;
        }
        self.write_head(page, &chart.rows_title, at)?;
        for (row, (label, entries, is_total)) in (at + 1..).zip(&self.rows) {
            let style = || if *is_total { body().set_bold() } else { body() };
            page.set_row_height(row, lines(label) * LINE_POINTS + 2.0)?;
            write_text(page, (row, 0), label, style().set_text_wrap().set_indent(1))?;
            for (column, entry) in (1..).zip(entries) {
                write_entry(page, (row, column), entry, (chart, style()))?;
            }
        }
        at += self.rows.len() as u32 + 1;
        for text in &self.captions {
            write_text(page, (at, 0), text, base())?;
            at += 1;
        }
        Ok(at + 1)
    }

    fn write_head(&self, page: &mut Worksheet, rows_title: &str, at: u32) -> Result<()> {
        page.set_row_height(at, self.head_points())?;
        write_text(page, (at, 0), rows_title, header_style())?;
        for (column, title) in (1..).zip(&self.titles) {
            let style = if self.are_upward() { header_style().set_rotation(90) } else { header_style() };
            write_text(page, (at, column), title, style)?;
        }
        Ok(())
    }
}

impl Entry {
    fn is_gap(&self) -> bool {
        matches!(self, Self::Number(None) | Self::Count(None) | Self::Shaded(None))
    }
}

/// How many lines a label takes in the first column.
fn lines(label: &str) -> f64 {
    (label.chars().count() as f64 / 17.0).ceil().max(1.0)
}

type Rows = Vec<(String, Vec<Entry>, bool)>;

/// Says how to print a number's columns: a title, and the cell of a row.
type Column<'a> = (String, Box<dyn Fn(Option<&Value>) -> Entry + 'a>);

/// Returns the columns of bars and intervals: the number, its counts, its interval, what is drawn of few, what it is
/// compared with; and where the columns stand that a native chart asks for.
fn columns<'a>(
    chart: &'a Chart,
    rows: &[Row],
    reference: Option<&'a Reference>,
    is_interval: bool,
) -> (Vec<Column<'a>>, Asked) {
    let any = |is_meant: fn(&Value) -> bool| rows.iter().flat_map(|row| &row.value).any(is_meant);
    let number = |make: fn(&Value) -> Option<f64>| -> Box<dyn Fn(Option<&Value>) -> Entry> {
        Box::new(move |value| Entry::Number(value.and_then(make)))
    };
    let mut asked = Asked::default();
    let mut columns: Vec<Column<'a>> = vec![(chart.value_title.clone(), number(|value| Some(value.number)))];
    if any(|value| value.of.is_some()) {
        let count = |at: usize| move |value: Option<&Value>| count(value, at);
        columns.push(("Число".to_owned(), Box::new(count(0))));
        columns.push(("Из скольких".to_owned(), Box::new(count(1))));
    }
    if is_interval && any(|value| value.interval.is_some()) {
        columns.push(("Нижняя граница".to_owned(), number(|value| Some(value.interval?[0]))));
        columns.push(("Верхняя граница".to_owned(), number(|value| Some(value.interval?[1]))));
        columns.push(("Вниз".to_owned(), number(|value| Some((value.number - value.interval?[0]).max(0.0)))));
        columns
            .push(("Вверх".to_owned(), number(|value| Some((value.interval?[1] - value.number).max(0.0)))));
        let up = columns.len() as u16;
        asked.ranges = Some([up - 1, up]);
    }
    if is_interval && any(Value::is_of_few) {
        let many = format!("{FEW} и больше");
        columns.push((many, number(|value| (!value.is_of_few()).then_some(value.number))));
        columns.push((format!("Меньше {FEW}"), number(|value| value.is_of_few().then_some(value.number))));
        let few = columns.len() as u16;
        asked.few = Some([few - 1, few]);
    }
    // Bars have no line through them in an office program: what they are compared with is told below.
    if let Some(reference) = reference.filter(|_| is_interval) {
        let compared = reference.value.number;
        columns.push((reference.label.clone(), Box::new(move |_| Entry::Number(Some(compared)))));
        asked.reference = Some(columns.len() as u16);
    }
    (columns, asked)
}

/// Columns of the grid that a native chart asks for.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    ranges: Option<[u16; 2]>,
    few: Option<[u16; 2]>,
    reference: Option<u16>,
}

fn count(value: Option<&Value>, at: usize) -> Entry {
    match value.map(|value| value.of) {
        Some(Some(counts)) => Entry::Count(Some(counts[at] as f64)),
        Some(None) => Entry::Text("–".to_owned()),
        None => Entry::Count(None),
    }
}

fn series(columns: &[String], rows: &[Series], is_shaded: bool) -> Rows {
    let cells = |row: &Series| {
        let cell = |at: usize| {
            let value = row.values.get(at).copied().flatten();
            if is_shaded { Entry::Shaded(value) } else { Entry::Number(value.map(|value| value.number)) }
        };
        (row.label.clone(), (0..columns.len()).map(cell).collect(), row.is_total)
    };
    rows.iter().map(cells).collect()
}

fn write_entry(
    page: &mut Worksheet,
    at: (u32, u16),
    entry: &Entry,
    (chart, style): (&Chart, Format),
) -> Result<()> {
    let (row, column) = at;
    let places =
        if chart.unit.places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(chart.unit.places)) };
    match entry {
        Entry::Number(Some(number)) => {
            page.write_number_with_format(row, column, *number, &style.set_num_format(places))?;
        }
        Entry::Count(Some(number)) => {
            page.write_number_with_format(row, column, *number, &style.set_num_format("0"))?;
        }
        Entry::Number(None) | Entry::Count(None) => {
            page.write_blank(row, column, &style)?;
        }
        Entry::Text(text) => {
            write_text(page, at, text, style)?;
        }
        Entry::Shaded(None) => {
            write_text(page, at, "–", style.set_align(FormatAlign::Center))?;
        }
        Entry::Shaded(Some(value)) => {
            let ground = heat_ground(chart, value);
            let style = style.set_background_color(ground.number()).set_font_color(ground.text().number());
            let style = style.set_align(FormatAlign::Center);
            match value.of {
                // A share of few is told by its counts.
                Some([found, of]) if value.is_of_few() => {
                    write_text(page, at, &format!("{found}/{of}"), style)?
                }
                _ => {
                    page.write_number_with_format(row, column, value.number, &style.set_num_format(places))?
                }
            };
        }
    }
    Ok(())
}
