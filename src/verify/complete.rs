//! Completeness: every listed file exists, and every file is listed (RFC 8493, 3). Digests are only planned
//! here.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::finding::ArchiveFinding;
use super::follow::Aliases;
use super::listing::{Manifest, Scope, is_manifest};
use super::plan::{Contents, Expected, Plan, is_junk};
use super::signed::is_signature;
use super::tree::Kind;
use crate::base::digest::Algorithm;
use crate::base::folders::is_payload;

/// Compares manifests and files in both directions.
pub(super) fn check<'a>(contents: &Contents<'a>, findings: &mut Vec<ArchiveFinding>) -> Plan<'a> {
    let aliases = Aliases::of(contents.tree, findings);
    let mut plan = Plan { expected: vec![Vec::new(); contents.tree.entries.len()], ..Plan::default() };
    for manifest in contents.manifests {
        contents.follow(manifest, &aliases, &mut plan, findings);
    }
    contents.check_fetch(findings);
    contents.check_payload(&mut plan, findings);
    contents.check_tag_files(&mut plan, findings);
    plan
}

impl<'a> Contents<'a> {
    /// Files to be fetched must be listed like all others.
    fn check_fetch(&self, findings: &mut Vec<ArchiveFinding>) {
        if self.fetch.is_empty() {
            return;
        }
        let listed: BTreeMap<&str, BTreeSet<&str>> = self
            .of_scope(Scope::Payload)
            .map(|manifest| {
                (manifest.name.as_str(), manifest.lines.iter().map(|line| line.path.as_str()).collect())
            })
            .collect();
        for path in self.fetch {
            let lists = |manifest: &Manifest| listed[manifest.name.as_str()].contains(path.as_str());
            let lacking = self.lacking(Scope::Payload, lists);
            let is_enough = !self.version.is_strict() && lacking.len() < self.count(Scope::Payload);
            if !lacking.is_empty() && !is_enough {
                findings.push(ArchiveFinding::new(
                    codes::FETCH_NOT_LISTED,
                    path.as_str(),
                    &[&lacking.join(", ")],
                ));
            }
        }
    }

    fn check_payload(&self, plan: &mut Plan<'a>, findings: &mut Vec<ArchiveFinding>) {
        for (path, expected) in self.files(&plan.expected).filter(|(path, _)| is_payload(path)) {
            let lacking = self.lacking(Scope::Payload, |manifest| names(expected, manifest));
            let is_extra = lacking.len() == self.count(Scope::Payload);
            if is_extra {
                plan.extra.insert(path.clone());
            } else if self.version.is_strict() && !lacking.is_empty() {
                findings.push(ArchiveFinding::new(codes::NOT_IN_EVERY, path, &[&lacking.join(", ")]));
            }
            // An extra file is reported later, if no missing file turns out to be it.
            if is_junk(path) && !is_extra {
                findings.push(ArchiveFinding::new(codes::SYSTEM_FILE, path, &[]));
            }
        }
    }

    fn check_tag_files(&self, plan: &mut Plan<'a>, findings: &mut Vec<ArchiveFinding>) {
        if self.count(Scope::Tags) == 0 {
            // The letopis profile requires them and reports it itself; an unknown profile has been reported.
            if !self.is_ours && !self.tree.files().any(|(path, _)| is_manifest(path, "tagmanifest-")) {
                findings.push(ArchiveFinding::new(codes::NO_TAG_MANIFEST, "", &[]));
            }
            return;
        }
        for (path, expected) in self.files(&plan.expected).filter(|(path, _)| !is_payload(path)) {
            if is_manifest(path, "tagmanifest-") || is_signature(self.tree, path) {
                continue;
            }
            let lacking = self.lacking(Scope::Tags, |manifest| names(expected, manifest));
            if lacking.is_empty() {
                continue;
            }
            plan.unlisted.insert(path.clone());
            let lacking = lacking.join(", ");
            findings.push(if is_manifest(path, "manifest-") {
                let code = codes::MANIFEST_UNLISTED.with(self.version.strictness());
                ArchiveFinding::new(code, path, &[&lacking, path])
            } else {
                // Opening a folder on a Mac must not make the bag invalid.
                let is_strict = self.is_ours && !is_junk(path);
                let code = if is_strict { codes::PROFILE_UNLISTED } else { codes::UNLISTED };
                ArchiveFinding::new(code, path, &[&lacking])
            });
        }
        self.check_algorithms(findings);
    }

    /// Both kinds of manifests should use the same algorithms (RFC 8493, 2.2.1).
    fn check_algorithms(&self, findings: &mut Vec<ArchiveFinding>) {
        let used = |scope| -> BTreeSet<Algorithm> {
            self.of_scope(scope).map(|manifest| manifest.algorithm).collect()
        };
        let (payload, tags) = (used(Scope::Payload), used(Scope::Tags));
        let differing: Vec<_> =
            payload.symmetric_difference(&tags).map(|algorithm| algorithm.name()).collect();
        if self.version.is_strict() && !differing.is_empty() {
            findings.push(ArchiveFinding::new(codes::ALGORITHMS_DIFFER, "", &[&differing.join(", ")]));
        }
    }

    /// Returns the regular files with the digests they must have.
    fn files<'p>(
        &'p self,
        expected: &'p [Vec<Expected<'a>>],
    ) -> impl Iterator<Item = (&'p String, &'p [Expected<'a>])> {
        let all = self.tree.entries.iter().zip(expected);
        all.filter(|((_, entry), _)| entry.kind == Kind::File)
            .map(|((path, _), expected)| (path, expected.as_slice()))
    }

    fn of_scope(&self, scope: Scope) -> impl Iterator<Item = &Manifest> {
        self.manifests.iter().filter(move |manifest| manifest.scope == scope)
    }

    fn count(&self, scope: Scope) -> usize {
        self.of_scope(scope).count()
    }

    /// Returns the manifests of a scope that do not list a file.
    fn lacking(&self, scope: Scope, lists: impl Fn(&Manifest) -> bool) -> Vec<&str> {
        self.of_scope(scope)
            .filter(|manifest| !lists(manifest))
            .map(|manifest| manifest.name.as_str())
            .collect()
    }
}

fn names(expected: &[Expected<'_>], manifest: &Manifest) -> bool {
    expected.iter().any(|expected| expected.manifest == manifest.name)
}
