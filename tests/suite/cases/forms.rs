//! The forms in which a drawn journal is laid out as a bundle.

use std::collections::BTreeMap;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Map, Value};

use super::Drawn;

/// Writes tables into a folder.
type Form = fn(&Path, &BTreeMap<String, Drawn>);

/// Every form with its name; the first is what the others are compared with.
pub(super) const FORMS: [(&str, Form); 3] = [("CSV", csv), ("XLSX", xlsx), ("JSON lines", json_lines)];

fn csv(folder: &Path, tables: &BTreeMap<String, Drawn>) {
    for (name, table) in tables {
        let mut writer = csv::Writer::from_path(folder.join(format!("{name}.csv"))).expect("a file opens");
        for row in std::iter::once(&table.header).chain(&table.rows) {
            writer.write_record(row).expect("a row is written");
        }
        writer.flush().expect("a file is written");
    }
}

/// One workbook with a sheet for every table; whole numbers, dates and moments are such cells, as office programs make them.
fn xlsx(folder: &Path, tables: &BTreeMap<String, Drawn>) {
    let mut workbook = Workbook::new();
    for (name, table) in tables {
        let sheet = workbook.add_worksheet().set_name(name).expect("a table's name is a sheet's");
        for (row, cells) in (0u32..).zip(std::iter::once(&table.header).chain(&table.rows)) {
            for (column, cell) in (0u16..).zip(cells) {
                put(sheet, row, column, cell);
            }
        }
    }
    workbook.save(folder.join("журнал.xlsx")).expect("the workbook is written");
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    let moment = ExcelDateTime::parse_from_str(cell).ok().filter(|_| cell.contains('-'));
    let form = if cell.contains('T') { "dd.mm.yyyy hh:mm:ss" } else { "dd.mm.yyyy" };
    let written = match (moment, whole(cell)) {
        _ if cell.is_empty() => return,
        (Some(moment), _) => {
            sheet.write_datetime_with_format(row, column, &moment, &Format::new().set_num_format(form))
        }
        (None, Some(number)) => sheet.write_number(row, column, f64::from(number)),
        (None, None) => sheet.write_string(row, column, cell),
    };
    written.expect("the cell is inside the sheet");
}

fn json_lines(folder: &Path, tables: &BTreeMap<String, Drawn>) {
    for (name, table) in tables {
        let value = |cell: &String| match whole(cell) {
            _ if cell.is_empty() => Value::Null,
            Some(number) => Value::from(number),
            None => Value::from(cell.as_str()),
        };
        let object = |row: &Vec<String>| {
            let pairs = table.header.iter().cloned().zip(row.iter().map(value));
            Value::Object(pairs.collect::<Map<_, _>>()).to_string()
        };
        assert!(!table.rows.is_empty(), "{name} has no rows: in this form it would not be there at all");
        let lines: Vec<_> = table.rows.iter().map(object).collect();
        std::fs::write(folder.join(format!("{name}.jsonl")), lines.join("\n")).expect("a file is written");
    }
}

/// Returns the number a cell is, where it is written as one: no leading zeros.
fn whole(cell: &str) -> Option<u32> {
    cell.parse().ok().filter(|number: &u32| number.to_string() == cell)
}
