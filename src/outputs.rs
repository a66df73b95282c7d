//! The only writer: a build grows in a folder beside its target and takes the target's place in one step.
//!
//! A run that is killed leaves the earlier outputs whole; what it left beside them is removed by the next run.

// This is the file the ban on writing points to.
#![allow(clippy::disallowed_methods)]

mod private;
pub mod refusals;
pub mod store;

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::files::{Checksums, Document};

/// Puts in order what a killed run left beside a target: outputs set aside come back, the rest is removed. Beside a
/// target that another run is writing, or a place that cannot be written, nothing is touched: [`Staging::begin`] tells.
pub fn recover(target: &Path) {
    let has_leftovers = |leftovers: [PathBuf; 2]| leftovers.iter().any(|leftover| stands(leftover));
    if beside(target).is_ok_and(has_leftovers) {
        drop(Staging::begin(target));
    }
}

/// A build's outputs while they grow.
pub struct Staging {
    target: PathBuf,
    folder: PathBuf,
    // Held until the run ends. The file stays: removing it would let two runs hold two locks of one name.
    _lock: File,
}

impl Staging {
    /// Prepares an empty folder beside the target and takes the target's lock. What a killed run left is put in order.
    ///
    /// # Errors
    /// When the folder cannot be written, the target is no folder, or another run is writing the same target.
    pub fn begin(target: &Path) -> Result<Self> {
        let [folder, old] = beside(target)?;
        let parent = parent_of(target);
        private::folders(parent).with_context(|| format!("{}: cannot make the folder", parent.display()))?;
        let lock = refusals::take_lock(&hidden(target, "lock")?, target)?;
        // Only a run killed between its two last renames leaves no target: its predecessor's outputs come back.
        if !stands(target) && old.is_dir() {
            fs::rename(&old, target).with_context(|| format!("{}: cannot restore", target.display()))?;
        }
        // A file or a link would be exchanged for the new folder and then removed with the old outputs.
        if stands(target) && !fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_dir()) {
            bail!("{}: this is not a folder; move it away or choose another place", target.display());
        }
        for leftover in [&folder, &old] {
            remove(leftover).with_context(|| format!("{}: cannot remove", leftover.display()))?;
        }
        private::new_folder(&folder)
            .with_context(|| format!("{}: cannot make the folder", folder.display()))?;
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
            private::folders(parent)
                .with_context(|| format!("{}: cannot make the folder", parent.display()))?;
        }
        private::new_file(&path).with_context(|| format!("{}: cannot write", path.display()))
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
        let shown = self.target.display();
        if stands(&self.target) {
            swap(&self.folder, &self.target).with_context(|| format!("{shown}: cannot replace"))
        } else {
            move_in(&self.folder, &self.target).with_context(|| format!("{shown}: cannot move into place"))
        }
    }
}

impl Drop for Staging {
    /// Removes what was not published, or what publishing replaced.
    fn drop(&mut self) {
        // Nothing is lost if this fails: the next run removes the leftovers.
        let _ = remove(&self.folder);
    }
}

fn parent_of(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns where a target's new outputs grow and where its old ones may be set aside.
fn beside(target: &Path) -> Result<[PathBuf; 2]> {
    Ok([hidden(target, "new")?, hidden(target, "old")?])
}

fn hidden(target: &Path, kind: &str) -> Result<PathBuf> {
    let name = target.file_name().context("the output folder has no name")?.to_string_lossy();
    Ok(target.with_file_name(format!(".{name}.{kind}")))
}

/// Tells whether anything stands at a path, be it a link to nothing.
fn stands(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Removes what stands at a path, if anything does.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Moves a folder to where nothing stands; should the disk not confirm it, back again.
fn move_in(new: &Path, target: &Path) -> io::Result<()> {
    fs::rename(new, target)?;
    sync_folder(parent_of(target)).or_else(|error| fs::rename(target, new).and(Err(error)))
}

/// Exchanges two folders in one step, so that a reader always finds one of them; should the disk not confirm it, they
/// are exchanged again, for the old one is removed after this.
#[cfg(target_os = "linux")]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let exchange = || renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).map_err(io::Error::from);
    match exchange() {
        Ok(()) => sync_folder(parent_of(old)).or_else(|error| exchange().and(Err(error))),
        Err(_) => swap_in_two_steps(new, old),
    }
}

#[cfg(not(target_os = "linux"))]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    swap_in_two_steps(new, old)
}

/// For file systems that cannot exchange: [`Staging::begin`] mends a run killed between the two renames.
fn swap_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = hidden(old, "old").map_err(io::Error::other)?;
    fs::rename(old, &aside)?;
    if let Err(error) = move_in(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    // The new outputs stand already; what cannot be removed now, the next run removes.
    let _ = fs::remove_dir_all(&aside);
    Ok(())
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
