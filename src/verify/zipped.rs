//! A ZIP read in place, entry by entry, without unpacking. Hostile archives are refused before their content
//! is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use zip::ZipArchive;
use zip::read::{ZipArchiveMetadata, ZipFileEntry};
use zip::result::ZipError;

use super::codes;
use super::finding::ArchiveFinding;
use super::tree::{Entry, Kind, Place};
use super::zip_source::ZipSource;
use crate::base::said::{of_error, of_io};
use crate::base::zip_entries::{
    EntryFault, EntryName, ZipLimits, entry_fault, entry_name, repeated_names, total_bytes,
};

/// The listing of a ZIP: every entry by its path, and faults of the archive as a whole.
pub(super) struct ZipListing {
    pub(super) source: ZipSource,
    pub(super) entries: BTreeMap<String, Entry>,
    pub(super) findings: Vec<ArchiveFinding>,
}

/// Lists a ZIP.
///
/// # Errors
/// A finding, if the archive cannot be opened or its directory cannot be read.
pub(super) fn list_zip(path: &Path, limits: &ZipLimits) -> Result<ZipListing, Box<ArchiveFinding>> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let mut findings = Vec::new();
    check_limits(path, &archive.metadata(), limits)?;
    check_whole(path, &mut archive, &mut findings);
    let metadata = archive.metadata();
    let has_backslashes = is_written_with_backslashes(&metadata);
    if has_backslashes {
        findings.push(ArchiveFinding::new(codes::BACKSLASHES, "", &[]));
    }
    let mut entries = BTreeMap::new();
    for index in 0..metadata.len() {
        let Ok(entry) = metadata.entry(index) else { continue };
        let mut name = entry_name(&entry);
        if has_backslashes {
            name.part_by_backslashes();
        }
        let EntryName { name, is_folder, is_recoded } = name;
        if is_recoded {
            findings.push(ArchiveFinding::new(codes::NAME_ENCODING, name.as_str(), &[]));
        }
        if name.is_empty() {
            continue;
        }
        let kind = kind_of(&entry, &name, is_folder, limits, &mut findings);
        let listed = Entry { kind, bytes: entry.size(), place: Place::Zip(index) };
        if kind != Kind::Folder && entries.contains_key(&name) {
            findings.push(ArchiveFinding::new(codes::ENTRY_TWICE, name.as_str(), &[]));
        }
        entries.insert(name, listed);
    }
    add_folders(&mut entries);
    Ok(ZipListing { source: ZipSource { path: path.to_owned(), metadata }, entries, findings })
}

/// Returns whether a whole archive uses backslashes as separators. A single such name among others is
/// refused.
fn is_written_with_backslashes(metadata: &ZipArchiveMetadata) -> bool {
    let names = || (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let has = |sign: u8| names().any(|entry| entry.name_raw().contains(&sign));
    has(b'\\') && !has(b'/')
}

fn unreadable(error: &io::Error) -> Box<ArchiveFinding> {
    Box::new(ArchiveFinding::told(codes::PATH_UNREADABLE, "", &[of_io(error)]))
}

fn damaged(error: ZipError) -> Box<ArchiveFinding> {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => unreadable(&error),
        other => Box::new(ArchiveFinding::told(codes::ZIP_DAMAGED, "", &[of_error(&other)])),
    }
}

/// Refuses an archive that announces more than the limits, before any content is read. Entries may share
/// bytes, so that each alone looks harmless.
fn check_limits(
    path: &Path,
    metadata: &ZipArchiveMetadata,
    limits: &ZipLimits,
) -> Result<(), Box<ArchiveFinding>> {
    let refused = |what: u128| Box::new(ArchiveFinding::new(codes::TOO_LARGE, "", &[&what.to_string()]));
    if metadata.len() > limits.entries {
        return Err(refused(metadata.len() as u128));
    }
    let total = total_bytes(metadata);
    let packed = std::fs::metadata(path).map_or(0, |metadata| metadata.len()).max(1);
    let is_bomb = total >= 16 * u128::from(limits.bomb_bytes)
        && total / u128::from(packed) >= u128::from(limits.bomb_ratio);
    if is_bomb || total > u128::from(limits.bytes) { Err(refused(total)) } else { Ok(()) }
}

/// Checks the archive as a whole: entries with one name, headers that disagree.
fn check_whole(path: &Path, archive: &mut ZipArchive<BufReader<File>>, findings: &mut Vec<ArchiveFinding>) {
    let metadata = archive.metadata();
    if archive.has_duplicate_names() {
        let names = File::open(path).and_then(|file| repeated_names(&mut BufReader::new(file), &metadata));
        let names = names.unwrap_or_default();
        findings.extend(names.iter().map(|name| ArchiveFinding::new(codes::ENTRY_TWICE, name.as_str(), &[])));
        if names.is_empty() {
            findings.push(ArchiveFinding::new(codes::ENTRY_TWICE, "", &[]));
        }
    } else if let Err(error) = archive.validate_header_consistency() {
        findings.push(ArchiveFinding::told(codes::HEADERS_DIFFER, "", &[of_error(&error)]));
    }
}

fn kind_of(
    entry: &ZipFileEntry<'_>,
    name: &str,
    is_folder: bool,
    limits: &ZipLimits,
    findings: &mut Vec<ArchiveFinding>,
) -> Kind {
    let (packed, unpacked) = (entry.compressed_size().to_string(), entry.size().to_string());
    let (code, values): (_, &[&str]) = match entry_fault(entry, name, is_folder, limits) {
        None if is_folder => return Kind::Folder,
        None => return Kind::File,
        Some(EntryFault::Outside) => (codes::ENTRY_OUTSIDE, &[]),
        Some(EntryFault::NotFile) => (codes::ENTRY_NOT_FILE, &[]),
        Some(EntryFault::Unsupported) => (codes::ENTRY_UNSUPPORTED, &[]),
        Some(EntryFault::Bomb) => (codes::ENTRY_BOMB, &[&unpacked, &packed]),
    };
    findings.push(ArchiveFinding::new(code, name, values));
    Kind::Refused
}

/// Adds the folders that entries imply: a ZIP need not list them.
fn add_folders(entries: &mut BTreeMap<String, Entry>) {
    let mut folders = BTreeSet::new();
    for (path, entry) in entries.iter() {
        if entry.kind == Kind::File {
            let ends = path.match_indices('/').map(|(at, _)| at);
            folders.extend(ends.map(|at| path[..at].to_owned()));
        }
    }
    for folder in folders {
        let implied = Entry { kind: Kind::Folder, bytes: 0, place: Place::Zip(usize::MAX) };
        entries.entry(folder).or_insert(implied);
    }
}
