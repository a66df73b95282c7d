//! The existing outputs while new ones grow: a file that would be made the same is taken from them. The list
//! of the outputs is never trusted: a file is used only if it still has the listed digest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use super::disk::{is_real_file, is_real_folder, sha256_of};
use crate::base::draft::{Key, MadeFrom};
use crate::base::files::Checksums;

/// A file in the record of the existing outputs.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Size.
    pub bytes: u64,
    /// SHA-256 as lower-case hex.
    pub sha256: String,
    /// The key of a file that is slow to make.
    pub key: Option<String>,
    /// The digest of what its maker may read.
    pub inputs: Option<String>,
}

/// Existing outputs, with a list of their files.
#[derive(Debug, Default)]
pub struct Standing {
    folder: PathBuf,
    files: BTreeMap<String, Listed>,
}

impl Standing {
    /// Takes a folder with the list of its files.
    pub fn new(folder: &Path, files: impl IntoIterator<Item = (String, Listed)>) -> Self {
        Self { folder: folder.to_owned(), files: files.into_iter().collect() }
    }

    /// Returns a file with this key and its digests, if it is unchanged.
    pub fn made_by(&self, path: &str, key: &Key) -> Option<(Vec<u8>, Checksums)> {
        self.files.get(path).filter(|listed| listed.key.as_deref() == Some(key.as_str()))?;
        self.whole(path)
    }

    /// Returns a file that was made from these inputs, with its digests and its keys, if it is unchanged.
    pub fn made_from(&self, path: &str, inputs: &Key) -> Option<(Vec<u8>, Checksums, MadeFrom)> {
        let listed =
            self.files.get(path).filter(|listed| listed.inputs.as_deref() == Some(inputs.as_str()))?;
        let key = Key::listed(listed.key.clone()?);
        let (bytes, checksums) = self.whole(path)?;
        Some((bytes, checksums, MadeFrom { key, inputs: Some(inputs.clone()) }))
    }

    /// Returns a file and its digests, if it is unchanged.
    pub fn whole(&self, path: &str) -> Option<(Vec<u8>, Checksums)> {
        let listed = self.files.get(path)?;
        let bytes = fs::read(self.place(path)?).ok()?;
        let checksums = Checksums::of(&bytes);
        let is_as_made = checksums.bytes == listed.bytes && checksums.sha256 == listed.sha256;
        is_as_made.then_some((bytes, checksums))
    }

    /// Opens a file, if it is unchanged.
    pub fn open_whole(&self, path: &str) -> Option<File> {
        let listed = self.files.get(path)?;
        let mut file = File::open(self.place(path)?).ok()?;
        let (bytes, digest) = sha256_of(&file).ok()?;
        let is_as_made = bytes == listed.bytes && digest == listed.sha256;
        (is_as_made && file.seek(io::SeekFrom::Start(0)).is_ok()).then_some(file)
    }

    /// Returns whether the outputs had a file with these bytes in this place.
    pub fn lists(&self, path: &str, checksums: &Checksums) -> bool {
        let listed = self.files.get(path);
        listed.is_some_and(|listed| listed.bytes == checksums.bytes && listed.sha256 == checksums.sha256)
    }

    /// Returns the place of a file. Links are not followed, neither the file's own nor those of its parents.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let place = self.folder.join(path);
        let above = Path::new(path).ancestors().skip(1);
        (is_real_file(&place) && above.into_iter().all(|folder| is_real_folder(&self.folder.join(folder))))
            .then_some(place)
    }
}
