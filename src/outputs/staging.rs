//! A build's outputs while they grow, and the one step in which they take their place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::carry::Carried;
use super::disk::{hidden, is_empty, is_real_folder, parent_of, stands, sync_folder, sync_tree};
use super::made::{self, Made};
use super::refusals::take_lock;
use super::signals::{self, Watched};
use super::{private, removal};
use crate::base::files::{Checksums, Document};

/// Puts in order what a killed run left beside a target: outputs set aside come back, what others laid into them too, the
/// rest is removed. Beside a target that another run is writing, or a place that cannot be written, nothing is touched:
/// [`Staging::begin`] tells.
pub fn recover(target: &Path) {
    if made::are_left(target) {
        drop(Staging::begin(target));
    }
}

/// A build's outputs while they grow.
pub struct Staging {
    target: PathBuf,
    // Its folder is removed when a signal ends the run.
    made: Watched<Made>,
    /// What was brought back of an earlier run that was killed.
    carried: Carried,
    // Held until the run ends.
    _lock: File,
}

impl Staging {
    /// Prepares an empty folder beside the target and takes the target's lock. What a killed run left is put in order.
    ///
    /// # Errors
    /// When the folder cannot be written, the target is no folder, or another run is writing the same target.
    pub fn begin(target: &Path) -> Result<Self> {
        let parent = parent_of(target);
        private::folders(parent)
            .with_context(|| format!("{}: папку не создать (cannot make the folder)", parent.display()))?;
        let lock = take_lock(&hidden(target, "lock")?, target)?;
        let carried = made::put_all_in_order(target);
        // A file or a link would be exchanged for the new folder.
        if stands(target) && !is_real_folder(target) {
            let shown = target.display();
            bail!(
                "{shown}: это не папка; уберите это или соберите в другое место (this is not a folder; move it away or choose another place)"
            );
        }
        let made = Made::new(target, made::NEW)
            .with_context(|| format!("{}: сюда нельзя записать (cannot write here)", parent.display()))?;
        let settled = target.to_owned();
        let made = signals::watch(made, move |made| drop(made.settle(&settled)));
        Ok(Self { target: target.to_owned(), made, carried, _lock: lock })
    }

    /// Returns where a file grows.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.made.folder().join(relative)
    }

    /// Makes the folders above a file and the file itself.
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
        make().with_context(|| format!("{}: не записать (cannot write)", path.display()))
    }

    /// Gives a folder below to somebody who writes there himself: all that will be in it is the program's own.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn lend(&self, relative: &str) -> Result<PathBuf> {
        self.made.note(&format!("{relative}/")).context("the list of what is being written")?;
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

    /// Writes bytes whose digests are known already.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_bytes(&self, relative: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.create(relative)?;
        let shown = || format!("{}: не записать (cannot write)", self.path(relative).display());
        file.write_all(bytes).with_context(shown)
    }

    /// Copies a file that has been written before, makes sure that the same bytes are read as were written, and returns
    /// them.
    ///
    /// # Errors
    /// When the disk refuses, or gives back other bytes than it was given.
    pub fn copy(&self, from: &str, to: &str, expected: &Checksums) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(from)).with_context(|| format!("{from}: cannot read back"))?;
        if bytes.len() as u64 != expected.bytes || Checksums::of(&bytes) != *expected {
            bail!(
                "{from}: диск вернул не то, что было записано (the disk gave back other bytes than were written)"
            );
        }
        self.write_bytes(to, &bytes)?;
        Ok(bytes)
    }

    /// Puts the finished folder in the target's place. What letopis made of that which stood there is removed, what
    /// others made stands in the target again; returns what that was.
    ///
    /// # Errors
    /// When the disk refuses; the target is then as it was.
    pub fn publish(mut self) -> Result<Carried> {
        sync_tree(self.made.folder()).context("запись на диск (writing the outputs to the disk)")?;
        let _working = signals::working();
        let mut carried = std::mem::take(&mut self.carried);
        let shown = || format!("{}: не заменить (cannot replace)", self.target.display());
        if is_empty(&self.target) {
            removal::remove_empty(&self.target).with_context(shown)?;
        }
        if stands(&self.target) {
            carried.add(self.exchange().with_context(shown)?);
        } else {
            move_in(self.made.folder(), &self.target).with_context(shown)?;
        }
        self.made.forget().with_context(shown)?;
        Ok(carried)
    }

    fn exchange(&self) -> io::Result<Carried> {
        // From here on both folders are outputs with a record: whichever stands aside after a kill is put in order by it.
        self.made.becomes_outputs()?;
        swap(self.made.folder(), &self.target)?;
        // The new outputs stand: what the disk refuses now, the next run does.
        let shown = self.made.folder().to_owned();
        let carried = self.made.settle(&self.target);
        Ok(carried.unwrap_or_else(|error| Carried {
            stuck: vec![(shown, error.to_string())],
            ..Carried::default()
        }))
    }
}

impl Drop for Staging {
    /// Removes what was not published.
    fn drop(&mut self) {
        let _working = signals::working();
        // Nothing is lost if this fails: the next run puts it in order.
        let _ = self.made.settle(&self.target);
    }
}

/// Moves a folder to where nothing stands; should the disk not confirm it, back again.
fn move_in(new: &Path, target: &Path) -> io::Result<()> {
    fs::rename(new, target)?;
    sync_folder(parent_of(target)).or_else(|error| fs::rename(target, new).and(Err(error)))
}

/// Exchanges two folders in one step, so that a reader always finds one of them; should the disk not confirm it, they
/// are exchanged again.
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

/// For file systems that cannot exchange: [`Staging::begin`] mends a run killed between the two renames. In the end the
/// old outputs have the name of the new ones, as after an exchange.
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
    // Nothing stands there: it has just become the target.
    fs::rename(&aside, new)?;
    removal::remove_made(&list)
}
