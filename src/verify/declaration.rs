//! `bagit.txt`: the BagIt version of the bag and the encoding of its tag files (RFC 8493, 2.1.1).

use encoding_rs::{Encoding, UTF_8};

use super::codes;
use super::finding::ArchiveFinding;
use super::tree::Tree;
use super::version::{Declaration, Version};

/// File name of the declaration.
pub(super) const DECLARATION: &str = "bagit.txt";

/// Reads the declaration and reports its faults.
pub(super) fn read(tree: &Tree, findings: &mut Vec<ArchiveFinding>) -> Declaration {
    let mut declaration = Declaration { stated: None, encoding: UTF_8, is_plain_utf16: false };
    let Some(bytes) = tree.tag_file(DECLARATION, findings) else {
        if tree.file(DECLARATION).is_none() && !tree.is_unknown(DECLARATION) {
            findings.push(ArchiveFinding::new(codes::NO_DECLARATION, DECLARATION, &[]));
        }
        return declaration;
    };
    let mut report = |code, values: &[&str]| findings.push(ArchiveFinding::new(code, DECLARATION, values));
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
