//! Reasons for a failure to write, distinguished by type: the calling script decides by it whether to wait or
//! to make room.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::private;
use crate::base::said::{Fault, Kind, Tell, said};

/// How often a lock is tried, and the pause after each try.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Makes the error that another run of letopis holds the lock of a place.
pub fn another_run(place: &Path) -> Fault {
    Fault::new(said!(
        "{}: сюда уже пишет другой запуск программы, дождитесь его",
        "{}: another run of letopis is writing here, wait for it to end",
        place.display()
    ))
    .of_kind(Kind::AnotherRun)
}

/// Opens a lock file and takes its lock. The file stays: removing it would let two runs hold two locks of one name.
///
/// # Errors
/// [`another_run`], or a disk error.
pub(super) fn take_lock(file: &Path, place: &Path) -> Result<File> {
    let lock = private::open_lock(file)
        .told(|| said!("{}: сюда нельзя записать", "{}: cannot write here", file.display()))?;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            // A program just started by another thread holds its parent's open files until it begins to run.
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => {
                return Err(error).told(|| {
                    said!("{}: папку не занять", "{}: the folder cannot be locked", place.display())
                });
            }
        }
    }
    Err(another_run(place).into())
}

/// Returns whether an operation failed because another run is writing.
pub fn is_another_run(error: &anyhow::Error) -> bool {
    is_of(error, Kind::AnotherRun)
}

/// Returns whether an operation failed because the disk or the user's quota is full.
pub fn is_full(error: &anyhow::Error) -> bool {
    is_of(error, Kind::NoRoom)
        || error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(has_no_room))
}

fn is_of(error: &anyhow::Error, kind: Kind) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<Fault>().is_some_and(|fault| fault.kind() == kind))
}

/// Returns whether a disk error means that there is no room.
pub(super) fn has_no_room(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
