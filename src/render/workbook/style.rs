//! How cells look, and how texts and dates are written into them.

use anyhow::Result;
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet};

use crate::base::shown;

/// The largest number of characters in a cell of the format.
pub(in crate::render::workbook) const LONGEST_TEXT: usize = 32_767;

/// Every office computer has a font of this name or with its metrics.
pub(in crate::render::workbook) const FONT: &str = "Arial";

pub(in crate::render::workbook) const FONT_POINTS: f64 = 9.0;

pub(in crate::render::workbook) const LINE_POINTS: f64 = 12.5;

/// Writes a text as a string: never a formula, not longer than a cell, invisible characters as codes.
pub(in crate::render::workbook) fn write_text<'p>(
    page: &'p mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    style: Format,
) -> Result<&'p mut Worksheet> {
    Ok(page.write_string_with_format(row, column, shown_text(text), &as_text(text, style))?)
}

pub(in crate::render::workbook) fn shown_text(text: &str) -> String {
    shown::lines(text).chars().take(LONGEST_TEXT).collect()
}

/// Keeps an office program from making a formula of the text when somebody edits its cell.
pub(in crate::render::workbook) fn as_text(text: &str, style: Format) -> Format {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { style.set_quote_prefix() } else { style }
}

pub(in crate::render::workbook) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_POINTS)
}

pub(in crate::render::workbook) fn body() -> Format {
    base().set_border(FormatBorder::Hair).set_align(FormatAlign::Top)
}

pub(in crate::render::workbook) fn header_style() -> Format {
    base()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(0x00E7_EDF3)
}

pub(in crate::render::workbook) fn excel_date(date: Date) -> Result<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    Ok(ExcelDateTime::from_ymd(u16::try_from(year)?, month.unsigned_abs(), day.unsigned_abs())?)
}
