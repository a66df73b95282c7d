//! `Payload-Oxum`: the quick check that finds an incomplete bag before any file is read.

use super::codes;
use super::finding::ArchiveFinding;
use super::plan::{Plan, is_junk};
use super::tree::Tree;
use crate::base::folders::is_payload;

/// Compares `Payload-Oxum` with the contents of `data/` (RFC 8493, 2.2.2): quick, and never a proof of
/// validity.
pub(super) fn check(
    tree: &Tree,
    stated: &str,
    info_path: &str,
    plan: &Plan,
    findings: &mut Vec<ArchiveFinding>,
) {
    let parsed = stated.split_once('.').and_then(|(bytes, files)| {
        let number = |text: &str| text.parse::<u64>().ok().filter(|_| !text.starts_with('+'));
        Some((number(bytes)?, number(files)?))
    });
    let Some(promised) = parsed else {
        findings.push(ArchiveFinding::new(codes::OXUM_UNREADABLE, info_path, &[stated]));
        return;
    };
    // Files that are known to be absent or unknown are reported as that.
    if !plan.unfetched.is_empty() || !tree.unlisted.is_empty() {
        return;
    }
    let payload = tree.files().filter(|(path, _)| is_payload(path));
    let (bytes, files) = payload.fold((0, 0), |(bytes, files), (_, entry)| (bytes + entry.bytes, files + 1));
    // Files left by a system are reported as such: without them the figures must agree.
    let left = plan.extra.iter().filter(|path| is_junk(path)).filter_map(|path| tree.file(path));
    let without = left.fold((bytes, files), |(bytes, files), entry| (bytes - entry.bytes, files - 1));
    if ![(bytes, files), (bytes, files + plan.absent_junk), without].contains(&promised) {
        let found = format!("{bytes}.{files}");
        findings.push(ArchiveFinding::new(codes::OXUM_DIFFERS, info_path, &[stated, &found]));
    }
}
