//! Reasons for a failure to write, distinguished by type: the calling script decides by it whether to wait or
//! to make room.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::private;
use super::store::CopyFailure;

/// How often a lock is tried, and the pause after each try.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Another run of letopis holds the lock of a place.
#[derive(Debug)]
pub struct AnotherRun(pub PathBuf);

impl fmt::Display for AnotherRun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.0.display();
        write!(
            out,
            "{place}: сюда уже пишет другой запуск программы, дождитесь его (another run of letopis is writing here)"
        )
    }
}

impl std::error::Error for AnotherRun {}

/// Opens a lock file and takes its lock. The file stays: removing it would let two runs hold two locks of one name.
///
/// # Errors
/// [`AnotherRun`], or a disk error.
pub(super) fn take_lock(file: &Path, place: &Path) -> Result<File> {
    let lock = private::open_lock(file)
        .with_context(|| format!("{}: сюда нельзя записать (cannot write here)", file.display()))?;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            // A program just started by another thread holds its parent's open files until it begins to run.
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error).context("taking the lock of the folder"),
        }
    }
    Err(AnotherRun(place.to_owned()).into())
}

/// Returns whether an operation failed because another run is writing.
pub fn is_another_run(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.is::<AnotherRun>())
}

/// Returns whether an operation failed because the disk or the user's quota is full.
pub fn is_full(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let by_disk = cause.downcast_ref::<io::Error>().is_some_and(has_no_room);
        by_disk || matches!(cause.downcast_ref::<CopyFailure>(), Some(CopyFailure::Full(_)))
    })
}

/// Returns whether a disk error means that there is no room.
pub(super) fn has_no_room(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
