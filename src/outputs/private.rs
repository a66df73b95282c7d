//! Files and folders for the owner alone (`0600`, `0700`): journals hold names, marks and health of children.
//!
//! Where the system knows no such modes, what it gives a new file holds.

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

/// Makes a file where nothing stands.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}

/// Makes a file, or empties the one that stands.
pub(super) fn emptied_file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(true).open(path)
}

/// Makes a file, or opens the one that stands, to be written at any place.
pub(super) fn standing_file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

/// Opens a file that stands, to be written at its end.
pub(super) fn appended_file(path: &Path) -> io::Result<File> {
    options().append(true).open(path)
}

/// Makes a lock file, or opens the one that stands.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    standing_file(path)
}

/// Makes a folder where nothing stands.
pub(super) fn new_folder(path: &Path) -> io::Result<()> {
    builder().create(path)
}

/// Makes a folder and those above it where they are missing.
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
