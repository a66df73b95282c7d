//! Lists a bag that is a folder, without following links.

use std::ffi::OsString;
use std::fs::{DirEntry, read_dir};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::codes;
use super::finding::ArchiveFinding;
use super::tree::{Entry, Kind, Place, Tree, in_order};
use crate::base::said::of_io;

/// A folder to list: its path in the bag with `/` between names, and its place on the disk if the path cannot
/// express it.
#[derive(Clone, Default)]
struct Folder {
    path: String,
    exact: Option<PathBuf>,
}

/// The contents of one folder.
#[derive(Default)]
struct Listed {
    entries: Vec<(String, Entry)>,
    folders: Vec<Folder>,
    unlisted: Vec<String>,
    findings: Vec<ArchiveFinding>,
}

/// Lists a folder. Entries that cannot be listed or named are reported.
///
/// The folders of a level are listed in parallel: most of the time is spent in the system, which can serve
/// several threads.
pub(super) fn list_folder(root: &Path, findings: &mut Vec<ArchiveFinding>) -> Tree {
    let mut tree = Tree { root: root.to_owned(), ..Tree::default() };
    let (mut entries, mut found) = (Vec::new(), Vec::new());
    let mut level = vec![Folder::default()];
    while !level.is_empty() {
        let lists: Vec<Listed> = level.par_iter().map(|folder| list(root, folder)).collect();
        level.clear();
        for list in lists {
            entries.extend(list.entries);
            level.extend(list.folders);
            tree.unlisted.extend(list.unlisted);
            found.extend(list.findings);
        }
    }
    tree.entries = in_order(entries);
    tree.unlisted.sort();
    // The system returns names in no particular order.
    found.sort_by(|one, other| (&one.path, one.code).cmp(&(&other.path, other.code)));
    findings.append(&mut found);
    tree
}

fn list(root: &Path, folder: &Folder) -> Listed {
    let mut listed = Listed::default();
    let place = folder.exact.clone().unwrap_or_else(|| root.join(&folder.path));
    match read_dir(&place) {
        Ok(items) => {
            for item in items {
                match item {
                    Ok(item) => listed.add(folder, &place, &item),
                    Err(error) => listed.fail(&folder.path, &error),
                }
            }
        }
        Err(error) => listed.fail(&folder.path, &error),
    }
    // Many folders are sorted at a time here, so that the final sort has little left to do.
    listed.entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    listed.folders.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    listed
}

impl Listed {
    /// The other contents of the folder are unknown, not missing.
    fn fail(&mut self, folder: &str, error: &io::Error) {
        self.findings.push(ArchiveFinding::told(codes::UNREADABLE, folder, &[of_io(error)]));
        self.unlisted.push(folder.to_owned());
    }

    fn add(&mut self, folder: &Folder, place: &Path, item: &DirEntry) {
        let (name, is_exact) = name(item.file_name());
        let path = if folder.path.is_empty() { name } else { format!("{}/{name}", folder.path) };
        if !is_exact {
            self.findings.push(ArchiveFinding::new(codes::NAME_NOT_UTF8, path.as_str(), &[]));
        }
        let exact = (!is_exact || folder.exact.is_some()).then(|| place.join(item.file_name()));
        let (kind, bytes) = kind(item).unwrap_or_else(|error| {
            self.findings.push(ArchiveFinding::told(codes::UNREADABLE, path.as_str(), &[of_io(&error)]));
            (Kind::File, 0)
        });
        if kind == Kind::Folder {
            self.folders.push(Folder { path: path.clone(), exact: exact.clone() });
        }
        let place = Place::Disk(exact.map(PathBuf::into_boxed_path));
        self.entries.push((path, Entry { kind, bytes, place }));
    }
}

/// Returns a name as text, and whether it is UTF-8.
fn name(name: OsString) -> (String, bool) {
    name.into_string().map_or_else(|name| (name.to_string_lossy().into_owned(), false), |name| (name, true))
}

/// Returns the kind of an entry, and the size of a regular file in bytes.
fn kind(item: &DirEntry) -> io::Result<(Kind, u64)> {
    let kind = item.file_type()?;
    Ok(if kind.is_file() {
        (Kind::File, item.metadata()?.len())
    } else if kind.is_dir() {
        (Kind::Folder, 0)
    } else if kind.is_symlink() {
        (Kind::Link, 0)
    } else {
        (Kind::Special, 0)
    })
}
