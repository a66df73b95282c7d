//! Signatures among the files of a bag, and over a register beside bags. Each is checked; none is trusted.

use std::path::Path;

use super::codes;
use super::finding::ArchiveFinding;
use super::tree::{Tree, read_failure};
use crate::base::files::read_file;
use crate::base::folders::is_payload;
use crate::base::limits;
use crate::base::said::Said;
use crate::cms::{SIGNATURES, Signature, Verdict, judge, signed_in_bag, signed_name};
use crate::register::as_written;

/// Returns whether a tag file is a signature over another file of the bag: a signature cannot be listed in
/// the file that it signs.
pub(super) fn is_signature(tree: &Tree, path: &str) -> bool {
    signed_in_bag(path, |signed| tree.file(signed).is_some()).is_some()
}

/// Checks every signature over a file of a bag.
pub(super) fn check(tree: &Tree, findings: &mut Vec<ArchiveFinding>) -> Vec<Signature> {
    let mut signatures = Vec::new();
    let tag_files = tree.files().map(|(path, _)| path).filter(|path| !is_payload(path));
    for path in tag_files {
        let Some(named) = signed_name(path) else { continue };
        let Some(signed) = signed_in_bag(path, |signed| tree.file(signed).is_some()) else {
            let named = named.strip_prefix(SIGNATURES).unwrap_or(named);
            findings.push(ArchiveFinding::new(codes::SIGNED_FILE_ABSENT, path, &[named]));
            continue;
        };
        let files = (tree.tag_file(path, findings), tree.tag_file(signed, findings));
        // The reading step has reported unreadable files.
        if let (Some(file), Some(document)) = files {
            let judged = judge(path, &file, &document).into_iter();
            signatures.extend(judged.map(|signature| Signature { signed: signed.to_owned(), ..signature }));
        }
    }
    findings.extend(signatures.iter().filter_map(finding));
    signatures
}

/// Checks the signatures over a file outside bags, such as a register; there may be none.
pub(super) fn check_beside(document: &Path, findings: &mut Vec<ArchiveFinding>) -> Vec<Signature> {
    let mut signatures = Vec::new();
    for ending in ["sig", "p7s"] {
        let mut name = document.as_os_str().to_owned();
        name.push(format!(".{ending}"));
        let path = Path::new(&name);
        if !path.is_file() {
            continue;
        }
        let shown = path.display().to_string();
        match (read(path), read(document)) {
            // Line ends changed by mail are reported once, for the register. The signature is over the
            // original text.
            (Ok(file), Ok(content)) => signatures.extend(judge(&shown, &file, &as_written(&content))),
            (Err(error), _) | (_, Err(error)) => findings.push(read_failure(&shown, &error)),
        }
    }
    findings.extend(signatures.iter().filter_map(finding));
    signatures
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    read_file(path, limits::SIGNED_BYTES)
}

/// Turns a verdict into a finding; an intact signature needs none.
fn finding(signature: &Signature) -> Option<ArchiveFinding> {
    let code = match signature.verdict {
        Verdict::Intact => return None,
        Verdict::Broken => codes::SIGNATURE_BROKEN,
        Verdict::NotChecked => codes::SIGNATURE_UNCHECKED,
    };
    let mut finding = ArchiveFinding::new(code, signature.path.as_str(), &[]);
    finding.message = Said::join([finding.message, signature.reason.clone()], ": ");
    Some(finding)
}
