//! What a deputy reads has no id of a table or column and no file of settings in it, and says its counts in Russian.

// Tests read files that the program wrote.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use calamine::Reader;
use letopis::model::schema::TABLES;
use letopis::render::pdf::page_texts;
use letopis::reports::{self, Made, REPORTS, timeliness};

use crate::bundle::TinyBundle;
use crate::made::file;
use crate::small_year::small_year;

/// Every id of a table or a column that is no word of a text otherwise.
fn ids() -> BTreeSet<&'static str> {
    let columns = TABLES.iter().flat_map(|schema| schema.columns.iter().map(|column| column.id));
    TABLES.iter().map(|schema| schema.table.id()).chain(columns).collect()
}

/// Returns the ids and files of settings that stand in a text as words of their own.
fn strangers(text: &str) -> Vec<String> {
    let ids = ids();
    let is_part = |one: char| one.is_ascii_alphanumeric() || "_-./".contains(one);
    let words = text.split(|one: char| !is_part(one)).map(|word| word.trim_matches('.'));
    let is_stranger = |word: &&str| ids.contains(word) || word.ends_with(".toml");
    words.filter(is_stranger).map(str::to_owned).collect()
}

/// Returns the text of a page without its marks, styles and links.
fn text_of_html(html: &str) -> String {
    let body = html.split("</style>").last().unwrap_or(html);
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
        text.push(' ');
    }
    text
}

/// Looks at every cell but those of the columns that name codes for other programs.
fn strangers_of_workbook(bytes: &[u8]) -> Vec<String> {
    const TECHNICAL: [&str; 5] = ["Код", "Файл", "Лист", "Лист или запись", "Значение"];
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("an XLSX");
    let mut found = Vec::new();
    for (name, range) in book.worksheets() {
        let rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let is_technical = |at: usize| {
            rows.iter().any(|row| row.get(at).is_some_and(|cell| TECHNICAL.contains(&cell.as_str())))
        };
        for row in &rows {
            for (_, cell) in row.iter().enumerate().filter(|(at, _)| !is_technical(*at)) {
                found.extend(strangers(cell).into_iter().map(|word| format!("{name}: {word} in {cell}")));
            }
        }
    }
    found
}

fn look_at_outputs(outputs: &Path) -> Vec<String> {
    let (mut found, mut looked_at) = (Vec::new(), 0);
    for entry in walkdir::WalkDir::new(outputs).into_iter().flatten() {
        let path = entry.path();
        // Packages hold the inputs as they came and tables for other programs.
        if path.iter().any(|part| part == "packages" || part == "inputs") {
            continue;
        }
        let words = match path.extension().and_then(|ending| ending.to_str()) {
            Some("html") => strangers(&text_of_html(&std::fs::read_to_string(path).expect("a page is text"))),
            Some("xlsx") => strangers_of_workbook(&std::fs::read(path).expect("the workbook is there")),
            _ => continue,
        };
        looked_at += 1;
        found.extend(words.into_iter().map(|word| format!("{}: {word}", path.display())));
    }
    assert!(looked_at > 2, "pages and workbooks were made");
    found
}

#[test]
fn no_page_and_no_workbook_has_an_id_or_a_file_of_settings() {
    let bundle = TinyBundle::new();
    let run = bundle.build(&[]);
    assert!(run.text.contains("index.html"), "{}", run.text);
    let found = look_at_outputs(&bundle.outputs());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_sheet_of_paper_has_an_id_or_a_file_of_settings() {
    // A school that gives few tables has the most to be told.
    small_year().report(|context| {
        let report = timeliness::job(context, "reports/timeliness.pdf").expect("the view is JSON");
        let pages = page_texts(report).expect("the report is set");
        let found = strangers(&pages.concat().join(" "));
        assert!(found.is_empty(), "{found:?}");
        let page = file(context, timeliness::PAGE);
        let found = strangers(&text_of_html(&String::from_utf8(page.bytes).expect("UTF-8")));
        assert!(found.is_empty(), "{found:?}");
        let book = file(context, timeliness::WORKBOOK);
        let found = strangers_of_workbook(&book.bytes);
        assert!(found.is_empty(), "{found:#?}");
        for job in reports::jobs(REPORTS, context) {
            let Made::Pages(pages) = job.make(context).expect("the document is made") else { continue };
            let pages = page_texts(*pages).expect("it is set");
            let found = strangers(&pages.concat().join(" "));
            assert!(found.is_empty(), "{}: {found:?}", job.title);
        }
    });
}

#[test]
fn words_of_ids_are_found() {
    assert_eq!(strangers("нет таблицы term_marks (policy.toml)"), ["term_marks", "policy.toml"]);
    assert_eq!(strangers("file:///a/marks/x.html; index.html, J301"), Vec::<String>::new());
}
