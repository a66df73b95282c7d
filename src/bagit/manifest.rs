//! Manifest texts: one digest and one path per line, readable by `sha256sum -c` (RFC 8493, 2.1.3 and 2.2.1).

use crate::base::digest::Algorithm;
use crate::base::files::{Checksums, Document};

/// A file for a manifest: its path from the bag's root and its digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadEntry {
    /// Path from the bag's root with `/` between folders; payload begins with `data/`.
    pub path: String,
    /// Size and digests of the content.
    pub checksums: Checksums,
    /// Streebog-256 of the content as lower-case hex, if the policy asks for such manifests.
    pub streebog256: Option<String>,
}

impl PayloadEntry {
    /// Names a file whose digests are known.
    pub fn new(path: impl Into<String>, checksums: Checksums) -> Self {
        Self { path: path.into(), checksums, streebog256: None }
    }

    /// Adds the Streebog-256 digest of the file's content.
    pub fn with_streebog(self, content: &[u8]) -> Self {
        Self { streebog256: Some(Algorithm::Streebog256.of(content)), ..self }
    }
}

/// The two algorithms that letopis always writes: every validator must support them (RFC 8493, 2.4).
pub const WRITTEN: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// Returns `manifest-sha256.txt` and `manifest-sha512.txt` over the payload, and `manifest-streebog256.txt` when every
/// entry has that digest.
pub fn payload_manifests(payload: &[PayloadEntry]) -> Vec<Document> {
    manifests("manifest", payload)
}

/// Returns `tagmanifest-sha256.txt` and `tagmanifest-sha512.txt` over the other tag files, and
/// `tagmanifest-streebog256.txt` if the payload has such a manifest: both kinds use the same algorithms.
pub fn tag_manifests(tag_files: &[Document]) -> Vec<Document> {
    let streebog = manifest_name("manifest", Algorithm::Streebog256);
    let has_streebog = tag_files.iter().any(|document| document.path == streebog);
    let entry = |document: &Document| {
        let entry = PayloadEntry::new(document.path.as_str(), Checksums::of(&document.bytes));
        if has_streebog { entry.with_streebog(&document.bytes) } else { entry }
    };
    manifests("tagmanifest", &tag_files.iter().map(entry).collect::<Vec<_>>())
}

fn manifests(prefix: &str, entries: &[PayloadEntry]) -> Vec<Document> {
    let manifest = |algorithm| {
        let lines: Option<Vec<_>> = entries
            .iter()
            .map(|entry| Some((written_digest(algorithm, entry)?, entry.path.as_str())))
            .collect();
        lines.map(|lines| Document::new(manifest_name(prefix, algorithm), text(lines)))
    };
    let has_streebog = entries.iter().any(|entry| entry.streebog256.is_some());
    let asked = has_streebog.then_some(Algorithm::Streebog256);
    WRITTEN.into_iter().chain(asked).filter_map(manifest).collect()
}

fn manifest_name(prefix: &str, algorithm: Algorithm) -> String {
    format!("{prefix}-{}.txt", algorithm.name())
}

fn written_digest(algorithm: Algorithm, entry: &PayloadEntry) -> Option<&str> {
    match algorithm {
        Algorithm::Sha256 => Some(&entry.checksums.sha256),
        Algorithm::Sha512 => Some(&entry.checksums.sha512),
        Algorithm::Streebog256 => entry.streebog256.as_deref(),
        _ => None,
    }
}

/// Returns a manifest's text. Lines are sorted by the bytes of the path and end with a line feed. Two spaces
/// separate digest and path, because GNU tools require exactly two.
pub fn text<'a>(lines: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by_key(|(_, path)| path.as_bytes());
    lines.iter().map(|(digest, path)| format!("{digest}  {}\n", escape(path))).collect()
}

/// Escapes a path for a manifest: line feed, carriage return and percent sign, and nothing else (RFC 8493,
/// 2.1.3).
pub fn escape(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Undoes [`escape`], with either case of the hexadecimal digits. Every other percent sequence is left alone.
pub fn unescape(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, tail) = rest.split_at(at);
        plain.push_str(before);
        let sign = tail.get(1..3).and_then(|code| match code.to_ascii_lowercase().as_str() {
            "0a" => Some('\n'),
            "0d" => Some('\r'),
            "25" => Some('%'),
            _ => None,
        });
        plain.push(sign.unwrap_or('%'));
        rest = &tail[if sign.is_some() { 3 } else { 1 }..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_touches_three_signs_and_comes_back() {
        assert_eq!(escape("data/100%\r\n~x"), "data/100%25%0D%0A~x");
        assert_eq!(unescape("data/100%25%0d%0A~x"), "data/100%\r\n~x");
        assert_eq!(unescape("data/%7Ex%2"), "data/%7Ex%2");
        assert_eq!(unescape("%250A"), "%0A");
        assert_eq!(unescape("%жы"), "%жы");
    }

    #[test]
    fn lines_are_sorted_by_bytes_with_two_spaces() {
        assert_eq!(
            text([("bb", "data/я"), ("aa", "data/Z"), ("cc", "data/a")]),
            "aa  data/Z\ncc  data/a\nbb  data/я\n"
        );
    }
}
