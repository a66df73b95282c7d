//! The documents that a letopis package is kept for: a journals bag without a journal can be intact to the
//! last digest.

use super::codes;
use super::finding::ArchiveFinding;
use super::listing::{Manifest, Scope};
use super::tags::Info;
use crate::base::folders::in_payload;
use crate::base::said::{Said, said};
use crate::base::series::Series;

/// How many names of absent documents are listed.
const SHOWN: usize = 5;

/// Checks a bag that declares the profile by the lists in its manifests. A listed file that does not exist is
/// reported as missing.
pub(super) fn check(info: &Info, manifests: &[Manifest], findings: &mut Vec<ArchiveFinding>) {
    let years = info.values("Retention-Years").next().unwrap_or_default();
    let Some(series) = Series::kept(years) else { return };
    let folder = &format!("{}/", in_payload(series.id()));
    let Some(manifest) = manifests.iter().find(|manifest| manifest.scope == Scope::Payload) else { return };
    let documents: Vec<&str> = manifest
        .lines
        .iter()
        .map(|line| line.path.as_str())
        .filter(|path| path.starts_with(folder.as_str()) && path.to_lowercase().ends_with(".pdf"))
        .collect();
    let expected = info.values("Documents-Expected").next().and_then(|count| count.parse::<usize>().ok());
    let absent: Vec<&str> = info.values("Document-Absent").filter(|path| !documents.contains(path)).collect();
    let is_short = expected.is_some_and(|expected| documents.len() < expected);
    if !documents.is_empty() && absent.is_empty() && !is_short {
        return;
    }
    let lacking = described(folder, &absent, documents.len(), expected);
    let reason = info.values("Incomplete-Reason").next().filter(|reason| !reason.is_empty());
    let code = if reason.is_some() { codes::INCOMPLETE } else { codes::DOCUMENTS_LACKING };
    let reason = reason.unwrap_or_default();
    findings.push(ArchiveFinding::told(code, folder.trim_end_matches('/'), &[lacking, Said::same(reason)]));
}

/// Lists the absent documents.
fn described(folder: &str, absent: &[&str], present: usize, expected: Option<usize>) -> Said {
    if !absent.is_empty() {
        let named: Vec<&str> =
            absent.iter().take(SHOWN).map(|path| path.strip_prefix(folder).unwrap_or(path)).collect();
        let more = if absent.len() > SHOWN { ", …" } else { "" };
        return Said::same(named.join(", ") + more);
    }
    match expected.filter(|expected| *expected > 0) {
        Some(all) => said!("{} из {all}", "{} of {all}", all - present),
        None => said!("ни одного", "not a single one"),
    }
}
