//! The protocol of a verification: what is signed on paper, and the same for programs.

use std::fs;

use jiff::civil::date;
use letopis::papers::Setting;
use letopis::papers::protocol::{Circumstances, csv, next_due, protocol};

use super::Disk;

#[test]
fn a_sound_archive_has_its_next_verification_within_five_years() {
    let disk = Disk::archived();
    let report = disk.verify();
    assert_eq!(next_due(&report, date(2026, 7, 1)), Some(date(2031, 7, 1)));
    assert_eq!(next_due(&report, date(2024, 2, 29)), Some(date(2029, 2, 28)));
    let documents = protocol(&report, date(2026, 7, 1), &Circumstances::default(), &Setting::default())
        .unwrap()
        .documents;
    let names: Vec<_> = documents.iter().map(|document| document.path.as_str()).collect();
    assert_eq!(names, ["протокол-проверки-2026-07-01.pdf", "протокол-проверки-2026-07-01.csv"]);
    assert!(documents[0].bytes.starts_with(b"%PDF-1.7"));
    let table = String::from_utf8(documents[1].bytes.clone()).unwrap();
    assert!(table.starts_with("\u{feff}Пакет;Итог;Полон;Верен;"), "a spreadsheet program opens it: {table}");
    assert!(table.contains(";верен;да;да;"), "{table}");
    assert_eq!(
        documents,
        protocol(&disk.verify(), date(2026, 7, 1), &Circumstances::default(), &Setting::default())
            .unwrap()
            .documents,
        "the same bytes again"
    );
}

#[test]
fn a_broken_archive_has_no_next_day_and_every_finding_has_its_line() {
    let disk = Disk::archived();
    let spoilt = disk.archive_folder().join("summary-sheets-2025-2026-ed1/bag-info.txt");
    let text = fs::read_to_string(&spoilt).unwrap();
    fs::write(&spoilt, text.replacen('5', "6", 1)).unwrap();
    let report = disk.verify();
    assert_eq!(next_due(&report, date(2026, 7, 1)), None);
    let table = String::from_utf8(csv(&report).unwrap()).unwrap();
    let lines: Vec<_> = table.lines().filter(|line| line.contains("summary-sheets-2025-2026-ed1")).collect();
    assert!(
        lines.iter().any(|line| line.contains(",invalid,1,0,") && line.contains(",A401,error,bag-info.txt,")),
        "{table}"
    );
    let sound = |line: &&str| line.contains("journals-2025-2026-ed2,valid,1,1,") && line.ends_with(",,,,,");
    assert_eq!(table.lines().filter(sound).count(), 1, "a sound bag has one line without a finding: {table}");
    assert_eq!(
        protocol(&report, date(2026, 7, 1), &Circumstances::default(), &Setting::default())
            .unwrap()
            .documents
            .len(),
        2,
        "the protocol is written whatever the verdict"
    );
}
