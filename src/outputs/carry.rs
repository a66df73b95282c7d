//! Keeps other people's files in a year's folder when new outputs replace the old ones.
//!
//! After the exchange the old outputs are beside the new ones. Everything that their record does not list is
//! moved back to its place by renaming: it is never copied, opened or removed. Three kinds of files become
//! `изменено/NAME`, with a number if the name is taken: a listed file with other bytes (a workbook that
//! somebody edited), a file with the name of a new product, and a signature whose document has changed. The
//! old products are removed only after that.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::disk::{exists, is_real_file, is_real_folder, sha256, text_of};
use super::listing::{Listing, RECORD};
use super::removal::{self, Own};
use super::{private, removal::open_up};
use crate::base::said::{Said, of_io, said};
use crate::cms::signed_name;

/// The folder for products that people changed.
pub const CHANGED: &str = "изменено";

/// Other people's files in the outputs, and what was done with them. Paths are relative to the year's folder.
#[derive(Debug, Default)]
pub struct Carried {
    /// Files moved back to their places.
    pub kept: Vec<PathBuf>,
    /// Changed products and similar files: their old and new places.
    pub changed: Vec<(PathBuf, PathBuf)>,
    /// Signatures whose documents have changed: their old and new places.
    pub signatures: Vec<(PathBuf, PathBuf)>,
    /// Files that could not be moved and are beside the year's folder: the place and the reason.
    pub stuck: Vec<(PathBuf, Said)>,
}

impl Carried {
    pub(super) fn add(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.changed.extend(other.changed);
        self.signatures.extend(other.signatures);
        self.stuck.extend(other.stuck);
    }
}

/// Empties a folder of outputs beside the year's folder: other people's files go to the year's folder, the
/// rest is removed.
///
/// # Errors
/// When products cannot be removed. Other people's files that were not moved before are then left alone.
pub(super) fn settle(old: &Path, target: &Path) -> io::Result<Carried> {
    if !is_real_folder(old) || !is_real_folder(target) {
        return Ok(Carried::default());
    }
    let listing = Listing::of(old);
    let sorted = listing.sort(old);
    let mut move_back = MoveBack::new(old, target);
    let record = Path::new(RECORD);
    for path in sorted.foreign.iter().filter(|path| *path != record) {
        if is_out_of_date(old, target, path) {
            move_back.aside.push((path.clone(), Why::Signature));
        } else {
            move_back.place(path);
        }
    }
    // Digests are computed right before the removal, from the present contents of the disk.
    let (own, changed): (Vec<_>, Vec<_>) =
        sorted.own.into_par_iter().partition(|path| listing.is_as_made(old, path));
    move_back.aside.extend(changed.into_iter().map(|path| (path, Why::Changed)));
    let mut carried = move_back.finish();
    // The record goes last, removed or moved: until then the next run can continue after a killed one.
    let (last, files) = own.into_iter().partition(|path| path == record);
    removal::remove_own(old, &Own { files, folders: listing.folders().collect() })?;
    if sorted.foreign.iter().any(|path| path == record) {
        let mut move_back = MoveBack::new(old, target);
        move_back.place(record);
        carried.add(move_back.finish());
    }
    if !removal::remove_own(old, &Own { files: last, ..Own::default() })? && carried.stuck.is_empty() {
        carried.stuck.push((old.to_owned(), said!("папка не пуста", "the folder is not empty")));
    }
    Ok(carried)
}

/// Returns whether a file is a signature over a product that has changed.
fn is_out_of_date(old: &Path, target: &Path, path: &Path) -> bool {
    let Some(signed) = text_of(path).and_then(|text| Some(signed_name(&text)?.to_owned())) else {
        return false;
    };
    if !is_real_file(&old.join(&signed)) || !is_real_file(&old.join(path)) {
        return false;
    }
    let digest = |folder: &Path| sha256(&folder.join(&signed)).ok().map(|(_, digest)| digest);
    digest(old) != digest(target)
}

#[derive(Clone, Copy, PartialEq)]
enum Why {
    Changed,
    Signature,
}

struct MoveBack<'a> {
    old: &'a Path,
    target: &'a Path,
    /// Files that cannot return to their places.
    aside: Vec<(PathBuf, Why)>,
    carried: Carried,
}

impl<'a> MoveBack<'a> {
    fn new(old: &'a Path, target: &'a Path) -> Self {
        Self { old, target, aside: Vec::new(), carried: Carried::default() }
    }

    /// Moves an entry to its place; if another one has that place, it goes aside later.
    fn place(&mut self, path: &Path) {
        let (from, to) = (self.old.join(path), self.target.join(path));
        if !make_folders_above(self.target, path) {
            return self.aside.push((path.to_owned(), Why::Changed));
        }
        if !exists(&to) {
            return match move_whole(&from, &to) {
                Ok(()) => self.carried.kept.push(path.to_owned()),
                Err(error) => self.stuck(path, &error),
            };
        }
        if is_real_folder(&from) && is_real_folder(&to) {
            return self.merge(path);
        }
        self.aside.push((path.to_owned(), Why::Changed));
    }

    /// Moves the contents of a folder into the existing one of the same name.
    fn merge(&mut self, path: &Path) {
        let from = self.old.join(path);
        let entries = match from.read_dir() {
            Ok(entries) => entries,
            Err(error) => return self.stuck(path, &error),
        };
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| path.join(entry.file_name())).collect();
        inside.sort();
        inside.iter().for_each(|path| self.place(path));
        // An entry that could not be moved is already listed.
        let _ = removal::remove_empty(&from);
    }

    fn finish(mut self) -> Carried {
        for (path, why) in std::mem::take(&mut self.aside) {
            if why == Why::Signature || !self.is_there_already(&path) {
                match self.move_aside(&path) {
                    Ok(to) if why == Why::Signature => self.carried.signatures.push((path.clone(), to)),
                    Ok(to) => self.carried.changed.push((path.clone(), to)),
                    Err(error) => self.stuck(&path, &error),
                }
            }
            // The folders that merging left are empty now.
            for above in path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
                let _ = removal::remove_empty(&self.old.join(above));
            }
        }
        self.carried
    }

    /// Equal bytes are already in the file's place, so removing the copy loses nothing.
    fn is_there_already(&self, path: &Path) -> bool {
        let [from, to] = [self.old, self.target].map(|folder| folder.join(path));
        let is_same = is_real_file(&from)
            && is_real_file(&to)
            && matches!((sha256(&from), sha256(&to)), (Ok(from), Ok(to)) if from == to);
        is_same && removal::remove_made(&from).is_ok()
    }

    fn move_aside(&self, path: &Path) -> io::Result<PathBuf> {
        let folder = (1..)
            .map(|number| PathBuf::from(numbered(OsStr::new(CHANGED), number)))
            .find(|name| is_real_folder(&self.target.join(name)) || !exists(&self.target.join(name)))
            .unwrap_or_default();
        private::folders(&self.target.join(&folder))?;
        let name = path.file_name().unwrap_or_default();
        let to = (1..)
            .map(|number| folder.join(numbered(name, number)))
            .find(|to| !exists(&self.target.join(to)))
            .unwrap_or_default();
        move_whole(&self.old.join(path), &self.target.join(&to))?;
        Ok(to)
    }

    fn stuck(&mut self, path: &Path, error: &io::Error) {
        self.carried.stuck.push((self.old.join(path), of_io(error)));
    }
}

/// `quarter-Q1.xlsx`, `quarter-Q1 (2).xlsx`, …
pub(super) fn numbered(name: &OsStr, number: usize) -> OsString {
    if number == 1 {
        return name.to_owned();
    }
    let path = Path::new(name);
    let mut numbered = path.file_stem().unwrap_or(name).to_owned();
    numbered.push(format!(" ({number})"));
    if let Some(ending) = path.extension() {
        numbered.push(".");
        numbered.push(ending);
    }
    numbered
}

/// Makes the folders above a path; `false` if something else has the place of one.
fn make_folders_above(target: &Path, path: &Path) -> bool {
    let above = path.parent().unwrap_or(Path::new(""));
    let is_plain = above.components().all(|part| matches!(part, Component::Normal(_)));
    let mut folder = target.to_owned();
    is_plain
        && above.iter().all(|name| {
            folder.push(name);
            is_real_folder(&folder) || (!exists(&folder) && private::new_folder(&folder).is_ok())
        })
}

/// Renames anything. A write-protected folder becomes writable for the moment of its move.
fn move_whole(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && is_real_folder(from) => {
            let permissions = fs::symlink_metadata(from)?.permissions();
            open_up(from);
            let moved = fs::rename(from, to);
            fs::set_permissions(if moved.is_ok() { to } else { from }, permissions)?;
            moved
        }
        other => other,
    }
}
