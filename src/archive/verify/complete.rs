//! Completeness: every file listed is there, every file there is listed (RFC 8493, 3). Digests are only planned here.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::declaration::Version;
use super::listing::{Line, Manifest, Scope, is_manifest};
use super::report::Finding;
use super::tree::{Kind, Tree};
use crate::archive::digest::Algorithm;
use crate::archive::names::{composed, folded};

/// A digest that a file must have.
#[derive(Clone, Debug)]
pub(super) struct Expected<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) digest: &'a str,
    /// File name of the manifest that says so.
    pub(super) manifest: &'a str,
    /// The listed path, when it equals the file's only without regard to case: then only an equal digest tells that
    /// this file is meant.
    pub(super) by_case: Option<&'a str>,
}

/// A listed file that is not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing<'a> {
    pub(super) digests: Vec<(Algorithm, &'a str)>,
    pub(super) manifests: Vec<&'a str>,
}

/// What completeness established and digests have to confirm.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// By path of the file in the tree.
    pub(super) expected: BTreeMap<String, Vec<Expected<'a>>>,
    pub(super) missing: BTreeMap<String, Missing<'a>>,
    /// Payload files in no manifest.
    pub(super) extra: BTreeSet<String>,
    /// Tag files in no tag manifest.
    pub(super) unlisted: BTreeSet<String>,
    /// Empty system files that are absent, which the drafts forgive.
    pub(super) absent_junk: u64,
    /// Files that `fetch.txt` still promises.
    pub(super) unfetched: BTreeSet<String>,
}

/// Everything completeness looks at.
pub(super) struct Contents<'a> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    pub(super) manifests: &'a [Manifest],
    pub(super) fetch: &'a BTreeSet<String>,
    /// Whether the bag declares the letopis profile.
    pub(super) is_ours: bool,
}

/// Compares manifests with files, in both directions.
pub(super) fn check<'a>(contents: &Contents<'a>, findings: &mut Vec<Finding>) -> Plan<'a> {
    let aliases = Aliases::of(contents.tree, findings);
    let mut plan = Plan::default();
    for manifest in contents.manifests {
        contents.follow(manifest, &aliases, &mut plan, findings);
    }
    contents.check_fetch(findings);
    contents.check_payload(&mut plan, findings);
    contents.check_tag_files(&mut plan, findings);
    plan
}

/// Names as file systems that ignore case or normalization see them.
struct Aliases {
    composed: BTreeMap<String, String>,
    folded: BTreeMap<String, String>,
}

impl Aliases {
    fn of(tree: &Tree, findings: &mut Vec<Finding>) -> Self {
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
    fn follow(
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

    /// Files to be fetched must be listed like all others.
    fn check_fetch(&self, findings: &mut Vec<Finding>) {
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
                findings.push(Finding::new(codes::FETCH_NOT_LISTED, path, &[&lacking.join(", ")]));
            }
        }
    }

    fn check_payload(&self, plan: &mut Plan, findings: &mut Vec<Finding>) {
        for (path, _) in self.tree.files().filter(|(path, _)| path.starts_with("data/")) {
            let expected = plan.expected.get(path).map(Vec::as_slice).unwrap_or_default();
            let lacking = self.lacking(Scope::Payload, |manifest| names(expected, manifest));
            if lacking.len() == self.count(Scope::Payload) {
                plan.extra.insert(path.clone());
            } else if self.version.is_strict() && !lacking.is_empty() {
                findings.push(Finding::new(codes::NOT_IN_EVERY, path, &[&lacking.join(", ")]));
            }
            if is_junk(path) {
                findings.push(Finding::new(codes::SYSTEM_FILE, path, &[]));
            }
        }
    }

    fn check_tag_files(&self, plan: &mut Plan, findings: &mut Vec<Finding>) {
        if self.count(Scope::Tags) == 0 {
            return;
        }
        for (path, _) in self.tree.files().filter(|(path, _)| !path.starts_with("data/")) {
            if is_manifest(path, "tagmanifest-") || is_signature(path) {
                continue;
            }
            let expected = plan.expected.get(path).map(Vec::as_slice).unwrap_or_default();
            let lacking = self.lacking(Scope::Tags, |manifest| names(expected, manifest));
            if lacking.is_empty() {
                continue;
            }
            plan.unlisted.insert(path.clone());
            let lacking = lacking.join(", ");
            findings.push(if is_manifest(path, "manifest-") {
                let code = codes::MANIFEST_UNLISTED.with(self.version.strictness());
                Finding::new(code, path, &[&lacking, path])
            } else {
                // Opening a folder on a Mac must not make the bag invalid.
                let is_strict = self.is_ours && !is_junk(path);
                let code = if is_strict { codes::PROFILE_UNLISTED } else { codes::UNLISTED };
                Finding::new(code, path, &[&lacking])
            });
        }
        self.check_algorithms(findings);
    }

    /// Both kinds of manifests should use the same algorithms (RFC 8493, 2.2.1).
    fn check_algorithms(&self, findings: &mut Vec<Finding>) {
        let used = |scope| -> BTreeSet<Algorithm> {
            self.of_scope(scope).map(|manifest| manifest.algorithm).collect()
        };
        let (payload, tags) = (used(Scope::Payload), used(Scope::Tags));
        let differing: Vec<_> =
            payload.symmetric_difference(&tags).map(|algorithm| algorithm.name()).collect();
        if self.version.is_strict() && !differing.is_empty() {
            findings.push(Finding::new(codes::ALGORITHMS_DIFFER, "", &[&differing.join(", ")]));
        }
    }

    fn of_scope(&self, scope: Scope) -> impl Iterator<Item = &Manifest> {
        self.manifests.iter().filter(move |manifest| manifest.scope == scope)
    }

    fn count(&self, scope: Scope) -> usize {
        self.of_scope(scope).count()
    }

    /// Returns the names of the manifests of a scope that do not list something.
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

/// Files that operating systems leave in folders they show.
fn is_junk(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    matches!(name.as_str(), ".ds_store" | "thumbs.db" | "desktop.ini") || name.starts_with("._")
}

/// A detached signature of a tag manifest: it cannot stand in what it signs.
fn is_signature(path: &str) -> bool {
    let signed = path.strip_suffix(".sig").or_else(|| path.strip_suffix(".p7s"));
    signed.is_some_and(|signed| is_manifest(signed, "tagmanifest-"))
}

/// Compares `Payload-Oxum` with what lies in `data/` (RFC 8493, 2.2.2): quick, and never a proof of validity.
pub(super) fn check_oxum(
    tree: &Tree,
    stated: &str,
    info_path: &str,
    plan: &Plan,
    findings: &mut Vec<Finding>,
) {
    let parsed = stated.split_once('.').and_then(|(bytes, files)| {
        let number = |text: &str| text.parse::<u64>().ok().filter(|_| !text.starts_with('+'));
        Some((number(bytes)?, number(files)?))
    });
    let Some(promised) = parsed else {
        findings.push(Finding::new(codes::OXUM_UNREADABLE, info_path, &[stated]));
        return;
    };
    // What is known to be absent or unknown is reported as that.
    if !plan.unfetched.is_empty() || !tree.unlisted.is_empty() {
        return;
    }
    let payload = tree.files().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, files) = payload.fold((0, 0), |(bytes, files), (_, entry)| (bytes + entry.bytes, files + 1));
    if promised != (bytes, files) && promised != (bytes, files + plan.absent_junk) {
        let found = format!("{bytes}.{files}");
        findings.push(Finding::new(codes::OXUM_DIFFERS, info_path, &[stated, &found]));
    }
}
