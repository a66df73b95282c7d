//! Signatures reach the archive: over documents and over the built bag, in both packages, and are missed when they go.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use letopis::bagit::bag::tag_files;
use letopis::bagit::manifest::PayloadEntry;
use letopis::base::files::{Checksums, Document};
use letopis::cms::Verdict;
use letopis::store::{Archived, Request, archive};
use letopis::verify::{Status, verify};

const JOURNALS: &str = "journals-2025-2026";
const SHEETS: &str = "summary-sheets-2025-2026";

/// A signed document of the fixtures; the signatures there are over these bytes.
fn document() -> Vec<u8> {
    fixture("bag/tagmanifest-sha512.txt")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures").join(name)).unwrap()
}

/// A school's disk: outputs with documents that somebody signs, and an archive.
struct Disk {
    home: tempfile::TempDir,
}

impl Disk {
    fn new() -> Self {
        let disk = Self { home: tempfile::tempdir().unwrap() };
        disk.build("5");
        disk
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    /// Writes what a build with this mark would leave. The read-me of each bag is a text that there are signatures over.
    fn build(&self, mark: &str) {
        let table = Document::new("data/tables/marks.csv", format!("mark_id,value\nm1,{mark}\n"));
        let kinds = [
            (JOURNALS, "5", Document::new("data/journals/journal-5A.pdf", document())),
            (SHEETS, "25", Document::new("data/summary-sheets/summary-5A.pdf", document())),
        ];
        for (name, years, signed) in kinds {
            self.write(&format!("outputs/2025-2026/{}", &signed.path["data/".len()..]), &signed.bytes);
            let payload = if years == "5" { vec![signed, table.clone()] } else { vec![signed] };
            let entries: Vec<_> = payload
                .iter()
                .map(|one| PayloadEntry::new(one.path.as_str(), Checksums::of(&one.bytes)))
                .collect();
            let info = [("Retention-Years".to_owned(), years.to_owned())];
            let readme = Document::new("ЧИТАЙ-МЕНЯ.txt", document());
            for file in tag_files(&info, &entries, &[readme]).iter().chain(&payload) {
                self.write(&format!("outputs/2025-2026/archive/{name}/{}", file.path), &file.bytes);
            }
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), bytes).unwrap();
    }

    fn archive(&self, reason: Option<&str>) -> Vec<Archived> {
        let request = Request {
            year: self.at("outputs/2025-2026"),
            archive: self.at("archive"),
            reason: reason.map(str::to_owned),
            by: None,
            incomplete: None,
        };
        archive(&request).unwrap()
    }

    /// Returns `code path` of what is wrong in a folder, but for folders that are empty now.
    fn found(&self, path: &str) -> Vec<String> {
        let report = verify(&[self.at(path)]);
        let findings = report.all_findings().filter(|(_, finding)| !["A115", "A817"].contains(&finding.code));
        findings.map(|(_, finding)| format!("{} {}", finding.code, finding.path)).collect()
    }

    /// Returns the signatures in the archive that are intact, as `signed file`.
    fn intact(&self) -> Vec<String> {
        let report = verify(&[self.at("archive")]);
        assert_eq!(report.status(), Status::Valid, "{}", report.to_text().ru);
        let signatures = report.bags.iter().flat_map(|bag| &bag.signatures);
        signatures.filter(|one| one.verdict == Verdict::Intact).map(|one| one.signed.clone()).collect()
    }
}

const OF_JOURNAL: &str = "signatures/data/journals/journal-5A.pdf.sig";
const OF_SHEET: &str = "signatures/data/summary-sheets/summary-5A.pdf.p7s";

/// A disk whose documents were signed before they were archived.
fn signed() -> Disk {
    let disk = Disk::new();
    disk.write("outputs/2025-2026/journals/journal-5A.pdf.sig", &fixture("gost256-A.sig"));
    disk.write("outputs/2025-2026/summary-sheets/summary-5A.pdf.p7s", &fixture("rsa-pem.p7s"));
    disk.archive(None);
    disk
}

#[test]
fn signatures_over_documents_reach_both_packages_and_the_register() {
    let disk = signed();
    assert_eq!(
        fs::read(disk.at("archive").join(format!("{JOURNALS}-ed1/{OF_JOURNAL}"))).unwrap(),
        fixture("gost256-A.sig")
    );
    assert_eq!(
        fs::read(disk.at("archive").join(format!("{SHEETS}-ed1/{OF_SHEET}"))).unwrap(),
        fixture("rsa-pem.p7s")
    );
    assert_eq!(disk.intact(), ["data/journals/journal-5A.pdf", "data/summary-sheets/summary-5A.pdf"]);
    let register = fs::read_to_string(disk.at("archive/register.txt")).unwrap();
    let noted = |path: &str, name: &str| {
        let note = format!("{path} {}", Checksums::of(&fixture(name)).sha256);
        register.lines().any(|line| line.contains("\tsigned\t") && line.contains(&note))
    };
    assert!(noted(OF_JOURNAL, "gost256-A.sig") && noted(OF_SHEET, "rsa-pem.p7s"), "{register}");
    // Run again, nothing is new.
    assert!(disk.archive(None).iter().all(|one| matches!(one, Archived::Same { .. })));
}

#[test]
fn a_signature_that_the_register_knows_is_missed_when_it_goes() {
    let disk = signed();
    let place = disk.at("archive").join(format!("{JOURNALS}-ed1/{OF_JOURNAL}"));
    fs::write(&place, fixture("gost512-A.sig")).unwrap();
    assert_eq!(disk.found("archive"), [format!("A705 {OF_JOURNAL}")]);
    fs::remove_file(&place).unwrap();
    assert_eq!(disk.found("archive"), [format!("A704 {OF_JOURNAL}")]);
    assert_eq!(verify(&[disk.at("archive")]).status(), Status::Invalid);
    // A bag named alone is held against the register beside it too.
    assert_eq!(disk.found(&format!("archive/{JOURNALS}-ed1")), [format!("A704 {OF_JOURNAL}")]);
    assert!(matches!(disk.archive(Some("причина"))[0], Archived::Same { .. } | Archived::Unsound(_)));
}

#[test]
fn a_signature_over_the_built_bag_goes_along_into_every_edition() {
    let disk = Disk::new();
    let sign = || {
        let path = format!("outputs/2025-2026/archive/{JOURNALS}/ЧИТАЙ-МЕНЯ.txt.sig");
        disk.write(&path, &fixture("ecdsa-p256-sha256.sig"));
    };
    sign();
    disk.archive(None);
    // The first edition is the built bag to the last byte.
    let files = |path: &str| crate::register::files(&disk.at(path));
    assert_eq!(
        files(&format!("archive/{JOURNALS}-ed1")),
        files(&format!("outputs/2025-2026/archive/{JOURNALS}"))
    );
    assert_eq!(disk.intact(), ["ЧИТАЙ-МЕНЯ.txt"]);
    // A later one says more than what was built: it keeps the built tag files with their signatures.
    disk.build("4");
    sign();
    disk.archive(Some("исправлена отметка"));
    assert_eq!(disk.intact(), ["ЧИТАЙ-МЕНЯ.txt", "signatures/built/ЧИТАЙ-МЕНЯ.txt"]);
    let built =
        |name: &str| fs::read(disk.at(&format!("outputs/2025-2026/archive/{JOURNALS}/{name}"))).unwrap();
    for name in ["tagmanifest-sha512.txt", "manifest-sha512.txt"] {
        let kept = fs::read(disk.at(&format!("archive/{JOURNALS}-ed2/signatures/built/{name}"))).unwrap();
        assert_eq!(kept, built(name));
    }
    fs::remove_file(disk.at(&format!("archive/{JOURNALS}-ed2/signatures/built/ЧИТАЙ-МЕНЯ.txt.sig"))).unwrap();
    assert_eq!(disk.found("archive"), ["A704 signatures/built/ЧИТАЙ-МЕНЯ.txt.sig"]);
}

#[test]
fn signatures_made_after_archiving_are_added_and_noted() {
    let disk = Disk::new();
    disk.archive(None);
    disk.write("outputs/2025-2026/journals/journal-5A.pdf.sig", &fixture("gost256-A.sig"));
    let archived = disk.archive(None);
    let Archived::Signed { bag, signatures } = &archived[1] else { panic!("{archived:?}") };
    assert_eq!(
        (bag.as_str(), signatures.as_slice()),
        ("journals-2025-2026-ed1", &[OF_JOURNAL.to_owned()][..])
    );
    // Somebody signs in the archive itself; the next run takes note.
    disk.write(&format!("archive/{SHEETS}-ed1/{OF_SHEET}"), &fixture("rsa-pem.p7s"));
    assert_eq!(disk.intact().len(), 2);
    assert!(disk.archive(None).iter().any(|one| matches!(one, Archived::Signed { .. })));
    fs::remove_file(disk.at(&format!("archive/{SHEETS}-ed1/{OF_SHEET}"))).unwrap();
    assert_eq!(disk.found("archive"), [format!("A704 {OF_SHEET}")]);
}

#[test]
fn a_signature_that_does_not_hold_stops_its_package() {
    let disk = Disk::new();
    let mut broken = fixture("gost256-A.sig");
    let last = broken.len() - 1;
    broken[last] ^= 1;
    disk.write("outputs/2025-2026/journals/journal-5A.pdf.sig", &broken);
    let archived = disk.archive(None);
    let Archived::UnfitSignatures(unfit) = &archived[0] else { panic!("{archived:?}") };
    assert!(unfit[0].path.ends_with("journal-5A.pdf.sig") && !unfit[0].reason.is_empty(), "{unfit:?}");
    assert!(!disk.at(&format!("archive/{JOURNALS}-ed1")).exists());
    assert!(disk.at(&format!("archive/{SHEETS}-ed1")).exists());
}

#[test]
fn a_signature_laid_among_the_documents_is_told_its_place() {
    let disk = Disk::new();
    let bag = format!("outputs/2025-2026/archive/{JOURNALS}");
    disk.write(&format!("{bag}/data/journals/journal-5A.pdf.sig"), &fixture("gost256-A.sig"));
    let report = verify(&[disk.at(&bag)]);
    let text = report.to_text().ru;
    assert!(text.contains("A706") && text.contains(OF_JOURNAL), "{text}");
    assert_eq!(report.status(), Status::Invalid);
}

#[test]
fn copies_and_repairs_keep_signatures() {
    let disk = signed();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
        let ended = command.current_dir(disk.home.path()).args(arguments).output().unwrap();
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stdout));
    };
    run(&["copy", "archive", "usb", "--label", "диск 1", "--parity", "100"]);
    assert_eq!(disk.found("usb"), Vec::<String>::new());
    // One that came later reaches the copy too, parity does not know it, and a mended bag keeps both.
    let later = OF_JOURNAL.replace(".sig", ".p7s");
    disk.write(&format!("archive/{JOURNALS}-ed1/{later}"), &fixture("rsa-sha256.sig"));
    disk.archive(None);
    run(&["copy", "archive", "usb", "--label", "диск 1", "--parity", "100"]);
    assert_eq!(disk.found("usb"), Vec::<String>::new());
    let bag = format!("usb/{JOURNALS}-ed1");
    disk.write(&format!("{bag}/data/tables/marks.csv"), b"damaged");
    run(&["repair", &bag, "-o", "new"]);
    for name in [OF_JOURNAL, &later] {
        assert!(disk.at(&format!("new/{JOURNALS}-ed1/{name}")).is_file(), "{name}");
    }
}
