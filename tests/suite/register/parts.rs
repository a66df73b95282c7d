//! Checks in parts: every file once whatever the number of parts, resumed where they were stopped, faults never forgotten,
//! bags that come later not mixed up with what was read before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use letopis::base::files::Document;
use letopis::register::Register;
use letopis::store::{Amount, in_parts, verify_in_parts};
use letopis::verify::checks::{CHECKS, CheckLog, Line, Part, Span, Step, slot};
use letopis::verify::{PartReport, Status, VerifyReport};

use super::{Disk, codes, write_bag};

const JOURNALS: &str = "journals-2025-2026-ed1";
const SHEETS: &str = "summary-sheets-2025-2026-ed1";

/// An archive of two bags with a good number of documents each.
fn disk() -> Disk {
    let disk = Disk::new();
    for (kind, years) in [("journals", "5"), ("summary-sheets", "25")] {
        let package = disk.at(&format!("outputs/2025-2026/archive/{kind}-2025-2026"));
        fs::remove_dir_all(&package).unwrap();
        let document = |number: usize| {
            Document::new(format!("data/{kind}/{number}.pdf"), format!("%PDF-1.7 {kind} {number}"))
        };
        write_bag(&package, &(0..60).map(document).collect::<Vec<_>>(), years);
    }
    disk.archive(None).unwrap();
    disk
}

fn read(disk: &Disk, amount: Amount) -> VerifyReport {
    let (report, kept) = verify_in_parts(&[disk.archive_folder()], amount);
    kept.unwrap();
    report
}

fn part(text: &str) -> Amount {
    Amount { part: Some(text.parse().unwrap()), time: None }
}

fn rest() -> Amount {
    Amount { part: None, time: Some(("1h".to_owned(), Duration::from_secs(3600))) }
}

fn parts(report: &VerifyReport) -> BTreeMap<String, PartReport> {
    let name = |path: &str| Path::new(path).file_name().unwrap().to_str().unwrap().to_owned();
    report.bags.iter().map(|bag| (name(&bag.path), bag.part.clone().unwrap())).collect()
}

fn total(report: &VerifyReport, of: impl Fn(&PartReport) -> u64) -> u64 {
    parts(report).values().map(of).sum()
}

fn run(disk: &Disk, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", "ru", "verify"]).args(options).arg(disk.archive_folder()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn parts_of_any_number_and_in_any_order_read_every_document_once() {
    for of in [1_u64, 3, 12, 200] {
        let disk = disk();
        let all = total(&read(&disk, part("1/1000")), |part| part.files_total);
        fs::remove_file(disk.at("archive").join(CHECKS)).unwrap();
        let mut sum = 0;
        for number in (1..=of).rev() {
            let report = read(&disk, part(&format!("{number}/{of}")));
            assert_eq!((report.status(), report.exit_code()), (Status::ReadInPart, 0));
            assert!(report.bags.iter().all(|bag| bag.complete && !bag.valid));
            sum += total(&report, |part| part.files);
            let left = total(&report, |part| part.files_left);
            assert_eq!(sum + left, all, "{number}/{of}");
            assert_eq!(total(&report, |part| u64::from(part.whole.is_some())) > 0, number == 1);
        }
        assert_eq!(sum, all, "{of}");
    }
}

#[test]
fn a_damaged_document_is_found_by_one_part_and_never_forgotten() {
    let disk = disk();
    let file = disk.at("archive").join(JOURNALS).join("data/journals/7.pdf");
    let whole = fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[9] ^= 1;
    fs::write(&file, &damaged).unwrap();
    let found: Vec<bool> =
        (1..=5).map(|number| read(&disk, part(&format!("{number}/5"))).exit_code() == 1).collect();
    let first = found.iter().position(|found| *found).unwrap();
    // From the part that found it on, every run reads it again and says it.
    assert!(
        found[first..].iter().all(|found| *found) && found[..first].iter().all(|found| !found),
        "{found:?}"
    );
    let report = read(&disk, part("1/1"));
    assert_eq!(codes(&report, &disk.at("archive")), [format!("A401 {JOURNALS}")]);
    let of = parts(&report);
    assert_eq!(of[JOURNALS].faults, ["data/journals/7.pdf"]);
    assert!(of[JOURNALS].whole.is_none() && of[SHEETS].whole.is_some());
    // Mended, it is read once more; then the round ends well.
    fs::write(&file, whole).unwrap();
    let report = read(&disk, rest());
    let of = parts(&report);
    assert_eq!((of[JOURNALS].files, of[JOURNALS].faults.len()), (1, 0));
    assert!(of[JOURNALS].whole.is_some(), "{of:?}");
}

#[test]
fn what_a_part_read_is_not_read_again_for_a_time() {
    let disk = disk();
    let first = total(&read(&disk, part("1/3")), |part| part.files);
    let report = read(&disk, rest());
    let all = total(&report, |part| part.files_total);
    assert!(first > 10 && first < all, "{first} of {all}");
    assert_eq!((total(&report, |part| part.files), total(&report, |part| part.files_left)), (all - first, 0));
    // Everything is read, so the next time begins a round of its own; a part by its number is always read.
    assert_eq!(total(&read(&disk, rest()), |part| part.files), all);
    let again = total(&read(&disk, part("1/3")), |part| part.files);
    assert_eq!(total(&read(&disk, part("1/3")), |part| part.files), again);
    assert_eq!(again, first);
}

#[test]
fn no_time_reads_nothing_and_loses_nothing() {
    let disk = disk();
    read(&disk, part("1/2"));
    let before = in_parts(&disk.archive_folder()).unwrap();
    let none = Amount { part: None, time: Some(("1s".to_owned(), Duration::ZERO)) };
    let report = read(&disk, none);
    assert_eq!((total(&report, |part| part.files), report.exit_code()), (0, 0));
    let after = in_parts(&disk.archive_folder()).unwrap();
    assert!(before.iter().all(|(bag, progress)| after[bag].read == progress.read));
}

/// A run that was killed left what it had read, and no end.
#[test]
fn a_part_that_was_stopped_goes_on_where_it_was() {
    let disk = disk();
    let register = Register::read(disk.register().as_bytes());
    let identity = register.states()[JOURNALS].tag_manifest.clone();
    let wanted = "2/3".parse::<Part>().unwrap().span();
    let middle = (wanted.from + wanted.to) / 2;
    let line = Line {
        at: "2026-07-01T10:00:00+04:00".to_owned(),
        bag: JOURNALS.to_owned(),
        identity: identity.clone(),
        step: Step::Read {
            run: "2/3".to_owned(),
            span: Span { from: wanted.from, to: middle },
            files: 1,
            bytes: 1,
        },
    };
    fs::write(disk.at("archive").join(CHECKS), CheckLog::text(&[line])).unwrap();
    let report = read(&disk, part("2/3"));
    let slots = fs::read_to_string(disk.at("archive").join(JOURNALS).join("manifest-sha256.txt")).unwrap();
    let slots = slots.lines().map(|line| slot(&identity, line.split_once("  ").unwrap().1));
    let lacking = slots.filter(|slot| (middle..wanted.to).contains(slot)).count() as u64;
    assert_eq!(parts(&report)[JOURNALS].files, lacking);
    // It has ended now: asked for again, it is read whole.
    assert!(parts(&read(&disk, part("2/3")))[JOURNALS].files > lacking);
}

#[test]
fn a_bag_that_comes_later_is_read_from_its_beginning_and_takes_nothing_from_the_others() {
    let disk = disk();
    (1..=3).for_each(|number| drop(read(&disk, part(&format!("{number}/4")))));
    let before = in_parts(&disk.archive_folder()).unwrap();
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    let report = read(&disk, part("4/4"));
    let of = parts(&report);
    assert!(of[JOURNALS].whole.is_some() && of[SHEETS].whole.is_some(), "{of:?}");
    let later = &of["journals-2025-2026-ed2"];
    assert!(later.whole.is_none() && later.files_left > 0, "{later:?}");
    let after = in_parts(&disk.archive_folder()).unwrap();
    assert!(before.keys().all(|bag| after[bag].is_whole));
    // The time goes to what is left; nothing that was read is read again.
    let report = read(&disk, rest());
    let of = parts(&report);
    assert_eq!((of[JOURNALS].files, of[SHEETS].files), (0, 0));
    assert_eq!(of["journals-2025-2026-ed2"].files_left, 0);
}

#[test]
fn a_record_that_was_edited_or_lost_is_read_anew_and_never_believed() {
    let disk = disk();
    let all = total(&read(&disk, part("1/2")), |part| part.files_total);
    let path = disk.at("archive").join(CHECKS);
    let text = fs::read_to_string(&path).unwrap();
    let forged: String = text.lines().map(|line| line.replace("\"from\":0", "\"from\":1") + "\n").collect();
    assert_ne!(forged, text);
    fs::write(&path, forged).unwrap();
    assert_eq!(total(&read(&disk, rest()), |part| part.files), all);
}

#[test]
fn missing_and_extra_files_are_told_by_every_part() {
    let disk = disk();
    fs::remove_file(disk.at("archive").join(JOURNALS).join("data/journals/7.pdf")).unwrap();
    fs::write(disk.at("archive").join(SHEETS).join("data/x.txt"), "x").unwrap();
    for number in 1..=4 {
        let report = read(&disk, part(&format!("{number}/4")));
        let found = codes(&report, &disk.at("archive"));
        assert!(
            found.contains(&format!("A302 {JOURNALS}")) && found.contains(&format!("A304 {SHEETS}")),
            "{found:?}"
        );
        assert!(parts(&report).values().all(|part| part.whole.is_none()));
    }
}

#[test]
fn the_command_says_what_is_left_asks_about_the_register_and_enters_a_round_once() {
    let disk = disk();
    let output = run(&disk, &["--part", "1/2"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for word in ["1/2: документов прочитано сейчас", "Прочитано сейчас", "осталось", "прочитанных частью: 2"]
    {
        assert!(said(&output).contains(word), "{word}: {}", said(&output));
    }
    // A part alone is nothing for the register.
    assert!(!said(&output).contains("--record"), "{}", said(&output));
    let output = run(&disk, &["--for", "10m"]);
    assert!(
        said(&output).contains("прочитан целиком") && said(&output).contains("--record"),
        "{}",
        said(&output)
    );
    assert_eq!(disk.register().matches("\tverified\t").count(), 0);
    assert!(!said(&run(&disk, &["--part", "1/2", "--no-record"])).contains("--record"));
    // The round that ended is entered, and only once.
    let done = run(&disk, &["--part", "2/2", "--record"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    // A part of the next round enters nothing.
    run(&disk, &["--part", "1/2", "--record"]);
    let register = disk.register();
    assert_eq!(register.matches("\tverified\t").count(), 2, "{register}");
    assert!(register.contains("по частям, с "), "{register}");
    assert_eq!(disk.verify().exit_code(), 0);
}

#[test]
fn times_and_parts_that_make_no_sense_are_refused() {
    let disk = disk();
    for options in [
        ["--part", "0/3"],
        ["--part", "4/3"],
        ["--part", "x"],
        ["--for", "0s"],
        ["--for", "-5m"],
        ["--for", "скоро"],
    ] {
        let output = run(&disk, &options);
        assert_eq!(output.status.code(), Some(2), "{options:?}: {}", said(&output));
    }
    for time in ["90s", "1h30m", "2ч", "30мин"] {
        let output = run(&disk, &["--for", time]);
        assert_eq!(output.status.code(), Some(0), "{time}: {}", said(&output));
    }
    assert!(!disk.at("archive/journals-2025-2026-ed1").join(CHECKS).exists());
}

#[test]
fn a_zip_without_a_register_is_read_in_parts_too() {
    use std::io::Write;
    let disk = disk();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (path, bytes) in super::files(&disk.at("archive").join(JOURNALS)) {
        writer.start_file(format!("{JOURNALS}/{path}"), options).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    let zip = disk.at(&format!("alone/{JOURNALS}.zip"));
    fs::create_dir(disk.at("alone")).unwrap();
    fs::write(&zip, writer.finish().unwrap().into_inner()).unwrap();
    let mut files = 0;
    for number in 1..=3 {
        let (report, kept) = verify_in_parts(std::slice::from_ref(&zip), part(&format!("{number}/3")));
        kept.unwrap();
        let own = report.bags[0].part.clone().unwrap();
        files += own.files;
        assert_eq!(own.whole.is_some(), number == 3);
        assert_eq!(files + own.files_left, own.files_total);
    }
    assert!(disk.at("alone").join(CHECKS).exists());
}
