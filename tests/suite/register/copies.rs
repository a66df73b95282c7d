//! Copies on other media: whole or not there, resumed, never over another history.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use letopis::outputs::store::CopyFailure;
use letopis::store::{BagFailure, Copied, CopyRequest, copy};
use letopis::verify::{Status, verify};

use super::{Disk, copy_folder, files, show};

fn copy_to(disk: &Disk, to: &str) -> anyhow::Result<Copied> {
    copy(&disk.copying(to))
}

/// Every file but the readme, which says what medium it lies on.
fn bags(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files(folder).into_iter().filter(|(path, _)| path != "ЧИТАЙ-МЕНЯ.txt").collect()
}

fn counts(copied: &Copied) -> Vec<(usize, usize)> {
    copied.bags.iter().map(|bag| *bag.result.as_ref().unwrap()).collect()
}

/// Runs the program under limits that the shell sets.
#[cfg(unix)]
fn run(limits: &str, arguments: &[&Path]) -> Output {
    let mut command = Command::new("bash");
    command.arg("-c").arg(format!("{limits}; exec \"$0\" --lang ru copy \"$@\""));
    command.arg(env!("CARGO_BIN_EXE_letopis")).args(arguments).output().unwrap()
}

#[test]
fn what_landed_is_the_archive_to_the_last_byte() {
    let disk = Disk::archived();
    let copied = copy_to(&disk, "usb").unwrap();
    assert!(copied.is_whole());
    assert!(counts(&copied).iter().all(|(copied, kept)| *copied > 0 && *kept == 0));
    let report = verify(&[disk.at("usb")]);
    assert_eq!((report.status(), report.bags.len()), (Status::Valid, 3), "{}", show(&report));
    assert_eq!(bags(&disk.at("usb")), bags(&disk.archive_folder()));
    assert_eq!(disk.register().matches("\tcopied\t").count(), 3);
    assert!(disk.register().contains("основной экземпляр: usb"));
    // Once more: everything is there, and was read again.
    assert!(counts(&copy_to(&disk, "usb").unwrap()).iter().all(|(copied, _)| *copied == 0));
    assert_eq!(disk.register().matches("\tverified\t").count(), 3);
    assert_eq!(bags(&disk.at("usb")), bags(&disk.archive_folder()));
}

#[test]
fn a_stopped_copy_goes_on_and_leaves_no_strangers() {
    let disk = Disk::archived();
    let bag = "journals-2025-2026-ed1";
    let part = disk.at("usb").join(format!(".{bag}.part"));
    copy_folder(&disk.archive_folder().join(bag), &part);
    // One file is cut, one is missing, one is half written.
    fs::write(part.join("data/tables/marks.csv"), "mark").unwrap();
    fs::remove_file(part.join("data/sources/0001.toml")).unwrap();
    fs::write(part.join("data/sources/.0001.toml.part"), "half").unwrap();
    let copied = copy_to(&disk, "usb").unwrap();
    assert_eq!(copied.bags[0].bag, bag);
    let (new, kept) = *copied.bags[0].result.as_ref().unwrap();
    assert!(new == 2 && kept > 5, "{new} {kept}");
    assert_eq!(files(&disk.at("usb").join(bag)), files(&disk.archive_folder().join(bag)));
    assert!(!part.exists());
}

#[test]
fn what_others_laid_into_an_unfinished_copy_stays_and_never_gets_into_the_bag() {
    let disk = Disk::archived();
    let bag = "journals-2025-2026-ed1";
    let part = disk.at("usb").join(format!(".{bag}.part"));
    copy_folder(&disk.archive_folder().join(bag), &part);
    fs::write(part.join("data/letter.txt"), "a letter").unwrap();
    assert!(copy_to(&disk, "usb").unwrap().is_whole());
    assert_eq!(files(&disk.at("usb").join(bag)), files(&disk.archive_folder().join(bag)));
    assert_eq!(fs::read_to_string(part.join("data/letter.txt")).unwrap(), "a letter");
}

#[test]
fn a_damaged_source_does_not_travel() {
    let disk = Disk::archived();
    let bag = disk.archive_folder().join("journals-2025-2026-ed2");
    fs::write(bag.join("data/tables/marks.csv"), "damaged").unwrap();
    let copied = copy_to(&disk, "usb").unwrap();
    assert!(!copied.is_whole());
    assert!(matches!(copied.bags[1].result, Err(BagFailure::SourceUnsound)));
    assert!(!disk.at("usb/journals-2025-2026-ed2").exists());
    assert!(disk.at("usb/journals-2025-2026-ed1").exists());
    assert_eq!(disk.register().matches("\tcopied\t").count(), 2);
}

#[test]
fn a_damaged_copy_is_neither_replaced_nor_counted() {
    let disk = Disk::archived();
    copy_to(&disk, "usb").unwrap();
    let marks = disk.at("usb/journals-2025-2026-ed2/data/tables/marks.csv");
    fs::write(&marks, "damaged").unwrap();
    let copied = copy_to(&disk, "usb").unwrap();
    assert!(matches!(copied.bags[1].result, Err(BagFailure::InTheWay)));
    assert_eq!(fs::read_to_string(&marks).unwrap(), "damaged");
}

#[test]
fn another_or_a_later_history_is_not_overwritten() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    copy_folder(&disk.archive_folder(), &disk.at("old"));
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    copy_to(&disk, "usb").unwrap();
    let before = files(&disk.at("usb"));
    // The earlier state must not undo what the medium knows.
    let refused = copy(&CopyRequest { archive: disk.at("old"), ..disk.copying("usb") }).unwrap_err();
    assert!(refused.to_string().contains("register.txt"), "{refused:#}");
    assert_eq!(files(&disk.at("usb")), before);
    // The later state may follow the earlier one.
    assert!(copy_to(&disk, "old").unwrap().is_whole());
    assert_eq!(verify(&[disk.at("old"), disk.at("usb"), disk.archive_folder()]).exit_code(), 0);
}

#[test]
fn a_target_that_is_a_file_or_lies_in_the_archive_is_refused() {
    let disk = Disk::archived();
    fs::write(disk.at("file"), "x").unwrap();
    let before = disk.register();
    assert!(format!("{:#}", copy_to(&disk, "file").unwrap_err()).contains("file"));
    assert!(copy_to(&disk, "archive/inside").unwrap_err().to_string().contains("внутри архива"));
    assert!(copy(&CopyRequest { archive: disk.at("outputs"), ..disk.copying("usb") }).is_err());
    assert_eq!((disk.register(), fs::read_to_string(disk.at("file")).unwrap()), (before, "x".to_owned()));
}

/// A limit on the size of files stands for the full medium: the system refuses the write in the middle of a file.
#[cfg(unix)]
#[test]
fn a_full_medium_is_named_and_holds_no_half_file() {
    let disk = Disk::new();
    let journal = "data/journals/journal-5.pdf";
    let sheets = [
        letopis::base::files::Document::new("data/summary-sheets/sheet-5.pdf", vec![7; 300_000]),
        letopis::base::files::Document::new("data/small.txt", "small"),
    ];
    let package = disk.at("outputs/2025-2026/archive/summary-sheets-2025-2026");
    fs::remove_dir_all(&package).unwrap();
    super::write_bag(&package, &sheets, "25");
    disk.archive(None).unwrap();
    let (archive, usb) = (disk.archive_folder(), disk.at("usb"));
    let output = run("trap '' XFSZ; ulimit -f 64", &[&archive, &usb]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("на носителе нет места"), "{said}");
    // The bag that fits is whole, of the other nothing stands under its name, and no half file anywhere.
    assert!(usb.join("journals-2025-2026-ed1").join(journal).exists());
    assert!(!usb.join("summary-sheets-2025-2026-ed1").exists());
    let all = files(&usb);
    let sizes: Vec<_> = all.iter().filter(|(path, _)| path.contains("sheet-5")).collect();
    assert_eq!(sizes, Vec::<&(String, Vec<u8>)>::new());
    assert_eq!(disk.register().matches("\tcopied\t").count(), 1);

    // Killed by the same limit instead of told: nothing under its name either, and the next run finishes.
    let killed = run("ulimit -f 64", &[&archive, &disk.at("disk")]);
    assert!(!killed.status.success());
    assert!(!disk.at("disk/summary-sheets-2025-2026-ed1").exists());
    for medium in [usb, disk.at("disk")] {
        let output = run("true", &[&archive, &medium]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let report = verify(&[medium]);
        assert_eq!((report.status(), report.bags.len()), (Status::Valid, 2), "{}", show(&report));
    }
}

#[test]
fn failures_of_the_medium_say_which_file() {
    let full = CopyFailure::Full(Path::new("usb/a.pdf").to_owned()).said().ru;
    assert!(full.contains("usb/a.pdf") && full.contains("нет места"), "{full}");
}

#[cfg(unix)]
#[test]
fn main_and_working_copy_end_up_identical() {
    let disk = Disk::archived();
    let (one, two) = (disk.at("main"), disk.at("working"));
    assert!(run("true", &[&disk.archive_folder(), &one, &two]).status.success());
    assert_eq!(bags(&one), bags(&two));
    assert_eq!(bags(&one), bags(&disk.archive_folder()));
    assert!(disk.register().contains("рабочий экземпляр: working"));
}
