//! Reads a register line by line and reports what was done to it: edited, removed, reordered, duplicated,
//! cut.

use std::collections::BTreeSet;

use super::entry::{Entry, Event, Record};
use super::fault::{FaultKind, LineFault};
use super::history::{Form, Head, Register};
use super::mail;
use crate::base::digest::Algorithm;
use crate::base::inside::BagName;

impl Register {
    /// Parses a register and checks its chain.
    pub fn read(bytes: &[u8]) -> Self {
        read(bytes)
    }
}

fn read(bytes: &[u8]) -> Register {
    let mut register = Register::default();
    let mut fault = |line, kind, detail: &str| {
        register.faults.push(LineFault { line, kind, detail: detail.to_owned() });
    };
    let (text, changes) = mail::undone(bytes);
    if !changes.is_empty() {
        fault(1, FaultKind::Reformatted, &changes.join(", "));
    }
    let mut lines: Vec<&str> = text.split('\n').collect();
    // After the last line feed comes nothing, or a line whose writing was cut short.
    let mut rest = lines.pop().unwrap_or_default();
    if !changes.is_empty() && (parse(rest).is_some_and(|(entry, digest)| entry.digest == digest)) {
        // Mail programs drop the last line end when they change the others.
        lines.push(std::mem::take(&mut rest));
    }
    let form = Form::ALL.into_iter().find(|form| lines.first() == Some(&form.heading()));
    if form.is_none() {
        fault(1, FaultKind::Heading, "");
    }
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    for (line, content) in (1..).zip(&lines).skip(1) {
        match parse(content) {
            Some((entry, _)) if entry.record.by.is_empty() && form == Some(Form::Two) => {
                fault(line, FaultKind::Malformed, &entry.number.to_string());
            }
            Some((entry, digest)) => {
                if entry.digest != digest {
                    fault(line, FaultKind::Edited, &entry.number.to_string());
                }
                entries.push((line, entry));
            }
            None => match outside(content) {
                Some(name) => fault(line, FaultKind::Outside, &name),
                None => fault(line, FaultKind::Malformed, ""),
            },
        }
    }
    if !rest.is_empty() {
        fault(lines.len() + 1, FaultKind::Cut, "");
    }
    register.form = form.unwrap_or_else(|| likely_form(&entries));
    register.faults.extend(chain_faults(register.head(), &entries));
    register.faults.sort_by_key(|fault| (fault.line, fault.kind));
    register.entries = entries.into_iter().map(|(_, entry)| entry).collect();
    register
}

/// Returns the form whose heading the first entry continues, for a register without its heading.
fn likely_form(entries: &[(usize, Entry)]) -> Form {
    let first = entries.first().map(|(_, entry)| entry.previous.as_str()).unwrap_or_default();
    Form::ALL.into_iter().find(|form| form.digest() == first).unwrap_or_default()
}

/// Returns the entry of a line and the line's actual digest.
fn parse(line: &str) -> Option<(Entry, String)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (number, moment, event, bag, edition, tag_manifest, note, by, previous, digest) = match fields[..] {
        [number, moment, event, bag, edition, tag, note, previous, digest] => {
            (number, moment, event, bag, edition, tag, note, "", previous, digest)
        }
        [_, _, _, _, _, _, _, "", _, _] => return None,
        [number, moment, event, bag, edition, tag, note, by, previous, digest] => {
            (number, moment, event, bag, edition, tag, note, by, previous, digest)
        }
        _ => return None,
    };
    let content = &line[..line.len() - digest.len() - 1];
    let record = Record {
        moment: moment.to_owned(),
        event: Event::of_word(event)?,
        bag: BagName::new(bag).ok()?,
        edition: edition.parse().ok()?,
        tag_manifest: tag_manifest.to_owned(),
        note: note.to_owned(),
        by: by.to_owned(),
    };
    let number = number.parse().ok()?;
    let entry = Entry { number, record, previous: previous.to_owned(), digest: digest.to_owned() };
    Some((entry, Algorithm::Sha256.of(content.as_bytes())))
}

/// Returns the bag name of a line that would be an event if the name did not lead out of the archive.
fn outside(line: &str) -> Option<String> {
    let fields: Vec<&str> = line.split('\t').collect();
    if !matches!(fields.len(), 9 | 10) {
        return None;
    }
    BagName::new(fields[3]).err().map(|outside| outside.0)
}

/// Follows the chain. Each break is reported once, with its most likely cause.
fn chain_faults(mut last: Head, entries: &[(usize, Entry)]) -> Vec<LineFault> {
    let numbers: BTreeSet<u64> = entries.iter().map(|(_, entry)| entry.number).collect();
    let mut faults = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (line, entry) in entries {
        let mut fault = |kind, detail: String| faults.push(LineFault { line: *line, kind, detail });
        if !seen.insert(&entry.digest) {
            fault(FaultKind::Duplicated, entry.number.to_string());
            continue;
        }
        let expected = last.number + 1;
        if entry.number < expected {
            fault(FaultKind::Reordered, entry.number.to_string());
        } else if entry.number > expected {
            let missing = missing(&numbers, expected, entry.number);
            let kind = if missing.is_empty() { FaultKind::Reordered } else { FaultKind::Removed };
            fault(kind, if missing.is_empty() { entry.number.to_string() } else { missing });
        } else if entry.previous != last.digest {
            fault(FaultKind::Rewritten, entry.number.to_string());
        }
        // A line that was moved back leaves the chain before it unchanged.
        if entry.number >= expected {
            last.number = entry.number;
            last.digest.clone_from(&entry.digest);
        }
    }
    faults
}

/// Returns the missing numbers of a gap, as `3` or `3–5`.
fn missing(numbers: &BTreeSet<u64>, from: u64, until: u64) -> String {
    if numbers.range(from..until).next().is_some() {
        return String::new();
    }
    if from + 1 == until { from.to_string() } else { format!("{from}–{}", until - 1) }
}
