//! The requirements of letopis for its own bags beyond the RFC: nobody must be able to delete a tag manifest
//! unnoticed.

use std::collections::BTreeSet;

use super::codes;
use super::fetch::FETCH;
use super::finding::ArchiveFinding;
use super::listing::{Manifest, Scope};
use super::tags::Info;
use super::tree::Tree;
use super::version::{Declaration, Version};
use crate::bagit::PROFILE;
use crate::bagit::manifest::{WRITTEN, text};

/// Returns whether the metadata declare the profile.
pub(super) fn is_declared(info: &Info) -> bool {
    info.values("BagIt-Profile-Identifier").any(|value| value == PROFILE)
}

/// Checks a bag that declares the profile.
pub(super) fn check(
    tree: &Tree,
    declaration: &Declaration,
    manifests: &[Manifest],
    findings: &mut Vec<ArchiveFinding>,
) {
    if declaration.stated != Some(Version::V1) {
        findings.push(ArchiveFinding::new(codes::PROFILE_VERSION, super::declaration::DECLARATION, &[]));
    }
    if tree.file(FETCH).is_some() {
        findings.push(ArchiveFinding::new(codes::PROFILE_FETCH, FETCH, &[]));
    }
    // A third algorithm, if the policy asked for one, must be in both kinds too.
    let mut algorithms: BTreeSet<_> = manifests.iter().map(|manifest| manifest.algorithm).collect();
    algorithms.extend(WRITTEN);
    for prefix in ["manifest", "tagmanifest"] {
        for algorithm in &algorithms {
            let name = format!("{prefix}-{}.txt", algorithm.name());
            if tree.file(&name).is_none() && !tree.is_unknown(&name) {
                findings.push(ArchiveFinding::new(codes::PROFILE_MANIFEST, name.as_str(), &[&name]));
            }
        }
    }
    // Nothing lists a tag manifest, so a harmless change such as upper-case digits is visible only here.
    for manifest in manifests.iter().filter(|manifest| manifest.scope == Scope::Tags) {
        let lines = manifest.lines.iter().map(|line| (line.digest.as_str(), line.path.as_str()));
        let canonical = text(lines);
        if tree.tag_file(&manifest.name, &mut Vec::new()).is_some_and(|bytes| bytes != canonical.as_bytes()) {
            findings.push(ArchiveFinding::new(codes::PROFILE_CANONICAL, manifest.name.as_str(), &[]));
        }
    }
}
