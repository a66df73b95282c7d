//! `letopis init`: a fresh bundle reads back without an error, its examples are a journal, and nothing is overwritten.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use clap::Parser;
use letopis::base::problems::ProblemSeverity;
use letopis::commands::cli::Cli;
use letopis::commands::{Exit, run};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::schema::{TABLES, TableSchema};
use letopis::new_bundle::WORKBOOK;

fn init(folder: &Path) -> anyhow::Result<Exit> {
    let folder = folder.to_string_lossy();
    run(&Cli::try_parse_from(["letopis", "init", &folder]).expect("the command line is right"))
}

fn fresh() -> (tempfile::TempDir, std::path::PathBuf) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("2025-2026");
    assert_eq!(init(&folder).expect("the folder is made"), Exit::Done);
    (home, folder)
}

fn read(folder: &Path) -> Reading {
    read_journal(&read_bundle(folder))
}

/// Puts a school's own words in place of the sample's, as somebody does in five minutes.
fn fill_settings(folder: &Path) {
    let path = folder.join("school.toml");
    let text = std::fs::read_to_string(&path).expect("the settings are there");
    let text = text
        .replace("с. Название", "с. Выдумкино")
        .replace("И. О. Фамилия", "В. И. Ромашкина")
        .replace("муниципальный район", "Выдумкинский район")
        .replace("\"область\"", "\"Придуманная область\"");
    std::fs::write(path, text).expect("the settings are written");
}

#[test]
fn a_fresh_bundle_has_no_errors_and_says_that_examples_are_passed_over() {
    let (_home, folder) = fresh();
    fill_settings(&folder);
    let reading = read(&folder);
    let others: Vec<_> = reading.problems.iter().filter(|problem| problem.code != "J106").collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(reading.problems.len(), TABLES.len());
    assert!(reading.problems.iter().all(|problem| problem.severity == ProblemSeverity::Notice));
    assert_eq!(reading.sources.len(), TABLES.len());
    // Forms with nothing but examples are tables that were not given.
    assert_eq!(reading.rows, []);
    let journal = reading.journal.expect("school.toml is whole");
    assert_eq!((journal.pupils.len(), journal.year.title.as_str()), (0, "2025-2026"));
}

#[test]
fn words_of_the_sample_that_nobody_replaced_are_named_by_their_keys_and_reach_nothing() {
    let (_home, folder) = fresh();
    let reading = read(&folder);
    let keys: Vec<&str> = reading
        .problems
        .iter()
        .filter(|problem| problem.code == "J117" && problem.severity == ProblemSeverity::Error)
        .map(|problem| problem.column.as_str())
        .collect();
    for key in ["school.name", "school.short", "school.place", "officials.director", "officials.deputies"] {
        assert!(keys.contains(&key), "{key} of {keys:?}");
    }
    assert!(reading.problems.iter().filter(|one| one.code == "J117").all(|one| one.row.is_some()));
    let journal = reading.journal.expect("the rest is whole");
    let said = format!("{:?} {:?}", journal.school, journal.officials);
    assert!(!said.contains("Название") && !said.contains("Фамилия"), "{said}");
}

#[test]
fn the_examples_together_are_a_journal() {
    let (_home, folder) = fresh();
    fill_settings(&folder);
    let workbook = folder.join(WORKBOOK);
    let bytes = std::fs::read(&workbook).expect("the workbook is there");
    std::fs::write(&workbook, without_prefixes(&bytes)).expect("the workbook is written");
    let reading = read(&folder);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.rows.len(), TABLES.len());
    assert!(reading.rows.iter().all(|rows| (rows.kept, rows.left_out) == (1, 0)), "{:?}", reading.rows);
    let journal = reading.journal.expect("the year is whole");
    let change = &journal.changes[0];
    assert_eq!((change.table.as_str(), change.field.as_str()), ("marks", "value"), "titles mean their ids");
}

/// Every drop-down of a sheet, by the letter of its column.
fn drop_downs(bytes: &[u8], sheet: usize) -> Vec<(String, Vec<String>)> {
    use std::io::{Cursor, Read};
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a ZIP");
    let mut xml = String::new();
    let path = format!("xl/worksheets/sheet{}.xml", sheet + 1);
    book.by_name(&path).expect("the sheet is there").read_to_string(&mut xml).expect("XML is text");
    let of = |part: &str| {
        let place = part.split("sqref=\"").nth(1)?.split('"').next()?;
        let list = part.split("<formula1>").nth(1)?.split("</formula1>").next()?;
        let words = list.replace("&quot;", "").replace('"', "");
        let letter = place.chars().take_while(char::is_ascii_alphabetic).collect();
        Some((letter, words.split(',').map(str::to_owned).collect()))
    };
    xml.split("<dataValidation ").skip(1).filter_map(of).collect()
}

/// Returns a column's place of its letters: `A` is 0.
fn place_of(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
}

#[test]
fn every_word_that_a_drop_down_offers_is_taken() {
    let (_home, folder) = fresh();
    fill_settings(&folder);
    let bytes = std::fs::read(folder.join(WORKBOOK)).expect("the workbook is there");
    std::fs::remove_file(folder.join(WORKBOOK)).expect("the workbook is removed");
    let mut offered = 0;
    for (index, schema) in TABLES.iter().enumerate() {
        for (letters, words) in drop_downs(&bytes, index) {
            let column = &schema.columns[place_of(&letters)];
            for word in words {
                offered += 1;
                assert!(
                    !word.contains(|one: char| one.is_ascii_alphabetic()),
                    "{}: {} offers {word}",
                    schema.title,
                    column.title
                );
                assert!(
                    is_taken(&folder, schema, column.id, &word),
                    "{}.{}: {word}",
                    schema.title,
                    column.id
                );
            }
            // The log may name any table: its column alone takes every word.
            let takes_all = (schema.table.id(), column.id) == ("changes", "table");
            assert!(takes_all || !is_taken(&folder, schema, column.id, "чепуха"), "{}", column.id);
        }
    }
    assert!(offered > 80, "{offered} words are offered");
}

/// Tells whether a table takes a word in one of its columns. The other cells are wrong or empty, which is another matter:
/// every cell of a row is looked at.
fn is_taken(folder: &Path, schema: &TableSchema, column: &str, word: &str) -> bool {
    let file = format!("{}.csv", schema.table.id());
    let path = folder.join(&file);
    let header: Vec<&str> = schema.columns.iter().map(|column| column.id).collect();
    let row: Vec<&str> = header.iter().map(|id| if *id == column { word } else { "х" }).collect();
    std::fs::write(&path, format!("{}\n{}\n", header.join(";"), row.join(";")))
        .expect("the table is written");
    let problems = read(folder).problems;
    std::fs::remove_file(&path).expect("the table is removed");
    assert!(problems.iter().any(|one| one.file == file), "the row was read: {problems:?}");
    let is_of_word = |one: &&letopis::base::problems::Problem| one.file == file && one.column == column;
    !problems.iter().any(|one| is_of_word(&one) && one.severity == ProblemSeverity::Error)
}

#[test]
fn words_mean_their_codes_whatever_their_capitals_and_points() {
    use letopis::model::*;
    assert_eq!(LessonStatus::parse("Проведен"), Some(LessonStatus::Held));
    assert_eq!(LessonStatus::parse(" проведён "), Some(LessonStatus::Held));
    assert_eq!(TermKind::parse("ЧЕТВЕРТЬ"), Some(TermKind::Quarter));
    assert_eq!(Grading::parse("отметки 1–5"), Some(Grading::Five));
    assert_eq!(CourseKind::parse("урок"), Some(CourseKind::Lesson));
    assert_eq!(AbsenceReason::parse("болел"), Some(AbsenceReason::Ill));
    assert_eq!(LessonStatus::parse("held"), Some(LessonStatus::Held));
    assert_eq!((LessonStatus::parse("состоится"), TermKind::parse("")), (None, None));
    assert_eq!(TermValue::of_form("не аттестована"), Some(TermValue::NotAssessed));
    assert_eq!(MarkValue::of_form("Зачёт"), Some(MarkValue::Pass));
}

/// Takes the word of the examples out of the workbook's strings.
fn without_prefixes(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a ZIP");
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..book.len() {
        let mut part = book.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part is whole");
        let name = part.name().expect("a name is text").into_owned();
        if name == "xl/sharedStrings.xml" {
            let text = String::from_utf8(content).expect("the strings are text");
            content = text.replace(&format!("{} ", letopis::ingest::EXAMPLE_PREFIX), "").into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        made.start_file(name, options).expect("a part begins");
        made.write_all(&content).expect("memory takes every write");
    }
    made.finish().expect("the ZIP is finished").into_inner()
}

#[test]
fn nothing_is_overwritten() {
    let (_home, folder) = fresh();
    std::fs::write(folder.join(WORKBOOK), "a year of work").expect("the file is written");
    assert!(init(&folder).is_err());
    assert_eq!(std::fs::read(folder.join(WORKBOOK)).expect("the file is there"), b"a year of work");
}

#[test]
fn the_same_program_leaves_the_same_bytes() {
    let documents = || letopis::new_bundle::documents().expect("the files are formed");
    for (one, other) in documents().iter().zip(&documents()) {
        assert_eq!(one.path, other.path);
        assert!(one.bytes == other.bytes, "{}", one.path);
    }
}
