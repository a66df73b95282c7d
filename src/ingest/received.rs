//! A bundle as received.

use std::path::PathBuf;

use super::raw::ExportFile;
use super::text;
use crate::base::files::Checksums;
use crate::base::limits;
use crate::base::problems::Problem;

/// A bundle as received: every file with its digests.
pub struct Bundle {
    /// The folder it was read from.
    pub root: PathBuf,
    /// Its files, by path.
    pub files: Vec<Received>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

/// One file of a bundle.
pub struct Received {
    pub(crate) export: ExportFile,
    /// Size and digests.
    pub checksums: Checksums,
}

impl Received {
    /// Returns the path inside the bundle.
    pub fn path(&self) -> &str {
        &self.export.path
    }

    /// Returns the bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.export.bytes
    }
}

impl Bundle {
    /// Returns the text of a file at the top of the bundle; `None` if it does not exist or is not text.
    pub fn text(&self, name: &str) -> Option<String> {
        let file = self.files.iter().find(|file| file.path() == name)?;
        text::decode(file.bytes(), file.export.known()).ok().map(|decoded| decoded.text.into_owned())
    }

    /// Returns whether a file exists at the top of the bundle.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.path() == name)
    }
}

/// Returns the size limit of a bundle's file.
pub(super) fn most_bytes(path: &str) -> u64 {
    let is_settings = path.ends_with(".toml");
    if is_settings { limits::SETTINGS_BYTES } else { limits::FILE_BYTES }
}
