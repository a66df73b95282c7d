//! The quarter workbook: the figures as they are, no formula and no pupil in it, the same bytes each time.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use letopis::base::files::Document;
use letopis::ingest::Selection;
use letopis::model::*;
use letopis::policy::Policy;
use letopis::render::workbook::{Book, Cell, Column, Row, Sheet, write};
use letopis::reports::{Made, REPORTS, ReportContext, jobs};
use letopis::rules::Checked;
use letopis::stats::{Scope, compute};

use crate::reading::example;

/// Makes the workbooks of the terms.
fn workbooks(context: &ReportContext<'_>) -> Vec<Document> {
    let all = jobs(REPORTS, context);
    let own = all.iter().filter(|job| job.path.starts_with("workbooks/quarter-"));
    let file = |made: Made| match made {
        Made::File(draft) => draft.make().expect("the workbook is written"),
        Made::Pages(_) => panic!("a workbook is not typeset"),
    };
    own.map(|job| file(job.make(context).expect("the workbook is written"))).collect()
}

fn with_workbooks(check: impl Fn(&ReportContext<'_>, &[Document])) {
    let reading = example("year");
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the example says its date");
    let roster = Roster::new(&journal);
    let figures = compute(&journal, &roster, as_of).expect("figures are formed");
    let context = ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &figures,
        analytics: &[],
        outlook: &letopis::stats::analytics::forecast::Outlook::default(),
        checked: &Checked::default(),
        problems: &[],
        selection: &Selection::default(),
        policy: &Policy::default(),
        as_of,
        sources: Vec::new(),
    };
    check(&context, &workbooks(&context));
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
fn every_term_has_a_workbook_without_formulas_and_without_pupils() {
    with_workbooks(|context, workbooks| {
        let paths: Vec<_> = workbooks.iter().map(|document| document.path.as_str()).collect();
        assert_eq!(paths.len(), 7);
        assert_eq!(paths[0], "workbooks/quarter-Q1.xlsx");
        assert!(paths.iter().all(|path| path.is_ascii()));
        let pupils: Vec<_> = context.journal.pupils.values().map(Pupil::short_name).collect();
        for document in workbooks {
            for (name, text) in parts(&document.bytes) {
                assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
                assert!(pupils.iter().all(|pupil| !text.contains(pupil.as_str())), "{name}");
            }
        }
    });
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
        let second = workbooks(context);
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
            columns: vec![Column { title: "Текст", width: 10.0 }],
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
