//! Compares the register with the contents of its folder: this shows what no bag can show about itself.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::codes;
use super::finding::ArchiveFinding;
use super::report::{BagReport, RegisterReport, VerifyReport};
use crate::base::files::read_file;
use crate::base::inside::BagName;
use crate::base::limits;
use crate::base::said::{Said, of_io};
use crate::register::{BagState, FaultKind, LineFault, REGISTER, Register, WrittenHead, state_number};

/// How many events one finding names.
const SHOWN: usize = 12;

/// Returns whether letopis was still writing a folder when it was stopped. Such a folder is never taken for a
/// bag.
pub(super) fn is_unfinished(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') && (name.ends_with(".new") || name.ends_with(".old") || name.ends_with(".part"))
}

/// Returns whether a file is a register, or a signed earlier state of one.
pub(super) fn is_register(name: &OsStr) -> bool {
    name == REGISTER || name.to_str().is_some_and(|name| state_number(name).is_some())
}

/// Compares the bags found in a folder, from the `first` on, with the register there.
pub(super) fn check(folder: &Path, has_register: bool, first: usize, report: &mut VerifyReport) {
    if !has_register {
        return;
    }
    let Some(register) = read(folder, report) else { return };
    check_states(folder, &register, report);
    let states = register.states();
    for bag in &mut report.bags[first..] {
        let name = name_in(folder, bag);
        hold_against(&states, &name, bag);
    }
    let found: Vec<String> = report.bags[first..].iter().map(|bag| name_in(folder, bag)).collect();
    for (name, state) in states.iter().filter(|(_, state)| state.is_kept()) {
        if !found.iter().any(|found| *name == *found) {
            let shown = name.below(folder).display().to_string();
            let edition = state.edition.to_string();
            report.findings.push(ArchiveFinding::new(codes::EDITION_MISSING, shown, &[&edition]));
        }
    }
}

/// Checks that a signed earlier state equals the beginning of the register.
fn check_states(folder: &Path, register: &Register, report: &mut VerifyReport) {
    let text = register.text();
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.file_name());
    let mut states: Vec<_> = names.filter_map(|name| name.into_string().ok()).collect();
    states.retain(|name| state_number(name).is_some());
    states.sort();
    for name in states {
        let shown = folder.join(&name).display().to_string();
        match read_file(&folder.join(&name), limits::REGISTER_BYTES) {
            Ok(bytes) if text.as_bytes().starts_with(&bytes) => {}
            Ok(bytes) => report.findings.extend(state_findings(&Register::read(&bytes), register, &shown)),
            Err(error) => {
                report.findings.push(ArchiveFinding::told(
                    codes::REGISTER_UNREADABLE,
                    shown,
                    &[of_io(&error)],
                ));
            }
        }
    }
}

/// Reports how a signed earlier state differs from the beginning of the register.
fn state_findings(state: &Register, register: &Register, shown: &str) -> Vec<ArchiveFinding> {
    let is_reformatted = |fault: &&LineFault| fault.kind == FaultKind::Reformatted;
    let mut findings: Vec<ArchiveFinding> =
        state.faults.iter().filter(is_reformatted).map(|fault| finding_of(fault, shown)).collect();
    let pairs = state.entries.iter().zip(&register.entries);
    let same = pairs.take_while(|(then, now)| then.digest == now.digest).count();
    if same < state.entries.len() || state.faults.len() > findings.len() {
        let values = [REGISTER, &(same + 1).to_string()];
        findings.push(ArchiveFinding::new(codes::HISTORIES_DIFFER, shown, &values));
    }
    findings
}

/// Compares bags that were named directly, from the `first` on, with the register beside them.
pub(super) fn check_named(path: &Path, first: usize, report: &mut VerifyReport) {
    let Ok(whole) = fs::canonicalize(path) else { return };
    let (Some(folder), Some(own)) = (whole.parent(), whole.file_name()) else { return };
    if report.bags[first..].iter().all(|bag| bag.is_registered) {
        return;
    }
    let Ok(bytes) = read_file(&folder.join(REGISTER), limits::REGISTER_BYTES) else { return };
    let states = Register::read(&bytes).states();
    for bag in report.bags[first..].iter_mut().filter(|bag| !bag.is_registered) {
        let inside = name_in(path, bag);
        let own = Path::new(own).join(inside).to_string_lossy().replace('\\', "/");
        hold_against(&states, own.trim_end_matches('/').trim_end_matches(".zip"), bag);
    }
}

/// Compares a bag with the register's entries for its name.
fn hold_against(states: &BTreeMap<BagName, BagState>, name: &str, bag: &mut BagReport) {
    bag.is_registered = true;
    judge(name, bag, states).into_iter().for_each(|finding| bag.add(finding));
}

/// Reports once that valid bags are in no register: digests alone do not show that all of them were made
/// anew.
pub(super) fn note_unregistered(report: &mut VerifyReport) {
    let alone: Vec<&BagReport> = report.bags.iter().filter(|bag| bag.valid && !bag.is_registered).collect();
    let shown = match alone[..] {
        [] => return,
        [bag] => bag.path.clone(),
        _ => String::new(),
    };
    let count = alone.len().to_string();
    report.findings.push(ArchiveFinding::new(codes::NO_REGISTER, shown, &[&count]));
}

/// Compares every register with heads copied from paper.
pub(super) fn check_heads(report: &mut VerifyReport, heads: &[WrittenHead]) {
    for head in heads {
        let shown = format!("{}:{}", head.number, head.digits);
        if report.registers.is_empty() {
            report.findings.push(ArchiveFinding::new(codes::HEAD_DIFFERS, "", &[&shown]));
        }
        for register in report.registers.iter_mut().filter(|register| !register.register.has(head)) {
            register.is_sound = false;
            report.findings.push(ArchiveFinding::new(codes::HEAD_DIFFERS, register.path.as_str(), &[&shown]));
        }
    }
}

/// Compares the registers of copies: one must continue the other.
pub(super) fn compare(report: &mut VerifyReport) {
    let Some(longest) = report.registers.iter().max_by_key(|register| register.events) else { return };
    let (mut found, mut rolled_back) = (Vec::new(), Vec::new());
    for other in report.registers.iter().filter(|other| other.path != longest.path) {
        let pairs = longest.register.entries.iter().zip(&other.register.entries);
        let parting = pairs.clone().find(|(long, short)| long.digest != short.digest);
        if let Some((_, entry)) = parting {
            let number = entry.number.to_string();
            let values = [longest.path.as_str(), number.as_str()];
            found.push(ArchiveFinding::new(codes::HISTORIES_DIFFER, other.path.as_str(), &values));
        } else if other.events < longest.events {
            let more = (longest.events - other.events).to_string();
            let later = longest.register.entries.iter().skip(other.events);
            let grave = later.filter(|entry| entry.record.event.changes_holdings());
            let numbers: Vec<String> = grave.map(|entry| format!("№ {}", entry.number)).collect();
            let named = numbers.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            let more_than_shown = if numbers.len() > SHOWN { ", …" } else { "" };
            let values = [longest.path.as_str(), more.as_str(), &format!("{named}{more_than_shown}")];
            // A copy that only lacks verifications and copies holds everything that the archive holds.
            let code = if numbers.is_empty() { codes::HISTORY_BEHIND } else { codes::HISTORY_OLDER };
            found.push(ArchiveFinding::new(code, other.path.as_str(), &values));
            rolled_back.extend(Some(other.path.clone()).filter(|_| !numbers.is_empty()));
        }
    }
    report.findings.extend(found);
    for register in report.registers.iter_mut().filter(|register| rolled_back.contains(&register.path)) {
        register.is_sound = false;
    }
}

/// Reads the register and reports its faults.
fn read(folder: &Path, report: &mut VerifyReport) -> Option<Register> {
    let path = folder.join(REGISTER);
    let shown = path.display().to_string();
    let bytes = match read_file(&path, limits::REGISTER_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.findings.push(ArchiveFinding::told(codes::REGISTER_UNREADABLE, shown, &[of_io(&error)]));
            return None;
        }
    };
    let register = Register::read(&bytes);
    let contradictions = register.contradictions();
    report.findings.extend(register.faults.iter().map(|fault| finding_of(fault, &shown)));
    report.findings.extend(contradictions.iter().map(|contradiction| {
        let values = [Said::same(contradiction.number), contradiction.message.owned()];
        ArchiveFinding::told(codes::REGISTER_CONTRADICTS, shown.as_str(), &values)
    }));
    let head = register.head();
    report.registers.push(RegisterReport {
        path: shown,
        events: register.entries.len(),
        head: head.to_string(),
        head_sha256: head.digest,
        is_sound: register.faults.is_empty() && contradictions.is_empty(),
        register: register.clone(),
    });
    Some(register)
}

fn finding_of(fault: &LineFault, path: &str) -> ArchiveFinding {
    let code = match fault.kind {
        FaultKind::Reformatted => {
            return ArchiveFinding::new(codes::REGISTER_REFORMATTED, path, &[&fault.detail]);
        }
        FaultKind::Heading => codes::REGISTER_HEADING,
        FaultKind::Cut => codes::REGISTER_CUT,
        FaultKind::Malformed => codes::REGISTER_MALFORMED,
        FaultKind::Edited => codes::REGISTER_EDITED,
        FaultKind::Removed => codes::REGISTER_REMOVED,
        FaultKind::Reordered => codes::REGISTER_REORDERED,
        FaultKind::Duplicated => codes::REGISTER_DUPLICATED,
        FaultKind::Rewritten => codes::REGISTER_REWRITTEN,
        FaultKind::Outside => codes::REGISTER_OUTSIDE,
    };
    ArchiveFinding::new(code, path, &[&fault.line.to_string(), &fault.detail])
}

/// Reports how a bag differs from the register.
fn judge(name: &str, bag: &BagReport, states: &BTreeMap<BagName, BagState>) -> Vec<ArchiveFinding> {
    let Some(state) = states.get(name) else {
        return vec![ArchiveFinding::new(codes::UNREGISTERED, "", &[])];
    };
    if bag.tag_manifest != state.tag_manifest {
        let owner = states.iter().find(|(_, other)| other.tag_manifest == bag.tag_manifest);
        return vec![match owner {
            Some((other, _)) => ArchiveFinding::new(codes::EDITION_SWAPPED, "", &[other]),
            None => ArchiveFinding::new(codes::EDITION_REPLACED, "", &[]),
        }];
    }
    let mut found = lost_signatures(bag, state);
    found.extend(state.destroyed.is_some().then(|| ArchiveFinding::new(codes::STILL_HERE, "", &[])));
    found
}

/// Returns signatures that the register knows and that are missing or changed: nothing in the bag itself
/// lists them.
fn lost_signatures(bag: &BagReport, state: &BagState) -> Vec<ArchiveFinding> {
    let here: BTreeMap<&str, &str> =
        bag.signatures.iter().map(|one| (one.path.as_str(), one.sha256.as_str())).collect();
    let lost = state.signatures.iter().filter_map(|(path, sha256)| match here.get(path.as_str()) {
        None => Some(ArchiveFinding::new(codes::SIGNATURE_REMOVED, path, &[])),
        Some(found) if found != sha256 => Some(ArchiveFinding::new(codes::SIGNATURE_REPLACED, path, &[])),
        Some(_) => None,
    });
    lost.collect()
}

/// Returns the path of a bag below its archive, without a ZIP's extension.
fn name_in(folder: &Path, bag: &BagReport) -> String {
    let path = Path::new(&bag.path);
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let name = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    name.strip_suffix(".zip").map(str::to_owned).unwrap_or(name)
}
