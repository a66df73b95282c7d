//! The cells of a sheet.

use anyhow::Result;
use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Url, Worksheet, utility};

use super::book::{Cell, Row, Rows, Sheet};
use super::style::{as_text, body, excel_date, shown_text, write_text};
use crate::render::drawing::Shade;

/// A share smaller than the last decimal place is shown as existing.
const SHARE: &str = "[=0]0.00;[<0.005]\"менее 0,01\";0.00";
/// The colour of what opens something.
const LINK: u32 = 0x001F_5FA8;

/// Writes a row; cells that lead somewhere lead into the sheets of the same workbook.
pub(super) fn write_row(page: &mut Worksheet, at: u32, row: &Row, all: &[Sheet]) -> Result<()> {
    for (column, cell) in (0..).zip(&row.cells) {
        let style = if row.is_total { body().set_bold() } else { body() };
        match cell {
            Cell::To(shown, rows) => write_leading(page, (at, column), shown, (*rows, all), style)?,
            cell => write_cell(page, at, column, cell, style)?,
        }
    }
    Ok(())
}

/// Writes a cell that opens rows of another sheet and selects them: what is selected is as long as the number says.
fn write_leading(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    shown: &Cell,
    (rows, all): (Rows, &[Sheet]),
    style: Format,
) -> Result<()> {
    let Some(place) = place(rows, all) else {
        return write_cell(page, row, column, shown, style);
    };
    let style = style.set_underline(FormatUnderline::Single).set_font_color(LINK);
    let text = if let Cell::Text(text) = shown { shown_text(text) } else { "0".to_owned() };
    page.write_url_with_format(row, column, Url::new(format!("internal:{place}")).set_text(text), &style)?;
    // The number takes the place of the text, and the way there stays.
    write_cell(page, row, column, shown, style)
}

/// Returns rows as the format names them: `'Не успевают'!A5:H9`; nothing if the workbook has no such sheet.
fn place(rows: Rows, all: &[Sheet]) -> Option<String> {
    let sheet = all.iter().find(|sheet| sheet.name == rows.sheet)?;
    let name = sheet.name.replace('\'', "''");
    if rows.count == 0 {
        return Some(format!("'{name}'!A1"));
    }
    // Title, notes and header stand above; rows are counted from one.
    let first = sheet.notes.len() + 3 + rows.first;
    let last = utility::column_number_to_name(u16::try_from(sheet.columns.len().max(1) - 1).ok()?);
    Some(format!("'{name}'!A{first}:{last}{}", first + rows.count - 1))
}

fn write_cell(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, style: Format) -> Result<()> {
    match cell {
        Cell::Empty => page.write_blank(row, column, &style)?,
        Cell::Text(text) => {
            let style = style.set_align(FormatAlign::Left).set_text_wrap().set_indent(1);
            write_text(page, (row, column), text, style)?
        }
        Cell::Link(text, target) => {
            let style = style.set_underline(FormatUnderline::Single).set_font_color(LINK);
            let (text, style) = (shown_text(text), as_text(text, style));
            let url = Url::new(format!("file:///{target}")).set_text(&text);
            // A target too long for the format stays a text.
            match page.write_url_with_format(row, column, url, &style) {
                Ok(page) => page,
                Err(_) => page.write_string_with_format(row, column, text, &body())?,
            }
        }
        Cell::Count(number) => {
            page.write_number_with_format(row, column, *number, &style.set_num_format("0"))?
        }
        Cell::Hours(number) => page.write_number_with_format(row, column, *number, &style)?,
        Cell::Decimal(number) => {
            page.write_number_with_format(row, column, *number, &style.set_num_format("0.00"))?
        }
        Cell::Share(number) => {
            let style = style.set_num_format(SHARE);
            page.write_number_with_format(row, column, *number, &style)?
        }
        Cell::Date(date) => {
            let style = style.set_num_format("dd.mm.yyyy");
            page.write_datetime_with_format(row, column, &excel_date(*date)?, &style)?
        }
        Cell::Moment(at) => {
            let style = style.set_num_format("dd.mm.yyyy hh:mm");
            let (hour, minute, second) = (at.hour(), at.minute(), at.second());
            let time = excel_date(at.date())?.and_hms(
                hour.unsigned_abs().into(),
                minute.unsigned_abs(),
                second.unsigned_abs(),
            )?;
            page.write_datetime_with_format(row, column, &time, &style)?
        }
        Cell::Shaded(number, shade) => {
            let luma = u32::from(shade.luma());
            let ground = luma << 16 | luma << 8 | luma;
            let style = style.set_num_format("0").set_background_color(ground);
            let style = if *shade == Shade::Dark { style.set_font_color(0x00FF_FFFF) } else { style };
            page.write_number_with_format(row, column, *number, &style)?
        }
        Cell::Heat(number, ground) => {
            let style = style.set_num_format("0.0").set_background_color(ground.number());
            let style = style.set_font_color(ground.text().number());
            page.write_number_with_format(row, column, *number, &style)?
        }
        Cell::To(shown, _) => return write_cell(page, row, column, shown, style),
    };
    Ok(())
}
