//! The only place where anything is removed: what letopis made, file by file, and folders that are empty then.
//!
//! A folder is never removed with what is in it. What is not known as the program's own stays, whatever it is.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::disk::{is_real_file, is_real_folder, parent_of, stands};

/// Removes a file that letopis made; one that is gone already, or a link or a folder in its place, is no failure.
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

/// Removes a folder in which nothing is left; where something is, it stays.
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

/// What letopis made below a folder, by path in it.
#[derive(Default)]
pub(super) struct Own {
    pub(super) files: BTreeSet<PathBuf>,
    /// Folders that are removed if nothing is left in them; those above files are known without being named.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// Removes what letopis made below a folder, and the folder itself if nothing is left. Returns whether it is gone.
///
/// # Errors
/// The first thing that the disk refused; everything else was still tried.
pub(super) fn remove_own(folder: &Path, own: &Own) -> io::Result<bool> {
    let mut refused = None;
    let mut note = |result: io::Result<()>| {
        if let Err(error) = result {
            refused.get_or_insert(error);
        }
    };
    let mut folders = own.folders.clone();
    // A path that a file names may not lead out of the folder, by its words or by a link in the place of a folder.
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
    refused.map_or(Ok(!stands(folder)), Err)
}

/// Gives the owner back the right to change a folder of letopis, where somebody took it away.
#[cfg(unix)]
pub(super) fn open_up(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(metadata) = fs::symlink_metadata(folder)
        && metadata.is_dir()
    {
        let mode = metadata.permissions().mode() | 0o700;
        // Where this is refused, so is what it is for, and that is said.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode));
    }
}

/// Elsewhere folders have no such right.
#[cfg(not(unix))]
pub(super) fn open_up(_folder: &Path) {}
