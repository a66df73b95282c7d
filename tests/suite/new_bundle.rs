//! `letopis init`: a fresh bundle reads back without an error, its examples are a journal, and nothing is overwritten.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use clap::Parser;
use letopis::cli::Cli;
use letopis::commands::{Exit, run};
use letopis::findings::ProblemSeverity;
use letopis::ingest::schema::TABLES;
use letopis::ingest::{Reading, read_bundle, read_journal};
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

#[test]
fn a_fresh_bundle_has_no_errors_and_says_that_examples_are_passed_over() {
    let (_home, folder) = fresh();
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
fn the_examples_together_are_a_journal() {
    let (_home, folder) = fresh();
    let workbook = folder.join(WORKBOOK);
    let bytes = std::fs::read(&workbook).expect("the workbook is there");
    std::fs::write(&workbook, without_prefixes(&bytes)).expect("the workbook is written");
    let reading = read(&folder);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.rows.len(), TABLES.len());
    assert!(reading.rows.iter().all(|rows| (rows.kept, rows.left_out) == (1, 0)), "{:?}", reading.rows);
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
