//! Sheets of charts: each chart native, its numbers in cells beneath it, from which it is drawn.
//!
//! A missing number is an empty cell: an office program draws a text as 0. A heat table is the cells themselves, shaded.

mod grid;
mod native;

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use super::printing::{LEAST_SCALE, WIDTH_UNITS};
use super::room::Laid;
use super::style::{base, write_text};
use crate::render::charts::Chart;
use grid::Grid;

/// ISO A4 in the format's list of papers.
const PAPER_A4: u8 = 9;
/// Width of A4 upright between its margins, in pixels.
const UPRIGHT: f64 = 678.0;
/// The same across.
const ACROSS: f64 = 1008.0;
/// Pixels of a unit of a column's width, and of the room around its text.
const UNIT_PIXELS: f64 = 7.0;
const INSET_PIXELS: f64 = 5.0;
/// Width of the first column, of the next ones and of the further ones, in characters.
const WIDTHS: [f64; 3] = [17.0, 9.2, 7.0];
const HEAT_WIDTH: f64 = 5.5;
const NEXT: u16 = 7;
/// Height of a row under a chart, in points and in pixels.
const ROW_POINTS: f64 = 15.0;
const ROW_PIXELS: u32 = 20;
/// How many points of rows an upright page holds, one across.
const PAGE_POINTS: [f64; 2] = [735.0, 500.0];

/// Writes a sheet of charts.
pub(super) fn write(page: &mut Worksheet, laid: &Laid<'_>, charts: &[Chart]) -> Result<()> {
    let sheet = laid.sheet;
    page.set_name(sheet.name)?;
    let grids: Vec<Grid> = charts.iter().map(Grid::of).collect();
    let width = set_widths(page, &grids)?;
    let is_upright = width <= UPRIGHT;
    write_text(page, (0, 0), &sheet.title, base().set_bold().set_font_size(13))?;
    let mut row = 1;
    for note in &laid.notes {
        write_text(page, (row, 0), note, base().set_italic())?;
        row += 1;
    }
    let mut pages = Pages {
        page,
        room: if is_upright { PAGE_POINTS[0] } else { PAGE_POINTS[1] },
        used: 0.0,
        breaks: Vec::new(),
    };
    pages.used = f64::from(row) * ROW_POINTS;
    for (chart, grid) in charts.iter().zip(&grids) {
        row = write_chart(&mut pages, sheet.name, row + 1, (chart, grid))?;
    }
    let breaks = pages.breaks;
    if !breaks.is_empty() {
        page.set_page_breaks(&breaks)?;
    }
    print_on(page, width)
}

/// A sheet with what is taken of its current page, in points.
struct Pages<'a> {
    page: &'a mut Worksheet,
    room: f64,
    used: f64,
    breaks: Vec<u32>,
}

impl Pages<'_> {
    /// Takes room for what stands at a row; what has none on the page begins the next one.
    fn take(&mut self, points: f64, row: u32) {
        if self.used + points > self.room && self.used > 0.0 {
            self.breaks.push(row);
            self.used = 0.0;
        }
        self.used += points;
    }

    /// Begins a page at a row, unless the whole of what stands there has room.
    fn keep(&mut self, points: f64, row: u32) {
        if points <= self.room && self.used + points > self.room {
            self.breaks.push(row);
            self.used = 0.0;
        }
    }
}

/// Writes a chart over its numbers; returns the row behind them.
fn write_chart(
    pages: &mut Pages<'_>,
    sheet: &str,
    first: u32,
    (chart, grid): (&Chart, &Grid),
) -> Result<u32> {
    let heights: Vec<u32> = native::pixels(chart).iter().map(|pixels| pixels / ROW_PIXELS + 1).collect();
    let table = first + heights.iter().sum::<u32>();
    pages.keep(f64::from(table - first) * ROW_POINTS + grid.points(), first);
    let mut at = first;
    for (part, rows) in heights.iter().enumerate() {
        for row in at..at + rows {
            pages.page.set_row_height(row, ROW_POINTS)?;
        }
        pages.take(f64::from(*rows) * ROW_POINTS, at);
        let native = native::draw(chart, grid, (sheet, table), part);
        pages.page.insert_chart_with_offset(at, 0, &native, 4, 4)?;
        at += rows;
    }
    pages.take(grid.points(), table);
    grid.write(pages.page, chart, table)
}

/// Sets the widths of columns; returns their sum in pixels.
fn set_widths(page: &mut Worksheet, grids: &[Grid]) -> Result<f64> {
    let many = grids.iter().map(Grid::width).max().unwrap_or(1);
    let are_heat = !grids.is_empty() && grids.iter().all(|grid| grid.is_heat);
    let mut all = 0.0;
    for column in 0..many {
        let width = match column {
            0 => WIDTHS[0],
            _ if are_heat => HEAT_WIDTH,
            _ if column < NEXT => WIDTHS[1],
            _ => WIDTHS[2],
        };
        page.set_column_width(column, width * WIDTH_UNITS)?;
        all += width * WIDTH_UNITS * UNIT_PIXELS + INSET_PIXELS;
    }
    Ok(all)
}

/// Sets the paper: upright where the columns have room, else across, on several pages where letters would be too small.
fn print_on(page: &mut Worksheet, width: f64) -> Result<()> {
    let across = if width <= UPRIGHT { 1 } else { (width * LEAST_SCALE / ACROSS).ceil().max(1.0) as u16 };
    if width > UPRIGHT {
        page.set_landscape();
    }
    if across > 1 {
        page.set_repeat_columns(0, 0)?;
    }
    page.set_paper_size(PAPER_A4).set_print_fit_to_pages(across, 0);
    page.set_margins(0.8, 0.4, 0.4, 0.6, 0.3, 0.3);
    page.set_footer("&L&A&RСтр. &P из &N");
    Ok(())
}
