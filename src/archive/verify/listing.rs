//! Manifests as they stand: which file names are manifests, and what their lines list.

use std::collections::BTreeMap;

use super::codes;
use super::declaration::{Declaration, Version};
use super::report::Finding;
use super::tags::{lines, read_text};
use super::tree::Tree;
use crate::archive::digest::Algorithm;
use crate::archive::manifest::unescape;
use crate::zip_entries::leads_outside;

/// What a manifest covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Files below `data/`.
    Payload,
    /// The other files.
    Tags,
}

/// A file named by a manifest.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The path with escapes undone.
    pub(super) path: String,
    /// The path as it stands, where undoing escapes changed it.
    escaped: Option<String>,
    /// Lower-case hex.
    pub(super) digest: String,
}

impl Line {
    /// Returns the path as it stands, without `./`.
    pub(super) fn written(&self) -> &str {
        self.escaped.as_deref().unwrap_or(&self.path)
    }
}

/// A manifest read.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Its file name.
    pub(super) name: String,
    pub(super) scope: Scope,
    pub(super) algorithm: Algorithm,
    /// Its lines in their order, without repetitions.
    pub(super) lines: Vec<Line>,
}

/// Reads every manifest of the bag, payload manifests first.
pub(super) fn read_all(tree: &Tree, declaration: &Declaration, findings: &mut Vec<Finding>) -> Vec<Manifest> {
    let names: Vec<&String> = tree.files().map(|(path, _)| path).filter(|path| !path.contains('/')).collect();
    let mut manifests = Vec::new();
    for (scope, prefix) in [(Scope::Payload, "manifest-"), (Scope::Tags, "tagmanifest-")] {
        for name in &names {
            if let Some(algorithm) = manifest_algorithm(name, prefix, findings) {
                let lines = read(tree, name, scope, algorithm, declaration, findings);
                manifests.push(Manifest { name: (*name).clone(), scope, algorithm, lines });
            }
        }
    }
    manifests
}

/// Tells whether a file name is that of a manifest of either kind, known algorithm or not.
pub(super) fn is_manifest(name: &str, prefix: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_prefix(prefix)
        .and_then(|rest| rest.strip_suffix(".txt"))
        .is_some_and(|middle| !middle.is_empty())
}

fn manifest_algorithm(name: &str, prefix: &str, findings: &mut Vec<Finding>) -> Option<Algorithm> {
    if !is_manifest(name, prefix) {
        return None;
    }
    let middle = name.get(prefix.len()..name.len() - ".txt".len())?;
    let Some(algorithm) = Algorithm::named(middle) else {
        findings.push(Finding::new(codes::ALGORITHM_UNKNOWN, name, &[middle]));
        return None;
    };
    let normal = format!("{prefix}{}.txt", algorithm.name());
    if name != normal {
        findings.push(Finding::new(codes::MANIFEST_NAME, name, &[&normal]));
    }
    Some(algorithm)
}

fn read(
    tree: &Tree,
    name: &str,
    scope: Scope,
    algorithm: Algorithm,
    declaration: &Declaration,
    findings: &mut Vec<Finding>,
) -> Vec<Line> {
    let Some(text) = read_text(tree, name, declaration, findings) else { return Vec::new() };
    let version = declaration.version();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<Line> = Vec::new();
    for (index, line) in lines(&text).into_iter().enumerate() {
        let mut report = |code, values: &[&str]| findings.push(Finding::new(code, name, values));
        let number = (index + 1).to_string();
        let Some(line) = parse(line, &number, algorithm, &mut report) else { continue };
        if !is_allowed(&line.path, scope, &number, version, &mut report) {
            continue;
        }
        match seen.get(&line.path).map(|index| &found[*index]) {
            Some(first) if first.digest == line.digest => {
                report(codes::LISTED_TWICE.with(version.strictness()), &[&line.path]);
            }
            Some(_) => report(codes::LISTED_DIFFERENTLY, &[&line.path]),
            None => {
                seen.insert(line.path.clone(), found.len());
                found.push(line);
            }
        }
    }
    found
}

/// Parses one line: digest, blanks, path (RFC 8493, 2.1.3), and the forms that md5sum leaves.
fn parse(
    line: &str,
    number: &str,
    algorithm: Algorithm,
    report: &mut impl FnMut(codes::Code, &[&str]),
) -> Option<Line> {
    if line.trim().is_empty() {
        report(codes::BLANK_LINE, &[number]);
        return None;
    }
    let (line, is_backslashed) = match line.strip_prefix('\\') {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    let Some((digest, path)) = line.split_once([' ', '\t']).filter(|(_, path)| !path.trim().is_empty())
    else {
        report(codes::MANIFEST_LINE, &[number, line]);
        return None;
    };
    if digest.len() != algorithm.hex_len() || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        report(codes::DIGEST_LENGTH, &[number, digest, algorithm.name()]);
        return None;
    }
    let mut path = path.trim_start_matches([' ', '\t']).to_owned();
    if is_backslashed {
        report(codes::BACKSLASH, &[number]);
        path = path.replace("\\n", "\n").replace("\\\\", "\\");
    }
    if let Some(rest) = path.strip_prefix('*') {
        report(codes::ASTERISK, &[number]);
        path = rest.to_owned();
    }
    if path.starts_with("./") {
        report(codes::DOT_SLASH, &[number]);
        path = path.trim_start_matches("./").to_owned();
    }
    let plain = unescape(&path);
    let escaped = (plain != path).then_some(path);
    Some(Line { path: plain, escaped, digest: digest.to_ascii_lowercase() })
}

/// Tells whether a manifest of that scope may list a path; reports it when not.
fn is_allowed(
    path: &str,
    scope: Scope,
    number: &str,
    version: Version,
    report: &mut impl FnMut(codes::Code, &[&str]),
) -> bool {
    if leads_outside(path) {
        report(codes::PATH_OUTSIDE, &[number, path]);
        return false;
    }
    let is_payload = path.starts_with("data/");
    let strictness = version.strictness();
    match scope {
        Scope::Payload if !is_payload => report(codes::NOT_PAYLOAD, &[number, path]),
        Scope::Tags if is_payload => report(codes::LISTS_PAYLOAD.with(strictness), &[number, path]),
        Scope::Tags if is_manifest(path, "tagmanifest-") => {
            report(codes::LISTS_TAG_MANIFEST.with(strictness), &[number, path]);
        }
        _ => return true,
    }
    // What a draft allowed is still checked.
    scope == Scope::Tags && !version.is_strict()
}
