//! Finds the files that a manifest's lines mean, under any spelling, and explains lines without a file.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::codes;
use super::finding::ArchiveFinding;
use super::listing::{Line, Manifest};
use super::plan::{Contents, Expected, Plan, is_junk};
use super::tree::{Kind, Tree};
use crate::bagit::names::{composed, folded};

/// Positions of files by their names as seen by file systems that ignore case or normalization.
pub(super) struct Aliases<'a> {
    tree: &'a Tree,
    // Needed only if a listed name is not a file's.
    composed: OnceCell<HashMap<String, usize>>,
    folded: OnceCell<HashMap<String, usize>>,
}

impl<'a> Aliases<'a> {
    pub(super) fn of(tree: &'a Tree, findings: &mut Vec<ArchiveFinding>) -> Self {
        if may_collide(tree) {
            let mut by_name = HashMap::new();
            for (position, path) in files(tree) {
                if let Some(other) = by_name.insert(folded(path), position) {
                    findings.push(ArchiveFinding::new(codes::NAMES_COLLIDE, path, &[path_at(tree, other)]));
                }
            }
        }
        Self { tree, composed: OnceCell::new(), folded: OnceCell::new() }
    }

    fn composed(&self, path: &str) -> Option<usize> {
        let by_name = self
            .composed
            .get_or_init(|| files(self.tree).map(|(position, path)| (composed(path), position)).collect());
        by_name.get(&composed(path)).copied()
    }

    fn folded(&self, path: &str) -> Option<usize> {
        let by_name = self
            .folded
            .get_or_init(|| files(self.tree).map(|(position, path)| (folded(path), position)).collect());
        by_name.get(&folded(path)).copied()
    }
}

/// Returns whether two names may be equal when folded. Short digests of the names answer; a "no" is certain.
fn may_collide(tree: &Tree) -> bool {
    let state = RandomState::new();
    let mut digests: Vec<u64> = files(tree).map(|(_, path)| state.hash_one(folded(path))).collect();
    digests.sort_unstable();
    digests.windows(2).any(|pair| pair[0] == pair[1])
}

fn files(tree: &Tree) -> impl Iterator<Item = (usize, &str)> {
    let all = tree.entries.iter().enumerate();
    all.filter(|(_, (_, entry))| entry.kind == Kind::File)
        .map(|(position, (path, _))| (position, path.as_str()))
}

fn path_at(tree: &Tree, position: usize) -> &str {
    tree.entries.get_index(position).map_or("", |(path, _)| path)
}

impl<'a> Contents<'a> {
    /// Finds the file of every line of a manifest.
    pub(super) fn follow(
        &self,
        manifest: &'a Manifest,
        aliases: &Aliases<'_>,
        plan: &mut Plan<'a>,
        findings: &mut Vec<ArchiveFinding>,
    ) {
        let mut taken = vec![false; self.tree.entries.len()];
        let mut pending = Vec::new();
        let mut next = 0;
        for line in &manifest.lines {
            let candidates = if self.version.is_strict() {
                [line.path.as_str(), line.written()]
            } else {
                [line.written(), line.path.as_str()]
            };
            let found = candidates.iter().find_map(|path| Some((path, self.tree.position_from(next, path)?)));
            match found {
                Some((path, position)) => {
                    let is_bare = self.version.is_strict() && has_bare_percent(line.written());
                    if *path != candidates[0] || is_bare {
                        findings.push(ArchiveFinding::new(codes::PERCENT, manifest.name.as_str(), &[path]));
                    }
                    taken[position] = true;
                    next = position + 1;
                    expect(plan, position, manifest, line, None);
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
        aliases: &Aliases<'_>,
        taken: &[bool],
        plan: &mut Plan<'a>,
        findings: &mut Vec<ArchiveFinding>,
    ) {
        // In version 1.0 a manifest lists a file exactly once, under any spelling.
        let is_free = |position: &usize| !self.version.is_strict() || !taken[*position];
        if let Some(position) = aliases.composed(&line.path).filter(is_free) {
            let path = path_at(self.tree, position);
            findings.push(ArchiveFinding::new(codes::NAME_NORMALIZED, path, &[&manifest.name, &line.path]));
            expect(plan, position, manifest, line, None);
        } else if let Some(position) = aliases.folded(&line.path).filter(is_free) {
            expect(plan, position, manifest, line, Some(&line.path));
        } else {
            self.judge_absent(manifest, line, plan, findings);
        }
    }

    fn judge_absent(
        &self,
        manifest: &'a Manifest,
        line: &'a Line,
        plan: &mut Plan<'a>,
        findings: &mut Vec<ArchiveFinding>,
    ) {
        let path = &line.path;
        match self.tree.entries.get(path.as_str()).map(|entry| entry.kind) {
            Some(Kind::Folder) => {
                findings.push(ArchiveFinding::new(codes::IS_FOLDER, path, &[&manifest.name]));
            }
            // Links, devices and refused entries have been reported as such.
            Some(_) => {}
            None if self.tree.is_unknown(path) => {}
            None if self.fetch.contains(path) => {
                if plan.unfetched.insert(path.to_string()) {
                    findings.push(ArchiveFinding::new(codes::NOT_FETCHED, path, &[]));
                }
            }
            None if !self.version.is_strict()
                && is_junk(path)
                && line.digest == manifest.algorithm.of(b"") =>
            {
                plan.absent_junk += 1;
                findings.push(ArchiveFinding::new(codes::JUNK_ABSENT, path, &[&manifest.name]));
            }
            None => {
                let missing = plan.missing.entry(path.to_string()).or_default();
                missing.digests.push((manifest.algorithm, &line.digest));
                missing.manifests.push(&manifest.name);
            }
        }
    }
}

fn expect<'a>(
    plan: &mut Plan<'a>,
    position: usize,
    manifest: &'a Manifest,
    line: &'a Line,
    by_case: Option<&'a str>,
) {
    let expected = &mut plan.expected[position];
    // Most bags have two manifests.
    expected.reserve_exact(2_usize.saturating_sub(expected.len()));
    expected.push(Expected {
        algorithm: manifest.algorithm,
        digest: &line.digest,
        manifest: &manifest.name,
        by_case,
    });
}

/// Returns whether a path as written has a percent sign that is not an escape: version 1.0 requires `%25`.
fn has_bare_percent(written: &str) -> bool {
    let signs = written.match_indices('%').map(|(at, _)| written.get(at + 1..at + 3).unwrap_or_default());
    signs.map(str::to_ascii_lowercase).any(|code| !matches!(code.as_str(), "0a" | "0d" | "25"))
}
