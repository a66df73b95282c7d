//! The input of the completeness check, and its result, which digests have to confirm.

use std::collections::{BTreeMap, BTreeSet};

use super::listing::Manifest;
use super::tree::Tree;
use super::version::Version;
use crate::base::digest::Algorithm;
use crate::base::inside::InsidePath;

/// A digest that a file must have.
#[derive(Clone, Debug)]
pub(super) struct Expected<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) digest: &'a str,
    /// File name of the manifest with this digest.
    pub(super) manifest: &'a str,
    /// The listed path, if it equals the file's only when case is ignored. Then only an equal digest proves
    /// that this file is meant.
    pub(super) by_case: Option<&'a str>,
}

/// A listed file that does not exist.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing<'a> {
    pub(super) digests: Vec<(Algorithm, &'a str)>,
    pub(super) manifests: Vec<&'a str>,
}

/// The result of the completeness check, which digests have to confirm.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// By the file's position among the tree's entries.
    pub(super) expected: Vec<Vec<Expected<'a>>>,
    pub(super) missing: BTreeMap<String, Missing<'a>>,
    /// Payload files in no manifest.
    pub(super) extra: BTreeSet<String>,
    /// Tag files in no tag manifest.
    pub(super) unlisted: BTreeSet<String>,
    /// Empty system files that are absent, which the drafts allow.
    pub(super) absent_junk: u64,
    /// Files that `fetch.txt` still announces.
    pub(super) unfetched: BTreeSet<String>,
}

/// Everything completeness looks at.
pub(super) struct Contents<'a> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    pub(super) manifests: &'a [Manifest],
    pub(super) fetch: &'a BTreeSet<InsidePath>,
    /// Whether the bag declares the letopis profile.
    pub(super) is_ours: bool,
}

/// Files that operating systems leave in folders that they display.
pub(super) fn is_junk(path: &str) -> bool {
    system_of(path).is_some()
}

/// Returns the operating system that leaves files of this name in folders that it displays.
pub(super) fn system_of(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    match name.as_str() {
        ".ds_store" | ".localized" | "icon\r" => Some("macOS"),
        "thumbs.db" | "ehthumbs.db" | "desktop.ini" => Some("Windows"),
        ".directory" => Some("Linux"),
        _ => name.starts_with("._").then_some("macOS"),
    }
}
