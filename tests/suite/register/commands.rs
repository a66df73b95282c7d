//! What the commands over an archive say and answer, as people meet them.

use std::fs;

use letopis::papers::{Setting, act};
use letopis::store::{CopyRequest, copy, record_files};

use super::Disk;
use crate::bundle::{letopis, program};

fn run(disk: &Disk, verb: &str, rest: &[&str]) -> (i32, String) {
    let archive = disk.archive_folder().display().to_string();
    let run = letopis(&mut program(&[&[verb, archive.as_str()], rest].concat()));
    (run.code, run.text)
}

#[test]
fn without_a_register_there_is_nothing_to_say() {
    let disk = Disk::new();
    for (verb, rest) in [("retention", &[][..]), ("retention", &["--act", "act"]), ("register", &[])] {
        let (code, text) = run(&disk, verb, rest);
        assert!(code == 2 && text.contains("нет архива с реестром"), "{verb}: {code} {text}");
    }
    let entering = ["handed_over", "journals-2025-2026-ed1", "--note", "акт № 1"];
    assert_eq!(run(&disk, "register", &entering).0, 2);
    assert!(!disk.archive_folder().exists(), "nothing was made by asking");
}

#[test]
fn an_act_of_nothing_is_not_drafted_and_makes_no_folder() {
    let disk = Disk::archived();
    let act = disk.at("act");
    let (code, text) =
        run(&disk, "retention", &["--as-of", "2031-12-31", "--act", &act.display().to_string()]);
    assert!(code == 0 && text.contains("проект акта не составлен"), "{code} {text}");
    assert!(!act.exists());
    let (code, text) =
        run(&disk, "retention", &["--as-of", "2032-01-01", "--act", &act.display().to_string()]);
    assert!(code == 0 && text.contains("проект акта: "), "{code} {text}");
    // Beside the papers lies a hidden list of them, by which a paper that a person edited is told.
    let names = fs::read_dir(&act).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.filter(|name| !name.to_string_lossy().starts_with('.')).count(), 3);
}

#[test]
fn the_act_names_fonds_copies_and_media() {
    let disk = Disk::archived();
    let due = jiff::civil::date(2032, 1, 1);
    let draft = |disk: &Disk| {
        act(&record_files(&disk.archive_folder(), due).unwrap(), due, &Setting::default()).unwrap().documents
    };
    let text = |disk: &Disk, at: usize| String::from_utf8(draft(disk)[at].bytes.clone()).unwrap();
    assert!(text(&disk, 0).contains("Копий на других носителях, по реестру, нет"), "{}", text(&disk, 0));
    for (to, label) in [("one", "диск 1"), ("two", "диск 2")] {
        copy(&CopyRequest { label: Some(label.to_owned()), ..disk.copying(to) }).unwrap();
    }
    let (paper, table) = (text(&disk, 0), text(&disk, 1));
    let media = "основной экземпляр: диск 1; основной экземпляр: диск 2";
    assert!(paper.contains(&format!("их копии на носителях: {media}.")), "{paper}");
    assert!(paper.contains("документы фонда № 27:"), "{paper}");
    assert!(
        paper.contains(&format!("   Копии на носителях: {media}\n")) && table.contains(media),
        "{paper}{table}"
    );
    assert!(paper.contains("--by ДОЛЖНОСТЬ --by ДОЛЖНОСТЬ"), "{paper}");
}

#[test]
fn a_hold_that_names_nothing_is_said() {
    let disk = Disk::archived();
    let hold = disk.at("archive/hold.toml");
    fs::write(&hold, "[[hold]]\nbag = \"journals-2052-2053\"\nreason = \"проверка\"\n").unwrap();
    let (code, text) = run(&disk, "retention", &[]);
    assert!(code == 0 && text.contains("hold.toml: «journals-2052-2053»"), "{code} {text}");
    fs::write(&hold, "[hold]\nbag = 1\n").unwrap();
    let (code, text) = run(&disk, "retention", &[]);
    assert!(code == 2 && text.contains("[[hold]]"), "{code} {text}");
}

#[test]
fn entries_by_people_are_entered_shown_and_reversed() {
    let disk = Disk::archived();
    let bag = "journals-2025-2026-ed1";
    let note = ["--note", "акт № 5 от 12.01.2032", "--by", "директор", "--by", "завуч"];
    let (code, text) = run(&disk, "register", &[&["destroyed", bag][..], &note].concat());
    assert!(code == 2 && text.contains("срок хранения — по 31.12.2031"), "{code} {text}");
    let (code, text) = run(&disk, "register", &["handed_over", bag, "--note", " "]);
    assert!(code == 2 && text.contains("--note"), "{code} {text}");
    let (code, text) = run(&disk, "register", &["handed_over", bag, "--note", "опись № 2", "--by", "завуч"]);
    assert!(code == 0 && text.contains("передано"), "{code} {text}");
    let (code, text) = run(&disk, "register", &["reversed", bag, "--note", "не тот пакет"]);
    assert!(code == 0 && text.contains("отменены записи № 5") && !text.contains("передано"), "{code} {text}");
    let (code, text) = run(&disk, "register", &["handed_over", bag, "--note", "x", "--entry", "1"]);
    assert!(code == 2 && text.contains("--entry"), "{code} {text}");
}

#[test]
fn the_post_stands_in_what_archive_copy_and_verify_enter() {
    let disk = Disk::new();
    let (year, archive) = (disk.at("outputs/2025-2026"), disk.archive_folder());
    let (year, archive) = (year.display().to_string(), archive.display().to_string());
    let usb = disk.at("usb").display().to_string();
    let verbs: [&[&str]; 4] = [
        &["archive", &year, "--to", &archive, "--by", "архивариус"],
        &["copy", &archive, &usb, "--by", "секретарь"],
        &["verify", &archive, "--record", "--by", "директор", "--by", "завхоз"],
        &["verify", &archive, "--record"],
    ];
    for verb in verbs {
        let run = letopis(&mut program(verb));
        assert_eq!(run.code, 0, "{verb:?}: {}", run.text);
    }
    let register = letopis::register::Register::read(disk.register().as_bytes());
    let by: Vec<&str> = register.entries.iter().map(|entry| entry.record.by.as_str()).collect();
    let pairs = ["архивариус", "секретарь", "директор; завхоз", "не указано"];
    assert_eq!(by, pairs.iter().flat_map(|post| [*post, *post]).collect::<Vec<_>>());
    let refused = letopis(&mut program(&["verify", &archive, "--record", "--by", " "]));
    assert!(refused.code == 2 && refused.text.contains("--by"), "{}", refused.text);
}

/// A check of the archive and its copy together is entered once, in the archive; the next copy brings it to the medium.
#[test]
fn a_check_recorded_beside_the_archive_does_not_part_the_histories() {
    let disk = Disk::archived();
    copy(&disk.copying("usb")).unwrap();
    let (archive, usb) = (disk.archive_folder(), disk.at("usb"));
    let (archive, usb) = (archive.display().to_string(), usb.display().to_string());
    let before = fs::read_to_string(disk.at("usb/register.txt")).unwrap();
    let recorded = letopis(&mut program(&["verify", &archive, &usb, "--record"]));
    assert_eq!(recorded.code, 0, "{}", recorded.text);
    assert_eq!(fs::read_to_string(disk.at("usb/register.txt")).unwrap(), before);
    assert_eq!(disk.register().matches("\tverified\t").count(), 3);
    let both = letopis(&mut program(&["verify", &archive, &usb]));
    assert!(both.code == 0 && both.text.contains("A820"), "{}", both.text);
    assert!(copy(&disk.copying("usb")).unwrap().is_whole());
    assert_eq!(fs::read_to_string(disk.at("usb/register.txt")).unwrap(), disk.register());
}
