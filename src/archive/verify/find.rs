//! Finds the bags in what was named: a bag, a ZIP of one, or a folder in which several lie.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::bag::{verify_folder, verify_tree};
use super::codes;
use super::declaration::DECLARATION;
use super::listing::is_manifest;
use super::parity;
use super::register;
use super::report::{BagReport, Container, Finding, Severity, VerifyReport};
use super::signed;
use super::tree::{Entry, Kind, Tree, in_order};
use super::zipped::{ZipListing, list_zip};
use crate::archive::register::REGISTER;
use crate::zip_entries::ZipLimits;

/// Folders are searched this deep: bags lie in a year's folder or an archive's, not in a whole disk.
const DEPTH: usize = 16;

/// Verifies what a path names and adds it to the report.
pub(super) fn verify_path(path: &Path, limits: &ZipLimits, report: &mut VerifyReport) {
    let shown = path.display().to_string();
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return report.findings.push(unreachable_path(path, &error)),
    };
    let before = report.bags.len() + report.findings.len() + report.registers.len();
    if metadata.is_dir() {
        verify_below(path, 0, limits, report);
        register::check_lone_bag(path, report);
    } else if metadata.is_file() && path.file_name().is_some_and(|name| name == REGISTER) {
        // A register is nothing without the bags it speaks of.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        verify_below(folder, 0, limits, report);
    } else if metadata.is_file() && is_zip(path) {
        verify_zip(path, true, limits, report);
    } else {
        report.findings.push(Finding::new(codes::NOT_AN_ARCHIVE, shown.as_str(), &[]));
    }
    if report.bags.len() + report.findings.len() + report.registers.len() == before {
        report.findings.push(Finding::new(codes::NO_BAG, shown, &[]));
    }
}

fn unreachable_path(path: &Path, error: &io::Error) -> Finding {
    let shown = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => Finding::new(codes::NOT_FOUND, shown, &[]),
        _ => Finding::new(codes::PATH_UNREADABLE, shown, &[&error.to_string()]),
    }
}

/// Verifies a folder if it is a bag, else what lies in it.
fn verify_below(folder: &Path, depth: usize, limits: &ZipLimits, report: &mut VerifyReport) {
    let listed: io::Result<Vec<_>> =
        fs::read_dir(folder).and_then(|items| items.map(|item| item.map(|item| item.file_name())).collect());
    let mut names = match listed {
        Ok(names) => names,
        Err(error) => return report.findings.push(unreachable_path(folder, &error)),
    };
    names.sort();
    if is_bag(names.iter().filter_map(|name| name.to_str())) {
        let mut bag = verify_folder(folder);
        parity::check(folder, &mut bag);
        return report.bags.push(bag);
    }
    if depth == DEPTH {
        let shown = folder.display().to_string();
        return report.findings.push(Finding::new(codes::TOO_DEEP, shown, &[]));
    }
    let first = report.bags.len();
    for name in &names {
        let path = folder.join(name);
        match fs::symlink_metadata(&path) {
            // What begins with a dot is unfinished work of letopis or the system's own.
            Ok(metadata) if metadata.is_dir() && register::is_unfinished(name) => {}
            Ok(metadata) if metadata.is_dir() => verify_below(&path, depth + 1, limits, report),
            Ok(metadata) if metadata.is_file() && has_zip_name(&path) => {
                verify_zip(&path, false, limits, report);
            }
            Ok(metadata) if metadata.is_file() && register::is_register(name) => {
                report.signatures.extend(signed::check_beside(&path, &mut report.findings));
            }
            Ok(metadata) if metadata.is_symlink() && (path.is_dir() || has_zip_name(&path)) => {
                report.findings.push(Finding::new(codes::LINK_NOT_FOLLOWED, path.display().to_string(), &[]));
            }
            Ok(_) => {}
            Err(error) => report.findings.push(unreachable_path(&path, &error)),
        }
    }
    let has_register = names.iter().any(|name| name == REGISTER);
    register::check(folder, has_register, first, report);
}

/// Tells whether names in a folder are those of a bag, perhaps one that lost its declaration.
fn is_bag<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut names = names.peekable();
    names.any(|name| {
        name == DECLARATION || is_manifest(name, "manifest-") || is_manifest(name, "tagmanifest-")
    })
}

fn has_zip_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// A ZIP by its name or its first bytes.
fn is_zip(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut magic));
    has_zip_name(path) || (read.is_ok() && magic == *b"PK\x03\x04")
}

/// Verifies the bag in a ZIP; in a folder searched for bags a sound ZIP without one is passed over.
fn verify_zip(path: &Path, is_named: bool, limits: &ZipLimits, report: &mut VerifyReport) {
    let shown = path.display().to_string();
    let listing = match list_zip(path, limits) {
        Ok(listing) => listing,
        Err(finding) => return report.bags.push(BagReport::new(shown, Container::Zip, vec![*finding])),
    };
    let roots = roots(&listing.entries);
    if roots.is_empty() {
        let is_sound = listing.findings.iter().all(|finding| finding.severity == Severity::Warning);
        if is_sound && !is_named {
            return report.findings.push(Finding::new(codes::ZIP_WITHOUT_BAG, shown, &[]));
        }
        let mut findings = listing.findings;
        findings.push(Finding::new(codes::NO_BAG, "", &[]));
        return report.bags.push(BagReport::new(shown, Container::Zip, findings));
    }
    let mut whole = whole_findings(path, &listing, &roots);
    for root in &roots {
        let findings = inside(root, std::mem::take(&mut whole), roots.len());
        let tree = subtree(&listing, root);
        let shown = if roots.len() > 1 { format!("{shown}/{root}") } else { shown.clone() };
        report.bags.push(verify_tree(&tree, shown, Container::Zip, findings));
    }
}

/// Returns the folders of a ZIP that are bags: its top, else folders at its top.
fn roots(entries: &BTreeMap<String, Entry>) -> BTreeSet<String> {
    let names = entries.iter().filter(|(_, entry)| entry.kind == Kind::File).map(|(path, _)| path.as_str());
    if is_bag(names.clone().filter(|path| !path.contains('/'))) {
        return BTreeSet::from([String::new()]);
    }
    let marks = names.filter_map(|path| path.split_once('/')).filter(|(_, name)| is_bag([*name].into_iter()));
    marks.map(|(folder, _)| folder.to_owned()).collect()
}

/// Says what is wrong with the archive around its bags (BagIt 0.97, 4).
fn whole_findings(path: &Path, listing: &ZipListing, roots: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = listing.findings.clone();
    if roots.contains("") {
        findings.push(Finding::new(codes::BAG_AT_ROOT, "", &[]));
        return findings;
    }
    let is_beside = |path: &str| !path.split_once('/').is_some_and(|(folder, _)| roots.contains(folder));
    let beside = listing.entries.iter().filter(|(path, entry)| entry.kind == Kind::File && is_beside(path));
    findings.extend(beside.map(|(path, _)| Finding::new(codes::BESIDE_BAG, path, &[])));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if let (1, Some(root)) = (roots.len(), roots.first().filter(|root| **root != stem)) {
        findings.push(Finding::new(codes::ZIP_NAME, "", &[root]));
    }
    findings
}

/// Turns the archive's paths into the bag's, where they lie in it.
fn inside(root: &str, mut findings: Vec<Finding>, bags: usize) -> Vec<Finding> {
    for finding in &mut findings {
        if let Some(path) = finding.path.strip_prefix(root).and_then(|path| path.strip_prefix('/')) {
            finding.path = path.to_owned();
        }
    }
    if bags > 1 {
        findings.push(Finding::new(codes::SEVERAL_BAGS, "", &[]));
    }
    findings
}

fn subtree(listing: &ZipListing, root: &str) -> Tree {
    let entries = listing.entries.iter().filter_map(|(path, entry)| {
        let path = if root.is_empty() { path } else { path.strip_prefix(root)?.strip_prefix('/')? };
        Some((path.to_owned(), entry.clone()))
    });
    Tree { entries: in_order(entries.collect()), zip: Some(listing.source.clone()), ..Tree::default() }
}
