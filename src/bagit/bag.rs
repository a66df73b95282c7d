//! The tag files of a BagIt 1.0 bag, as texts (RFC 8493, 2.1 and 2.2). Equal payload and info give equal
//! bytes.

use crate::bagit::manifest::{PayloadEntry, payload_manifests, tag_manifests};
use crate::base::files::Document;

/// Identifier of the profile that letopis bags declare in `bag-info.txt`: BagIt 1.0, sha256 and sha512 manifests and
/// tag manifests in canonical form, every tag file listed, no `fetch.txt`.
pub const PROFILE: &str = "urn:letopis:bagit-profile:1";

/// The file that makes a folder a bag.
pub const BAGIT_TXT: &str = "bagit.txt";

/// Longest line of `bag-info.txt` in characters, if it can be broken at a blank (RFC 8493, 2.2.2).
const COLUMNS: usize = 79;

/// The two lines every bag of version 1.0 begins with (RFC 8493, 2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Returns every tag file of a bag in writing order. The tag manifests come last, so a bag that has them is
/// complete.
///
/// `info` keeps its order. `Payload-Oxum` and the profile identifier are added here. The paths in
/// `extra_tags` are relative to the bag's root, outside `data/`, and different from the names made here.
pub fn tag_files(
    info: &[(String, String)],
    payload: &[PayloadEntry],
    extra_tags: &[Document],
) -> Vec<Document> {
    let mut files =
        vec![Document::new(BAGIT_TXT, DECLARATION), Document::new("bag-info.txt", info_text(info, payload))];
    files.extend(payload_manifests(payload));
    files.extend(extra_tags.iter().cloned());
    let tag_manifests = tag_manifests(&files);
    files.extend(tag_manifests);
    files
}

/// Returns the value of `Payload-Oxum`: bytes of the payload, a dot, number of its files.
pub fn payload_oxum(payload: &[PayloadEntry]) -> String {
    let bytes: u64 = payload.iter().map(|entry| entry.checksums.bytes).sum();
    format!("{bytes}.{}", payload.len())
}

/// Returns the elements of a `bag-info.txt` that letopis wrote, with folded values joined.
pub fn read_info(text: &str) -> Vec<(String, String)> {
    let mut elements: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.starts_with([' ', '\t']), line.split_once(':'), elements.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (false, Some((label, value)), _) => {
                elements.push((label.trim().to_owned(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
    elements
}

fn info_text(info: &[(String, String)], payload: &[PayloadEntry]) -> String {
    let computed =
        [("BagIt-Profile-Identifier", PROFILE.to_owned()), ("Payload-Oxum", payload_oxum(payload))];
    let is_computed = |label: &str| computed.iter().any(|(name, _)| name.eq_ignore_ascii_case(label));
    let given =
        info.iter().filter(|(label, _)| !is_computed(label)).map(|(label, value)| element(label, value));
    given.chain(computed.iter().map(|(label, value)| element(label, value))).collect()
}

/// Writes one element, folded at blanks. A line break inside a value would end the element, so each run of
/// white space becomes one space.
fn element(label: &str, value: &str) -> String {
    let label = label.replace(':', " ");
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("{label}:");
    let mut column = text.chars().count();
    for (index, word) in value.split_whitespace().enumerate() {
        let width = word.chars().count();
        if index > 0 && column + 1 + width > COLUMNS {
            text.push_str("\n ");
            column = 1;
        }
        text.push(' ');
        text.push_str(word);
        column += 1 + width;
    }
    if value.trim().is_empty() {
        text.push(' ');
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_fold_and_short_ones_do_not() {
        let long = element("External-Description", &"слово ".repeat(30));
        assert!(long.lines().all(|line| line.chars().count() <= COLUMNS), "{long}");
        assert!(long.lines().skip(1).all(|line| line.starts_with("  слово")), "{long}");
        assert_eq!(
            read_info(&long),
            [("External-Description".to_owned(), "слово ".repeat(30).trim().to_owned())]
        );
        assert_eq!(element("Title", " one\n two "), "Title: one two\n");
        assert_eq!(element("Empty", ""), "Empty: \n");
        assert_eq!(element("Odd: label", "x"), "Odd label: x\n");
    }

    #[test]
    fn computed_elements_are_not_taken_from_the_caller() {
        let info = [("payload-oxum".to_owned(), "9.9".to_owned()), ("Title".to_owned(), "x".to_owned())];
        let expected = format!("Title: x\nBagIt-Profile-Identifier: {PROFILE}\nPayload-Oxum: 0.0\n");
        assert_eq!(info_text(&info, &[]), expected);
    }
}
