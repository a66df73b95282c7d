//! A build over standing outputs makes anew what changed and takes over the rest: the bytes are those of a full build.

// Tests change bundles and outputs on purpose.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use letopis::outputs::checksums_below;
use letopis::pipeline::{Built, Outcome, REPORTS, Request, build};

/// A year of a village school, with outputs beside it.
struct School {
    folder: tempfile::TempDir,
    as_of: Option<Date>,
    /// How many full builds there were: each has a folder of its own.
    full: usize,
}

impl School {
    fn new() -> Self {
        let school = Self { folder: tempfile::tempdir().expect("a folder"), as_of: None, full: 0 };
        std::fs::create_dir(school.at("year")).expect("the bundle's folder");
        let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs");
        for entry in inputs.read_dir().expect("the sample year").flatten() {
            std::fs::copy(entry.path(), school.at("year").join(entry.file_name())).expect("a file is copied");
        }
        school
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.at("year").join(name), text).expect("a file of the bundle");
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.at("year").join(name)).expect("a file of the bundle");
        assert!(text.contains(from), "{name} has no {from:?}");
        self.put(name, &text.replacen(from, to, 1));
    }

    fn build_in(&self, outputs: &str, is_forced: bool) -> Outcome {
        let request = Request {
            bundle: self.at("year"),
            outputs: self.at(outputs),
            as_of: self.as_of,
            is_strict: false,
            threads: 2,
            is_forced,
            reports: REPORTS,
            templates: std::sync::Arc::default(),
            keeps_views: false,
            choice: letopis::reports::Choice::default(),
        };
        match build(&request).expect("the build ends") {
            Built::Done(outcome) => *outcome,
            Built::Refused(problems) => panic!("{problems:#?}"),
        }
    }

    /// Builds over the standing outputs and says what was taken over; the bytes are those of a build from nothing.
    fn rebuild(&mut self, what: &str) -> Vec<String> {
        let outcome = self.build_in("out", false);
        assert!(!outcome.is_unchanged, "{what}");
        self.full += 1;
        let full = self.build_in(&format!("full-{}", self.full), false);
        assert!(full.taken_over.is_empty(), "{what}: {:?}", full.taken_over);
        let (over, full) = (tree(&outcome.target), tree(&full.target));
        let differing: Vec<_> =
            over.iter().filter(|(path, digest)| full.get(*path) != Some(digest)).collect();
        assert!(differing.is_empty() && over.len() == full.len(), "{what}: {differing:?}");
        outcome.taken_over
    }
}

fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files = checksums_below(folder, &[]).expect("the outputs can be read");
    files.into_iter().map(|(path, _, sha256)| (path, sha256)).collect()
}

fn has(taken: &[String], path: &str) -> bool {
    taken.iter().any(|one| one == path)
}

fn of_series(taken: &[String], folder: &str) -> usize {
    taken.iter().filter(|path| path.starts_with(folder)).count()
}

#[test]
fn whatever_changes_the_bytes_are_those_of_a_full_build() {
    let mut school = School::new();
    assert!(school.build_in("out", false).taken_over.is_empty());

    school.change("marks.csv", "M0000001,L000926,P0008,4,", "M0000001,L000926,P0008,3,");
    let taken = school.rebuild("a mark");
    assert!(!has(&taken, "journals/journal-2A.pdf"), "its class");
    assert_eq!((of_series(&taken, "journals/"), of_series(&taken, "summary-sheets/")), (7, 8), "{taken:?}");
    assert!(has(&taken, "data/tables/lessons.parquet") && !has(&taken, "data/tables/marks.parquet"));
    // The mark was given in the first quarter, and its workbook has the pupil's mean.
    assert!(has(&taken, "workbooks/quarter-Q2.xlsx") && !has(&taken, "workbooks/quarter-Q1.xlsx"));

    school.change("pupils.csv", "P0001,Заречненко", "P0001,Заозёрный");
    let taken = school.rebuild("a pupil's name");
    assert!(!has(&taken, "journals/journal-1A.pdf") && !has(&taken, "summary-sheets/summary-1A.pdf"));
    assert!(has(&taken, "journals/journal-9A.pdf") && has(&taken, "summary-sheets/summary-9A.pdf"));

    school.change("school.toml", "name = \"Государственное", "name = \"Муниципальное");
    let taken = school.rebuild("the school's name");
    assert_eq!(of_series(&taken, "journals/"), 0, "it stands on their covers");
    assert!(has(&taken, "data/tables/marks.parquet"));

    school.put("policy.toml", "[term_marks]\ndrift = 2\n");
    school.rebuild("the policy");

    school.put("remarks_selected.csv", "rule\nmark-late\n");
    school.rebuild("a selection");

    school.as_of = Some(date(2025, 3, 1));
    school.rebuild("another date");
    std::fs::remove_file(school.at("year/breaches.csv")).expect("a table is taken away");
    let taken = school.rebuild("a table less");
    assert!(!school.at("out/2024-2025/acts").exists() && !taken.is_empty());
}

#[test]
fn what_was_changed_by_hand_is_made_anew_and_force_takes_nothing_over() {
    let mut school = School::new();
    school.build_in("out", false);
    let path = "summary-sheets/summary-9A.pdf";
    let place = school.at("out/2024-2025").join(path);
    let mut bytes = std::fs::read(&place).expect("a sheet");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&place, &bytes).expect("a sheet is changed");
    school.change("marks.csv", "M0000001,L000926,P0008,4,", "M0000001,L000926,P0008,3,");
    let outcome = school.build_in("out", false);
    assert!(!has(&outcome.taken_over, path) && has(&outcome.taken_over, "summary-sheets/summary-11A.pdf"));
    assert_eq!(outcome.carried.changed.len(), 1, "the changed sheet is kept aside");
    std::fs::remove_dir_all(school.at("out/2024-2025/изменено")).expect("it is put away");

    assert!(school.build_in("out", true).taken_over.is_empty(), "by force");
    school.change("marks.csv", "M0000001,L000926,P0008,3,", "M0000001,L000926,P0008,5,");
    // A list that somebody touched is no witness, and another program is not this one.
    let record = school.at("out/2024-2025/build.json");
    let text = std::fs::read_to_string(&record).expect("the record");
    std::fs::write(&record, text.replacen("\"version\": \"", "\"version\": \"0.0.9-", 1))
        .expect("another version");
    assert!(school.rebuild("outputs of another program").is_empty());
    std::fs::remove_file(school.at("out/2024-2025/build.json")).expect("the record is lost");
    std::fs::remove_dir_all(school.at("out")).expect("the outputs are put away");
    assert!(school.build_in("out", false).taken_over.is_empty());
}

/// A row of each kind that a document of a class prints, its table, and what the row becomes.
const ROWS: &[(&str, &str, &str)] = &[
    (
        "lessons.csv",
        "урок,§ 1. Новый материал: основные понятия,1,2024-09-02T09:14:49",
        "урок,§ 1. Новое,1,2024-09-02T09:14:49",
    ),
    ("homework.csv", "L000010,Упражнения 61,", "L000010,Упражнения 62,"),
    ("attendance.csv", "L003310,P0001,ну,", "L003310,P0001,б,"),
    ("term_marks.csv", "P0001,rus,Y,year,безотм,", "P0001,rus,Y,year,осв,"),
    ("enrolment.csv", "P0002,1А,2024-09-02,", "P0002,1А,2024-09-16,"),
    ("remarks.csv", "S002,Заполнить сведения о родителях", "S002,Заполнить сведения"),
    ("group_members.csv", "G001,P0024,2024-09-01,", "G001,P0024,2024-10-01,"),
    ("curriculum.csv", "rus,1А,,,Q1,39", "rus,1А,,,Q1,40"),
    ("staff.csv", "S002,Зябликововская", "S002,Зябликова"),
    ("works.csv", "W00002,C0011,composition,Письменная", "W00002,C0011,composition,Проверочная"),
    ("lesson_plans.csv", "C0001,2,§ 2. Решение", "C0001,2,§ 2. Разбор"),
];

#[test]
fn whichever_row_changes_no_document_that_prints_it_is_taken_over() {
    let school = School::new();
    school.build_in("out", false);
    for (table, from, to) in ROWS {
        school.change(table, from, to);
        let outcome = school.build_in("out", false);
        let full = school.build_in(&format!("full-{table}"), false);
        let (over, made) = (tree(&outcome.target), tree(&full.target));
        let differing: Vec<_> =
            made.iter().filter(|(path, digest)| over.get(*path) != Some(digest)).collect();
        assert!(differing.is_empty() && over.len() == made.len(), "{table}: {differing:?}");
    }
    let record = std::fs::read_to_string(school.at("out/2024-2025/build.json")).expect("the record");
    assert_eq!(record.matches("\"inputs\": \"").count(), 16, "two documents of each of eight classes");
}
