//! Reads pieces of slices from the disk, padded with zeros after the end of a file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A slice on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) at: u64,
    /// Bytes that exist on the disk; the rest of the slice is zeros.
    pub(super) bytes: u64,
}

/// Reads pieces, mostly in sequence, and keeps the last file open.
#[derive(Default)]
pub(super) struct Reader(Option<(PathBuf, File)>);

impl Reader {
    /// Returns so many bytes of a slice from an offset.
    ///
    /// # Errors
    /// Disk errors; `UnexpectedEof` if the file has become shorter.
    pub(super) fn read(&mut self, place: &Place, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        let left = usize::try_from(place.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
        let real = left.min(count);
        if real > 0 {
            let file = self.file(&place.path)?;
            file.seek(SeekFrom::Start(place.at + offset))?;
            file.read_exact(&mut bytes[..real])?;
        }
        Ok(bytes)
    }

    fn file(&mut self, path: &Path) -> io::Result<&mut File> {
        let kept = self.0.take().filter(|(open, _)| open == path);
        let opened = match kept {
            Some(opened) => opened,
            None => (path.to_owned(), File::open(path)?),
        };
        Ok(&mut self.0.insert(opened).1)
    }
}
