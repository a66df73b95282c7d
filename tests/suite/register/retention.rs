//! Terms of keeping: when they begin and end, what forbids destruction, the draft of the act, what people did.

use std::fs;

use jiff::civil::{Date, date};
use letopis::archive::register::Event;
use letopis::archive::verify::Status;
use letopis::editions::{Fate, Obstacle, Term, act, note_event, record_files};

use super::{Disk, show};

/// The first day on which the journals of 2025/26 may be named in an act.
const DUE: Date = date(2032, 1, 1);

fn fates(disk: &Disk, as_of: Date) -> Vec<(String, Fate)> {
    let files = record_files(&disk.archive_folder(), as_of).unwrap();
    files.iter().map(|file| (file.name.clone(), file.fate(as_of))).collect()
}

fn journals(disk: &Disk, as_of: Date) -> (Fate, Vec<Obstacle>) {
    let files = record_files(&disk.archive_folder(), as_of).unwrap();
    let file = files.into_iter().find(|file| file.name == "journals-2025-2026").unwrap();
    (file.fate(as_of), file.obstacles)
}

/// The worked example of the domain notes: 2024/25 closed in June 2025.
#[test]
fn terms_run_from_january_after_closing() {
    let journal = Term::of(2025, 5).unwrap();
    assert_eq!((journal.starts_on, journal.due_on), (date(2026, 1, 1), date(2031, 1, 1)));
    let sheets = Term::of(2025, 25).unwrap();
    assert_eq!((sheets.starts_on, sheets.due_on), (date(2026, 1, 1), date(2051, 1, 1)));
    assert_eq!((Term::of(9999, 5), Term::of(i16::MAX, i16::MAX), Term::of(-40, 5)), (None, None, None));
}

#[test]
fn five_years_and_twenty_five_end_apart() {
    let disk = Disk::archived();
    let (journals, sheets) = ("journals-2025-2026".to_owned(), "summary-sheets-2025-2026".to_owned());
    let both = |a, b| vec![(journals.clone(), a), (sheets.clone(), b)];
    assert_eq!(fates(&disk, date(2031, 12, 31)), both(Fate::Kept, Fate::Kept));
    assert_eq!(fates(&disk, DUE), both(Fate::Due, Fate::Kept));
    assert_eq!(fates(&disk, date(2051, 12, 31)), both(Fate::Due, Fate::Kept));
    assert_eq!(fates(&disk, date(2052, 1, 1)), both(Fate::Due, Fate::Due));
}

#[test]
fn journals_stay_while_their_summary_sheets_are_not_safe() {
    let disk = Disk::archived();
    let sheets = disk.at("archive/summary-sheets-2025-2026-ed1");
    let sheet = sheets.join("data/summary-sheets/sheet-5.pdf");
    let sound = fs::read(&sheet).unwrap();
    fs::write(&sheet, "damaged").unwrap();
    assert_eq!(journals(&disk, DUE), (Fate::Forbidden, vec![Obstacle::NoSummarySheets]));
    fs::write(&sheet, sound).unwrap();
    assert_eq!(journals(&disk, DUE), (Fate::Due, vec![]));
    fs::remove_dir_all(&sheets).unwrap();
    assert_eq!(journals(&disk, DUE), (Fate::Forbidden, vec![Obstacle::NoSummarySheets]));
    // Handed over to another archive they are safe there.
    note_event(&disk.archive_folder(), Event::HandedOver, "summary-sheets-2025-2026-ed1", "акт № 1").unwrap();
    assert_eq!(journals(&disk, DUE), (Fate::Due, vec![]));
}

#[test]
fn a_hold_forbids_until_its_day() {
    let disk = Disk::archived();
    let hold = disk.at("archive/hold.toml");
    for name in ["journals-2025-2026", "journals-2025-2026-ed1", "2025-2026", "*"] {
        let text = format!("[[hold]]\nbag = \"{name}\"\nreason = \"проверка\"\nuntil = \"2032-03-01\"\n");
        fs::write(&hold, text).unwrap();
        let (fate, obstacles) = journals(&disk, date(2032, 3, 1));
        assert_eq!((fate, obstacles.len()), (Fate::Forbidden, 1), "{name}");
        assert_eq!(journals(&disk, date(2032, 3, 2)), (Fate::Due, vec![]), "{name}");
    }
    fs::write(&hold, "[[hold]]\nbag = \"другое\"\nreason = \"проверка\"\n").unwrap();
    assert_eq!(journals(&disk, DUE).0, Fate::Due);
    // What cannot be understood stops the work: a hold misread would be a file lost.
    for text in
        ["[[hold]]\nbag = \"*\"\n", "[[holds]]\n", "[[hold]]\nbag=\"*\"\nreason=\"x\"\nuntil=\"завтра\"\n"]
    {
        fs::write(&hold, text).unwrap();
        assert!(record_files(&disk.archive_folder(), DUE).is_err(), "{text}");
    }
}

#[test]
fn the_act_names_what_is_due_and_nothing_else() {
    let disk = Disk::archived();
    let draft = |as_of| act(&record_files(&disk.archive_folder(), as_of).unwrap(), as_of).unwrap();
    assert_eq!(draft(date(2031, 12, 31)), []);
    let documents = draft(DUE);
    let text = String::from_utf8(documents[0].bytes.clone()).unwrap();
    assert!(text.contains("Итого 1 (одно) дело за 2025-2026 уч. г."), "{text}");
    assert!(text.contains("с 01.01.2027 по 31.12.2031"), "{text}");
    assert!(
        text.contains("Пакет journals-2025-2026-ed1") && text.contains("Пакет journals-2025-2026-ed2"),
        "{text}"
    );
    assert!(!text.contains("summary-sheets"), "{text}");
    assert_eq!(String::from_utf8(documents[1].bytes.clone()).unwrap().lines().count(), 2);
    let paper = &documents[2];
    assert!(paper.path.ends_with("2032-01-01.pdf"), "{}", paper.path);
    assert!(paper.bytes.starts_with(b"%PDF-1.7") && *documents == draft(DUE), "the same bytes again");
    let later = String::from_utf8(draft(date(2052, 1, 1))[0].bytes.clone()).unwrap();
    assert!(later.contains("Итого 2 (два) дела") && !later.contains("Сводные ведомости учёта"), "{later}");
}

#[test]
fn what_people_did_is_recorded_and_checked() {
    let disk = Disk::archived();
    let archive = disk.archive_folder();
    for bag in ["journals-2025-2026-ed1", "journals-2025-2026-ed2"] {
        note_event(&archive, Event::Destroyed, bag, "акт № 5 от 12.01.2032").unwrap();
    }
    // Recorded, but the folders are still here.
    assert_eq!(disk.codes(), ["A816 journals-2025-2026-ed1", "A816 journals-2025-2026-ed2"]);
    for bag in ["journals-2025-2026-ed1", "journals-2025-2026-ed2"] {
        fs::remove_dir_all(archive.join(bag)).unwrap();
    }
    let report = disk.verify();
    assert_eq!((report.status(), report.bags.len()), (Status::Valid, 1), "{}", show(&report));
    assert_eq!(fates(&disk, DUE)[0].1, Fate::Gone);
    assert!(note_event(&archive, Event::HandedOver, "journals-2025-2026-ed1", "акт").is_err());
    assert!(note_event(&archive, Event::Destroyed, "journals-1999-2000-ed1", "акт").is_err());
}
