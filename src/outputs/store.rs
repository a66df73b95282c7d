//! Writing into a long-term archive and onto its copies: a file or a folder takes its name only when it is whole and
//! has been read back.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::refusals::{has_no_room, take_lock};
use super::{private, sync_folder, sync_tree};
use crate::archive::digest::{Algorithm, BUFFER_BYTES, Hashers, checksums_of};
use crate::inside::InsidePath;

/// The right to write into an archive; held by one run at a time.
pub struct ArchiveLock(#[allow(dead_code)] File);

impl ArchiveLock {
    /// Makes the archive's folder where there is none and takes its lock.
    ///
    /// # Errors
    /// When the folder cannot be written, or another run is writing there.
    pub fn take(archive: &Path) -> Result<Self> {
        private::folders(archive)
            .with_context(|| format!("{}: папку не создать (cannot make the folder)", archive.display()))?;
        take_lock(&archive.join(".letopis.lock"), archive).map(Self)
    }
}

/// Puts a whole new content in a file's place: a reader finds the old or the new, never a part.
///
/// # Errors
/// When the disk refuses or gives back other bytes; the file is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path, "part");
    let written = write_whole(&beside, &mut &bytes[..], None).and_then(|_| {
        if fs::read(&beside)? == bytes { fs::rename(&beside, path) } else { Err(other_bytes(path)) }
    });
    if written.is_err() {
        // The message of the first failure is the one that matters.
        let _ = fs::remove_file(&beside);
    }
    written?;
    sync_folder(parent(path))
}

/// Writes a large file beside its place, lets its content be judged as the medium gives it back, and puts it there.
///
/// # Errors
/// When the medium is full or refuses, or `is_right` denies; nothing half-written stays.
pub fn grow_file(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
    is_right: impl FnOnce(&Path) -> io::Result<bool>,
) -> Result<(), CopyFailure> {
    let part = beside(path, "part");
    let grown = private::emptied_file(&part).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all()?;
        forget(&file);
        is_right(&part)
    });
    let grown = match grown {
        Ok(true) => fs::rename(&part, path).and_then(|()| sync_folder(parent(path))),
        Ok(false) => {
            let _ = fs::remove_file(&part);
            return Err(CopyFailure::TargetDiffers(path.to_owned()));
        }
        Err(error) => Err(error),
    };
    grown.map_err(|error| {
        // The message of the first failure is the one that matters.
        let _ = fs::remove_file(&part);
        CopyFailure::of(path, error)
    })
}

/// Removes a file of letopis that another has replaced.
///
/// # Errors
/// When the disk refuses.
pub fn remove_replaced(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    sync_folder(parent(path))
}

/// Gives a file another name in its folder.
///
/// # Errors
/// When the disk refuses.
pub fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(parent(to))
}

/// Why a file did not land.
#[derive(Debug)]
pub enum CopyFailure {
    /// The medium has no room.
    Full(PathBuf),
    /// The source is not what its manifest says.
    SourceDamaged(PathBuf),
    /// The medium gave back other bytes than it was given.
    TargetDiffers(PathBuf),
    /// The disk refused.
    Disk(PathBuf, io::Error),
}

impl fmt::Display for CopyFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(path) => write!(out, "{}: на носителе нет места (no space left)", path.display()),
            Self::SourceDamaged(path) => {
                write!(out, "{}: исходный файл повреждён (the source is damaged)", path.display())
            }
            Self::TargetDiffers(path) => write!(
                out,
                "{}: носитель вернул не то, что было записано (the medium gave back other bytes)",
                path.display()
            ),
            Self::Disk(path, error) => write!(out, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for CopyFailure {}

impl CopyFailure {
    fn of(path: &Path, error: io::Error) -> Self {
        // FAT says so of a file of 4 GB.
        if has_no_room(&error) || error.kind() == io::ErrorKind::FileTooLarge {
            return Self::Full(path.to_owned());
        }
        Self::Disk(path.to_owned(), error)
    }
}

/// How a file came to stand where it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// It was copied and read back.
    Copied,
    /// It was there already, and right.
    Kept,
}

/// A folder that grows under another name beside its own, and takes its own when whole.
pub struct Growing {
    target: PathBuf,
    folder: PathBuf,
}

impl Growing {
    /// Begins anew: what an earlier run left is removed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn anew(target: &Path) -> io::Result<Self> {
        let folder = beside(target, "new");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        private::folders(&folder.join("data"))?;
        Ok(Self { target: target.to_owned(), folder })
    }

    /// Goes on where an earlier run was stopped.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn resumed(target: &Path) -> Result<Self, CopyFailure> {
        let folder = beside(target, "part");
        private::folders(&folder.join("data")).map_err(|error| CopyFailure::of(&folder, error))?;
        Ok(Self { target: target.to_owned(), folder })
    }

    /// Returns where a file grows.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// Returns where a file grows; whatever named it, nothing is written outside the folder.
    fn inside(&self, relative: &str) -> io::Result<PathBuf> {
        let outside = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        Ok(InsidePath::new(relative).map_err(outside)?.below(&self.folder))
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When the disk refuses, or the path leads out of the folder.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.inside(relative)?;
        private::folders(parent(&path))?;
        write_whole(&path, &mut &bytes[..], None).map(|_| ())
    }

    /// Opens a file of this size for writing at any place; what was written into it before stays.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn open_sized(&self, relative: &str, bytes: u64) -> io::Result<File> {
        let path = self.inside(relative)?;
        private::folders(parent(&path))?;
        let file = private::standing_file(&path)?;
        file.set_len(bytes)?;
        Ok(file)
    }

    /// Returns the growing folder, to be judged before it takes its name.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies a file whose SHA-256 is known: it is taken while reading the source, and again from what landed.
    ///
    /// # Errors
    /// When the medium is full or refuses, or one of the digests is another; nothing half-written stays under the
    /// file's name.
    pub fn copy_in(&self, from: &Path, relative: &str, sha256: &str) -> Result<Landed, CopyFailure> {
        let path = self.inside(relative).map_err(|error| CopyFailure::of(&self.folder, error))?;
        if path.is_file() && read_back(&path).is_ok_and(|digest| digest == sha256) {
            return Ok(Landed::Kept);
        }
        let part = beside(&path, "part");
        let landed = self.copy_to(from, &part, sha256).and_then(|()| {
            fs::rename(&part, &path).map_err(|error| CopyFailure::of(&path, error))?;
            Ok(Landed::Copied)
        });
        if landed.is_err() {
            // The message of the first failure is the one that matters.
            let _ = fs::remove_file(&part);
        }
        landed
    }

    fn copy_to(&self, from: &Path, part: &Path, sha256: &str) -> Result<(), CopyFailure> {
        let at_target = |error| CopyFailure::of(part, error);
        private::folders(parent(part)).map_err(at_target)?;
        let mut source = File::open(from).map_err(|error| CopyFailure::Disk(from.to_owned(), error))?;
        let mut hashers = Hashers::new(&[Algorithm::Sha256]);
        write_whole(part, &mut source, Some(&mut hashers)).map_err(at_target)?;
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

    /// Removes what lies in the growing folder and was not asked for: leftovers of an earlier state.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep_only(&self, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        for entry in walkdir::WalkDir::new(&self.folder).contents_first(true) {
            let entry = entry?;
            let inside = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            let path = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            if entry.file_type().is_dir() {
                if !path.is_empty() && path != "data" && entry.path().read_dir()?.next().is_none() {
                    fs::remove_dir(entry.path())?;
                }
            } else if !is_wanted(&path) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes the growing folder.
    pub fn discard(self) {
        // Nothing is lost if this fails: the next run removes the leftovers.
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// When the disk refuses, or the name is taken.
    pub fn publish(self) -> io::Result<()> {
        sync_tree(&self.folder)?;
        if self.target.exists() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the name is taken"));
        }
        fs::rename(&self.folder, &self.target)?;
        sync_folder(parent(&self.target))
    }
}

/// Makes a folder for files a person will look at.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    private::folders(folder)
}

/// Tells whether two folders lie on one disk, where the system tells: one failure would take both.
pub fn is_on_one_disk(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.dev());
        device(one).is_some_and(|one| device(other) == Some(one))
    }
    #[cfg(not(unix))]
    {
        // On Windows the letter of the drive, or the share, begins the path.
        let drive =
            |path: &Path| Some(fs::canonicalize(path).ok()?.components().next()?.as_os_str().to_owned());
        drive(one).is_some_and(|one| drive(other) == Some(one))
    }
}

/// Returns the bytes free on the medium, where the system tells.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let space = rustix::fs::statvfs(folder).ok()?;
        Some(space.f_bavail.saturating_mul(space.f_frsize))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

/// Writes a file to its end and makes sure that it is on the disk.
fn write_whole(path: &Path, content: &mut dyn Read, mut hashers: Option<&mut Hashers>) -> io::Result<u64> {
    let mut file = private::emptied_file(path)?;
    let (mut buffer, mut total) = (vec![0; BUFFER_BYTES], 0);
    loop {
        let count = match content.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if let Some(hashers) = &mut hashers {
            hashers.update(&buffer[..count]);
        }
        file.write_all(&buffer[..count])?;
        total += count as u64;
    }
    file.sync_all()?;
    Ok(total)
}

/// Takes the digest of what the medium holds, not of what the system remembers of it.
fn read_back(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    forget(&file);
    Ok(checksums_of(file)?.sha256)
}

/// Lets the system forget what it remembers of a file, so that it is read from the medium.
fn forget(file: &File) {
    #[cfg(target_os = "linux")]
    {
        // Advice only: where it is not taken, what is read still is what every reader would get.
        let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = file;
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn other_bytes(path: &Path) -> io::Error {
    io::Error::other(format!("{}: the disk gave back other bytes than were written", path.display()))
}
