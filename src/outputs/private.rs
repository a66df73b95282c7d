//! Files and folders for the owner alone (`0600`, `0700`): journals hold names, marks and health data of
//! children.
//!
//! On systems without such modes, new files get the system's default.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    options
}

/// Makes a new file.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}

/// Makes a file, or empties an existing one.
pub(super) fn emptied_file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(true).open(path)
}

/// Makes a file, or opens an existing one, for writing at any place.
pub(super) fn existing_file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

/// Opens an existing file for writing at its end.
pub(super) fn appended_file(path: &Path) -> io::Result<File> {
    options().append(true).open(path)
}

/// Makes a lock file, or opens an existing one.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    existing_file(path)
}

/// Makes a new folder.
pub(super) fn new_folder(path: &Path) -> io::Result<()> {
    builder().create(path)
}

/// Makes a folder and its missing parents.
pub(super) fn folders(path: &Path) -> io::Result<()> {
    builder().recursive(true).create(path)
}

#[cfg(unix)]
fn builder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn builder() -> DirBuilder {
    DirBuilder::new()
}
