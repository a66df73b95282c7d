//! Terms of keeping: when they begin and end, what forbids destruction, the draft of the act, what people did.

use std::fs;

use jiff::civil::{Date, date};
use letopis::base::inside::BagName;
use letopis::papers::{Setting, act};
use letopis::register::{Event, Record, Register};
use letopis::store::{Entering, Fate, Obstacle, Term, enter, record_files};
use letopis::verify::Status;

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
    disk.enter(Event::HandedOver, "summary-sheets-2025-2026-ed1", "акт № 1", DUE).unwrap();
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
    let draft = |as_of| {
        act(&record_files(&disk.archive_folder(), as_of).unwrap(), as_of, &Setting::default())
            .unwrap()
            .documents
    };
    assert_eq!(draft(date(2031, 12, 31)), []);
    let documents = draft(DUE);
    let text = String::from_utf8(documents[0].bytes.clone()).unwrap();
    assert!(text.contains("Итого 1 (одно) дело за 2025–2026 уч. г."), "{text}");
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

const JOURNALS: [&str; 2] = ["journals-2025-2026-ed1", "journals-2025-2026-ed2"];
const ACT: &str = "акт № 5 от 12.01.2032";

#[test]
fn what_people_did_is_recorded_and_checked() {
    let disk = Disk::archived();
    let archive = disk.archive_folder();
    for bag in JOURNALS {
        fs::rename(archive.join(bag), disk.at(bag)).unwrap();
        disk.enter(Event::Destroyed, bag, ACT, DUE).unwrap();
    }
    assert!(
        disk.register().contains("\tакт № 5 от 12.01.2032\tдиректор; делопроизводитель\t"),
        "{}",
        disk.register()
    );
    let report = disk.verify();
    assert_eq!((report.status(), report.bags.len()), (Status::Valid, 1), "{}", show(&report));
    assert_eq!(fates(&disk, DUE)[0].1, Fate::Gone);
    assert!(disk.enter(Event::HandedOver, JOURNALS[0], "акт № 6", DUE).is_err());
    assert!(disk.enter(Event::Destroyed, "journals-1999-2000-ed1", ACT, DUE).is_err());
    // A copy that comes back after that is seen.
    for bag in JOURNALS {
        fs::rename(disk.at(bag), archive.join(bag)).unwrap();
    }
    assert_eq!(disk.codes(), ["A816 journals-2025-2026-ed1", "A816 journals-2025-2026-ed2"]);
}

/// Each reason alone stops the entry, the register stays as it was, and the reason is said.
#[test]
fn destroyed_is_believed_last() {
    let disk = Disk::archived();
    let (archive, bag) = (disk.archive_folder(), JOURNALS[0]);
    let before = disk.register();
    let refused = |on: Date, note: &str, by: &[&str]| {
        let by = by.iter().map(|&post| post.to_owned()).collect();
        let entering =
            Entering { event: Event::Destroyed, bag: bag.to_owned(), note: note.to_owned(), by, entry: None };
        let error = enter(&archive, &entering, on).unwrap_err().to_string();
        assert_eq!(disk.register(), before, "{error}");
        error
    };
    let two = ["директор", "делопроизводитель"];
    let here = refused(DUE, ACT, &two);
    assert!(here.contains("ещё на диске") && !here.contains("срок хранения"), "{here}");
    fs::rename(archive.join(bag), disk.at("away")).unwrap();
    fs::write(archive.join(format!("{bag}.zip")), "").unwrap();
    assert!(refused(DUE, ACT, &two).contains(".zip"), "the ZIP is the bag too");
    fs::rename(archive.join(format!("{bag}.zip")), archive.join(format!("{bag}.vol0+1.par2"))).unwrap();
    assert!(refused(DUE, ACT, &two).contains(".par2"), "parity brings it back");
    fs::remove_file(archive.join(format!("{bag}.vol0+1.par2"))).unwrap();

    let early = refused(date(2031, 12, 31), ACT, &two);
    assert!(early.contains("по 31.12.2031") && !early.contains("на диске"), "{early}");
    for by in [&[][..], &["директор"], &["директор", "Директор "], &["директор; директор"]]
    {
        assert!(refused(DUE, ACT, by).contains("двух человек"), "{by:?}");
    }
    assert!(refused(DUE, "уничтожено", &two).contains("номер акта"));
    for blank in ["", " ", "\u{200B}", "—"] {
        assert!(refused(DUE, blank, &two).contains("--note"), "{blank:?}");
    }
    assert!(refused(DUE, ACT, &["директор", "Одуванятинова У. К."]).contains("должность"));
    fs::write(archive.join("hold.toml"), "[[hold]]\nbag = \"*\"\nreason = \"запрос суда\"\n").unwrap();
    assert!(refused(DUE, ACT, &two).contains("запрос суда"));
    fs::remove_file(archive.join("hold.toml")).unwrap();
    let sheets = archive.join("summary-sheets-2025-2026-ed1");
    fs::rename(&sheets, disk.at("sheets")).unwrap();
    assert!(refused(DUE, ACT, &two).contains("нет сводных ведомостей"));
    fs::rename(disk.at("sheets"), &sheets).unwrap();
    disk.enter(Event::Destroyed, bag, ACT, DUE).unwrap();
}

/// The term stands in the register, and in registers from before that in the name; a term that nobody knows is not over.
#[test]
fn the_term_of_what_is_gone_is_still_known() {
    let disk = Disk::archived();
    let mut old = Register::default();
    for entry in Register::read(disk.register().as_bytes()).entries {
        old.append(&Record { note: String::new(), ..entry.record });
    }
    disk.write_register(&old.text());
    for bag in JOURNALS {
        fs::rename(disk.at("archive").join(bag), disk.at(bag)).unwrap();
    }
    assert!(disk.enter(Event::Destroyed, JOURNALS[0], ACT, date(2031, 12, 31)).is_err());
    disk.enter(Event::Destroyed, JOURNALS[0], ACT, DUE).unwrap();

    let mut strange = Register::default();
    for entry in old.entries {
        let bag = BagName::new(entry.record.bag.replace("journals-2025-2026", "journals-год")).unwrap();
        strange.append(&Record { bag, ..entry.record });
    }
    disk.write_register(&strange.text());
    let unknown = disk.enter(Event::Destroyed, "journals-год-ed1", ACT, date(2200, 1, 1)).unwrap_err();
    assert!(unknown.to_string().contains("сколько его хранить"), "{unknown}");
}

#[test]
fn metadata_that_were_changed_do_not_shorten_a_term() {
    let disk = Disk::archived();
    for bag in JOURNALS {
        let info = disk.at("archive").join(bag).join("bag-info.txt");
        let text = fs::read_to_string(&info).unwrap();
        fs::write(&info, text.replace("Retention-Years: 5", "Retention-Years: 1")).unwrap();
    }
    assert_eq!(journals(&disk, date(2028, 1, 1)).0, Fate::Kept);
    assert_eq!(journals(&disk, DUE), (Fate::Forbidden, vec![Obstacle::Absent]));
}

#[test]
fn an_entry_is_reversed_by_a_later_one_and_never_erased() {
    let disk = Disk::archived();
    let archive = disk.archive_folder();
    let bag = JOURNALS[0];
    disk.enter(Event::HandedOver, bag, "акт № 3", DUE).unwrap();
    let with_mistake = disk.register();
    let register = disk.enter(Event::Reversed, bag, "передан не тот пакет", DUE).unwrap();
    assert!(disk.register().starts_with(&with_mistake) && register.states()[bag].is_kept());
    assert!(disk.register().contains("запись № 5: передан не тот пакет"), "{}", disk.register());
    assert_eq!(disk.verify().status(), Status::Valid, "{}", show(&disk.verify()));
    // Once is enough; what made an edition stays made.
    for (entry, said) in [(None, "отменить, нет"), (Some(5), "№ 5"), (Some(1), "№ 1"), (Some(99), "№ 99")]
    {
        let by = Vec::new();
        let entering =
            Entering {
                event: Event::Reversed, bag: bag.to_owned(), note: "ошибка".to_owned(), by, entry
            };
        let refused = enter(&archive, &entering, DUE).unwrap_err().to_string();
        assert!(refused.contains(said), "{refused}");
    }
    // Destroyed by mistake: taken back, the bag must be here again.
    fs::rename(archive.join(bag), disk.at("away")).unwrap();
    disk.enter(Event::Destroyed, bag, ACT, DUE).unwrap();
    disk.enter(Event::Reversed, bag, "акт отменён", DUE).unwrap();
    assert_eq!(disk.codes(), [format!("A812 {bag}")]);
    fs::rename(disk.at("away"), archive.join(bag)).unwrap();
    assert_eq!(disk.codes(), Vec::<String>::new());
}

#[test]
fn a_reversal_of_nothing_is_a_forged_story() {
    let disk = Disk::archived();
    for note in ["запись № 1: x", "запись № 9: x", "запись № 2: x", "x"] {
        let mut register = Register::read(disk.register().as_bytes());
        let record = register.entries[0].record.clone();
        register.append(&Record { event: Event::Reversed, note: note.to_owned(), ..record });
        assert_eq!(register.contradictions().len(), 1, "{note}");
    }
}

#[test]
fn an_entry_without_a_post_says_so() {
    let disk = Disk::archived();
    assert_eq!(disk.register().matches("\tне указано\t").count(), 4);
    let by = vec!["завхоз".to_owned()];
    let (event, bag) = (Event::HandedOver, JOURNALS[0].to_owned());
    let entering = Entering { event, bag, note: "опись № 2".to_owned(), by, entry: None };
    enter(&disk.archive_folder(), &entering, DUE).unwrap();
    assert_eq!(disk.register().matches("\tопись № 2\tзавхоз\t").count(), 1);
}
