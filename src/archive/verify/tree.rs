//! What lies in a bag, wherever the bag lies: a listing taken once, and reading by entry.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::codes;
use super::report::Finding;
use super::zipped::ZipSource;
use crate::archive::digest::BUFFER_BYTES;

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
    /// Something refused for a reason already reported, such as a bomb.
    Refused,
}

/// One entry of the listing.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// Size in bytes as listed.
    pub(super) bytes: u64,
    pub(super) place: Place,
}

/// Where the content is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// On the disk.
    Disk(PathBuf),
    /// The entry's number in the ZIP.
    Zip(usize),
}

/// The listing of one bag: paths from its root with `/` between names.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) entries: BTreeMap<String, Entry>,
    /// Paths of folders that could not be listed: what lies below is unknown, not missing.
    pub(super) unlisted: Vec<String>,
    /// The ZIP the bag lies in.
    pub(super) zip: Option<ZipSource>,
}

/// A tag file above this size is not parsed: a manifest of a million files takes about 200 MB.
const TAG_FILE_BYTES: u64 = 512 * 1024 * 1024;

impl Tree {
    /// Returns the regular files.
    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &Entry)> {
        self.entries.iter().filter(|(_, entry)| entry.kind == Kind::File)
    }

    /// Returns the regular file of that path.
    pub(super) fn file(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path).filter(|entry| entry.kind == Kind::File)
    }

    /// Tells whether a path lies below a folder that could not be listed.
    pub(super) fn is_unknown(&self, path: &str) -> bool {
        self.unlisted.iter().any(|folder| is_below(path, folder))
    }

    /// Passes the content of an entry to `take`, piece by piece, and returns its length in bytes.
    ///
    /// # Errors
    /// Those of the disk; `InvalidData` and `UnexpectedEof` when a ZIP entry is damaged.
    pub(super) fn read(
        &self,
        entry: &Entry,
        buffer: &mut [u8],
        take: &mut dyn FnMut(&[u8]),
    ) -> io::Result<u64> {
        match (&entry.place, &self.zip) {
            (Place::Disk(path), _) => pump(&mut File::open(path)?, entry.bytes, buffer, take),
            (Place::Zip(index), Some(zip)) => zip.read(*index, entry.bytes, buffer, take),
            (Place::Zip(_), None) => Err(io::Error::other("entry without its archive")),
        }
    }

    /// Returns the whole of a tag file; absent, unreadable and too large ones are `None`, the latter two reported.
    pub(super) fn tag_file(&self, path: &str, findings: &mut Vec<Finding>) -> Option<Vec<u8>> {
        let entry = self.file(path)?;
        if entry.bytes > TAG_FILE_BYTES {
            let limit = TAG_FILE_BYTES.to_string();
            findings.push(Finding::new(codes::TAG_FILE_TOO_LARGE, path, &[&limit]));
            return None;
        }
        let mut content = Vec::new();
        let mut buffer = vec![0; BUFFER_BYTES];
        match self.read(entry, &mut buffer, &mut |bytes| content.extend_from_slice(bytes)) {
            Ok(_) => Some(content),
            Err(error) => {
                findings.push(read_failure(path, &error));
                None
            }
        }
    }
}

/// Tells whether a path lies in a folder or is it; the empty folder holds everything.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Says why a content could not be read: damaged data is a fault of the archive, the rest leaves the file unchecked.
pub(super) fn read_failure(path: &str, error: &io::Error) -> Finding {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    let code = match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => codes::ENTRY_DAMAGED,
        _ => codes::READ_FAILED,
    };
    Finding::new(code, path, &[&error.to_string()])
}

/// Reads a stream to its end, but no further than one byte past the listed size: a bomb's header may lie about it.
pub(super) fn pump(
    stream: &mut dyn Read,
    listed: u64,
    buffer: &mut [u8],
    take: &mut dyn FnMut(&[u8]),
) -> io::Result<u64> {
    let mut total = 0;
    while total <= listed {
        match stream.read(buffer) {
            Ok(0) => break,
            Ok(count) => {
                take(&buffer[..count]);
                total += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(total)
}

/// Lists a folder without following links. What cannot be listed or named is reported.
pub(super) fn list_folder(root: &Path, findings: &mut Vec<Finding>) -> Tree {
    let mut tree = Tree::default();
    for item in walkdir::WalkDir::new(root).min_depth(1).follow_links(false).sort_by_file_name() {
        match item {
            Ok(item) => insert(&mut tree, root, &item, findings),
            Err(error) => {
                let path = error.path().map(|path| relative(root, path).0).unwrap_or_default();
                findings.push(Finding::new(codes::UNREADABLE, path.as_str(), &[&error.to_string()]));
                tree.unlisted.push(path);
            }
        }
    }
    tree
}

fn insert(tree: &mut Tree, root: &Path, item: &walkdir::DirEntry, findings: &mut Vec<Finding>) {
    let (path, is_exact) = relative(root, item.path());
    if !is_exact {
        findings.push(Finding::new(codes::NAME_NOT_UTF8, path.as_str(), &[]));
    }
    let kind = match item.file_type() {
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        kind if kind.is_symlink() => Kind::Link,
        _ => Kind::Special,
    };
    let bytes = match (kind, item.metadata()) {
        (Kind::File, Ok(metadata)) => metadata.len(),
        (Kind::File, Err(error)) => {
            findings.push(Finding::new(codes::UNREADABLE, path.as_str(), &[&error.to_string()]));
            0
        }
        _ => 0,
    };
    tree.entries.insert(path, Entry { kind, bytes, place: Place::Disk(item.path().to_owned()) });
}

/// Returns a path from the root with `/` between names, and whether its names are UTF-8.
fn relative(root: &Path, path: &Path) -> (String, bool) {
    let mut is_exact = true;
    let names: Vec<_> = path
        .strip_prefix(root)
        .unwrap_or(path)
        .components()
        .map(|name| {
            let name = name.as_os_str();
            is_exact &= name.to_str().is_some();
            name.to_string_lossy().into_owned()
        })
        .collect();
    (names.join("/"), is_exact)
}
