//! `bagit.txt`: the BagIt version of the bag and the encoding of its tag files (RFC 8493, 2.1.1).

use std::fmt;

use encoding_rs::{Encoding, UTF_8};

use super::codes;
use super::finding::Finding;
use super::report::Severity;
use super::tree::Tree;

/// File name of the declaration.
pub(super) const DECLARATION: &str = "bagit.txt";

/// A version of BagIt. Versions are compared to find the rules that apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// RFC 8493.
    pub(super) const V1: Self = Self { major: 1, minor: 0 };
    const FIRST: Self = Self { major: 0, minor: 93 };
    const LAST_DRAFT: Self = Self { major: 0, minor: 97 };

    /// Returns whether the rules of RFC 8493 apply, rather than those of an earlier draft.
    pub(super) fn is_strict(self) -> bool {
        self >= Self::V1
    }

    /// Returns the severity of something that the RFC forbids and the drafts did not.
    pub(super) fn strictness(self) -> Severity {
        if self.is_strict() { Severity::Error } else { Severity::Warning }
    }

    fn parse(text: &str) -> Option<Self> {
        let number =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        let (major, minor) = text.split_once('.')?;
        Some(Self { major: number(major)?, minor: number(minor)? })
    }

    fn is_known(self) -> bool {
        self == Self::V1 || (Self::FIRST..=Self::LAST_DRAFT).contains(&self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// The content of the declaration, or the defaults where it is unreadable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    /// `None` if it could not be read; then the rules of 1.0 apply.
    pub(super) stated: Option<Version>,
    pub(super) encoding: &'static Encoding,
    /// UTF-16 without a byte order mark is big-endian, unless the label says otherwise (RFC 2781, 4.3).
    pub(super) is_plain_utf16: bool,
}

impl Declaration {
    /// Returns the version whose rules apply.
    pub(super) fn version(&self) -> Version {
        self.stated.unwrap_or(Version::V1)
    }
}

/// Reads the declaration and reports its faults.
pub(super) fn read(tree: &Tree, findings: &mut Vec<Finding>) -> Declaration {
    let mut declaration = Declaration { stated: None, encoding: UTF_8, is_plain_utf16: false };
    let Some(bytes) = tree.tag_file(DECLARATION, findings) else {
        if tree.file(DECLARATION).is_none() && !tree.is_unknown(DECLARATION) {
            findings.push(Finding::new(codes::NO_DECLARATION, DECLARATION, &[]));
        }
        return declaration;
    };
    let mut report = |code, values: &[&str]| findings.push(Finding::new(code, DECLARATION, values));
    let bytes = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .inspect(|_| report(codes::DECLARATION_BOM, &[]))
        .unwrap_or(&bytes);
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        report(codes::UNDECODABLE, &["UTF-8"]);
    }
    let lines: Vec<&str> = super::tags::lines(&text);
    read_version(lines.first().copied().unwrap_or_default(), &mut declaration, &mut report);
    match lines.get(1) {
        Some(line) => read_encoding(line, &mut declaration, &mut report),
        None => report(codes::NO_ENCODING, &[]),
    }
    for (index, line) in lines.iter().enumerate().skip(2) {
        if declaration.version().is_strict() || !line.trim().is_empty() {
            report(codes::DECLARATION_LINE, &[&(index + 1).to_string(), line]);
        }
    }
    super::tags::check_end(&text, DECLARATION, declaration.version(), findings);
    declaration
}

fn read_version(line: &str, declaration: &mut Declaration, report: &mut impl FnMut(codes::Code, &[&str])) {
    let Some((label, value)) = line.split_once(':').filter(|(label, _)| label.trim() == "BagIt-Version")
    else {
        return report(codes::DECLARATION_LINE, &["1", line]);
    };
    declaration.stated = Version::parse(value.trim());
    match declaration.stated {
        None => report(codes::VERSION_UNREADABLE, &[value.trim()]),
        Some(version) => {
            if !version.is_known() {
                report(codes::VERSION_UNKNOWN, &[&version.to_string()]);
            }
            if version.is_strict() && !is_exact(label, value) {
                report(codes::DECLARATION_LINE, &["1", line]);
            }
        }
    }
}

fn read_encoding(line: &str, declaration: &mut Declaration, report: &mut impl FnMut(codes::Code, &[&str])) {
    let named = line.split_once(':').filter(|(label, _)| label.trim() == "Tag-File-Character-Encoding");
    let Some((label, value)) = named else {
        return report(codes::DECLARATION_LINE, &["2", line]);
    };
    if declaration.version().is_strict() && !is_exact(label, value) {
        report(codes::DECLARATION_LINE, &["2", line]);
    }
    let name = value.trim();
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) => declaration.encoding = encoding,
        None => return report(codes::ENCODING_UNKNOWN, &[name]),
    }
    declaration.is_plain_utf16 = name.eq_ignore_ascii_case("UTF-16");
    if declaration.version().is_strict() && declaration.encoding != UTF_8 {
        report(codes::ENCODING_NOT_UTF8, &[name]);
    }
}

/// Version 1.0 requires the bare label and exactly one space before the value.
fn is_exact(label: &str, value: &str) -> bool {
    label.trim() == label && value.strip_prefix(' ').is_some_and(|value| value.trim() == value)
}
