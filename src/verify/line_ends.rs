//! A text copied in text mode (git, FTP) has other line ends and nothing else changed. Reporting that saves a
//! search.

use super::plan::Expected;
use super::tree::{Entry, Tree};
use crate::base::digest::BUFFER_BYTES;

/// Longer texts are not tried, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Returns how the line ends of a damaged file were changed, if undoing the change gives the required digest:
/// the original ends and the present ones.
pub(super) fn changed(
    tree: &Tree,
    (path, entry): (&str, &Entry),
    expected: &Expected<'_>,
) -> Option<[&'static str; 2]> {
    if entry.bytes > MOST_BYTES {
        return None;
    }
    let mut text = Vec::new();
    tree.read((path, entry), &mut vec![0; BUFFER_BYTES], &mut |bytes| text.extend_from_slice(bytes)).ok()?;
    let is_right = |text: &[u8]| expected.algorithm.of(text) == expected.digest;
    if is_right(&without_returns(&text)) {
        return Some(["LF", "CRLF"]);
    }
    is_right(&with_returns(&text)).then_some(["CRLF", "LF"])
}

fn without_returns(text: &[u8]) -> Vec<u8> {
    let is_kept = |(at, byte): &(usize, &u8)| **byte != b'\r' || text.get(at + 1) != Some(&b'\n');
    text.iter().enumerate().filter(is_kept).map(|(_, byte)| *byte).collect()
}

fn with_returns(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len() + text.len() / 16);
    for (at, byte) in text.iter().enumerate() {
        if *byte == b'\n' && (at == 0 || text[at - 1] != b'\r') {
            plain.push(b'\r');
        }
        plain.push(*byte);
    }
    plain
}
