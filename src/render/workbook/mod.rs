//! Workbooks: sheets of cells as XLSX. Only this file names `rust_xlsxwriter`. It knows cells, and has no
//! words about schools.
//!
//! A text is always written as a string, so no formula can come from data. The bytes depend only on the cells
//! and on the given date.

mod book;
mod cells;
mod charts;
pub mod form;
mod key;
mod printing;
mod room;
mod style;

pub use book::{Bars, Book, Cell, Column, Drawn, Row, Rows, Sheet};

use anyhow::Result;
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, DocProperties, Workbook, Worksheet,
};

use self::cells::Leading;
use self::room::{Laid, Place};
use self::style::{base, excel_date, header_style, write_text};
use crate::base::draft::Draft;
use crate::base::said::{Tell, said};

/// How many cells of a sheet may lead somewhere: an office program takes a file with more for a damaged one.
const MOST_LINKS: usize = 65_530;
/// Sizes of cells that nobody set.
const ROW_PIXELS: u32 = 16;
const COLUMN_PIXELS: u32 = 64;
const BARS_PIXELS: (u32, u32) = (900, 360);
const BARS_GROUND: [u32; 2] = [0x0040_4040, 0x00B8_B8B8];

/// Describes the workbook as a file that is not made yet.
pub fn draft(path: impl Into<String>, book: Book) -> Draft<'static> {
    Draft::costly(path, book.key(), move || write_away(book))
}

/// Returns the bytes of the workbook.
///
/// # Errors
/// When a sheet has a name or a size that the format does not allow, which is a defect of the program.
pub fn write(book: &Book) -> Result<Vec<u8>> {
    let mut workbook = begun(book)?;
    let places: Vec<Place> = book.sheets.iter().map(|sheet| Laid::of(sheet).place()).collect();
    for sheet in &book.sheets {
        add(&mut workbook, sheet, &places)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Does the same and lets go of each sheet as soon as it is written: a year's lists have a million cells.
fn write_away(book: Book) -> Result<Vec<u8>> {
    let mut workbook = begun(&book)?;
    let places: Vec<Place> = book.sheets.iter().map(|sheet| Laid::of(sheet).place()).collect();
    for sheet in book.sheets {
        add(&mut workbook, &sheet, &places)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn begun(book: &Book) -> Result<Workbook> {
    let mut workbook = Workbook::new();
    // Widths are measured in digits of the default font: with this one every office program measures alike.
    workbook.set_default_format(&base(), ROW_PIXELS, COLUMN_PIXELS)?;
    let created = excel_date(book.created_on)?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&created));
    Ok(workbook)
}

fn add(workbook: &mut Workbook, sheet: &Sheet, places: &[Place]) -> Result<()> {
    let page = workbook.add_worksheet();
    write_sheet(page, &Laid::of(sheet), places).told(|| said!("лист {}", "sheet {}", sheet.name))
}

fn write_sheet(page: &mut Worksheet, laid: &Laid<'_>, places: &[Place]) -> Result<()> {
    let sheet = laid.sheet;
    if let Some(Drawn::Charts(described)) = &sheet.chart {
        return charts::write(page, laid, described);
    }
    page.set_name(sheet.name)?;
    let header = u32::try_from(laid.header())?;
    write_text(page, (0, 0), &sheet.title, base().set_bold().set_font_size(13))?;
    for (row, note) in (1..).zip(&laid.notes) {
        write_text(page, (row, 0), note, base().set_italic())?;
    }
    write_header(page, header, laid)?;
    let mut leading = Leading::new(places, MOST_LINKS);
    for ((at, row), height) in (header + 1..).zip(&sheet.rows).zip(laid.heights()) {
        page.set_row_height(at, height)?;
        leading.write_row(page, at, row)?;
    }
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1))?;
    let last_row = header + u32::try_from(sheet.rows.len())?;
    page.autofilter(header, 0, last_row.max(header), last_column)?;
    page.set_freeze_panes(header + 1, sheet.frozen_columns)?;
    if let Some(Drawn::Bars(bars)) = &sheet.chart
        && bars.rows > 0
    {
        page.insert_chart(header, last_column + 2, &chart(sheet, bars, header + 1))?;
    }
    let printed = sheet.printed_columns.unwrap_or(u16::MAX).clamp(1, last_column + 1);
    if sheet.printed_columns.is_some() {
        page.set_print_area(0, 0, last_row.max(header), printed - 1)?;
    }
    let widths = &laid.widths[..laid.widths.len().min(usize::from(printed))];
    printing::set_up(page, header, widths, sheet.frozen_columns)
}

fn write_header(page: &mut Worksheet, header: u32, laid: &Laid<'_>) -> Result<()> {
    page.set_row_height(header, laid.header_points())?;
    let style = header_style();
    for (at, (column, width)) in (0..).zip(laid.sheet.columns.iter().zip(&laid.widths)) {
        page.set_column_width(at, width * printing::WIDTH_UNITS)?;
        let style = if column.is_turned { style.clone().set_rotation(90) } else { style.clone() };
        page.write_string_with_format(header, at, column.title.as_ref(), &style)?;
    }
    Ok(())
}

fn chart(sheet: &Sheet, bars: &Bars, first: u32) -> Chart {
    let last = first + bars.rows - 1;
    let mut chart = Chart::new(ChartType::ColumnStacked);
    chart.title().set_name(bars.title);
    chart.set_width(BARS_PIXELS.0).set_height(BARS_PIXELS.1);
    chart.set_alt_text(format!("Столбики: {}. Числа — в таблице слева.", bars.title));
    for (at, ground) in bars.heights.iter().zip(BARS_GROUND) {
        let title = sheet.columns.get(usize::from(*at)).map_or("", |column| column.title.as_ref());
        let series = chart.add_series();
        series
            .set_categories((sheet.name, first, 0, last, 0))
            .set_values((sheet.name, first, *at, last, *at));
        series
            .set_name(title)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(ground)));
    }
    // On an axis of dates every bar would be a day wide.
    chart.x_axis().set_num_format("dd.mm").set_text_axis(true);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
}
