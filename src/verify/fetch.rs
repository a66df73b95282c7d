//! `fetch.txt`: payload files that have to be fetched first (RFC 8493, 2.2.3). Nothing is ever fetched here.

use std::collections::BTreeSet;

use super::codes;
use super::finding::ArchiveFinding;
use super::tags::{lines, read_text};
use super::tree::Tree;
use super::version::Declaration;
use crate::bagit::manifest::unescape;
use crate::base::folders::is_payload;
use crate::base::inside::{InsidePath, Outside};

/// File name of the list.
pub(super) const FETCH: &str = "fetch.txt";

/// Reads the list and returns the paths to be fetched.
pub(super) fn read(
    tree: &Tree,
    declaration: &Declaration,
    findings: &mut Vec<ArchiveFinding>,
) -> BTreeSet<InsidePath> {
    let mut paths = BTreeSet::new();
    let Some(text) = read_text(tree, FETCH, declaration, findings) else { return paths };
    for (index, line) in lines(&text).into_iter().enumerate() {
        let number = (index + 1).to_string();
        let mut report = |code, values: &[&str]| findings.push(ArchiveFinding::new(code, FETCH, values));
        if line.trim().is_empty() {
            report(codes::BLANK_LINE, &[&number]);
            continue;
        }
        let Some(path) = parse(line) else {
            report(codes::FETCH_LINE, &[&number, line]);
            continue;
        };
        match InsidePath::new(path) {
            Err(Outside(path)) => report(codes::PATH_OUTSIDE, &[&number, &path]),
            Ok(path) if !is_payload(&path) => report(codes::NOT_PAYLOAD, &[&number, &path]),
            Ok(path) => drop(paths.insert(path)),
        }
    }
    paths
}

/// Parses `url length path`: the address is absolute and without blanks, the length is a number or a hyphen.
fn parse(line: &str) -> Option<String> {
    let (url, rest) = line.split_once([' ', '\t'])?;
    let (length, path) = rest.trim_start_matches([' ', '\t']).split_once([' ', '\t'])?;
    let path = path.trim_start_matches([' ', '\t']);
    let is_length = length == "-" || (!length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()));
    let path = unescape(path.strip_prefix("./").unwrap_or(path));
    (is_absolute(url) && is_length && !path.is_empty()).then_some(path)
}

/// Tells whether an address begins with a scheme (RFC 3986, 3.1).
fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_sign)
}
