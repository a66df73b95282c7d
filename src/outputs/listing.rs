//! Which files of a year's folder letopis made, by the folder's own record, and which belong to others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::disk::{is_real_file, is_real_folder, sha256, text_of};

/// Name of the record. It lists every other file of a build.
pub(super) const RECORD: &str = "build.json";

/// The files in a record, each with its size and digest. Files in a folder without a readable record are
/// foreign.
#[derive(Default)]
pub(super) struct Listing {
    files: BTreeMap<String, (Option<u64>, String)>,
    folders: BTreeSet<String>,
}

/// The contents of a folder.
#[derive(Default)]
pub(super) struct Sorted {
    /// Listed files, whatever their bytes are now.
    pub(super) own: Vec<PathBuf>,
    /// Everything else; for a foreign folder only the folder itself.
    pub(super) foreign: Vec<PathBuf>,
}

impl Listing {
    /// Reads the record of a folder. The record itself counts as listed if it has exactly the form that
    /// letopis writes.
    pub(super) fn of(folder: &Path) -> Self {
        let mut listing = Self::default();
        let path = folder.join(RECORD);
        let Some(text) = is_real_file(&path).then(|| fs::read(&path).ok()).flatten() else { return listing };
        // Only the list is read here: a record of another version has it too.
        let Ok(record) = serde_json::from_slice::<Value>(&text) else { return listing };
        for product in record["products"].as_array().into_iter().flatten() {
            if let (Some(path), Some(digest)) = (product["path"].as_str(), product["sha256"].as_str()) {
                listing.add(path, product["bytes"].as_u64(), digest);
            }
        }
        if serde_json::to_string_pretty(&record).is_ok_and(|own| (own + "\n").as_bytes() == text) {
            listing.add(RECORD, None, &crate::base::files::Checksums::of(&text).sha256);
        }
        listing
    }

    fn add(&mut self, path: &str, bytes: Option<u64>, digest: &str) {
        for (end, _) in path.match_indices('/') {
            self.folders.insert(path[..end].to_owned());
        }
        self.files.insert(path.to_owned(), (bytes, digest.to_owned()));
    }

    /// Returns whether a listed file still has its original bytes.
    pub(super) fn is_as_made(&self, folder: &Path, path: &Path) -> bool {
        let Some((bytes, digest)) = text_of(path).and_then(|text| self.files.get(&text)) else {
            return false;
        };
        sha256(&folder.join(path))
            .is_ok_and(|(size, found)| found == *digest && bytes.is_none_or(|bytes| bytes == size))
    }

    /// Returns the folders above the listed files.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().map(PathBuf::from)
    }

    /// Returns how many files are listed.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Sorts the contents of a folder into listed and other entries. Links are never followed.
    pub(super) fn sort(&self, folder: &Path) -> Sorted {
        let mut sorted = Sorted::default();
        self.sort_below(folder, Path::new(""), &mut sorted);
        sorted
    }

    fn sort_below(&self, folder: &Path, inside: &Path, sorted: &mut Sorted) {
        let Ok(entries) = folder.join(inside).read_dir() else {
            // A folder that cannot be read is kept as a whole.
            sorted.foreign.extend((!inside.as_os_str().is_empty()).then(|| inside.to_owned()));
            return;
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| inside.join(entry.file_name())).collect();
        paths.sort();
        for path in paths {
            let place = folder.join(&path);
            let text = text_of(&path);
            let is_listed =
                |listed: fn(&Self, &str) -> bool| text.as_deref().is_some_and(|text| listed(self, text));
            if is_real_folder(&place) && is_listed(|listing, path| listing.folders.contains(path)) {
                self.sort_below(folder, &path, sorted);
            } else if is_real_file(&place) && is_listed(|listing, path| listing.files.contains_key(path)) {
                sorted.own.push(path);
            } else {
                sorted.foreign.push(path);
            }
        }
    }
}
