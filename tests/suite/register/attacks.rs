//! Attacks that leave every bag valid in itself: only the register shows them.

use std::fs;

use letopis::bagit::zip::pack;
use letopis::base::files::Document;
use letopis::register::{Event, Record, Register};
use letopis::verify::{ArchiveSeverity, Status, verify, verify_with_heads};

use super::{Disk, codes, copy_folder, files, show, write_bag};

const FIRST: &str = "journals-2025-2026-ed1";
const SECOND: &str = "journals-2025-2026-ed2";

#[test]
fn an_untouched_archive_is_valid() {
    let disk = Disk::archived();
    let report = disk.verify();
    assert_eq!((report.status(), report.exit_code()), (Status::Valid, 0), "{}", show(&report));
    assert_eq!((report.bags.len(), report.registers.len(), report.registers[0].events), (3, 1, 4));
    // The register itself names the same archive, and a bag alone is held against the register beside it.
    let by_register = verify(&[disk.at("archive/register.txt")]);
    assert_eq!((by_register.status(), by_register.bags.len()), (Status::Valid, 3));
    assert_eq!(verify(&[disk.at("archive").join(SECOND)]).status(), Status::Valid);
}

#[test]
fn a_bag_made_anew_with_all_its_digests_is_seen() {
    let disk = Disk::archived();
    let bag = disk.at("archive").join(SECOND);
    fs::remove_dir_all(&bag).unwrap();
    write_bag(&bag, &[Document::new("data/journals/journal-5.pdf", "%PDF-1.7 forged")], "5");
    assert_eq!(disk.codes(), [format!("A813 {SECOND}")]);
    let report = disk.verify();
    let forged = report.bags.iter().find(|bag| bag.path.ends_with(SECOND)).unwrap();
    assert_eq!((report.exit_code(), forged.complete, forged.valid), (1, true, false));
    assert_eq!(codes(&verify(std::slice::from_ref(&bag)), &disk.at("archive")), [format!("A813 {SECOND}")]);
}

#[test]
fn without_a_register_the_same_is_said_to_be_undetectable() {
    let disk = Disk::archived();
    fs::remove_file(disk.at("archive/register.txt")).unwrap();
    let report = disk.verify();
    assert_eq!((report.status(), report.exit_code()), (Status::Valid, 0), "{}", show(&report));
    assert_eq!((report.findings.len(), report.findings[0].code), (1, "A817"));
    assert_eq!(report.findings[0].severity, ArchiveSeverity::Notice);
    assert!(report.findings[0].message.ru.contains("пакетов: 3"), "{}", report.findings[0].message.ru);
}

#[test]
fn a_removed_edition_is_missed() {
    let disk = Disk::archived();
    fs::remove_dir_all(disk.at("archive").join(SECOND)).unwrap();
    assert_eq!(disk.codes(), [format!("A812 {SECOND}")]);
    fs::create_dir(disk.at("archive").join(SECOND)).unwrap();
    assert_eq!(disk.codes(), [format!("A812 {SECOND}")]);
}

#[test]
fn an_edition_rolled_back_or_exchanged_is_seen() {
    let disk = Disk::archived();
    let (first, second) = (disk.at("archive").join(FIRST), disk.at("archive").join(SECOND));
    fs::remove_dir_all(&second).unwrap();
    copy_folder(&first, &second);
    assert_eq!(disk.codes(), [format!("A814 {SECOND}")]);

    let disk = Disk::archived();
    let (first, second) = (disk.at("archive").join(FIRST), disk.at("archive").join(SECOND));
    fs::rename(&first, disk.at("aside")).unwrap();
    fs::rename(&second, &first).unwrap();
    fs::rename(disk.at("aside"), &second).unwrap();
    assert_eq!(disk.codes(), [format!("A814 {FIRST}"), format!("A814 {SECOND}")]);
}

#[test]
fn an_unregistered_bag_is_an_error_wherever_it_lies() {
    let disk = Disk::archived();
    write_bag(&disk.at("archive/journals-2025-2026-ed3"), &[Document::new("data/journals/x.pdf", "x")], "5");
    write_bag(&disk.at("archive/deep/er"), &[Document::new("data/journals/x.pdf", "x")], "5");
    assert_eq!(disk.codes(), ["A815 deep/er", "A815 journals-2025-2026-ed3"]);
}

#[test]
fn unfinished_work_is_not_taken_for_a_bag() {
    let disk = Disk::archived();
    let bag = disk.at("archive").join(FIRST);
    copy_folder(&bag, &disk.at("archive/.journals-2025-2026-ed3.new"));
    copy_folder(&bag, &disk.at("archive/.journals-2025-2026-ed4.part"));
    assert_eq!(disk.codes(), Vec::<String>::new());
}

/// The whole history rolled back, bag and register: nothing inside the archive can show it, the paper and the copies do.
#[test]
fn a_whole_archive_rolled_back_is_seen_by_paper_and_copy() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    copy_folder(&disk.at("archive"), &disk.at("old"));
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    let head = Register::read(disk.register().as_bytes()).head().to_string().parse().unwrap();
    assert_eq!(verify(&[disk.at("old")]).status(), Status::Valid);
    let by_paper = verify_with_heads(&[disk.at("old")], std::slice::from_ref(&head));
    assert_eq!(codes(&by_paper, &disk.at("old")), ["A811 register.txt"]);
    assert!(!by_paper.registers[0].is_sound);
    assert_eq!(verify_with_heads(&[disk.archive_folder()], &[head]).status(), Status::Valid);
    let by_copy = verify(&[disk.at("old"), disk.at("archive")]);
    assert_eq!(codes(&by_copy, &disk.at("old")), ["A819 register.txt"]);
    assert_eq!((by_copy.status(), by_copy.exit_code()), (Status::Invalid, 1), "{}", show(&by_copy));
    assert!(
        by_copy.registers.iter().any(|register| !register.is_sound),
        "nothing is entered in the older one"
    );
}

#[test]
fn a_copy_that_lacks_only_verifications_is_behind_not_rolled_back() {
    let disk = Disk::archived();
    copy_folder(&disk.archive_folder(), &disk.at("usb"));
    let mut register = Register::read(disk.register().as_bytes());
    let record = register.entries[0].record.clone();
    let verified = |note: &str| Record { event: Event::Verified, note: note.to_owned(), ..record.clone() };
    register.append(&verified(""));
    disk.write_register(&register.text());
    let both = verify(&[disk.at("usb"), disk.archive_folder()]);
    assert_eq!(codes(&both, &disk.at("usb")), ["A820 register.txt"]);
    assert_eq!((both.status(), both.exit_code()), (Status::ValidWithWarnings, 0), "{}", show(&both));
    for event in [Event::HandedOver, Event::Destroyed, Event::Superseded] {
        let mut later = Register::read(register.text().as_bytes());
        later.append(&Record { event, ..verified("акт № 1") });
        disk.write_register(&later.text());
        let both = verify(&[disk.at("usb"), disk.archive_folder()]);
        assert!(codes(&both, &disk.at("usb")).contains(&"A819 register.txt".to_owned()), "{}", show(&both));
        assert_eq!(both.exit_code(), 1, "{event:?}");
    }
}

/// What is named by itself is judged by the register beside it; without one that is said once, however many there are.
#[test]
fn a_bag_alone_and_its_zip_are_held_against_the_register_beside_them() {
    let disk = Disk::archived();
    let bag = disk.at("archive").join(SECOND);
    let found = |path: &std::path::Path| codes(&verify(&[path.to_owned()]), &disk.at("archive"));
    assert_eq!(found(&bag), Vec::<String>::new());
    let zip = bag.with_extension("zip");
    let made: Vec<_> = files(&bag).into_iter().map(|(path, bytes)| (path, bytes.len() as u64)).collect();
    let file = fs::File::create(&zip).unwrap();
    pack(file, SECOND, &made, |path| fs::File::open(bag.join(path))).unwrap();
    assert_eq!(found(&zip), Vec::<String>::new());
    let away = disk.at("away").join(format!("{SECOND}.zip"));
    fs::create_dir(disk.at("away")).unwrap();
    fs::rename(&zip, &away).unwrap();
    copy_folder(&bag, &disk.at("away").join(SECOND));
    let alone = verify(std::slice::from_ref(&away));
    let notices = alone.findings.iter().map(|finding| (finding.code, finding.path.as_str()));
    assert_eq!(notices.collect::<Vec<_>>(), [("A817", away.to_str().unwrap())]);
    assert_eq!((alone.status(), alone.exit_code()), (Status::Valid, 0));
    let several = verify(&[away, disk.at("away"), bag]);
    assert_eq!(
        several.findings.iter().filter(|finding| finding.code == "A817").count(),
        1,
        "{}",
        show(&several)
    );
    assert!(several.to_json().to_string().contains("\"severity\":\"notice\""));
}

#[test]
fn two_histories_that_part_are_seen() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    copy_folder(&disk.at("archive"), &disk.at("other"));
    let mut forked = Register::default();
    for entry in Register::read(disk.register().as_bytes()).entries {
        let note = "другая история".to_owned();
        forked.append(&letopis::register::Record { note, ..entry.record });
    }
    fs::write(disk.at("other/register.txt"), forked.text()).unwrap();
    let report = verify(&[disk.at("archive"), disk.at("other")]);
    let found: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!((found, report.exit_code()), (vec!["A818"], 1));
}

#[test]
fn a_sound_chain_that_tells_a_forged_story_is_refused() {
    let disk = Disk::archived();
    let mut register = Register::read(disk.register().as_bytes());
    let mut again = register.entries[2].record.clone();
    again.tag_manifest = "00".repeat(32);
    register.append(&again);
    disk.write_register(&register.text());
    let report = disk.verify();
    assert_eq!(codes(&report, &disk.archive_folder()), ["A810 register.txt"], "{}", show(&report));
}

#[test]
fn faults_of_the_register_reach_the_report_with_their_codes() {
    type Change = fn(&str) -> String;
    let line = |text: &str, number: usize| text.lines().nth(number).unwrap().to_owned() + "\n";
    let cases: [(&str, Change); 5] = [
        ("A802", |text| text.replacen("letopis-register-2", "letopis-register-9", 1)),
        ("A803", |text| text[..text.len() - 5].to_owned()),
        ("A804", |text| text.replacen("\tcreated\t", "\tconjured\t", 1)),
        ("A805", |text| text.replace("исправлена", "неисправлена")),
        ("A808", |text| format!("{text}{}", text.lines().nth(1).unwrap().to_owned() + "\n")),
    ];
    for (code, change) in cases {
        let disk = Disk::archived();
        disk.write_register(&change(&disk.register()));
        let report = disk.verify();
        assert!(report.findings.iter().any(|finding| finding.code == code), "{code}: {}", show(&report));
        assert_eq!(report.exit_code(), 1, "{code}");
        assert!(!report.registers[0].is_sound, "{code}");
    }
    let disk = Disk::archived();
    let text = disk.register();
    let (first, third) = (line(&text, 1), line(&text, 3));
    disk.write_register(&text.replace(&first, ""));
    assert!(disk.codes().contains(&"A806 register.txt".to_owned()));
    disk.write_register(&text.replace(&first, "#").replace(&third, &first).replace('#', &third));
    assert!(disk.codes().contains(&"A807 register.txt".to_owned()));
}

/// A signature over the register must not break when the register grows, and must not be lost.
#[test]
fn a_signed_state_stays_signed_and_bound_to_its_history() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    let signed = disk.register();
    fs::write(disk.at("archive/register.txt.sig"), "signature").unwrap();
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    assert!(!disk.at("archive/register.txt.sig").exists());
    assert_eq!(fs::read_to_string(disk.at("archive/register-0002.txt")).unwrap(), signed);
    assert_eq!(fs::read_to_string(disk.at("archive/register-0002.txt.sig")).unwrap(), "signature");
    let sound = disk.verify();
    assert!(sound.registers[0].is_sound && !show(&sound).contains("A8"), "{}", show(&sound));

    // The register rewritten as a whole, in a sound chain: the signed state does not begin it.
    let mut forged = Register::default();
    for entry in Register::read(disk.register().as_bytes()).entries {
        let moment = "2020-01-01T00:00:00Z".to_owned();
        forged.append(&letopis::register::Record { moment, ..entry.record });
    }
    disk.write_register(&forged.text());
    assert!(disk.codes().contains(&"A818 register-0002.txt".to_owned()), "{:?}", disk.codes());
}
