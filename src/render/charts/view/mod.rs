//! What templates are told of a chart: ready strings and places.

mod parts;

pub use parts::ChartView;
use parts::*;

use super::ink::{BLUE, Colour, Fill, Hatch, INK};
use super::picture::{Area, Dot, Line, Picture, Words, face};
use super::{Chart, DataTable, HeatBlock, HeatCell, HeatTable, svg};

/// Width of a chart on a page of HTML, in millimetres.
const PAGE_WIDTH: f64 = 180.0;
/// A wide table is moved in its frame on a screen.
const HEAT_WIDTH: f64 = 4000.0;
/// On a screen nothing need be cut.
const PAGE_HEIGHT: f64 = 4000.0;

impl Chart {
    /// Returns the chart for a paper, as wide as told; one that is higher goes on in a further picture.
    pub fn paper_view(&self, width: f64, most_height: f64) -> ChartView {
        let pictures = self.pictures(width, most_height);
        let many = pictures.len();
        let alt = self.alt();
        let view = |(at, one): (usize, &Picture)| {
            let part = if many > 1 { format!(" Часть {} из {many}.", at + 1) } else { String::new() };
            picture_view(one, format!("{alt}{part}"))
        };
        let pictures = pictures.iter().enumerate().map(view).collect();
        let tables = if self.has_numbers() { beside(&self.table(), width) } else { Vec::new() };
        ChartView { pictures, tables, ..self.bare_view(width) }
    }

    /// Returns the chart for a page of HTML. `name` (latin letters, digits) is its own on that page.
    pub fn page_view(&self, name: &str) -> ChartView {
        let alt = self.alt();
        let pictures = self.pictures(PAGE_WIDTH, PAGE_HEIGHT);
        let draw = |(at, one): (usize, &Picture)| svg::write(one, &alt, &format!("{name}-{at}"));
        let svg = pictures.iter().enumerate().map(draw).collect();
        let bare = self.bare_view(HEAT_WIDTH);
        let tables =
            if self.has_numbers() { vec![table_view(&self.table(), 0..usize::MAX)] } else { Vec::new() };
        ChartView { svg, tables, ..bare }
    }

    /// Tells whether a table of numbers stands beneath: a heat table is one itself.
    fn has_numbers(&self) -> bool {
        !matches!(self.kind, super::Kind::Heat { .. }) && !self.table().rows.is_empty()
    }

    fn bare_view(&self, width: f64) -> ChartView {
        ChartView {
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            rows_title: self.rows_title.clone(),
            alt: self.alt(),
            captions: self.captions(),
            pictures: Vec::new(),
            svg: Vec::new(),
            tables: Vec::new(),
            heat: self.heat(width).map(heat_view),
        }
    }
}

impl ChartView {
    /// Leaves the table out: for where a table with all its numbers stands beside the chart anyway.
    pub fn without_table(self) -> Self {
        Self { tables: Vec::new(), ..self }
    }
}

/// Returns a table in as many tables beside each other as have room, where one would be long.
fn beside(table: &DataTable, width: f64) -> Vec<TableView> {
    let style = face(8.0, true);
    let widest = |column: usize| {
        let cells = table.rows.iter().map(|(label, cells, _)| match column {
            0 => style.width(label),
            _ => cells.get(column - 1).map_or(0.0, |cell| style.width(&cell.text)),
        });
        cells.fold(table.columns.get(column).map_or(0.0, |title| style.width(title)), f64::max) + INSET
    };
    let whole: f64 = (0..table.columns.len()).map(widest).sum::<f64>() + BETWEEN;
    let most = table.rows.len().div_ceil(LEAST_ROWS).max(1);
    let many = ((width / whole).floor() as usize).clamp(1, most.min(MOST_BESIDE));
    let share = table.rows.len().div_ceil(many).max(1);
    (0..many).map(|at| table_view(table, at * share..(at + 1) * share)).collect()
}

/// Rows that are not parted into two tables.
const LEAST_ROWS: usize = 4;
const MOST_BESIDE: usize = 4;
/// Room around the text of a cell, and between tables, in millimetres.
const INSET: f64 = 2.6;
const BETWEEN: f64 = 4.0;

fn table_view(table: &DataTable, run: std::ops::Range<usize>) -> TableView {
    let rows = table.rows.iter().skip(run.start).take(run.len());
    let row = |(label, cells, bold): &(String, Vec<super::DataCell>, bool)| RowView {
        label: label.clone(),
        cells: cells.iter().map(|cell| cell.text.clone()).collect(),
        bold: *bold,
    };
    TableView { head: table.columns.clone(), rows: rows.map(row).collect() }
}

fn heat_view(heat: HeatTable) -> HeatView {
    let cell = |cell: HeatCell| HeatCellView {
        text: cell.text,
        paint: cell.ground.code(),
        ink: cell.ground.text().code(),
    };
    let row = |(label, cells, bold): (String, Vec<HeatCell>, bool)| HeatRowView {
        label,
        cells: cells.into_iter().map(cell).collect(),
        bold,
    };
    let block = |block: HeatBlock| HeatBlockView {
        titles: block.titles,
        width: near(block.width),
        upwards: near(block.upwards),
        rows: block.rows.into_iter().map(row).collect(),
    };
    let key = |(text, paint): (String, Colour)| KeyView { text, paint: paint.code() };
    HeatView {
        label_width: near(heat.label_width),
        blocks: heat.blocks.into_iter().map(block).collect(),
        key: heat.key.into_iter().map(key).collect(),
    }
}

fn picture_view(picture: &Picture, alt: String) -> PictureView {
    let hatch = |hatch: Hatch| {
        let tile = hatch.tile();
        HatchView { name: hatch.name(), side: tile.side, breadth: tile.breadth, paint: BLUE.code() }
    };
    PictureView {
        alt,
        width: near(picture.width),
        height: near(picture.height),
        hatches: Hatch::ALL.map(hatch).into(),
        areas: picture.areas.iter().map(area_view).collect(),
        back: picture.back.iter().map(line_view).collect(),
        lines: picture.lines.iter().map(line_view).collect(),
        dots: picture.dots.iter().map(dot_view).collect(),
        words: picture.words.iter().map(words_view).collect(),
    }
}

fn area_view(area: &Area) -> AreaView {
    let [x, y, width, height] = area.place.map(near);
    let (paint, hatch) = match area.fill {
        Fill::Plain(colour) => (colour.code(), ""),
        Fill::Hatch(hatch) => (String::new(), hatch.name()),
    };
    let outline = if area.is_outlined { INK.code() } else { String::new() };
    AreaView { x, y, width, height, paint, hatch, outline }
}

fn line_view(line: &Line) -> LineView {
    LineView {
        ends: line.ends.map(near),
        breadth: line.breadth,
        paint: line.colour.code(),
        dash: line.dash.lengths(),
    }
}

fn dot_view(dot: &Dot) -> DotView {
    let [x, y] = dot.at.map(near);
    let corners = dot.corners().into_iter().map(|corner| corner.map(near)).collect();
    DotView { x, y, radius: dot.radius, corners, open: dot.is_open, paint: BLUE.code() }
}

fn words_view(words: &Words) -> WordsView {
    let shift = words.shift();
    let [x, y] = if words.is_upwards { [words.x, words.y + shift] } else { [words.x - shift, words.y] };
    WordsView {
        x: near(x),
        y: near(y),
        size: words.size,
        bold: words.is_bold,
        paint: words.colour.code(),
        upwards: words.is_upwards,
        ground: if words.has_ground { near(words.width()) } else { 0.0 },
        text: words.text.clone(),
    }
}

/// Returns millimetres to the thousandth.
fn near(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
