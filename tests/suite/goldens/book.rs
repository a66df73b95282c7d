//! Workbooks as text: sheet by sheet, a row a line, cells parted by strokes.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

/// Returns every workbook of a folder.
pub(super) fn text(folder: &Path) -> String {
    let mut names: Vec<String> = folder
        .read_dir()
        .expect("the folder is there")
        .map(|item| item.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.iter().map(|name| book(folder, name)).collect::<Vec<_>>().join("\n")
}

fn book(folder: &Path, name: &str) -> String {
    let mut book: Xlsx<_> = open_workbook(folder.join(name)).expect("an XLSX");
    let sheets = book.sheet_names();
    let sheet = |title: String| {
        let range = book.worksheet_range(&title).expect("the sheet is there");
        let rows: String = range.rows().map(|row| format!("{}\n", line(row))).collect();
        format!("──── {name}, лист «{title}» ────\n\n{rows}")
    };
    sheets.into_iter().map(sheet).collect::<Vec<_>>().join("\n")
}

/// Joins the cells of a row; empty ones at its end are left out.
fn line(row: &[Data]) -> String {
    let used = row.iter().rposition(|cell| *cell != Data::Empty).map_or(0, |last| last + 1);
    row[..used].iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// Writes a number as exactly as a person can judge it.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() != 0.0 => format!("{number:.2}").replace('.', ","),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{day:02}.{month:02}.{year}")
        }
        other => other.to_string().replace('\n', " ⏎ "),
    }
}
