//! The only writer: a build grows in a folder beside its target and takes the target's place in one step.
//!
//! A run that is killed leaves the earlier outputs whole; what it left beside them is removed by the next run.

// This is the file the ban on writing points to.
#![allow(clippy::disallowed_methods)]

pub mod store;

use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::files::{Checksums, Document};

/// A build's outputs while they grow.
pub struct Staging {
    target: PathBuf,
    folder: PathBuf,
    // Held until the run ends. The file stays: removing it would let two runs hold two locks of one name.
    _lock: File,
}

impl Staging {
    /// Prepares an empty folder beside the target and takes the target's lock.
    ///
    /// # Errors
    /// When the folder cannot be written, or another run is writing the same target.
    pub fn begin(target: &Path) -> Result<Self> {
        let name =
            target.file_name().context("the output folder has no name")?.to_string_lossy().into_owned();
        let parent =
            target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)
            .with_context(|| format!("{}: cannot make the folder", parent.display()))?;
        let lock_path = parent.join(format!(".{name}.lock"));
        let lock =
            File::create(&lock_path).with_context(|| format!("{}: cannot write here", parent.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("{}: another run of letopis is writing here", target.display())
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).context("taking the lock of the output folder");
            }
        }
        let folder = parent.join(format!(".{name}.new"));
        let old = parent.join(format!(".{name}.old"));
        // Only a run killed between its two last renames leaves no target: its predecessor's outputs come back.
        if !target.exists() && old.exists() {
            fs::rename(&old, target).with_context(|| format!("{}: cannot restore", target.display()))?;
        }
        for leftover in [&folder, &old] {
            if leftover.exists() {
                fs::remove_dir_all(leftover)
                    .with_context(|| format!("{}: cannot remove", leftover.display()))?;
            }
        }
        fs::create_dir(&folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
        Ok(Self { target: target.to_owned(), folder, _lock: lock })
    }

    /// Returns where a file grows.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// Makes the folders above a file and the file itself.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(&self, relative: &str) -> Result<File> {
        let path = self.path(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("{}: cannot make the folder", parent.display()))?;
        }
        File::create_new(&path).with_context(|| format!("{}: cannot write", path.display()))
    }

    /// Writes a document and returns the digests of its bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, document: &Document) -> Result<Checksums> {
        self.write_bytes(&document.path, &document.bytes)?;
        Ok(Checksums::of(&document.bytes))
    }

    /// Writes bytes whose digests are known already.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_bytes(&self, relative: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.create(relative)?;
        file.write_all(bytes).with_context(|| format!("{}: cannot write", self.path(relative).display()))
    }

    /// Copies a file that has been written before, makes sure that the same bytes are read as were written, and returns
    /// them.
    ///
    /// # Errors
    /// When the disk refuses, or gives back other bytes than it was given.
    pub fn copy(&self, from: &str, to: &str, expected: &Checksums) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(from)).with_context(|| format!("{from}: cannot read back"))?;
        if bytes.len() as u64 != expected.bytes || Checksums::of(&bytes) != *expected {
            bail!("{from}: the disk gave back other bytes than were written");
        }
        self.write_bytes(to, &bytes)?;
        Ok(bytes)
    }

    /// Puts the finished folder in the target's place and removes what stood there.
    ///
    /// # Errors
    /// When the disk refuses; the target is then as it was.
    pub fn publish(self) -> Result<()> {
        sync_tree(&self.folder).context("writing the outputs to the disk")?;
        let parent =
            self.target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if self.target.exists() {
            swap(&self.folder, &self.target)
                .with_context(|| format!("{}: cannot replace", self.target.display()))?;
        } else {
            fs::rename(&self.folder, &self.target)
                .with_context(|| format!("{}: cannot move into place", self.target.display()))?;
        }
        sync_folder(parent).context("writing the outputs to the disk")
    }
}

impl Drop for Staging {
    /// Removes what was not published, or what publishing replaced.
    fn drop(&mut self) {
        // Nothing is lost if this fails: the next run removes the leftovers.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Exchanges two folders in one step, so that a reader always finds one of them.
#[cfg(target_os = "linux")]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(_) => swap_in_two_steps(new, old),
    }
}

#[cfg(not(target_os = "linux"))]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    swap_in_two_steps(new, old)
}

/// For file systems that cannot exchange: [`Staging::begin`] mends a run killed between the two renames.
fn swap_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let name = old.file_name().unwrap_or_default().to_string_lossy();
    let aside = old.with_file_name(format!(".{name}.old"));
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

/// Makes sure that every file and folder of a tree is on the disk.
fn sync_tree(folder: &Path) -> io::Result<()> {
    let entries: Vec<PathBuf> =
        WalkDir::new(folder).into_iter().map(|entry| Ok(entry?.into_path())).collect::<io::Result<_>>()?;
    entries
        .par_iter()
        .try_for_each(|path| if path.is_dir() { sync_folder(path) } else { File::open(path)?.sync_all() })
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere folders cannot be opened as files; their entries are written with the files.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes the digests of every file below a folder except the named ones, by path with `/`.
///
/// # Errors
/// When something cannot be read.
pub fn checksums_below(folder: &Path, except: &[&str]) -> io::Result<Vec<(String, u64, String)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if !except.contains(&path.as_str()) {
            files.push((path, entry.into_path()));
        }
    }
    files.sort();
    files
        .into_par_iter()
        .map(|(path, place)| sha256(&place).map(|(bytes, digest)| (path, bytes, digest)))
        .collect()
}

fn sha256(path: &Path) -> io::Result<(u64, String)> {
    use sha2::{Digest, Sha256};
    let mut reader = BufReader::with_capacity(1 << 18, File::open(path)?);
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            return Ok((bytes, crate::files::hex(&hasher.finalize())));
        }
        hasher.update(&buffer[..count]);
        bytes += count as u64;
    }
}
