//! Finds the bags at a path: a bag, a ZIP of one, or a folder that contains several.

use std::fs;
use std::io;
use std::path::Path;

use super::bag::verify_folder;
use super::codes;
use super::finding::ArchiveFinding;
use super::parity;
use super::register;
use super::report::VerifyReport;
use super::search::{How, folder_of, is_bag};
use super::signed;
use super::wrapping;
use super::zipped_bags::verify_zip;
use crate::base::said::of_io;
use crate::register::REGISTER;

/// How deep folders are searched: bags are in a year's folder or an archive's, not anywhere on a disk.
const DEPTH: usize = 16;

/// Verifies the bags at a path and adds them to the report.
pub(super) fn verify_path(path: &Path, how: &mut How<'_>, report: &mut VerifyReport) {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return report.findings.push(unreachable_path(path, &error)),
    };
    let first = report.bags.len();
    let before = first + report.findings.len() + report.registers.len();
    if metadata.is_dir() {
        verify_below(path, 0, how, report);
        register::check_named(path, first, report);
    } else if metadata.is_file() && path.file_name().is_some_and(|name| name == REGISTER) {
        // A register means nothing without the bags that it lists.
        verify_below(folder_of(path), 0, how, report);
    } else if metadata.is_file() && is_zip(path) {
        verify_zip(path, true, how, report);
        register::check_named(path, first, report);
    } else if metadata.is_file() && wrapping::is_tag_file_of_bag(path) {
        let bag = folder_of(path);
        verify_below(bag, 0, how, report);
        register::check_named(bag, first, report);
    } else {
        report.findings.push(wrapping::not_a_bag(path));
    }
    if report.bags.len() + report.findings.len() + report.registers.len() == before {
        report.findings.push(wrapping::no_bag(path));
    }
}

fn unreachable_path(path: &Path, error: &io::Error) -> ArchiveFinding {
    let shown = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => ArchiveFinding::new(codes::NOT_FOUND, shown, &[]),
        _ => ArchiveFinding::told(codes::PATH_UNREADABLE, shown, &[of_io(error)]),
    }
}

/// Verifies a folder if it is a bag, or the bags inside it.
fn verify_below(folder: &Path, depth: usize, how: &mut How<'_>, report: &mut VerifyReport) {
    let listed: io::Result<Vec<_>> =
        fs::read_dir(folder).and_then(|items| items.map(|item| item.map(|item| item.file_name())).collect());
    let mut names = match listed {
        Ok(names) => names,
        Err(error) => return report.findings.push(unreachable_path(folder, &error)),
    };
    names.sort();
    if is_bag(names.iter().filter_map(|name| name.to_str())) {
        let mut bag = verify_folder(folder, how.portions);
        parity::check(folder, &mut bag);
        return report.bags.push(bag);
    }
    if depth == DEPTH {
        let shown = folder.display().to_string();
        return report.findings.push(ArchiveFinding::new(codes::TOO_DEEP, shown, &[]));
    }
    let first = report.bags.len();
    for name in &names {
        let path = folder.join(name);
        match fs::symlink_metadata(&path) {
            // A name that begins with a dot is unfinished work of letopis or belongs to the system.
            Ok(metadata) if metadata.is_dir() && register::is_unfinished(name) => {}
            Ok(metadata) if metadata.is_dir() => verify_below(&path, depth + 1, how, report),
            Ok(metadata) if metadata.is_file() && has_zip_name(&path) => {
                verify_zip(&path, false, how, report);
            }
            Ok(metadata) if metadata.is_file() && register::is_register(name) => {
                report.signatures.extend(signed::check_beside(&path, &mut report.findings));
            }
            Ok(metadata) if metadata.is_symlink() && (path.is_dir() || has_zip_name(&path)) => {
                report.findings.push(ArchiveFinding::new(
                    codes::LINK_NOT_FOLLOWED,
                    path.display().to_string(),
                    &[],
                ));
            }
            Ok(_) => {}
            Err(error) => report.findings.push(unreachable_path(&path, &error)),
        }
    }
    let has_register = names.iter().any(|name| name == REGISTER);
    register::check(folder, has_register, first, report);
}

fn has_zip_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// A ZIP, by its name or its first bytes.
fn is_zip(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut magic));
    has_zip_name(path) || (read.is_ok() && magic == *b"PK\x03\x04")
}
