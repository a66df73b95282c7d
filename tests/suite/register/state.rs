//! The state of a year: classes of the build with the notes made by hand, editions, days left.

use std::fs;

use jiff::civil::{Date, date};
use letopis::base::files::Document;
use letopis::data::build_record::{
    BuildRecord, DocumentRecord, FindingCounts, Fingerprint, LeftOut, ProblemCounts,
};
use letopis::papers::{Setting, state_page};
use letopis::store::{ClassNote, CopyRequest, YearState, copy, start_notes, year_state};

use super::Disk;

fn page_of(state: &YearState, as_of: Date) -> Document {
    state_page(state, as_of, &Setting::default()).unwrap().documents.remove(0)
}

pub(super) fn built() -> Disk {
    let disk = Disk::archived();
    let journal = |path: &str, class: &str| DocumentRecord {
        path: path.to_owned(),
        title: format!("Классный журнал, {class} класс"),
        pages: 3,
        class: Some(class.to_owned()),
    };
    let empty = String::new;
    let record = BuildRecord {
        fingerprint: Fingerprint {
            version: empty(),
            as_of: empty(),
            inputs_sha256: empty(),
            templates: Vec::new(),
            keeps_views: false,
            compared: Vec::new(),
            chosen: empty(),
        },
        school: empty(),
        year: "2025-2026".to_owned(),
        inputs: Vec::new(),
        tables: Vec::new(),
        problems: ProblemCounts::default(),
        findings: FindingCounts::default(),
        template_faults: Vec::new(),
        failed: Vec::new(),
        left_out: LeftOut::default(),
        documents: vec![
            journal("journals/journal-5.pdf", "5А"),
            journal("journals/journal-6.pdf", "6"),
            journal("summary-sheets/summary-5.pdf", "5А"),
        ],
        packages: Vec::new(),
        products: Vec::new(),
    };
    let document = record.document().unwrap();
    fs::write(disk.at("outputs/2025-2026").join(&document.path), &document.bytes).unwrap();
    disk
}

#[test]
fn classes_editions_and_days_stand_on_one_page() {
    let disk = built();
    let notes = "[class.\"5А\"]\nclosed = \"2026-06-01\"\nsigned = \"2026-06-11\"\n[class.\"5Б\"]\n";
    fs::write(disk.at("archive/year-2025-2026.toml"), notes).unwrap();
    copy(&CopyRequest { label: Some("диск 1".to_owned()), ..disk.copying("usb") }).unwrap();
    let year = disk.at("outputs/2025-2026");
    let state = year_state(&year, &disk.archive_folder(), date(2026, 6, 20)).unwrap();
    assert_eq!(state.days_left, 10);
    let classes: Vec<_> = state.classes.iter().map(|(class, note)| (class.as_str(), note.signed)).collect();
    assert_eq!(classes, [("5А", Some(date(2026, 6, 11))), ("6", None)]);
    assert_eq!(state.unknown, ["5Б"]);
    let editions: Vec<_> =
        state.editions.iter().map(|(bag, state)| (bag.as_str(), state.copies.len())).collect();
    assert_eq!(editions, [("journals-2025-2026-ed2", 1), ("summary-sheets-2025-2026-ed1", 1)]);
    let late = year_state(&year, &disk.archive_folder(), date(2026, 7, 2)).unwrap();
    assert_eq!(late.days_left, -2);
}

#[test]
fn what_was_read_in_parts_and_when_stands_on_the_page() {
    use letopis::store::{Amount, verify_in_parts};
    let disk = built();
    let archive = disk.archive_folder();
    let check = |text: &str| {
        let amount = Amount { part: Some(text.parse().unwrap()), time: None };
        verify_in_parts(std::slice::from_ref(&archive), amount).1.unwrap();
    };
    let shown = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_letopis"));
        command.args(["--lang", "ru", "state", "--archive"]).arg(&archive).arg(disk.at("outputs/2025-2026"));
        String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
    };
    assert!(!shown().contains("по частям"));
    check("1/4");
    assert!(shown().contains("проверка по частям: прочитано 25 % с 20"), "{}", shown());
    let state = year_state(&disk.at("outputs/2025-2026"), &archive, date(2026, 6, 20)).unwrap();
    assert!(!page_of(&state, date(2026, 6, 20)).bytes.is_empty());
    ["2/4", "3/4", "4/4"].into_iter().for_each(check);
    assert!(shown().contains("проверка по частям: прочитано целиком 20"), "{}", shown());
}

#[test]
fn notes_that_cannot_be_understood_are_refused() {
    let disk = built();
    let year = disk.at("outputs/2025-2026");
    for notes in ["[class.\"5А\"]\nsigned = \"вчера\"\n", "[class.\"5А\"]\nsgned = \"2026-06-11\"\n", "x"]
    {
        fs::write(disk.at("archive/year-2025-2026.toml"), notes).unwrap();
        assert!(year_state(&year, &disk.archive_folder(), date(2026, 6, 20)).is_err(), "{notes}");
    }
    assert!(year_state(&disk.at("outputs"), &disk.archive_folder(), date(2026, 6, 20)).is_err());
}

#[test]
fn the_file_for_notes_is_begun_once_and_says_nothing_yet() {
    let disk = built();
    let (year, archive) = (disk.at("outputs/2025-2026"), disk.archive_folder());
    let state = || year_state(&year, &archive, date(2026, 6, 20)).unwrap();
    assert!(start_notes(&state(), &archive).unwrap());
    assert!(state().classes.iter().all(|(_, note)| *note == ClassNote::default()));
    let path = disk.at("archive/year-2025-2026.toml");
    let filled = fs::read_to_string(&path).unwrap().replacen("closed = \"\"", "closed = \"2026-06-01 \"", 1);
    fs::write(&path, &filled).unwrap();
    assert!(!start_notes(&state(), &archive).unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), filled);
    assert_eq!((state().classes[0].1.closed, state().unknown), (Some(date(2026, 6, 1)), Vec::new()));
}

#[test]
fn forty_classes_are_one_page_and_the_same_bytes_again() {
    let disk = built();
    let as_of = date(2026, 6, 20);
    let mut state = year_state(&disk.at("outputs/2025-2026"), &disk.archive_folder(), as_of).unwrap();
    let note = ClassNote { closed: Some(date(2026, 6, 1)), ..ClassNote::default() };
    state.classes = (1..=40).map(|number| (format!("{number}Ж"), note.clone())).collect();
    let page = page_of(&state, as_of);
    assert_eq!(page.path, "состояние-2025-2026-на-2026-06-20.pdf");
    assert_eq!(page.bytes, page_of(&state, as_of).bytes);
    let pages = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("/Type/Page/").count();
    assert_eq!(pages(&page.bytes), 1);
    state.classes.extend_from_within(..);
    assert_eq!(pages(&page_of(&state, as_of).bytes), 2);
}
