//! Manifests as written: which file names are manifests, and what their lines list.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::codes;
use super::finding::ArchiveFinding;
use super::severity::ArchiveSeverity;
use super::tags::{lines, read_text};
use super::tree::Tree;
use super::version::{Declaration, Version};
use crate::bagit::manifest::unescape;
use crate::base::digest::Algorithm;
use crate::base::folders::is_payload;
use crate::base::inside::{InsidePath, Outside};

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
    /// The path after undoing escapes; it stays in the bag.
    pub(super) path: InsidePath,
    /// The path as written, if undoing escapes changed it.
    escaped: Option<String>,
    /// Lower-case hex.
    pub(super) digest: String,
}

impl Line {
    /// Returns the path as written, without `./`.
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
    /// Its lines in order, without repetitions.
    pub(super) lines: Vec<Line>,
}

/// Reads every manifest of the bag, payload manifests first.
pub(super) fn read_all(
    tree: &Tree,
    declaration: &Declaration,
    findings: &mut Vec<ArchiveFinding>,
) -> Vec<Manifest> {
    let names: Vec<&String> = tree.files().map(|(path, _)| path).filter(|path| !path.contains('/')).collect();
    let mut manifests = Vec::new();
    for (scope, prefix) in [(Scope::Payload, "manifest-"), (Scope::Tags, "tagmanifest-")] {
        let mut unknown = Vec::new();
        let first = manifests.len();
        for name in names.iter().filter(|name| is_manifest(name, prefix)) {
            match manifest_algorithm(name, prefix, findings) {
                Some(algorithm) => {
                    manifests.push(Manifest { name: (*name).clone(), scope, algorithm, lines: Vec::new() });
                }
                None => unknown.push(name),
            }
        }
        // If another manifest covers the files, an unreadable one leaves nothing unchecked.
        let code = match manifests.len() > first {
            true => codes::ALGORITHM_UNKNOWN.with(ArchiveSeverity::Warning),
            false => codes::ALGORITHM_UNKNOWN,
        };
        let middle = |name: &str| name[prefix.len()..name.len() - ".txt".len()].to_owned();
        findings.extend(
            unknown.into_iter().map(|name| ArchiveFinding::new(code, name.as_str(), &[&middle(name)])),
        );
    }
    report_weak(&manifests, findings);
    let read: Vec<_> = manifests
        .par_iter_mut()
        .map(|manifest| {
            let mut found = Vec::new();
            manifest.lines = read(tree, manifest, declaration, &mut found);
            found
        })
        .collect();
    findings.extend(read.into_iter().flatten());
    manifests
}

/// Reports that no digest stronger than MD5 or SHA-1 covers the payload, or the tag files.
fn report_weak(manifests: &[Manifest], findings: &mut Vec<ArchiveFinding>) {
    let of = |scope| -> BTreeSet<Algorithm> {
        let own = manifests.iter().filter(|manifest| manifest.scope == scope);
        own.map(|manifest| manifest.algorithm).collect()
    };
    let is_weak = |algorithms: &BTreeSet<Algorithm>| {
        !algorithms.is_empty() && algorithms.iter().all(|algorithm| *algorithm < Algorithm::Sha224)
    };
    // Tag manifests cannot replace a missing payload digest, so one report is enough.
    let weak = [Scope::Payload, Scope::Tags].map(of).into_iter().find(is_weak);
    if let Some(algorithms) = weak {
        let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
        findings.push(ArchiveFinding::new(codes::WEAK_ALGORITHMS, "", &[&names.join(", ")]));
    }
}

/// Returns whether a file name is that of a manifest of either kind, with a known algorithm or not.
pub(super) fn is_manifest(name: &str, prefix: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_prefix(prefix)
        .and_then(|rest| rest.strip_suffix(".txt"))
        .is_some_and(|middle| !middle.is_empty())
}

fn manifest_algorithm(name: &str, prefix: &str, findings: &mut Vec<ArchiveFinding>) -> Option<Algorithm> {
    let algorithm = Algorithm::named(name.get(prefix.len()..name.len() - ".txt".len())?)?;
    let normal = format!("{prefix}{}.txt", algorithm.name());
    if name != normal {
        findings.push(ArchiveFinding::new(codes::MANIFEST_NAME, name, &[&normal]));
    }
    Some(algorithm)
}

fn read(
    tree: &Tree,
    Manifest { name, scope, algorithm, .. }: &Manifest,
    declaration: &Declaration,
    findings: &mut Vec<ArchiveFinding>,
) -> Vec<Line> {
    let Some(text) = read_text(tree, name, declaration, findings) else { return Vec::new() };
    let version = declaration.version();
    let mut found: Vec<Line> = Vec::new();
    for (index, line) in lines(&text).into_iter().enumerate() {
        // Line numbers are formatted only for faults.
        let mut report = |code, values: &[&str]| {
            let number = (index + 1).to_string();
            let values: Vec<&str> = std::iter::once(number.as_str()).chain(values.iter().copied()).collect();
            findings.push(ArchiveFinding::new(code, name, &values));
        };
        let line = parse(line, *algorithm, &mut report).and_then(|line| line.inside(&mut report));
        found.extend(line.filter(|line| is_allowed(&line.path, *scope, version, &mut report)));
    }
    without_repeats(found, name, version, findings)
}

/// Keeps the first line of every path and reports the others.
fn without_repeats(
    lines: Vec<Line>,
    name: &str,
    version: Version,
    findings: &mut Vec<ArchiveFinding>,
) -> Vec<Line> {
    // Programs write manifests in path order, in which no path repeats.
    if lines.windows(2).all(|pair| pair[0].path < pair[1].path) {
        return lines;
    }
    let mut first: HashMap<&str, &str> = HashMap::with_capacity(lines.len());
    let mut is_first = Vec::with_capacity(lines.len());
    for Line { path, digest, .. } in &lines {
        let code = match first.entry(path) {
            Entry::Vacant(place) => {
                place.insert(digest);
                None
            }
            Entry::Occupied(first) if first.get() == digest => {
                Some(codes::LISTED_TWICE.with(version.strictness()))
            }
            Entry::Occupied(_) => Some(codes::LISTED_DIFFERENTLY),
        };
        findings.extend(code.map(|code| ArchiveFinding::new(code, name, &[path])));
        is_first.push(code.is_none());
    }
    lines.into_iter().zip(is_first).filter_map(|(line, is_first)| is_first.then_some(line)).collect()
}

/// A line whose path has not been checked yet.
struct Stated {
    path: String,
    escaped: Option<String>,
    digest: String,
}

impl Stated {
    /// Accepts the line, unless its path leads outside the bag, which is reported.
    fn inside(self, report: &mut impl FnMut(codes::Code, &[&str])) -> Option<Line> {
        match InsidePath::new(self.path) {
            Ok(path) => Some(Line { path, escaped: self.escaped, digest: self.digest }),
            Err(Outside(path)) => {
                report(codes::PATH_OUTSIDE, &[&path]);
                None
            }
        }
    }
}

/// Parses one line: digest, blanks, path (RFC 8493, 2.1.3), and the forms that md5sum writes. The line number
/// comes first among the values of every report.
fn parse(line: &str, algorithm: Algorithm, report: &mut impl FnMut(codes::Code, &[&str])) -> Option<Stated> {
    if line.trim().is_empty() {
        report(codes::BLANK_LINE, &[]);
        return None;
    }
    let (line, is_backslashed) = match line.strip_prefix('\\') {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    let Some((digest, path)) = cut(line, algorithm).filter(|(_, path)| !path.trim().is_empty()) else {
        report(codes::MANIFEST_LINE, &[line]);
        return None;
    };
    if digest.len() != algorithm.hex_len() || !is_hex(digest) {
        report(codes::DIGEST_LENGTH, &[digest, algorithm.name()]);
        return None;
    }
    let mut path = path.trim_start_matches([' ', '\t']).to_owned();
    if is_backslashed {
        report(codes::BACKSLASH, &[]);
        path = path.replace("\\n", "\n").replace("\\\\", "\\");
    }
    if let Some(rest) = path.strip_prefix('*') {
        report(codes::ASTERISK, &[]);
        path = rest.to_owned();
    }
    if path.starts_with("./") {
        report(codes::DOT_SLASH, &[]);
        path = path.trim_start_matches("./").to_owned();
    }
    let (path, escaped) = if path.contains('%') {
        let plain = unescape(&path);
        let escaped = (plain != path).then_some(path);
        (plain, escaped)
    } else {
        (path, None)
    };
    Some(Stated { path, escaped, digest: digest.to_ascii_lowercase() })
}

/// Splits a line at its first blank, which is nearly always where the digest must end.
fn cut(line: &str, algorithm: Algorithm) -> Option<(&str, &str)> {
    if let Some(digest) = line.get(..algorithm.hex_len()).filter(|digest| is_hex(digest))
        && let Some(path) = line[digest.len()..].strip_prefix([' ', '\t'])
    {
        return Some((digest, path));
    }
    line.split_once([' ', '\t'])
}

/// Returns whether a text is hexadecimal digits. It has no branch, so that many characters are tested at
/// once.
fn is_hex(text: &str) -> bool {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10 || (byte | 0x20).wrapping_sub(b'a') < 6;
    text.bytes().fold(true, |all, byte| all & is_digit(byte))
}

/// Returns whether a manifest of that scope may list a path of the bag; reports it if not.
fn is_allowed(
    path: &str,
    scope: Scope,
    version: Version,
    report: &mut impl FnMut(codes::Code, &[&str]),
) -> bool {
    let is_payload = is_payload(path);
    let strictness = version.strictness();
    match scope {
        Scope::Payload if !is_payload => report(codes::NOT_PAYLOAD, &[path]),
        Scope::Tags if is_payload => report(codes::LISTS_PAYLOAD.with(strictness), &[path]),
        Scope::Tags if is_manifest(path, "tagmanifest-") => {
            report(codes::LISTS_TAG_MANIFEST.with(strictness), &[path]);
        }
        _ => return true,
    }
    // Paths that a draft allowed are still checked.
    scope == Scope::Tags && !version.is_strict()
}
