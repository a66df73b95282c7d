//! The quarter workbook: the figures as they are, no formula and no pupil in it, the same bytes each time.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use letopis::base::files::Document;
use letopis::model::*;
use letopis::render::workbook::{Book, Cell, Column, Row, Rows, Sheet, write};
use letopis::reports::{Made, REPORTS, ReportContext, jobs};
use letopis::stats::Scope;

use crate::quarter::with_example;

/// Makes the workbooks of a kind.
fn workbooks(context: &ReportContext<'_>, kind: &str) -> Vec<Document> {
    let all = jobs(REPORTS, context);
    let own = all.iter().filter(|job| job.path.starts_with(&format!("workbooks/{kind}-")));
    let file = |made: Made| match made {
        Made::File(draft) => draft.make().expect("the workbook is written"),
        Made::Pages(_) => panic!("a workbook is not typeset"),
    };
    own.map(|job| file(job.make(context).expect("the workbook is written"))).collect()
}

fn with_workbooks(check: impl Fn(&ReportContext<'_>, &[Document])) {
    with_example("year", |context| check(context, &workbooks(context, "quarter")));
}

fn parts(document: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).expect("an XLSX is a ZIP");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part of it");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("a part is XML");
        parts.push((file.name().expect("a part has a name").into_owned(), text));
    }
    parts
}

fn sheet(document: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(document)).expect("an XLSX");
    let range = book.worksheet_range(name).expect("the sheet is there");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn every_term_has_a_workbook_without_formulas_that_names_who_is_behind_the_numbers() {
    with_workbooks(|context, workbooks| {
        let paths: Vec<_> = workbooks.iter().map(|document| document.path.as_str()).collect();
        assert_eq!(paths.len(), 7);
        assert_eq!(paths[0], "workbooks/quarter-Q1.xlsx");
        assert!(paths.iter().all(|path| path.is_ascii()));
        let pupils: Vec<_> = context.journal.pupils.values().map(Pupil::short_name).collect();
        for document in workbooks {
            let parts = parts(&document.bytes);
            for (name, text) in &parts {
                assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
            }
            assert!(parts.iter().any(|(_, text)| pupils.iter().any(|pupil| text.contains(pupil.as_str()))));
            let mut properties = parts.iter().filter(|(name, _)| name.starts_with("docProps"));
            assert!(properties.all(|(_, text)| pupils.iter().all(|pupil| !text.contains(pupil.as_str()))));
        }
    });
}

#[test]
fn the_workbook_for_inspectors_has_the_same_figures_and_names_no_pupil() {
    with_example("year", |context| {
        let (named, bare) = (workbooks(context, "quarter"), workbooks(context, "figures"));
        assert_eq!(bare.len(), named.len());
        let surnames: Vec<_> = context.journal.pupils.values().map(|pupil| pupil.short_name()).collect();
        for (named, bare) in named.iter().zip(&bare) {
            for (name, text) in parts(&bare.bytes) {
                assert!(surnames.iter().all(|pupil| !text.contains(pupil.as_str())), "{}: {name}", bare.path);
            }
            let (all, counted) = (numbers(&named.bytes, "Главное"), numbers(&bare.bytes, "Главное"));
            assert_eq!(all, counted, "{}", bare.path);
            assert!(counted.iter().flatten().any(|number| *number > 0.0));
        }
    });
}

/// Returns the numbers of a sheet, row by row; rows without any are left out.
fn numbers(document: &[u8], name: &str) -> Vec<Vec<f64>> {
    let number = |cell: &Data| if let Data::Float(number) = cell { Some(*number) } else { None };
    let rows = sheet(document, name);
    let rows = rows.iter().map(|row| row.iter().filter_map(number).collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).collect()
}

#[test]
fn the_class_sheet_says_what_the_figures_say() {
    with_workbooks(|context, workbooks| {
        let rows = sheet(&workbooks[0].bytes, "Классы");
        let term = context.figures[0].term;
        let mut compared = 0;
        for figure in context.figures.iter().filter(|figure| figure.term == term) {
            let column = match figure.metric {
                "attainment" => 5,
                "attainment_regulation" => 6,
                "quality" => 8,
                "sou" => 10,
                "mean_mark" => 12,
                _ => continue,
            };
            if figure.scope == Scope::Class && figure.subject.is_none() {
                let row = rows.iter().find(|row| row[0] == Data::String(figure.scope_id.to_string()));
                let row = row.expect("the class has a row");
                assert_eq!(row[column], figure.value.map_or(Data::Empty, Data::Float), "{figure:?}");
                compared += 1;
            }
        }
        assert_eq!(compared, 5 * 5);
    });
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    with_workbooks(|context, first| {
        let second = workbooks(context, "quarter");
        assert!(first.iter().zip(&second).all(|(a, b)| a.bytes == b.bytes));
    });
}

#[test]
fn text_from_data_stays_text() {
    let texts = ["=1+1", "+7 900", "-5", "@СУММ(A1)", "=cmd|' /C calc'!A0", "5А"];
    let row = |text: &str| Row { cells: vec![Cell::text(text)], is_total: false };
    let book = Book {
        title: "Проба".to_owned(),
        created_on: date(2025, 6, 30),
        sheets: vec![Sheet {
            name: "Лист",
            title: "=2+2".to_owned(),
            notes: Vec::new(),
            columns: vec![Column::new("Текст", 10.0)],
            frozen_columns: 0,
            printed_columns: None,
            rows: texts.iter().map(|text| row(text)).collect(),
            chart: None,
        }],
    };
    let bytes = write(&book).expect("the workbook is written");
    assert!(parts(&bytes).iter().all(|(_, text)| !text.contains("<f>") && !text.contains("<f ")));
    let rows = sheet(&bytes, "Лист");
    assert_eq!(rows[0][0], Data::String("=2+2".to_owned()));
    for (row, text) in rows[2..].iter().zip(texts) {
        assert_eq!(row[0], Data::String(text.to_owned()));
    }
}

#[test]
fn every_sheet_prints_on_one_page_across_at_eight_points_or_more() {
    with_workbooks(|_, workbooks| {
        for document in workbooks {
            let sheets = parts(&document.bytes);
            let own = sheets.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
            for (name, xml) in own {
                // Without a number it is one page.
                let setup = xml.split("<pageSetup").nth(1).and_then(|rest| rest.split("/>").next());
                let setup = setup.expect("the paper is set");
                assert!(setup.contains("paperSize=\"9\""), "{} {name}: A4", document.path);
                // Seven periods side by side with their figures take two, the first column on each.
                let is_wide = document.path.ends_with("-Y.xlsx") && name.ends_with("/sheet2.xml");
                let is_one = !setup.contains("fitToWidth") || is_wide && setup.contains("fitToWidth=\"2\"");
                assert!(is_one, "{} {name} goes over several pages", document.path);
            }
        }
    });
}

#[test]
fn a_sheet_has_no_more_links_than_an_office_program_takes_and_keeps_its_numbers() {
    let rows = Rows { sheet: "Список", first: 0, count: 1 };
    let leading = |at: usize| Row {
        cells: vec![Cell::Count(at as f64).to(rows), Cell::Link("файл".to_owned(), "other.xlsx".to_owned())],
        is_total: false,
    };
    let page = |name: &'static str, rows: Vec<Row>| Sheet {
        name,
        title: name.to_owned(),
        notes: Vec::new(),
        columns: vec![Column::new("Число", 10.0), Column::new("Файл", 10.0)],
        frozen_columns: 0,
        printed_columns: None,
        rows,
        chart: None,
    };
    let list = vec![Row { cells: vec![Cell::text("строка")], is_total: false }];
    let sheets = vec![page("Числа", (0..40_000).map(leading).collect()), page("Список", list)];
    let book = Book { title: "Много ссылок".to_owned(), created_on: date(2025, 6, 30), sheets };
    let bytes = write(&book).expect("it is written");
    let parts = parts(&bytes);
    let (_, xml) = parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("the sheet");
    assert_eq!(xml.matches("<hyperlink ").count(), 65_530);
    let numbers = sheet(&bytes, "Числа");
    assert_eq!(numbers[2 + 39_999], [Data::Float(39_999.0), Data::String("файл".to_owned())]);
}
