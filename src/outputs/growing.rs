//! A bag that grows under another name beside its own, and gets its own name when it is complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::copy_failure::CopyFailure;
use super::disk::{exists, parent_of, sync_folder, sync_tree};
use super::made::{self, Made, part_of};
use super::private;
use super::removal::remove_made;
use super::signals::{self, Watched};
use super::whole::{fill, read_back, write_whole};
use crate::base::digest::{Algorithm, Hashers};
use crate::base::folders::PAYLOAD;
use crate::base::inside::InsidePath;
use crate::base::said::{Fault, said};

/// How a file got to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// It was copied and read back.
    Copied,
    /// It was already there and correct.
    Kept,
}

/// A folder that grows under another name beside its own, and gets its own name when it is complete.
pub struct Growing {
    target: PathBuf,
    made: Watched<Made>,
    /// Unfinished files stay for a later run, unless a signal ends this one.
    is_resumable: bool,
}

impl Growing {
    /// Starts anew: the files of an earlier run are removed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn anew(target: &Path) -> io::Result<Self> {
        private::folders(parent_of(target))?;
        made::clean_up_all(target);
        Self::begin(target, Made::new(target, made::NEW)?, false)
    }

    /// Continues an interrupted run; `files` are all files to copy.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn resumed<'a>(target: &Path, files: impl IntoIterator<Item = &'a str>) -> Result<Self, CopyFailure> {
        let begin = || {
            let files: Vec<&str> = files.into_iter().collect();
            private::folders(parent_of(target))?;
            Self::begin(target, Made::resumed(target, made::PART, &files)?, true)
        };
        begin().map_err(|error| CopyFailure::of(target, error))
    }

    fn begin(target: &Path, made: Made, is_resumable: bool) -> io::Result<Self> {
        private::folders(&made.folder().join(PAYLOAD))?;
        let settled = target.to_owned();
        let made = signals::watch(made, move |made| drop(made.settle(&settled)));
        Ok(Self { target: target.to_owned(), made, is_resumable })
    }

    /// Returns the path of a growing file.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.made.folder().join(relative)
    }

    /// Returns the path of a growing file; whatever named it, nothing is written outside the folder.
    fn inside(&self, relative: &str) -> io::Result<PathBuf> {
        let outside = |outside| io::Error::new(io::ErrorKind::InvalidInput, Fault::from(outside));
        Ok(InsidePath::new(relative).map_err(outside)?.below(self.made.folder()))
    }

    /// Writes a file.
    ///
    /// # Errors
    /// On a disk error, or when the path leads out of the folder.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.inside(relative)?;
        let _working = signals::working();
        self.made.note(relative)?;
        private::folders(parent_of(&path))?;
        write_whole(&path, bytes).map(|_| ())
    }

    /// Opens a file of this size for writing at any place; earlier content stays.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn open_sized(&self, relative: &str, bytes: u64) -> io::Result<File> {
        let path = self.inside(relative)?;
        let _working = signals::working();
        self.made.note(relative)?;
        private::folders(parent_of(&path))?;
        let file = private::existing_file(&path)?;
        file.set_len(bytes)?;
        Ok(file)
    }

    /// Returns the growing folder, for checks before it gets its name.
    pub fn folder(&self) -> &Path {
        self.made.folder()
    }

    /// Copies a file with a known SHA-256. The digest is checked while the source is read, and again from the
    /// copy.
    ///
    /// # Errors
    /// When the medium is full, on a disk error, or when a digest differs. No partial file stays under the
    /// file's name.
    pub fn copy_in(&self, from: &Path, relative: &str, sha256: &str) -> Result<Landed, CopyFailure> {
        let path = self.inside(relative).map_err(|error| CopyFailure::of(&self.path(relative), error))?;
        if path.is_file() && read_back(&path).is_ok_and(|digest| digest == sha256) {
            return Ok(Landed::Kept);
        }
        let part = part_of(&path);
        let landed = self.copy_to(from, (&part, relative), sha256).and_then(|()| {
            fs::rename(&part, &path).map_err(|error| CopyFailure::of(&path, error))?;
            Ok(Landed::Copied)
        });
        if landed.is_err() {
            // The message of the first failure is the one that matters.
            let _ = remove_made(&part);
        }
        landed
    }

    fn copy_to(&self, from: &Path, (part, relative): (&Path, &str), sha256: &str) -> Result<(), CopyFailure> {
        let at_target = |error| CopyFailure::of(part, error);
        let mut source = File::open(from).map_err(|error| CopyFailure::Disk(from.to_owned(), error))?;
        let make = || {
            let _working = signals::working();
            self.made.note(relative)?;
            private::folders(parent_of(part))?;
            private::emptied_file(part)
        };
        let mut hashers = Hashers::new(&[Algorithm::Sha256]);
        fill(make().map_err(at_target)?, &mut source, Some(&mut hashers)).map_err(at_target)?;
        let is_expected = |found: &str| found == sha256;
        if !hashers.finish().iter().all(|(_, digest)| is_expected(digest)) {
            return Err(CopyFailure::SourceDamaged(from.to_owned()));
        }
        match read_back(part) {
            Ok(digest) if is_expected(&digest) => Ok(()),
            Ok(_) => Err(CopyFailure::TargetDiffers(part.to_owned())),
            Err(error) => Err(at_target(error)),
        }
    }

    /// Removes files of an earlier run that are not requested now.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep_only(&self, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        self.made.keep_only(|path| super::disk::text_of(path).is_some_and(|path| is_wanted(&path)))
    }

    /// Removes the growing folder.
    pub fn discard(mut self) {
        self.is_resumable = false;
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// On a disk error, or when the name is taken.
    pub fn publish(self) -> io::Result<()> {
        sync_tree(self.made.folder())?;
        let _working = signals::working();
        if exists(&self.target) {
            let said = said!("имя занято", "the name is taken");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, Fault::new(said)));
        }
        // A complete bag needs no list for continuing, and nobody needs it after the bag has its name.
        if self.is_resumable {
            self.made.forget()?;
        }
        fs::rename(self.made.folder(), &self.target)?;
        sync_folder(parent_of(&self.target))?;
        self.made.forget()
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        if !self.is_resumable {
            let _working = signals::working();
            // Nothing is lost if this fails: the next run removes the rest.
            let _ = self.made.settle(&self.target);
        }
    }
}
