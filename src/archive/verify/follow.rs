//! From a manifest's lines to the files they mean, under whatever spelling, and what it means when there is none.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::complete::{Contents, Expected, Plan, is_junk};
use super::listing::{Line, Manifest};
use super::report::Finding;
use super::tree::{Kind, Tree};
use crate::archive::names::{composed, folded};

/// Names as file systems that ignore case or normalization see them.
pub(super) struct Aliases {
    composed: BTreeMap<String, String>,
    folded: BTreeMap<String, String>,
}

impl Aliases {
    pub(super) fn of(tree: &Tree, findings: &mut Vec<Finding>) -> Self {
        let mut aliases = Self { composed: BTreeMap::new(), folded: BTreeMap::new() };
        for (path, _) in tree.files() {
            aliases.composed.insert(composed(path), path.clone());
            if let Some(other) = aliases.folded.insert(folded(path), path.clone()) {
                findings.push(Finding::new(codes::NAMES_COLLIDE, path, &[&other]));
            }
        }
        aliases
    }
}

impl<'a> Contents<'a> {
    /// Finds the file of every line of a manifest.
    pub(super) fn follow(
        &self,
        manifest: &'a Manifest,
        aliases: &Aliases,
        plan: &mut Plan<'a>,
        findings: &mut Vec<Finding>,
    ) {
        let mut taken = BTreeSet::new();
        let mut pending = Vec::new();
        for line in &manifest.lines {
            let candidates = if self.version.is_strict() {
                [line.path.as_str(), line.written()]
            } else {
                [line.written(), line.path.as_str()]
            };
            match candidates.into_iter().find(|path| self.tree.file(path).is_some()) {
                Some(path) => {
                    let is_bare = self.version.is_strict() && has_bare_percent(line.written());
                    if path != candidates[0] || is_bare {
                        findings.push(Finding::new(codes::PERCENT, manifest.name.as_str(), &[path]));
                    }
                    taken.insert(path);
                    expect(plan, path, manifest, line, None);
                }
                None => pending.push(line),
            }
        }
        for line in pending {
            self.follow_alias(manifest, line, aliases, &taken, plan, findings);
        }
    }

    /// Looks for a file under another spelling of the listed name.
    fn follow_alias(
        &self,
        manifest: &'a Manifest,
        line: &'a Line,
        aliases: &Aliases,
        taken: &BTreeSet<&str>,
        plan: &mut Plan<'a>,
        findings: &mut Vec<Finding>,
    ) {
        // In version 1.0 a file stands in a manifest exactly once, under whatever spelling.
        let is_free = |path: &&String| !self.version.is_strict() || !taken.contains(path.as_str());
        if let Some(path) = aliases.composed.get(&composed(&line.path)).filter(is_free) {
            findings.push(Finding::new(codes::NAME_NORMALIZED, path, &[&manifest.name, &line.path]));
            expect(plan, path, manifest, line, None);
        } else if let Some(path) = aliases.folded.get(&folded(&line.path)).filter(is_free) {
            expect(plan, path, manifest, line, Some(&line.path));
        } else {
            self.judge_absent(manifest, line, plan, findings);
        }
    }

    fn judge_absent(
        &self,
        manifest: &'a Manifest,
        line: &'a Line,
        plan: &mut Plan<'a>,
        findings: &mut Vec<Finding>,
    ) {
        let path = &line.path;
        match self.tree.entries.get(path).map(|entry| entry.kind) {
            Some(Kind::Folder) => findings.push(Finding::new(codes::IS_FOLDER, path, &[&manifest.name])),
            // Links, devices and refused entries have been reported as what they are.
            Some(_) => {}
            None if self.tree.is_unknown(path) => {}
            None if self.fetch.contains(path) => {
                if plan.unfetched.insert(path.clone()) {
                    findings.push(Finding::new(codes::NOT_FETCHED, path, &[]));
                }
            }
            None if !self.version.is_strict()
                && is_junk(path)
                && line.digest == manifest.algorithm.of(b"") =>
            {
                plan.absent_junk += 1;
                findings.push(Finding::new(codes::JUNK_ABSENT, path, &[&manifest.name]));
            }
            None => {
                let missing = plan.missing.entry(path.clone()).or_default();
                missing.digests.push((manifest.algorithm, &line.digest));
                missing.manifests.push(&manifest.name);
            }
        }
    }
}

fn expect<'a>(
    plan: &mut Plan<'a>,
    path: &str,
    manifest: &'a Manifest,
    line: &'a Line,
    by_case: Option<&'a str>,
) {
    plan.expected.entry(path.to_owned()).or_default().push(Expected {
        algorithm: manifest.algorithm,
        digest: &line.digest,
        manifest: &manifest.name,
        by_case,
    });
}

/// Tells whether a path as written holds a percent sign that is no escape: version 1.0 wants `%25`.
fn has_bare_percent(written: &str) -> bool {
    let signs = written.match_indices('%').map(|(at, _)| written.get(at + 1..at + 3).unwrap_or_default());
    signs.map(str::to_ascii_lowercase).any(|code| !matches!(code.as_str(), "0a" | "0d" | "25"))
}
