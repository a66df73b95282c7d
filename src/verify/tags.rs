//! Tag files as text: their encoding, their lines, and the metadata of `bag-info.txt` (RFC 8493, 2.2.2).

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use super::codes;
use super::finding::ArchiveFinding;
use super::severity::ArchiveSeverity;
use super::tree::Tree;
use super::version::{Declaration, Version};

/// Labels that should not be repeated, according to RFC 8493, 2.2.2.
const SINGLE: &[&str] = &["Bagging-Date", "Bag-Size", "Bag-Group-Identifier", "Bag-Count"];

/// Splits a text into lines that end with LF, CR or CRLF; a last line without an end counts.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        lines.extend(line.strip_suffix('\r').unwrap_or(line).split('\r'));
        rest = after;
    }
    lines.extend(rest.split('\r'));
    // The text after the last end is a line only if it is not empty.
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// Reads a tag file as text in the declared encoding. Absent files give `None`.
pub(super) fn read_text(
    tree: &Tree,
    path: &str,
    declaration: &Declaration,
    findings: &mut Vec<ArchiveFinding>,
) -> Option<String> {
    let bytes = tree.tag_file(path, findings)?;
    let is_utf8 = declaration.encoding == UTF_8;
    if is_utf8 && bytes.starts_with(b"\xEF\xBB\xBF") {
        let code = codes::BOM.with(declaration.version().strictness());
        findings.push(ArchiveFinding::new(code, path, &[]));
    }
    let encoding = match bytes.first() {
        Some(first) if declaration.is_plain_utf16 => {
            // ASCII text shows at either end which byte of a pair is zero; otherwise big-endian is the rule.
            if *first != 0 && bytes.get(1) == Some(&0) { UTF_16LE } else { UTF_16BE }
        }
        _ => declaration.encoding,
    };
    // Decoding follows and removes a byte order mark.
    let (text, _, is_damaged) = encoding.decode(&bytes);
    if is_damaged {
        findings.push(ArchiveFinding::new(codes::UNDECODABLE, path, &[declaration.encoding.name()]));
    }
    check_end(&text, path, declaration.version(), findings);
    Some(text.into_owned())
}

/// Version 1.0 requires an end for every line (RFC 8493, 2.3).
pub(super) fn check_end(text: &str, path: &str, version: Version, findings: &mut Vec<ArchiveFinding>) {
    if version.is_strict() && !text.is_empty() && !text.ends_with(['\r', '\n']) {
        findings.push(ArchiveFinding::new(codes::UNTERMINATED, path, &[]));
    }
}

/// The metadata of a bag: labels and values in their order.
#[derive(Debug, Default)]
pub(super) struct Info {
    elements: Vec<(String, String)>,
}

impl Info {
    /// Returns the values of a label; labels are case-insensitive.
    pub(super) fn values<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a str> {
        self.elements
            .iter()
            .filter(move |(name, _)| name.eq_ignore_ascii_case(label))
            .map(|(_, value)| value.as_str())
    }
}

/// Returns the name of the metadata file, which differs in the drafts up to 0.95.
pub(super) fn info_path(tree: &Tree, version: Version) -> &'static str {
    if !version.is_strict() && tree.file("bag-info.txt").is_none() && tree.file("package-info.txt").is_some()
    {
        "package-info.txt"
    } else {
        "bag-info.txt"
    }
}

/// Reads the metadata and reports faults of its form.
pub(super) fn read_info(tree: &Tree, declaration: &Declaration, findings: &mut Vec<ArchiveFinding>) -> Info {
    let version = declaration.version();
    let path = info_path(tree, version);
    let mut info = Info::default();
    let Some(text) = read_text(tree, path, declaration, findings) else { return info };
    let mut report = |code, values: &[&str]| findings.push(ArchiveFinding::new(code, path, values));
    for (index, line) in lines(&text).into_iter().enumerate() {
        let number = (index + 1).to_string();
        if line.trim().is_empty() {
            report(codes::BLANK_LINE, &[&number]);
        } else if line.starts_with([' ', '\t']) {
            match info.elements.last_mut() {
                Some((_, value)) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                None => report(codes::INFO_LINE, &[&number, line]),
            }
        } else if let Some((label, value)) = line.split_once(':') {
            if version.is_strict() {
                check_form(label, value, &number, &mut report);
            }
            info.elements.push((label.trim().to_owned(), value.trim().to_owned()));
        } else {
            report(codes::INFO_LINE, &[&number, line]);
        }
    }
    check_repeats(&info, version, &mut report);
    info
}

fn check_form(label: &str, value: &str, number: &str, report: &mut impl FnMut(codes::Code, &[&str])) {
    if label.trim() != label || label.is_empty() {
        report(codes::INFO_LABEL, &[number, label]);
    }
    // Several blanks can be part of the value; a missing blank breaks the form.
    let code =
        if value.is_empty() { codes::INFO_BLANK.with(ArchiveSeverity::Warning) } else { codes::INFO_BLANK };
    if !value.starts_with([' ', '\t']) {
        report(code, &[number]);
    }
}

fn check_repeats(info: &Info, version: Version, report: &mut impl FnMut(codes::Code, &[&str])) {
    if info.values("Payload-Oxum").count() > 1 {
        report(codes::OXUM_REPEATED.with(version.strictness()), &[]);
    }
    let repeated = SINGLE.iter().filter(|label| version.is_strict() && info.values(label).count() > 1);
    repeated.for_each(|label| report(codes::INFO_REPEATED, &[label]));
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn three_line_ends_are_known() {
        assert_eq!(lines("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(lines("a\r\rb\r"), ["a", "", "b"]);
        assert_eq!(lines("\r\n\r\n"), ["", ""]);
        assert_eq!(lines("\n\r"), ["", ""]);
        assert_eq!(lines(""), Vec::<&str>::new());
    }
}
