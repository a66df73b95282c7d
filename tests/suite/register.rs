//! The long-term archive: its register, its editions, its copies, what comes back out of it and when it may go.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod attacks;
mod chain;
mod commands;
mod copies;
mod editions;
mod mail;
mod media;
mod own_templates;
mod parity;
mod parts;
mod paths;
mod protocol;
mod restore;
mod retention;
mod state;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use letopis::bagit::bag::tag_files;
use letopis::bagit::manifest::PayloadEntry;
use letopis::base::files::{Checksums, Document};
use letopis::register::{Event, Register};
use letopis::store::{Archived, CopyRequest, Entering, Request, archive, enter};
use letopis::verify::{VerifyReport, verify};

const SCHOOL: &str =
    "[school]\nutc_offset = \"+04:00\"\n[officials]\narchivist = { post = \"Делопроизводитель\" }\n";

/// A school's disk: outputs of a year, and an archive.
struct Disk {
    home: tempfile::TempDir,
}

impl Disk {
    /// Returns a disk whose year has one mark.
    fn new() -> Self {
        let disk = Self { home: tempfile::tempdir().unwrap() };
        disk.build("5");
        disk
    }

    /// Returns a disk whose archive has two editions of the journals and one of the summary sheets.
    fn archived() -> Self {
        let disk = Self::new();
        disk.archive(None).unwrap();
        disk.build("4");
        disk.archive(Some("исправлена отметка")).unwrap();
        disk
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn archive_folder(&self) -> PathBuf {
        self.at("archive")
    }

    /// Writes the outputs that a build with this mark would leave.
    fn build(&self, mark: &str) {
        let outputs = self.at("outputs/2025-2026/archive");
        if outputs.exists() {
            fs::remove_dir_all(&outputs).unwrap();
        }
        let marks = format!("mark_id,lesson_id,value\nm1,l1,{mark}\nm2,l1,3\n");
        let names =
            "number,file,name_as_received\n1,0001.toml,school.toml\n2,0002.csv,оценки/1 четверть.csv\n";
        let journals = [
            Document::new("data/journals/journal-5.pdf", format!("%PDF-1.7 {mark}")),
            Document::new("data/tables/marks.csv", marks.as_str()),
            Document::new("data/sources/0001.toml", SCHOOL),
            Document::new("data/sources/0002.csv", marks.as_str()),
            Document::new("data/sources/names.csv", names),
        ];
        write_bag(&outputs.join("journals-2025-2026"), &journals, "5");
        let sheets = [Document::new("data/summary-sheets/sheet-5.pdf", "%PDF-1.7 sheet")];
        write_bag(&outputs.join("summary-sheets-2025-2026"), &sheets, "25");
    }

    fn archive(&self, reason: Option<&str>) -> anyhow::Result<Vec<Archived>> {
        archive(&Request {
            year: self.at("outputs/2025-2026"),
            archive: self.archive_folder(),
            reason: reason.map(str::to_owned),
            by: None,
            incomplete: None,
        })
    }

    /// Returns what a copy to this folder asks for.
    fn copying(&self, to: &str) -> CopyRequest {
        CopyRequest { archive: self.archive_folder(), to: self.at(to), ..CopyRequest::default() }
    }

    /// Enters an event by two people.
    fn enter(&self, event: Event, bag: &str, note: &str, on: Date) -> anyhow::Result<Register> {
        let by = ["директор", "делопроизводитель"].map(str::to_owned).to_vec();
        let (bag, note) = (bag.to_owned(), note.to_owned());
        enter(&self.archive_folder(), &Entering { event, bag, note, by, entry: None }, on)
    }

    fn register(&self) -> String {
        fs::read_to_string(self.at("archive/register.txt")).unwrap()
    }

    fn write_register(&self, text: &str) {
        fs::write(self.at("archive/register.txt"), text).unwrap();
    }

    fn verify(&self) -> VerifyReport {
        verify(&[self.archive_folder()])
    }

    /// Returns `code name` of every finding, the path of the archive left out.
    fn codes(&self) -> Vec<String> {
        codes(&self.verify(), &self.archive_folder())
    }
}

fn codes(report: &VerifyReport, archive: &Path) -> Vec<String> {
    let start = format!("{}/", archive.display());
    report
        .all_findings()
        .map(|(bag, finding)| {
            let place = if bag.is_empty() { finding.path.as_str() } else { bag };
            format!("{} {}", finding.code, place.strip_prefix(&start).unwrap_or(place))
        })
        .collect()
}

fn show(report: &VerifyReport) -> String {
    report.to_text().ru
}

/// Writes a bag as a build would.
pub(crate) fn write_bag(folder: &Path, payload: &[Document], years: &str) {
    let info = [
        ("Source-Organization", "ГБОУ СОШ с. Туманные Росы"),
        ("External-Identifier", "27/03-15/2025-2026"),
        ("School-Year", "2025-2026"),
        ("Closing-Year", "2026"),
        ("Retention-Years", years),
    ];
    let info = info.map(|(label, value)| (label.to_owned(), value.to_owned()));
    let entries: Vec<_> = payload
        .iter()
        .map(|document| PayloadEntry::new(document.path.as_str(), Checksums::of(&document.bytes)))
        .collect();
    let readme = Document::new("ЧИТАЙ-МЕНЯ.txt", "Это архивный пакет.\n");
    for file in tag_files(&info, &entries, &[readme]).iter().chain(payload) {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
}

/// Returns every file below a folder with its bytes.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            files.push((path, fs::read(entry.path()).unwrap()));
        }
    }
    files
}

fn copy_folder(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let place = to.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}
