//! Registers that were begun by earlier versions, and registers that went through a mail program.

use std::fs;

use letopis::base::files::Checksums;
use letopis::base::inside::BagName;
use letopis::register::{FaultKind, Register};
use letopis::verify::{Status, verify};

use super::{Disk, codes, show};

/// A register as the program wrote it before posts were entered: nine fields a line.
const OLD: &str = include_str!("old-register.txt");
/// Its head, as it stands on paper.
const OLD_HEAD: &str = "4:";

/// Writes a register's events as the program did before posts were entered.
fn as_before(register: &Register) -> String {
    let mut text = format!("{}\n", OLD.lines().next().unwrap());
    for entry in &register.entries {
        let record = &entry.record;
        let last = text.lines().last().unwrap();
        let previous = match text.lines().count() {
            1 => Checksums::of(last.as_bytes()).sha256,
            _ => last.rsplit('\t').next().unwrap().to_owned(),
        };
        let (word, tag) = (record.event.word(), &record.tag_manifest);
        let content = format!(
            "{}\t{}\t{word}\t{}\t{}\t{tag}\t\t{previous}",
            entry.number, record.moment, record.bag, record.edition
        );
        let digest = Checksums::of(content.as_bytes()).sha256;
        text.push_str(&format!("{content}\t{digest}\n"));
    }
    text
}

#[test]
fn a_register_of_before_is_read_goes_on_and_keeps_its_heading() {
    let old = Register::read(OLD.as_bytes());
    assert_eq!((old.faults.as_slice(), old.entries.len(), old.text().as_str()), (&[][..], 4, OLD));
    let paper = old.head().to_string().parse().unwrap();
    assert!(old.head().to_string().starts_with(OLD_HEAD));

    // Lines of before, then lines of now.
    let mut grown = Register::read(OLD.as_bytes());
    let mut record = grown.entries[0].record.clone();
    record.bag = BagName::new("summary-sheets-2030-2031-ed1").unwrap();
    record.by = "завуч".to_owned();
    grown.append(&record);
    let text = grown.text();
    assert!(text.starts_with(OLD) && text.contains("\tзавуч\t"), "{text}");
    let again = Register::read(text.as_bytes());
    assert_eq!((again.faults.as_slice(), again.contradictions().len()), (&[][..], 0));
    assert!(again.has(&paper), "the head on old paper still stands in it");
}

#[test]
fn an_archive_with_an_old_register_takes_new_editions() {
    let disk = Disk::archived();
    let old = as_before(&Register::read(disk.register().as_bytes()));
    disk.write_register(&old);
    assert_eq!(disk.verify().status(), Status::Valid, "{}", show(&disk.verify()));
    disk.build("3");
    disk.archive(Some("исправлено")).unwrap();
    assert!(disk.register().starts_with(&old));
    assert_eq!(disk.verify().status(), Status::Valid, "{}", show(&disk.verify()));
}

/// A line without a post in a register that has them is not one that letopis wrote.
#[test]
fn a_line_that_lost_its_post_is_refused() {
    let disk = Disk::archived();
    let cut = disk.register().replacen("\tне указано\t", "\t", 1);
    let kinds: Vec<_> = Register::read(cut.as_bytes()).faults.iter().map(|fault| fault.kind).collect();
    assert!(kinds.contains(&FaultKind::Malformed), "{kinds:?}");
}

#[test]
fn a_register_that_went_through_mail_is_one_finding() {
    type Change = fn(&str) -> Vec<u8>;
    let mark = "\u{FEFF}";
    let cases: [(&str, Change); 6] = [
        ("CRLF", |text| text.replace('\n', "\r\n").into_bytes()),
        ("CRLF", |text| format!("{}\r\n", text.replacen('\n', "\r\n", 2)).into_bytes()),
        ("CRLF", |text| text.trim_end().replace('\n', "\r\n").into_bytes()),
        ("BOM, CRLF", |text| format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes()),
        ("BOM", |text| format!("\u{FEFF}{text}").into_bytes()),
        ("CR", |text| text.replace('\n', "\r").into_bytes()),
    ];
    for (name, change) in cases {
        let disk = Disk::archived();
        let text = disk.register();
        assert!(!text.contains(mark));
        fs::write(disk.at("archive/register.txt"), change(&text)).unwrap();
        let report = disk.verify();
        assert_eq!(
            codes(&report, &disk.archive_folder()),
            ["A821 register.txt"],
            "{name}: {}",
            show(&report)
        );
        assert!(
            report.findings[0].message.ru.contains(&format!("({name})")),
            "{}",
            report.findings[0].message.ru
        );
        assert_eq!((report.exit_code(), report.registers[0].events), (1, 4), "{name}");
        // The head is what it was, and nothing is entered in a file that is not as it was written.
        assert_eq!(report.registers[0].head, Register::read(text.as_bytes()).head().to_string());
        disk.build("3");
        assert!(disk.archive(Some("причина")).is_err());
    }
}

#[test]
fn what_was_changed_besides_is_still_seen() {
    let disk = Disk::archived();
    let text = disk.register().replace("исправлена", "подделана").replace('\n', "\r\n");
    disk.write_register(&text);
    assert_eq!(disk.codes(), ["A821 register.txt", "A805 register.txt"]);
    let cut = text[..text.len() - 20].to_owned();
    disk.write_register(&cut);
    assert!(disk.codes().contains(&"A803 register.txt".to_owned()), "{:?}", disk.codes());
}

#[test]
fn a_signed_state_and_a_copy_that_went_through_mail_are_told_from_forged_ones() {
    let disk = Disk::new();
    disk.archive(None).unwrap();
    fs::write(disk.at("archive/register.txt.sig"), "signature").unwrap();
    disk.build("4");
    disk.archive(Some("исправлена отметка")).unwrap();
    let state = disk.at("archive/register-0002.txt");
    let signed = fs::read_to_string(&state).unwrap();
    fs::write(&state, signed.replace('\n', "\r\n")).unwrap();
    let found = disk.codes();
    assert!(found.contains(&"A821 register-0002.txt".to_owned()), "{found:?}");
    assert!(!found.iter().any(|code| code.starts_with("A818")), "{found:?}");

    let disk = Disk::archived();
    super::copy_folder(&disk.archive_folder(), &disk.at("usb"));
    fs::write(disk.at("usb/register.txt"), disk.register().replace('\n', "\r\n")).unwrap();
    let both = verify(&[disk.archive_folder(), disk.at("usb")]);
    let found: Vec<_> = both.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, ["A821"], "{}", show(&both));
}
