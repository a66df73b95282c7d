//! Types and functions that the search for bags in folders and ZIPs shares.

use std::path::Path;

use super::declaration::DECLARATION;
use super::listing::is_manifest;
use super::portion::Portions;
use crate::base::zip_entries::ZipLimits;

/// How bags are verified: the limits on ZIPs, and how much of each bag is read.
pub(super) struct How<'a> {
    pub(super) limits: &'a ZipLimits,
    pub(super) portions: &'a mut dyn Portions,
}

/// Returns the folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns whether the names in a folder are those of a bag, perhaps one without its declaration.
pub(super) fn is_bag<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| {
        name.eq_ignore_ascii_case(DECLARATION)
            || is_manifest(name, "manifest-")
            || is_manifest(name, "tagmanifest-")
    })
}
