//! Drawn sheets as files: workbooks as the journal streams them, pages as it and spreadsheet programs write them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::drawn::{Cell, Row};

/// Writes a workbook with shared strings; an empty one among them is a cell that is there.
pub(super) fn book(rows: &[Row]) -> Vec<u8> {
    let mut strings: Vec<String> = Vec::new();
    let mut sheet = String::new();
    for (number, row) in (1..).zip(rows).filter(|(_, row)| !row.cells.is_empty()) {
        sheet.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in row.cells.iter().enumerate() {
            let at = format!("{}{number}", column_name(column));
            match cell {
                Cell::None => sheet.push_str(&format!("<c r=\"{at}\" s=\"7\"/>")),
                Cell::Number(value) => sheet.push_str(&format!("<c r=\"{at}\"><v>{value}</v></c>")),
                Cell::Text(text) => {
                    let known = strings.iter().position(|known| known == text);
                    let index = known.unwrap_or_else(|| {
                        strings.push(text.clone());
                        strings.len() - 1
                    });
                    sheet.push_str(&format!("<c r=\"{at}\" s=\"9\" t=\"s\"><v>{index}</v></c>"));
                }
            }
        }
        sheet.push_str("</row>");
    }
    let strings =
        strings.iter().map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)));
    let strings: String = strings.collect();
    let (main, rels) = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    );
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/>\
                 <Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{kind}.sharedStrings+xml\"/></Types>"
            ),
        ),
        ("_rels/.rels", relations(package, &[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                package,
                &[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")],
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(path, SimpleFileOptions::default()).expect("a part");
        zip.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>")
            .and_then(|()| zip.write_all(text.as_bytes()))
            .expect("memory");
    }
    zip.finish().expect("a workbook").into_inner()
}

fn relations(package: &str, parts: &[(&str, &str)]) -> String {
    let part = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!(
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let parts: String = (1..).zip(parts).map(part).collect();
    format!("<Relationships xmlns=\"{package}/relationships\">{parts}</Relationships>")
}

fn column_name(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).expect("a letter")));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => escaped(text),
        Cell::Number(value) => format!("{}", (value * 100.0).round() / 100.0).replace('.', ","),
    }
}

/// Writes a page: `style` chooses one table for all or a table a pupil, the attributes, the encoding.
pub(super) fn page(rows: &[Row], style: u8) -> Vec<u8> {
    let cell = |cell: &Cell| {
        let text = shown(cell);
        match style % 3 {
            0 => format!("<td>{text}</td>"),
            1 => format!("<td align=center class='cell-text' colspan='1'>\n\t\t{text}\n</td>"),
            _ => format!("<TD rowspan=\"1\" style=\"x\">{text}"),
        }
    };
    let table_row = |row: &Row| format!("<tr>{}</tr>\n", row.cells.iter().map(cell).collect::<String>());
    let mut body = String::new();
    if style.is_multiple_of(2) {
        body = format!("<table border=1>{}</table>", rows.iter().map(table_row).collect::<String>());
    } else {
        let mut is_open = false;
        for row in rows {
            if row.is_table != is_open && !row.cells.is_empty() {
                body.push_str(if is_open { "</table>\n" } else { "<table class=\"table-print\">" });
                is_open = row.is_table;
            }
            if row.is_table {
                body.push_str(&table_row(row));
                continue;
            }
            let texts: Vec<String> = row.cells.iter().map(shown).filter(|text| !text.is_empty()).collect();
            let joint = if texts.first().is_some_and(|text| text.ends_with(':')) { " " } else { " — " };
            body.push_str(&format!(
                "<div><span>{}</span></div>\n",
                texts.join(&format!("</span>{joint}<span>"))
            ));
        }
        body.push_str(if is_open { "</table>" } else { "" });
    }
    match style / 2 % 3 {
        0 => format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>")
            .into_bytes(),
        1 => {
            let page = format!(
                "<HTML><head><META content=\"text/html; charset=windows-1251\" http-equiv=Content-Type></head><body>{body}"
            );
            encoding_rs::WINDOWS_1251.encode(&page).0.into_owned()
        }
        _ => format!("\u{feff}\n\n<div>{body}</div>").into_bytes(),
    }
}
