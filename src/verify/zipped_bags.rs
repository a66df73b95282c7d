//! The bags in a ZIP, at any depth, and faults of the archive around them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bag::verify_tree;
use super::codes;
use super::finding::ArchiveFinding;
use super::report::{BagReport, Container, VerifyReport};
use super::search::{How, is_bag};
use super::severity::ArchiveSeverity;
use super::tree::{Entry, Kind, Tree, in_order};
use super::wrapping;
use super::zipped::{ZipListing, list_zip};

/// Where macOS archivers store file data other than the content.
const MAC_FOLDER: &str = "__MACOSX/";

/// Verifies the bag in a ZIP. In a search of folders a sound ZIP without a bag is skipped.
pub(super) fn verify_zip(path: &Path, is_named: bool, how: &mut How<'_>, report: &mut VerifyReport) {
    let shown = path.display().to_string();
    let listing = match list_zip(path, how.limits) {
        Ok(listing) => listing,
        Err(finding) => return report.bags.push(BagReport::new(shown, Container::Zip, vec![*finding])),
    };
    let roots = roots(&listing.entries);
    if roots.is_empty() {
        let is_sound = listing.findings.iter().all(|finding| finding.severity <= ArchiveSeverity::Warning);
        if is_sound && !is_named {
            return report.findings.push(ArchiveFinding::new(codes::ZIP_WITHOUT_BAG, shown, &[]));
        }
        let mut findings = listing.findings;
        findings.push(no_bag(&listing.entries));
        return report.bags.push(BagReport::new(shown, Container::Zip, findings));
    }
    let mut whole = whole_findings(path, &listing, &roots);
    for root in &roots {
        let findings = inside(root, std::mem::take(&mut whole), roots.len());
        let tree = subtree(&listing, root);
        let shown = if roots.len() > 1 { format!("{shown}/{root}") } else { shown.clone() };
        report.bags.push(verify_tree(tree, (shown, Container::Zip), findings, how.portions));
    }
}

/// Returns the folders of a ZIP that are bags, not those inside another bag.
fn roots(entries: &BTreeMap<String, Entry>) -> BTreeSet<String> {
    let mut marked = BTreeSet::new();
    for (path, _) in entries.iter().filter(|(_, entry)| entry.kind == Kind::File) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if is_bag([name].into_iter()) {
            marked.insert(folder.to_owned());
        }
    }
    let is_below = |folder: &str, other: &str| {
        other.is_empty() || folder.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_outermost =
        |folder: &&String| !marked.iter().any(|other| other != *folder && is_below(folder, other));
    marked.iter().filter(is_outermost).cloned().collect()
}

/// Reports where a bag was looked for, and whether another archive may hold it.
fn no_bag(entries: &BTreeMap<String, Entry>) -> ArchiveFinding {
    let folders: BTreeSet<&str> =
        entries.keys().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    let inner = entries.keys().filter(|path| wrapping::has_archive_name(path)).count();
    ArchiveFinding::new(codes::NO_BAG_IN_ARCHIVE, "", &[&(folders.len() + 1).to_string(), &inner.to_string()])
}

/// Reports faults of the archive around its bags (BagIt 0.97, 4).
fn whole_findings(path: &Path, listing: &ZipListing, roots: &BTreeSet<String>) -> Vec<ArchiveFinding> {
    let mut findings = listing.findings.clone();
    if roots.contains("") {
        findings.push(ArchiveFinding::new(codes::BAG_AT_ROOT, "", &[]));
        return findings;
    }
    let is_inside = |path: &str| path.match_indices('/').any(|(at, _)| roots.contains(&path[..at]));
    let files = listing.entries.iter().filter(|(_, entry)| entry.kind == Kind::File).map(|(path, _)| path);
    let (litter, beside): (Vec<_>, Vec<_>) =
        files.filter(|path| !is_inside(path)).partition(|path| path.starts_with(MAC_FOLDER));
    findings.extend(beside.into_iter().map(|path| ArchiveFinding::new(codes::BESIDE_BAG, path, &[])));
    if !litter.is_empty() {
        let place = MAC_FOLDER.trim_end_matches('/');
        findings.push(ArchiveFinding::new(codes::MAC_LITTER, place, &[&litter.len().to_string()]));
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if let (1, Some(root)) = (roots.len(), roots.first()) {
        if root.contains('/') {
            findings.push(ArchiveFinding::new(codes::BAG_DEEP, "", &[root]));
        } else if *root != stem {
            findings.push(ArchiveFinding::new(codes::ZIP_NAME, "", &[root]));
        }
    }
    findings
}

/// Changes the archive's paths into the bag's, for paths inside the bag.
fn inside(root: &str, mut findings: Vec<ArchiveFinding>, bags: usize) -> Vec<ArchiveFinding> {
    for finding in &mut findings {
        if let Some(path) = finding.path.strip_prefix(root).and_then(|path| path.strip_prefix('/')) {
            finding.path = path.to_owned();
        }
    }
    if bags > 1 {
        findings.push(ArchiveFinding::new(codes::SEVERAL_BAGS, "", &[]));
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
