//! Why a file did not get onto a disk or a medium.

use std::io;
use std::path::{Path, PathBuf};

use super::refusals::has_no_room;
use crate::base::said::{Fault, Kind, Said, of_io, said};

/// Why a file was not written.
#[derive(Debug)]
pub enum CopyFailure {
    /// The medium is full.
    Full(PathBuf),
    /// The source differs from its manifest.
    SourceDamaged(PathBuf),
    /// The medium returned other bytes than were written.
    TargetDiffers(PathBuf),
    /// The disk refused.
    Disk(PathBuf, io::Error),
}

impl From<CopyFailure> for anyhow::Error {
    fn from(failure: CopyFailure) -> Self {
        let kind = if matches!(failure, CopyFailure::Full(_)) { Kind::NoRoom } else { Kind::Plain };
        Fault::new(failure.said()).of_kind(kind).into()
    }
}

impl CopyFailure {
    /// Says where and why.
    pub fn said(&self) -> Said {
        match self {
            Self::Full(path) => {
                said!("{}: на носителе нет места", "{}: no space left on the medium", path.display())
            }
            Self::SourceDamaged(path) => {
                said!("{}: исходный файл повреждён", "{}: the source is damaged", path.display())
            }
            Self::TargetDiffers(path) => said!(
                "{}: носитель вернул не то, что было записано",
                "{}: the medium gave back other bytes than were written",
                path.display()
            ),
            Self::Disk(path, error) => said!("{}: {}", "{}: {}", path.display(), of_io(error)),
        }
    }

    /// Returns the failure behind a disk error.
    pub(super) fn of(path: &Path, error: io::Error) -> Self {
        // FAT reports this for a file of 4 GB.
        if has_no_room(&error) || error.kind() == io::ErrorKind::FileTooLarge {
            return Self::Full(path.to_owned());
        }
        Self::Disk(path.to_owned(), error)
    }
}
