//! Verifies one bag from end to end, cheap checks first: structure, tag files, Payload-Oxum, completeness,
//! profile, digests, signatures. No fault stops the later checks.

use std::path::Path;

use super::check::{self, Reading};
use super::codes;
use super::complete::{self};
use super::declaration::{self};
use super::documents;
use super::fetch;
use super::finding::ArchiveFinding;
use super::folder::list_folder;
use super::listing::{self, Manifest, Scope};
use super::oxum;
use super::plan::{Contents, is_junk};
use super::portion::Portions;
use super::profile;
use super::report::{BagReport, Container};
use super::signed;
use super::tags;
use super::tree::{Kind, Tree};
use super::upper_case::restore_names;
use super::version::Declaration;
use crate::bagit::names::unfit_for_windows;
use crate::base::digest::Algorithm;
use crate::base::folders::PAYLOAD;

/// Verifies a bag that is a folder.
pub(super) fn verify_folder(path: &Path, portions: &mut dyn Portions) -> BagReport {
    let mut findings = Vec::new();
    let tree = list_folder(path, &mut findings);
    verify_tree(tree, (path.display().to_string(), Container::Folder), findings, portions)
}

/// Verifies a bag after it was listed; `findings` are those of the listing.
pub(super) fn verify_tree(
    mut tree: Tree,
    (path, container): (String, Container),
    mut findings: Vec<ArchiveFinding>,
    portions: &mut dyn Portions,
) -> BagReport {
    restore_names(&mut tree, &mut findings);
    let tree = &tree;
    let declaration = declaration::read(tree, &mut findings);
    let info = tags::read_info(tree, &declaration, &mut findings);
    let manifests = read_manifests(tree, &declaration, &mut findings);
    check_structure(tree, &manifests, &mut findings);
    let fetch = fetch::read(tree, &declaration, &mut findings);
    let is_ours = profile::is_declared(&info);

    let version = declaration.version();
    let contents = Contents { tree, version, manifests: &manifests, fetch: &fetch, is_ours };
    let mut incomplete = Vec::new();
    let plan = complete::check(&contents, &mut incomplete);
    for oxum in info.values("Payload-Oxum") {
        oxum::check(tree, oxum, tags::info_path(tree, version), &plan, &mut findings);
    }
    findings.append(&mut incomplete);
    if is_ours {
        profile::check(tree, &declaration, &manifests, &mut findings);
        documents::check(&info, &manifests, &mut findings);
    }
    let tag_manifest = tree.tag_file("tagmanifest-sha256.txt", &mut Vec::new());
    let tag_manifest = tag_manifest.map(|bytes| Algorithm::Sha256.of(&bytes)).unwrap_or_default();
    let identity = if tag_manifest.is_empty() { stated(&manifests) } else { tag_manifest.clone() };
    let mut reading = Reading { path: &path, identity: &identity, portions };
    let examined = check::check(tree, &plan, &mut reading, &mut findings);
    let signatures = signed::check(tree, &mut findings);

    let mut report = BagReport::new(path, container, findings);
    report.version = declaration.stated.map(|version| version.to_string()).unwrap_or_default();
    let named = |label| info.values(label).next().unwrap_or_default().to_owned();
    report.organization = named("Source-Organization");
    report.address = named("Organization-Address");
    report.files = examined.files;
    report.bytes = examined.bytes;
    report.payload = examined.payload;
    report.tag_manifest = tag_manifest;
    report.signatures = signatures;
    if let Some(part) = examined.part {
        report.read_in_part(part);
    }
    report
}

/// Returns the identity of a bag without a tag manifest: the digest of everything that its manifests list.
fn stated(manifests: &[Manifest]) -> String {
    let mut text = String::new();
    for manifest in manifests {
        let lines = manifest.lines.iter().map(|line| format!("{}  {}\n", line.digest, line.path));
        text.extend(std::iter::once(format!("{}\n", manifest.name)).chain(lines));
    }
    Algorithm::Sha256.of(text.as_bytes())
}

fn read_manifests(
    tree: &Tree,
    declaration: &Declaration,
    findings: &mut Vec<ArchiveFinding>,
) -> Vec<Manifest> {
    let manifests = listing::read_all(tree, declaration, findings);
    let has_unknown = || tree.files().any(|(path, _)| listing::is_manifest(path, "manifest-"));
    if !manifests.iter().any(|manifest| manifest.scope == Scope::Payload) && !has_unknown() {
        findings.push(ArchiveFinding::new(codes::NO_MANIFEST, "", &[]));
    }
    manifests
}

/// Checks what the listing alone shows.
fn check_structure(tree: &Tree, manifests: &[Manifest], findings: &mut Vec<ArchiveFinding>) {
    let has_payload = tree.entries.get(PAYLOAD).is_some_and(|entry| entry.kind == Kind::Folder);
    if !has_payload && !tree.is_unknown(PAYLOAD) {
        let mut own = manifests.iter().filter(|manifest| manifest.scope == Scope::Payload).peekable();
        let is_empty = own.peek().is_some() && own.all(|manifest| manifest.lines.is_empty());
        let code = if is_empty { codes::EMPTY_PAYLOAD_LOST } else { codes::NO_PAYLOAD_FOLDER };
        findings.push(ArchiveFinding::new(code, PAYLOAD, &[]));
    }
    check_names(tree, findings);
    for (path, entry) in &tree.entries {
        match entry.kind {
            Kind::Link => findings.push(ArchiveFinding::new(codes::LINK, path, &[])),
            Kind::Special => findings.push(ArchiveFinding::new(codes::SPECIAL_FILE, path, &[])),
            Kind::Folder if path != PAYLOAD && !tree.is_unknown(path) && !tree.has_below(path) => {
                findings.push(ArchiveFinding::new(codes::EMPTY_FOLDER, path, &[]));
            }
            _ => {}
        }
    }
}

/// Warns of names that Windows cannot have, once for a folder.
fn check_names(tree: &Tree, findings: &mut Vec<ArchiveFinding>) {
    for (path, entry) in tree.entries.iter().filter(|(path, _)| !is_junk(path)) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(reason) = unfit_for_windows(name).filter(|_| entry.kind != Kind::Refused) {
            findings.push(ArchiveFinding::told(codes::NAME_NOT_FOR_WINDOWS, path, &[reason]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::portion::Everything;
    use crate::verify::report::Status;
    use crate::verify::severity::ArchiveSeverity;

    /// The superuser can read every folder, so the test alters the listing as if one were unreadable.
    #[test]
    fn files_in_an_unreadable_folder_are_unchecked_not_missing() {
        let bag =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags/v0.97/valid/bag-in-a-bag");
        let mut findings = Vec::new();
        let mut tree = list_folder(&bag, &mut findings);
        tree.entries.retain(|path, _| !path.starts_with("data/bag/data/"));
        tree.unlisted.push("data/bag/data".to_owned());
        findings.push(ArchiveFinding::new(codes::UNREADABLE, "data/bag/data", &["permission denied"]));
        let report = verify_tree(tree, (String::new(), Container::Folder), findings, &mut Everything);
        let grave: Vec<_> =
            report.findings.iter().filter(|finding| finding.severity > ArchiveSeverity::Warning).collect();
        assert_eq!(grave.len(), 1, "{grave:?}");
        assert_eq!((report.status, report.complete, grave[0].code), (Status::Unchecked, false, "A117"));
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_is_unchecked() {
        let bag = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags/v1.0/valid/basicBag");
        let mut tree = list_folder(&bag, &mut Vec::new());
        tree.entries.get_mut("data/hello.txt").expect("the bag holds it").bytes -= 1;
        let report = verify_tree(tree, (String::new(), Container::Folder), Vec::new(), &mut Everything);
        let found: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
        assert_eq!((report.status, found), (Status::Unchecked, vec!["A404"]));
    }
}
