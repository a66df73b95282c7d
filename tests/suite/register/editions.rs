//! Editions: when there is a new one, what it holds, and what stays as it was.

use std::fs;

use letopis::bagit::stored::StoredBag;
use letopis::base::folders::CHANGES;
use letopis::store::Archived;
use letopis::verify::Status;

use super::{Disk, files, show};

fn made(archived: &[Archived]) -> Vec<&str> {
    let names = archived.iter().filter_map(|archived| match archived {
        Archived::Made { bag, .. } => Some(bag.as_str()),
        _ => None,
    });
    names.collect()
}

#[test]
fn the_same_payload_makes_no_edition() {
    let disk = Disk::new();
    let first = disk.archive(None).unwrap();
    assert_eq!(made(&first), ["journals-2025-2026-ed1", "summary-sheets-2025-2026-ed1"]);
    let before = files(&disk.archive_folder());
    let second = disk.archive(Some("причина")).unwrap();
    assert!(second.iter().all(|archived| matches!(archived, Archived::Same { .. })), "{second:?}");
    assert_eq!(files(&disk.archive_folder()), before);
}

#[test]
fn a_changed_payload_needs_a_reason() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    let before = files(&disk.archive_folder());
    disk.build("4");
    for reason in [None, Some("  ")] {
        let refused = disk.archive(reason).unwrap();
        let Archived::NeedsReason { bag, changes } = &refused[0] else { panic!("{refused:?}") };
        assert_eq!((bag.as_str(), changes.len()), ("journals-2025-2026-ed1", 3));
        assert_eq!(files(&disk.archive_folder()), before);
    }
}

#[test]
fn a_new_edition_says_why_and_what_and_leaves_the_old_one() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    let first = disk.at("archive/journals-2025-2026-ed1");
    let before = files(&first);
    disk.build("4");
    assert_eq!(made(&disk.archive(Some("исправлена отметка")).unwrap()), ["journals-2025-2026-ed2"]);
    assert_eq!(files(&first), before);
    let report = disk.verify();
    assert_eq!(report.status(), Status::Valid, "{}", show(&report));

    let second = StoredBag::open(&disk.at("archive/journals-2025-2026-ed2")).unwrap();
    assert_eq!(second.info("Edition"), "2");
    assert_eq!(second.info("Edition-Reason"), "исправлена отметка");
    assert_eq!(second.info("Edition-Author-Post"), "Делопроизводитель");
    let earlier = StoredBag::open(&first).unwrap().tag_manifest;
    assert_eq!(second.info("Previous-Edition"), format!("journals-2025-2026-ed1 {earlier}"));
    let changes = String::from_utf8(second.read(CHANGES).unwrap()).unwrap();
    let changed: Vec<_> = changes.lines().skip(1).map(|line| line.rsplitn(3, ',').last().unwrap()).collect();
    assert_eq!(
        changed,
        [
            "data/journals/journal-5.pdf,изменён,,,,,,,,,,,,,,",
            "data/sources/0002.csv,изменён,,,,,,,,,,,,,,",
            "data/tables/marks.csv,изменён,,,,,,,,,,,,0,0,1",
            "data/tables/marks.csv,клетка изменена,,,,,,Отметка,5,4,,,,,,",
        ]
    );
    let events: Vec<String> =
        disk.register().lines().skip(1).map(|line| line.split('\t').nth(2).unwrap().to_owned()).collect();
    assert_eq!(events, ["created", "created", "created", "superseded"]);
    // What follows is compared with the newest edition, and going back is a change too.
    assert!(matches!(disk.archive(None).unwrap()[0], Archived::Same { .. }));
    disk.build("5");
    assert_eq!(made(&disk.archive(Some("отмена")).unwrap()), ["journals-2025-2026-ed3"]);
}

#[test]
fn equal_builds_make_equal_editions() {
    let (one, other) = (Disk::archived(), Disk::archived());
    for bag in ["journals-2025-2026-ed1", "journals-2025-2026-ed2", "summary-sheets-2025-2026-ed1"] {
        let bag = format!("archive/{bag}");
        assert_eq!(files(&one.at(&bag)), files(&other.at(&bag)));
    }
}

#[test]
fn a_run_killed_before_the_register_is_finished_by_the_next() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    let register = disk.register();
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    let bags = files(&disk.at("archive/journals-2025-2026-ed2"));
    // As if the run had been killed after the bag took its name.
    disk.write_register(&register);
    assert_eq!(disk.codes(), ["A815 journals-2025-2026-ed2"]);
    assert_eq!(made(&disk.archive(Some("исправлена отметка")).unwrap()), ["journals-2025-2026-ed2"]);
    assert_eq!(disk.verify().status(), Status::Valid);
    assert_eq!(files(&disk.at("archive/journals-2025-2026-ed2")), bags);
    // A stranger under that name is neither taken over nor removed.
    disk.write_register(&register);
    let refused = disk.archive(Some("другая причина")).unwrap_err();
    assert!(refused.to_string().contains("journals-2025-2026-ed2"), "{refused:#}");
    assert_eq!(files(&disk.at("archive/journals-2025-2026-ed2")), bags);
    assert!(!disk.at("archive/.journals-2025-2026-ed2.new").exists());
}

#[test]
fn a_damaged_register_takes_nothing() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    let cut = disk.register().trim_end().to_owned();
    disk.write_register(&cut);
    disk.build("4");
    let refused = disk.archive(Some("причина")).unwrap_err();
    assert!(refused.to_string().contains("register.txt"), "{refused:#}");
    assert_eq!(disk.register(), cut);
    assert!(!disk.at("archive/journals-2025-2026-ed2").exists());
}

#[test]
fn a_damaged_package_or_earlier_edition_stops_the_new_one() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    disk.build("4");
    let marks = "data/tables/marks.csv";
    let package = disk.at("outputs/2025-2026/archive/journals-2025-2026").join(marks);
    let sound = fs::read(&package).unwrap();
    fs::write(&package, "damaged").unwrap();
    assert!(matches!(disk.archive(Some("причина")).unwrap()[0], Archived::Unsound(_)));
    fs::write(&package, sound).unwrap();
    fs::write(disk.at("archive/journals-2025-2026-ed1").join(marks), "damaged").unwrap();
    assert!(matches!(disk.archive(Some("причина")).unwrap()[0], Archived::Unsound(_)));
    assert!(!disk.at("archive/journals-2025-2026-ed2").exists());
}
