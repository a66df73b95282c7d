//! A build's outputs during the build, and the one step in which they get their place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::carry::Carried;
use super::disk::{exists, hidden, is_empty, is_real_folder, parent_of, sync_folder, sync_tree};
use super::made::{self, Made};
use super::refusals::take_lock;
use super::signals::{self, Watched};
use super::{private, removal};
use crate::base::files::{Checksums, Document, hex};
use crate::base::said::{Tell, of_io, refuse, said};

/// Cleans up what a killed run left beside a target: outputs set aside return, with other people's files in
/// them, and the rest is removed. If another run is writing the target, or the place cannot be written to,
/// nothing is touched: [`Staging::begin`] reports it.
pub fn recover(target: &Path) {
    if made::has_remains(target) {
        drop(Staging::begin(target));
    }
}

/// A build's outputs during the build.
pub struct Staging {
    target: PathBuf,
    // Its folder is removed when a signal ends the run.
    made: Watched<Made>,
    /// Files brought back from an earlier run that was killed.
    carried: Carried,
    // Held until the run ends.
    _lock: File,
}

impl Staging {
    /// Prepares an empty folder beside the target and takes the target's lock. Remains of a killed run are
    /// cleaned up.
    ///
    /// # Errors
    /// When the folder cannot be written to, the target is not a folder, or another run is writing the same
    /// target.
    pub fn begin(target: &Path) -> Result<Self> {
        let parent = parent_of(target);
        private::folders(parent)
            .told(|| said!("{}: папку не создать", "{}: cannot make the folder", parent.display()))?;
        let lock = take_lock(&hidden(target, "lock")?, target)?;
        let carried = made::clean_up_all(target);
        // A file or a link would be exchanged for the new folder.
        if exists(target) && !is_real_folder(target) {
            let shown = target.display();
            refuse!(
                "{shown}: это не папка; уберите это или соберите в другое место",
                "{shown}: this is not a folder; move it away or choose another place"
            );
        }
        let made = Made::new(target, made::NEW)
            .told(|| said!("{}: сюда нельзя записать", "{}: cannot write here", parent.display()))?;
        let settled = target.to_owned();
        let made = signals::watch(made, move |made| drop(made.settle(&settled)));
        Ok(Self { target: target.to_owned(), made, carried, _lock: lock })
    }

    /// Returns the path of a growing file.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.made.folder().join(relative)
    }

    /// Makes the parents of a file and the file itself.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(&self, relative: &str) -> Result<File> {
        let path = self.path(relative);
        let make = || {
            let _working = signals::working();
            self.made.note(relative)?;
            private::folders(parent_of(&path))?;
            private::new_file(&path)
        };
        make().told(|| said!("{}: не записать", "{}: cannot write", path.display()))
    }

    /// Lends a subfolder to another writer: its whole content will be the program's own.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn lend(&self, relative: &str) -> Result<PathBuf> {
        self.made
            .note(&format!("{relative}/"))
            .told(|| said!("список того, что записывается", "the list of what is being written"))?;
        Ok(self.path(relative))
    }

    /// Writes a document and returns the digests of its bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, document: &Document) -> Result<Checksums> {
        self.write_bytes(&document.path, &document.bytes)?;
        Ok(Checksums::of(&document.bytes))
    }

    /// Writes bytes with known digests.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_bytes(&self, relative: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.create(relative)?;
        let shown = || said!("{}: не записать", "{}: cannot write", self.path(relative).display());
        file.write_all(bytes).told(shown)
    }

    /// Copies a file written earlier, makes sure that the bytes read are those that were written, and returns
    /// them.
    ///
    /// # Errors
    /// On a disk error, or when the disk returns other bytes.
    pub fn copy(&self, from: &str, to: &str, expected: &Checksums) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(from))
            .told(|| said!("{from}: не прочитать записанное", "{from}: cannot read back"))?;
        if bytes.len() as u64 != expected.bytes || hex(&Sha256::digest(&bytes)) != expected.sha256 {
            refuse!(
                "{from}: диск вернул не то, что было записано",
                "{from}: the disk gave back other bytes than were written"
            );
        }
        self.write_bytes(to, &bytes)?;
        Ok(bytes)
    }

    /// Puts the finished folder in the target's place. Old files of letopis are removed and other people's
    /// files return to the target. Returns what was done with them.
    ///
    /// # Errors
    /// On a disk error; the target is then unchanged.
    pub fn publish(mut self) -> Result<Carried> {
        sync_tree(self.made.folder()).told(|| said!("запись на диск", "writing the outputs to the disk"))?;
        let _working = signals::working();
        let mut carried = std::mem::take(&mut self.carried);
        let shown = || said!("{}: не заменить", "{}: cannot replace", self.target.display());
        if is_empty(&self.target) {
            removal::remove_empty(&self.target).told(shown)?;
        }
        if exists(&self.target) {
            carried.add(self.exchange().told(shown)?);
        } else {
            move_in(self.made.folder(), &self.target).told(shown)?;
        }
        self.made.forget().told(shown)?;
        Ok(carried)
    }

    fn exchange(&self) -> io::Result<Carried> {
        // From here on both folders are outputs with a record, by which the next run can clean up whichever
        // is aside.
        self.made.mark_as_outputs()?;
        swap(self.made.folder(), &self.target)?;
        // The new outputs are in place; work that the disk refuses now is left to the next run.
        let shown = self.made.folder().to_owned();
        let carried = self.made.settle(&self.target);
        Ok(carried
            .unwrap_or_else(|error| Carried { stuck: vec![(shown, of_io(&error))], ..Carried::default() }))
    }
}

impl Drop for Staging {
    /// Removes unpublished files.
    fn drop(&mut self) {
        let _working = signals::working();
        // Nothing is lost if this fails: the next run cleans up.
        let _ = self.made.settle(&self.target);
    }
}

/// Moves a folder to a free place, and back again if the disk does not confirm it.
fn move_in(new: &Path, target: &Path) -> io::Result<()> {
    fs::rename(new, target)?;
    sync_folder(parent_of(target)).or_else(|error| fs::rename(target, new).and(Err(error)))
}

/// Exchanges two folders in one step, so that a reader always finds one of them. If the disk does not confirm
/// it, they are exchanged back.
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

/// For file systems that cannot exchange folders. [`Staging::begin`] repairs a run that was killed between
/// the two renames. In the end the old outputs have the name of the new ones, as after an exchange.
fn swap_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let (aside, list) = made::place_for_replaced(old)?;
    let back = |error: io::Error| {
        removal::remove_made(&list)?;
        Err(error)
    };
    fs::rename(old, &aside).or_else(back)?;
    if let Err(error) = move_in(new, old) {
        fs::rename(&aside, old)?;
        return back(error);
    }
    // The name is free: its folder has just become the target.
    fs::rename(&aside, new)?;
    removal::remove_made(&list)
}
