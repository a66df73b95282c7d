//! A given path that is not a bag: the report says what it is and where the bag is.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::codes;
use super::finding::ArchiveFinding;
use super::search::{folder_of, is_bag};
use super::upper_case::is_tag_name;

/// Archives that are not read: title, extension, the command that unpacks, and the first bytes.
const ARCHIVES: &[(&str, &str, &str, &[u8])] = &[
    ("tar.gz", "tgz", "tar -xzf", b"\x1F\x8B"),
    ("tar.bz2", "tbz2", "tar -xjf", b"BZh"),
    ("tar.xz", "txz", "tar -xJf", b"\xFD7zXZ\0"),
    ("tar.zst", "tzst", "tar --zstd -xf", b"\x28\xB5\x2F\xFD"),
    ("7z", "7z", "7z x", b"7z\xBC\xAF\x27\x1C"),
    ("RAR", "rar", "unrar x", b"Rar!\x1A\x07"),
    ("tar", "tar", "tar -xf", b""),
];
/// Where a tar has its magic number (POSIX ustar).
const TAR_MARK: (usize, &[u8]) = (257, b"ustar");

/// Returns whether a file is the bagit.txt, or another tag file, of the bag around it.
pub(super) fn is_tag_file_of_bag(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(is_tag_name) && holds_bag(folder_of(path))
}

/// Returns whether a name is that of an archive, supported or not.
pub(super) fn has_archive_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut endings = ARCHIVES.iter().flat_map(|(title, ending, ..)| [*title, ending]).chain(["zip"]);
    endings.any(|ending| name.ends_with(&format!(".{}", ending.to_ascii_lowercase())))
}

/// Reports what a file without a readable bag is.
pub(super) fn not_a_bag(path: &Path) -> ArchiveFinding {
    let shown = path.display().to_string();
    if let Some((title, command)) = archive(path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return ArchiveFinding::new(codes::WRAPPED, shown, &[title, &format!("{command} {name}")]);
    }
    bag_around(path).unwrap_or_else(|| ArchiveFinding::new(codes::NOT_AN_ARCHIVE, shown, &[]))
}

/// Reports that a folder has no bag, with the place of a bag nearby.
pub(super) fn no_bag(path: &Path) -> ArchiveFinding {
    bag_around(path).unwrap_or_else(|| ArchiveFinding::new(codes::NO_BAG, path.display().to_string(), &[]))
}

/// Recognises an archive by its first bytes.
fn archive(path: &Path) -> Option<(&'static str, &'static str)> {
    let mut start = Vec::new();
    // Reading from a pipe or a device might never end.
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::File::open(path).ok()?.take(512).read_to_end(&mut start).ok()?;
    let (at, mark) = TAR_MARK;
    let is_tar = start.get(at..at + mark.len()).is_some_and(|found| found == mark);
    let is_it = |beginning: &[u8]| if beginning.is_empty() { is_tar } else { start.starts_with(beginning) };
    let found = ARCHIVES.iter().find(|(_, _, _, beginning)| is_it(beginning))?;
    Some((found.0, found.2))
}

/// Returns the bag that a file or folder is part of.
fn bag_around(path: &Path) -> Option<ArchiveFinding> {
    let place = fs::canonicalize(path).ok()?;
    let bag = place.ancestors().skip(1).find(|folder| holds_bag(folder))?;
    let bag = bag.display().to_string();
    Some(ArchiveFinding::new(codes::INSIDE_BAG, path.display().to_string(), &[&bag]))
}

fn holds_bag(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.file_name());
    let names: Vec<_> = names.filter_map(|name| name.into_string().ok()).collect();
    is_bag(names.iter().map(String::as_str))
}
