//! The contents of a bag, in a folder or a ZIP: a listing made once, and reading by entry.

use std::fs::File;
use std::io::{self};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use super::codes;
use super::finding::ArchiveFinding;
use super::stream::pump;
use super::zip_source::ZipSource;
use crate::base::digest::BUFFER_BYTES;
use crate::base::limits;
use crate::base::said::{Fault, of_io, said};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, never followed.
    Link,
    /// A pipe, socket or device, never opened.
    Special,
    /// An entry that was refused for a reported reason, such as a bomb.
    Refused,
}

/// One entry of the listing.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// Size in bytes according to the listing.
    pub(super) bytes: u64,
    pub(super) place: Place,
}

/// Where the content is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// On the disk below the bag's folder. The path is stored only if the listed one cannot express it,
    /// because it is not UTF-8.
    Disk(Option<Box<Path>>),
    /// The entry's number in the ZIP.
    Zip(usize),
}

/// Entries in path order, each found by its path at once: a bag may hold a hundred thousand.
pub(super) type Entries = IndexMap<String, Entry>;

/// Puts entries in order; of two with one path, the later one is kept.
pub(super) fn in_order(mut listed: Vec<(String, Entry)>) -> Entries {
    listed.sort_by(|(one, _), (other, _)| one.cmp(other));
    listed.into_iter().collect()
}

/// The listing of one bag: paths from its root with `/` between names.
#[derive(Default)]
pub(super) struct Tree {
    /// In the order of [`in_order`].
    pub(super) entries: Entries,
    /// The bag's folder, if it is one.
    pub(super) root: PathBuf,
    /// Paths of folders that could not be listed: their contents are unknown, not missing.
    pub(super) unlisted: Vec<String>,
    /// The ZIP that holds the bag.
    pub(super) zip: Option<ZipSource>,
}

impl Tree {
    /// Returns the regular files.
    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &Entry)> {
        self.entries.iter().filter(|(_, entry)| entry.kind == Kind::File)
    }

    /// Returns the regular file of that path.
    pub(super) fn file(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path).filter(|entry| entry.kind == Kind::File)
    }

    /// Returns the position of the regular file of that path among the entries.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        let (position, _, entry) = self.entries.get_full(path)?;
        (entry.kind == Kind::File).then_some(position)
    }

    /// The same, but looks first at the position that a list in the same order suggests.
    pub(super) fn position_from(&self, next: usize, path: &str) -> Option<usize> {
        let is_here = |(known, entry): (&String, &Entry)| known == path && entry.kind == Kind::File;
        if self.entries.get_index(next).is_some_and(is_here) { Some(next) } else { self.position(path) }
    }

    /// Returns whether a folder has any contents.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let first = self.entries.partition_point(|path, _| *path < start);
        self.entries.get_index(first).is_some_and(|(path, _)| path.starts_with(&start))
    }

    /// Returns whether a path is below a folder that could not be listed.
    pub(super) fn is_unknown(&self, path: &str) -> bool {
        self.unlisted.iter().any(|folder| is_below(path, folder))
    }

    /// Passes the content of an entry with its path to `take`, piece by piece, and returns its length in bytes.
    ///
    /// # Errors
    /// Disk errors; `InvalidData` and `UnexpectedEof` for a damaged ZIP entry.
    pub(super) fn read(
        &self,
        (path, entry): (&str, &Entry),
        buffer: &mut [u8],
        take: &mut dyn FnMut(&[u8]),
    ) -> io::Result<u64> {
        match (&entry.place, &self.zip) {
            (Place::Disk(exact), _) => {
                let mut file = match exact {
                    Some(path) => File::open(path)?,
                    None => File::open(self.root.join(path))?,
                };
                pump(&mut file, entry.bytes, buffer, take)
            }
            (Place::Zip(index), Some(zip)) => zip.read(*index, entry.bytes, buffer, take),
            (Place::Zip(_), None) => Err(io::Error::other(Fault::new(said!(
                "запись без своего архива",
                "an entry without its archive"
            )))),
        }
    }

    /// Returns the whole of a tag file. Absent, unreadable and too large files give `None`; the latter two
    /// are reported.
    pub(super) fn tag_file(&self, path: &str, findings: &mut Vec<ArchiveFinding>) -> Option<Vec<u8>> {
        let entry = self.file(path)?;
        if entry.bytes > limits::TAG_FILE_BYTES {
            let limit = limits::TAG_FILE_BYTES.to_string();
            findings.push(ArchiveFinding::new(codes::TAG_FILE_TOO_LARGE, path, &[&limit]));
            return None;
        }
        let mut content = Vec::new();
        let mut buffer = vec![0; BUFFER_BYTES];
        match self.read((path, entry), &mut buffer, &mut |bytes| content.extend_from_slice(bytes)) {
            Ok(_) => Some(content),
            Err(error) => {
                findings.push(read_failure(path, &error));
                None
            }
        }
    }
}

/// Returns whether a path is a folder or below it; the empty folder holds everything.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reports why content could not be read: damaged data is a fault of the archive, anything else leaves the
/// file unchecked.
pub(super) fn read_failure(path: &str, error: &io::Error) -> ArchiveFinding {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    let code = match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => codes::ENTRY_DAMAGED,
        _ => codes::READ_FAILED,
    };
    ArchiveFinding::told(code, path, &[of_io(error)])
}
