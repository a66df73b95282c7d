//! Writes into a long-term archive and onto its copies. A file or a folder gets its name only when it is
//! complete and was read back.

use std::fs::{self, File};
use std::io::{self};
use std::path::{Path, PathBuf};

use anyhow::Result;

pub use super::copy_failure::CopyFailure;
use super::disk::{exists, is_real_file, parent_of, sync_folder};
pub use super::growing::{Growing, Landed};
use super::made::names_taken;
use super::private;
use super::refusals::take_lock;
use super::removal::remove_made;
use super::signals;
use super::whole::{forget, write_whole};
use crate::base::said::{Fault, Tell, said};

/// Makes a folder for files a person will look at.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    private::folders(folder)
}

/// The right to write into an archive; one run at a time holds it.
pub struct ArchiveLock(#[allow(dead_code)] File);

impl ArchiveLock {
    /// Makes the archive's folder if there is none, and takes its lock.
    ///
    /// # Errors
    /// When the folder cannot be written to, or another run is writing there.
    pub fn take(archive: &Path) -> Result<Self> {
        private::folders(archive)
            .told(|| said!("{}: папку не создать", "{}: cannot make the folder", archive.display()))?;
        take_lock(&archive.join(".letopis.lock"), archive).map(Self)
    }
}

/// Replaces the content of a file: a reader finds the old or the new content, never a part.
///
/// # Errors
/// On a disk error, or when the disk returns other bytes; the file is then unchanged.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _working = signals::working();
    let part = own_part(path)?;
    let written = write_whole(&part, bytes).and_then(|_| {
        if fs::read(&part)? == bytes { fs::rename(&part, path) } else { Err(other_bytes(path)) }
    });
    if written.is_err() {
        // The message of the first failure is the one that matters.
        let _ = remove_made(&part);
    }
    written?;
    sync_folder(parent_of(path))
}

/// Writes a large file beside its place, has the content on the medium checked, and moves it there.
///
/// # Errors
/// When the medium is full, on a disk error, or when `is_right` returns false; no partial file stays.
pub fn grow_file(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
    is_right: impl FnOnce(&Path) -> io::Result<bool>,
) -> Result<(), CopyFailure> {
    let part = own_part(path).map_err(|error| CopyFailure::of(path, error))?;
    let part = signals::watch(part, |part| drop(remove_made(part)));
    let grown = private::emptied_file(&part).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all()?;
        forget(&file);
        is_right(&part)
    });
    let grown = match grown {
        Ok(true) => fs::rename(&*part, path).and_then(|()| sync_folder(parent_of(path))),
        Ok(false) => {
            let _ = remove_made(&part);
            return Err(CopyFailure::TargetDiffers(path.to_owned()));
        }
        Err(error) => Err(error),
    };
    grown.map_err(|error| {
        // The message of the first failure is the one that matters.
        let _ = remove_made(&part);
        CopyFailure::of(path, error)
    })
}

/// Removes a file of letopis that another has replaced.
///
/// # Errors
/// When the disk refuses.
pub fn remove_replaced(path: &Path) -> io::Result<()> {
    remove_made(path)?;
    sync_folder(parent_of(path))
}

/// Returns the temporary path of a growing file. Files with such names are the program's own; if a folder or
/// a link has the name, another is used.
fn own_part(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (1..1000)
        .map(|number| path.with_file_name(format!(".letopis-{name}.part{number}")))
        .find(|part| is_real_file(part) || !exists(part))
        .ok_or_else(names_taken)
}

/// Renames a file within its folder.
///
/// # Errors
/// When the disk refuses.
pub fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(parent_of(to))
}

/// Returns whether two folders are on one disk, if the system reports it: one failure would destroy both.
pub fn is_on_one_disk(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.dev());
        device(one).is_some_and(|one| device(other) == Some(one))
    }
    #[cfg(not(unix))]
    {
        // On Windows a path begins with the drive letter or the share.
        let drive =
            |path: &Path| Some(fs::canonicalize(path).ok()?.components().next()?.as_os_str().to_owned());
        drive(one).is_some_and(|one| drive(other) == Some(one))
    }
}

/// Returns the free bytes on the medium, if the system reports them.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let space = rustix::fs::statvfs(folder).ok()?;
        Some(space.f_bavail.saturating_mul(space.f_frsize))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

fn other_bytes(path: &Path) -> io::Error {
    io::Error::other(Fault::new(said!(
        "{}: диск вернул не то, что было записано",
        "{}: the disk gave back other bytes than were written",
        path.display()
    )))
}
