//! Disk functions of the writer: names beside a target, the kinds of entries, digests, and syncing to the
//! disk.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::base::said::{Fault, said};

/// Returns the parent folder of a path.
pub(super) fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns the hidden name of a kind beside a target: `.2025-2026.new`.
pub(super) fn hidden(target: &Path, kind: &str) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| {
        let said = said!("у папки нет имени", "the folder has no name");
        io::Error::new(io::ErrorKind::InvalidInput, Fault::new(said))
    })?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{kind}"));
    Ok(target.with_file_name(hidden))
}

/// Returns whether anything exists at a path, including a dangling link.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Returns whether a path is a folder, and not a link to one.
pub(super) fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Returns whether a path is a file, and not a link to one.
pub(super) fn is_real_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// Tells whether a folder has nothing in it.
pub(super) fn is_empty(folder: &Path) -> bool {
    is_real_folder(folder) && folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// Returns a path below a folder with `/` between its parts; `None` if a name is not Unicode.
pub(super) fn text_of(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Makes sure that every file and folder of a tree is on the disk.
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    let entries: Vec<PathBuf> =
        WalkDir::new(folder).into_iter().map(|entry| Ok(entry?.into_path())).collect::<io::Result<_>>()?;
    entries
        .par_iter()
        .try_for_each(|path| if path.is_dir() { sync_folder(path) } else { File::open(path)?.sync_all() })
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems cannot open folders as files; they write folder entries with the files.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Computes the digests of every file below a folder except the named ones, by path with `/`.
///
/// # Errors
/// When something cannot be read.
pub fn checksums_below(folder: &Path, except: &[&str]) -> io::Result<Vec<(String, u64, String)>> {
    let mut files = files_below(folder)?;
    files.retain(|(path, _)| !except.contains(&path.as_str()));
    files
        .into_par_iter()
        .map(|(path, place)| sha256(&place).map(|(bytes, digest)| (path, bytes, digest)))
        .collect()
}

/// Lists the files below a folder by path with `/`, sorted, each with its place on the disk.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        files.push((path, entry.into_path()));
    }
    files.sort();
    Ok(files)
}

/// Computes the size and digest of a file.
pub(super) fn sha256(path: &Path) -> io::Result<(u64, String)> {
    sha256_of(&File::open(path)?)
}

/// Computes size and digest of the rest of an open file.
pub(super) fn sha256_of(file: &File) -> io::Result<(u64, String)> {
    use sha2::{Digest, Sha256};
    let mut reader = file;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            return Ok((bytes, crate::base::files::hex(&hasher.finalize())));
        }
        hasher.update(&buffer[..count]);
        bytes += count as u64;
    }
}
