//! Everything that can be done to the lines of a register, and what the reader says of it.

use letopis::base::inside::BagName;
use letopis::register::{Event, FaultKind, Record, Register, WrittenHead};

fn register(events: u32) -> Register {
    let mut register = Register::default();
    for number in 1..=events {
        register.append(&Record {
            moment: format!("2026-07-{number:02}T10:00:00+04:00"),
            event: Event::Created,
            bag: BagName::new(format!("journals-{number}-ed1")).unwrap(),
            edition: 1,
            tag_manifest: format!("{number:064}"),
            note: "положен".to_owned(),
            by: "делопроизводитель".to_owned(),
        });
    }
    register
}

/// Does something to the lines of a register of five events and returns what the reader says: kind, file line, detail.
fn faults(change: impl FnOnce(&mut Vec<String>)) -> Vec<(FaultKind, usize, String)> {
    let text = register(5).text();
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    change(&mut lines);
    let read = Register::read(lines.concat().as_bytes());
    read.faults.into_iter().map(|fault| (fault.kind, fault.line, fault.detail)).collect()
}

fn fault(kind: FaultKind, line: usize, detail: &str) -> (FaultKind, usize, String) {
    (kind, line, detail.to_owned())
}

/// Gives a changed line a digest of its own, as an attacker who knows the format would.
fn seal(line: &str) -> String {
    let (content, _) = line.trim_end().rsplit_once('\t').unwrap();
    let digest = letopis::base::files::Checksums::of(content.as_bytes()).sha256;
    format!("{content}\t{digest}\n")
}

#[test]
fn an_untouched_register_is_sound_and_comes_back() {
    assert_eq!(faults(|_| {}), []);
    let text = register(5).text();
    assert_eq!(Register::read(text.as_bytes()).text(), text);
}

#[test]
fn every_single_changed_byte_is_seen() {
    let text = register(3).text();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        assert!(!Register::read(&bytes).faults.is_empty(), "byte {at} of {text}");
    }
}

#[test]
fn an_edited_line_is_named() {
    let edited = faults(|lines| lines[3] = lines[3].replace("положен", "подложен"));
    assert_eq!(edited, [fault(FaultKind::Edited, 4, "3")]);
}

#[test]
fn an_edited_line_with_a_new_digest_breaks_the_next() {
    let rewritten = faults(|lines| lines[3] = seal(&lines[3].replace("положен", "подложен")));
    assert_eq!(rewritten, [fault(FaultKind::Rewritten, 5, "4")]);
}

#[test]
fn removed_lines_are_counted() {
    assert_eq!(faults(|lines| drop(lines.remove(2))), [fault(FaultKind::Removed, 3, "2")]);
    assert_eq!(faults(|lines| drop(lines.drain(2..4))), [fault(FaultKind::Removed, 3, "2–3")]);
    assert_eq!(faults(|lines| drop(lines.remove(1))), [fault(FaultKind::Removed, 2, "1")]);
}

#[test]
fn exchanged_lines_are_named() {
    let reordered = faults(|lines| lines.swap(2, 3));
    assert_eq!(reordered, [fault(FaultKind::Reordered, 3, "3"), fault(FaultKind::Reordered, 4, "2")]);
}

#[test]
fn a_repeated_line_is_named() {
    assert_eq!(faults(|lines| lines.insert(3, lines[2].clone())), [fault(FaultKind::Duplicated, 4, "2")]);
    assert_eq!(faults(|lines| lines.push(lines[2].clone())), [fault(FaultKind::Duplicated, 7, "2")]);
}

#[test]
fn a_line_cut_anywhere_is_reported() {
    let text = register(2).text();
    let last = text.trim_end().rfind('\n').unwrap() + 1;
    for end in last + 1..text.len() {
        let Some(cut) = text.get(..end) else { continue };
        let kinds: Vec<_> = Register::read(cut.as_bytes()).faults.iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds, [FaultKind::Cut], "cut at {end}");
    }
}

#[test]
fn foreign_lines_and_headings_are_refused() {
    assert_eq!(faults(|lines| lines[0] = "x\n".to_owned()), [fault(FaultKind::Heading, 1, "")]);
    assert_eq!(faults(|lines| lines.insert(2, "\n".to_owned())), [fault(FaultKind::Malformed, 3, "")]);
    assert_eq!(Register::read(b"").faults[0].kind, FaultKind::Heading);
}

#[test]
fn a_wholly_recomputed_register_is_seen_by_the_head_on_paper_alone() {
    let paper: WrittenHead = register(5).head().to_string().parse().unwrap();
    let mut forged = Register::default();
    for entry in register(5).entries {
        let note = entry.record.note.replace("положен", "подложен");
        forged.append(&Record { note, ..entry.record });
    }
    let forged = Register::read(forged.text().as_bytes());
    assert_eq!(forged.faults, []);
    assert!(!forged.has(&paper));
    // A register that has grown since still holds the head on paper.
    assert!(register(7).has(&paper));
    assert!(!register(4).has(&paper));
}
