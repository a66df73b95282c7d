//! Workbooks to fill in: one sheet per table, headers with notes, choices for codes, one example row.

use anyhow::Result;
use jiff::civil::{Date, DateTime, Time};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Note, Workbook, Worksheet};

use super::style::{base, excel_date, header_style};
use crate::base::said::{Tell, said};

/// A workbook to fill in.
pub struct Form {
    /// Title in the file's properties.
    pub title: String,
    /// The creation date in the file's properties.
    pub created_on: Date,
    /// Its sheets.
    pub sheets: Vec<FormSheet>,
}

/// A table to fill in.
pub struct FormSheet {
    /// Name on the tab.
    pub name: &'static str,
    /// Columns from the left.
    pub columns: Vec<FormColumn>,
    /// The example row, cell by cell.
    pub example: Vec<FormCell>,
}

/// A column to fill in.
pub struct FormColumn {
    /// Header; that of a required column ends with an asterisk.
    pub title: String,
    /// A description, shown when the pointer is over the header.
    pub note: String,
    /// Must be filled.
    pub is_required: bool,
    /// The values to choose from; empty if any value is allowed.
    pub choices: Vec<&'static str>,
    /// What the cells hold.
    pub look: Look,
}

/// The format of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Text: an id such as `007` keeps its zeros.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A day and time.
    Moment,
    /// A time of day.
    Time,
}

/// A cell of the example row.
#[derive(Clone, Debug, PartialEq)]
pub enum FormCell {
    /// Nothing there.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A day and time.
    Moment(DateTime),
    /// A time of day.
    Time(Time),
}

/// How many rows get the choices: more than any school's marks in a year, fewer than the format's last row.
const LAST_ROW: u32 = 200_000;
const LEAST_WIDTH: usize = 11;
const MOST_WIDTH: usize = 34;

/// Returns the bytes of the workbook.
///
/// # Errors
/// When a sheet has a name or a size that the format does not allow, which is a defect of the program.
pub fn write(form: &Form) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = excel_date(form.created_on)?;
    workbook.set_properties(&DocProperties::new().set_title(&form.title).set_creation_datetime(&created));
    for sheet in &form.sheets {
        write_sheet(workbook.add_worksheet(), sheet).told(|| said!("лист {}", "sheet {}", sheet.name))?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_sheet(page: &mut Worksheet, sheet: &FormSheet) -> Result<()> {
    page.set_name(sheet.name)?;
    page.set_row_height(0, 30)?;
    for ((at, column), example) in (0..).zip(&sheet.columns).zip(&sheet.example) {
        write_column(page, at, column, example)?;
    }
    for ((at, cell), column) in (0..).zip(&sheet.example).zip(&sheet.columns) {
        let style = look(column.look).set_italic().set_font_color(0x0080_8080);
        write_cell(page, at, cell, &style)?;
    }
    page.set_freeze_panes(1, 1)?;
    Ok(())
}

fn write_column(page: &mut Worksheet, at: u16, column: &FormColumn, example: &FormCell) -> Result<()> {
    let longest = match example {
        FormCell::Text(text) => text.chars().count().max(column.title.chars().count()),
        _ => column.title.chars().count(),
    };
    let width = longest.clamp(LEAST_WIDTH, MOST_WIDTH);
    page.set_column_width(at, u32::try_from(width)? + 2)?;
    page.set_column_format(at, &look(column.look))?;
    let fill = if column.is_required { 0x00FF_E9B0 } else { 0x00E7_EDF3 };
    page.write_string_with_format(0, at, &column.title, &header_style().set_background_color(fill))?;
    let lines = u32::try_from(column.note.chars().count() / 38 + column.note.matches('\n').count() + 2)?;
    page.insert_note(
        0,
        at,
        &Note::new(&column.note).add_author_prefix(false).set_width(290).set_height(lines * 17),
    )?;
    if !column.choices.is_empty() {
        let choices = DataValidation::new()
            .allow_list_strings(&column.choices)?
            .set_error_title("Такого значения нет")?
            .set_error_message(
                "Выберите значение из списка: они перечислены в примечании к заголовку столбца.",
            )?;
        page.add_data_validation(1, at, LAST_ROW, at, &choices)?;
    }
    Ok(())
}

fn look(look: Look) -> Format {
    match look {
        Look::Text => base().set_num_format("@"),
        Look::Number => base(),
        Look::Date => base().set_num_format("dd.mm.yyyy"),
        Look::Moment => base().set_num_format("dd.mm.yyyy hh:mm"),
        Look::Time => base().set_num_format("hh:mm"),
    }
}

fn write_cell(page: &mut Worksheet, at: u16, cell: &FormCell, style: &Format) -> Result<()> {
    match cell {
        FormCell::Empty => page.write_blank(1, at, style)?,
        FormCell::Text(text) => page.write_string_with_format(1, at, text, style)?,
        FormCell::Number(number) => page.write_number_with_format(1, at, *number, style)?,
        FormCell::Date(date) => page.write_datetime_with_format(1, at, &excel_date(*date)?, style)?,
        FormCell::Moment(moment) => {
            let day = excel_date(moment.date())?;
            page.write_datetime_with_format(1, at, &with_time(day, moment.time())?, style)?
        }
        FormCell::Time(time) => {
            let serial = ExcelDateTime::from_hms(
                u16::from(time.hour().unsigned_abs()),
                time.minute().unsigned_abs(),
                time.second(),
            )?;
            page.write_datetime_with_format(1, at, &serial, style)?
        }
    };
    Ok(())
}

fn with_time(day: ExcelDateTime, time: Time) -> Result<ExcelDateTime> {
    Ok(day.and_hms(u16::from(time.hour().unsigned_abs()), time.minute().unsigned_abs(), time.second())?)
}
