//! Tables as sheets of a workbook, the way a clerk keeps them: Russian headers, real dates, a frozen header row.

use std::io;

use letopis::model::schema::{Kind, TABLES};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::table::Table;

/// Returns the bytes of a workbook with one sheet per table, named as the table.
pub(crate) fn workbook(tables: &[&Table]) -> io::Result<Vec<u8>> {
    build(tables).map_err(io::Error::other)
}

fn build(tables: &[&Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed moment: the same seed must give the same bytes.
    let created = ExcelDateTime::from_ymd(2025, 9, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for table in tables {
        fill(book.add_worksheet(), table)?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let date = Format::new().set_num_format("dd.mm.yyyy");
    sheet.set_name(table.id)?;
    sheet.set_freeze_panes(1, 1)?;
    let kinds: Vec<Kind> = table.columns.iter().map(|id| column(table.id, id).1).collect();
    let mut widths = vec![10; kinds.len()];
    for (c, id) in (0..).zip(table.columns) {
        sheet.write_with_format(0, c, column(table.id, id).0, &header)?;
    }
    for (r, row) in (1..).zip(table.rows()) {
        for (c, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let width = &mut widths[usize::from(c)];
            *width = cell.chars().count().max(*width);
            match (kinds[usize::from(c)], cell.parse::<f64>()) {
                (Kind::Date, _) => {
                    sheet.write_with_format(r, c, &ExcelDateTime::parse_from_str(cell)?, &date)?
                }
                (Kind::Whole | Kind::Decimal, Ok(number)) => sheet.write(r, c, number)?,
                _ => sheet.write(r, c, cell)?,
            };
        }
    }
    for (c, width) in (0..).zip(widths) {
        sheet.set_column_width(c, width.min(60) as f64 + 2.0)?;
    }
    Ok(())
}

/// Returns the Russian title and the kind of a column.
fn column(table: &str, id: &'static str) -> (&'static str, Kind) {
    let schema = TABLES.iter().find(|t| t.table.id() == table);
    let column = schema.and_then(|t| t.columns.iter().find(|c| c.id == id));
    column.map_or((id, Kind::Text), |c| (c.title, c.kind))
}
