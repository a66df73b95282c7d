//! The cells of a sheet.

use anyhow::Result;
use rust_xlsxwriter::{Format, FormatAlign, FormatUnderline, Url, Worksheet, utility};

use super::book::{Cell, Row, Rows};
use super::room::Place;
use super::style::{as_text, body, excel_date, shown_text, write_text};
use crate::render::drawing::Shade;

/// A share smaller than the last decimal place is shown as existing.
const SHARE: &str = "[=0]0.00;[<0.005]\"менее 0,01\";0.00";
/// The colour of what opens something.
const LINK: u32 = 0x001F_5FA8;

/// Writes rows whose cells lead into the sheets of the same workbook, and to other files.
pub(super) struct Leading<'a> {
    all: &'a [Place],
    /// How many cells of the sheet may still lead somewhere.
    left: usize,
}

impl<'a> Leading<'a> {
    /// Begins a sheet.
    pub(super) fn new(all: &'a [Place], most: usize) -> Self {
        Self { all, left: most }
    }

    /// Writes a row.
    pub(super) fn write_row(&mut self, page: &mut Worksheet, at: u32, row: &Row) -> Result<()> {
        for (column, cell) in (0..).zip(&row.cells) {
            let style = if row.is_total { body().set_bold() } else { body() };
            match cell {
                Cell::To(shown, rows) => self.write_to(page, (at, column), (shown, *rows), style)?,
                Cell::Link(text, target) => self.write_link(page, (at, column), (text, target), style)?,
                cell => write_cell(page, (at, column), cell, style)?,
            }
        }
        Ok(())
    }

    /// Tells whether one more cell may lead somewhere. Where none may, the number stands without its way.
    fn takes_one_more(&mut self) -> bool {
        let is_taken = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_taken
    }

    /// Writes a cell that opens rows of another sheet and selects them: what is selected is as long as the number says.
    fn write_to(
        &mut self,
        page: &mut Worksheet,
        at: (u32, u16),
        (shown, rows): (&Cell, Rows),
        style: Format,
    ) -> Result<()> {
        let place = place(rows, self.all).filter(|_| self.takes_one_more());
        let Some(place) = place else { return write_cell(page, at, shown, style) };
        let style = style.set_underline(FormatUnderline::Single);
        // The ground of a heat table decides the colour of its text.
        let style = if let Cell::Heat(..) = shown { style } else { style.set_font_color(LINK) };
        let text = if let Cell::Text(text) = shown { shown_text(text) } else { "0".to_owned() };
        let url = Url::new(format!("internal:{place}")).set_text(text);
        page.write_url_with_format(at.0, at.1, url, &style)?;
        // The number takes the place of the text, and the way there stays.
        write_cell(page, at, shown, style)
    }

    /// Writes a text that opens a file.
    fn write_link(
        &mut self,
        page: &mut Worksheet,
        (row, column): (u32, u16),
        (text, target): (&str, &str),
        style: Format,
    ) -> Result<()> {
        let shown = shown_text(text);
        if self.takes_one_more() {
            let style = style.set_underline(FormatUnderline::Single).set_font_color(LINK);
            let url = Url::new(format!("file:///{target}")).set_text(&shown);
            // A target too long for the format stays a text.
            if page.write_url_with_format(row, column, url, &as_text(text, style)).is_ok() {
                return Ok(());
            }
        }
        page.write_string_with_format(row, column, shown, &as_text(text, body()))?;
        Ok(())
    }
}

/// Returns rows as the format names them: `'Не успевают'!A5:H9`; nothing if the workbook has no such sheet.
fn place(rows: Rows, all: &[Place]) -> Option<String> {
    let place = all.iter().find(|place| place.sheet == rows.sheet)?;
    let name = place.sheet.replace('\'', "''");
    if rows.count == 0 {
        return Some(format!("'{name}'!A1"));
    }
    // Rows are counted from one.
    let first = place.header + 2 + rows.first;
    let last = utility::column_number_to_name(u16::try_from(place.columns.max(1) - 1).ok()?);
    Some(format!("'{name}'!A{first}:{last}{}", first + rows.count - 1))
}

fn write_cell(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, style: Format) -> Result<()> {
    match cell {
        Cell::Empty => page.write_blank(row, column, &style)?,
        Cell::Text(text) => {
            let style = style.set_align(FormatAlign::Left).set_text_wrap().set_indent(1);
            write_text(page, (row, column), text, style)?
        }
        Cell::Link(text, _) => write_text(page, (row, column), text, style)?,
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
        Cell::To(shown, _) => return write_cell(page, (row, column), shown, style),
    };
    Ok(())
}
