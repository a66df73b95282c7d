//! The only place where anything is removed: files that letopis made, one by one, and folders that are then
//! empty.
//!
//! A folder is never removed with contents. A file that is not known as the program's own stays.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::disk::{exists, is_real_file, is_real_folder, parent_of};

/// Removes a file that letopis made. A missing file, or a link or a folder in its place, is not a failure.
pub(super) fn remove_made(file: &Path) -> io::Result<()> {
    if !is_real_file(file) {
        return Ok(());
    }
    let first = fs::remove_file(file);
    match first {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(parent_of(file));
            fs::remove_file(file)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Removes an empty folder; a folder with contents stays.
pub(super) fn remove_empty(folder: &Path) -> io::Result<()> {
    if !is_real_folder(folder) || folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Ok(());
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(parent_of(folder));
            fs::remove_dir(folder)
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Ok(())
        }
        other => other,
    }
}

/// The files that letopis made below a folder, by path in it.
#[derive(Default)]
pub(super) struct Own {
    pub(super) files: BTreeSet<PathBuf>,
    /// Folders to remove if they are empty; the parents of the files are included without being named.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// Removes the files that letopis made below a folder, and the folder itself if it is then empty. Returns
/// whether it is gone.
///
/// # Errors
/// The first disk error; everything else was still tried.
pub(super) fn remove_own(folder: &Path, own: &Own) -> io::Result<bool> {
    let mut refused = None;
    let mut note = |result: io::Result<()>| {
        if let Err(error) = result {
            refused.get_or_insert(error);
        }
    };
    let mut folders = own.folders.clone();
    // A path from a file must not lead out of the folder, neither by its text nor by a link in place of a
    // folder.
    let is_inside = |path: &Path| {
        path.components().all(|part| matches!(part, Component::Normal(_)))
            && path.ancestors().skip(1).all(|above| is_real_folder(&folder.join(above)))
    };
    for file in own.files.iter().filter(|file| is_inside(file)) {
        folders.extend(file.ancestors().skip(1).map(Path::to_owned));
        note(remove_made(&folder.join(file)));
    }
    folders.insert(PathBuf::new());
    // Deeper folders come later in order, so they go first.
    for emptied in folders.iter().rev().filter(|path| is_inside(path)) {
        note(remove_empty(&folder.join(emptied)));
    }
    refused.map_or(Ok(!exists(folder)), Err)
}

/// Gives the owner write access to a folder of letopis, if it was taken away.
#[cfg(unix)]
pub(super) fn open_up(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(metadata) = fs::symlink_metadata(folder)
        && metadata.is_dir()
    {
        let mode = metadata.permissions().mode() | 0o700;
        // If this fails, the following operation fails too and reports it.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode));
    }
}

/// Folders of other systems have no such permission.
#[cfg(not(unix))]
pub(super) fn open_up(_folder: &Path) {}
