//! Bags written, verified, damaged and packed.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod conformance;
mod damage;
mod hostile_zip;
mod public_cases;
mod rules;
mod signatures;
mod standard;
mod streebog;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use letopis::bagit::bag::tag_files;
use letopis::bagit::manifest::PayloadEntry;
use letopis::base::files::{Checksums, Document};
use letopis::verify::{BagReport, VerifyReport, verify};

/// Returns the payload of the sample bag.
fn sample_payload() -> Vec<Document> {
    vec![
        Document::new("data/журналы/5А.pdf", b"%PDF-1.7 five A".repeat(40)),
        Document::new("data/журналы/5Б.pdf", b"%PDF-1.7 five B".repeat(50)),
        Document::new("data/таблицы/marks.csv", "mark_id,value\nm1,5\n".repeat(30)),
        Document::new("data/пусто.txt", ""),
    ]
}

/// Returns every file of the sample bag.
fn sample_files() -> Vec<Document> {
    let payload = sample_payload();
    let info = [
        ("Source-Organization".to_owned(), "ГБОУ СОШ с. Берёзовка".to_owned()),
        ("External-Description".to_owned(), "Классные журналы за 2024-2025 учебный год, ".repeat(5)),
        ("Bagging-Date".to_owned(), "2025-06-30".to_owned()),
    ];
    let entries: Vec<_> = payload
        .iter()
        .map(|document| PayloadEntry::new(document.path.as_str(), Checksums::of(&document.bytes)))
        .collect();
    let readme = Document::new("ЧИТАЙ-МЕНЯ.txt", "Это архивный пакет.\n");
    let mut files = tag_files(&info, &entries, &[readme]);
    files.extend(payload);
    files
}

/// Writes files below a folder.
fn write_files(folder: &Path, files: &[Document]) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
}

/// A sample bag in a temporary folder.
struct SampleBag {
    _home: tempfile::TempDir,
    path: PathBuf,
}

impl SampleBag {
    fn new() -> Self {
        Self::of(&sample_files())
    }

    fn of(files: &[Document]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("letopis-2024-2025-5");
        fs::create_dir_all(path.join("data")).unwrap();
        write_files(&path, files);
        Self { _home: home, path }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn verify(&self) -> VerifyReport {
        verify(std::slice::from_ref(&self.path))
    }

    fn report(&self) -> BagReport {
        only_bag(self.verify())
    }
}

fn only_bag(report: VerifyReport) -> BagReport {
    // That no register lies beside is said of what is valid, and changes nothing.
    let found: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    let expected: &[&str] = if report.bags.iter().any(|bag| bag.valid) { &["A817"] } else { &[] };
    assert_eq!((report.bags.len(), &found[..]), (1, expected), "{}", show(&report));
    report.bags.into_iter().next().unwrap()
}

fn show(report: &VerifyReport) -> String {
    report.to_text().en
}

/// Returns `code path` of every finding, warnings too.
fn codes(report: &BagReport) -> Vec<String> {
    report
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.code, finding.path).trim_end().to_owned())
        .collect()
}

/// What small bags of tests have by how they are made: no tag manifest, no strong digest.
const BY_MAKING: [&str; 2] = ["A317", "A119"];

/// Asserts that a bag has exactly these findings; those of [`BY_MAKING`] only where they are expected.
#[track_caller]
fn assert_codes(report: &BagReport, expected: &[&str]) {
    let mut found = codes(report);
    found.retain(|code| expected.contains(&code.as_str()) || !BY_MAKING.contains(&code.as_str()));
    assert_eq!(found, expected, "{:#?}", report.findings);
}
