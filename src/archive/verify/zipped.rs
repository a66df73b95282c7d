//! A ZIP read in place, entry by entry, nothing unpacked. Hostile archives are refused before their content is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::read::{ZipArchiveMetadata, ZipFileEntry};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive, ZipReadOptions};

use super::codes;
use super::paths;
use super::report::Finding;
use super::tree::{Entry, Kind, Place, pump};

/// Limits on what an archive may promise.
#[derive(Clone, Copy, Debug)]
pub struct ZipLimits {
    /// Entries in one archive.
    pub entries: usize,
    /// Bytes of all entries unpacked.
    pub bytes: u64,
    /// An entry smaller than this unpacked is never a bomb.
    pub bomb_bytes: u64,
    /// Unpacked bytes per packed byte from which a larger entry is taken for a bomb. Deflate reaches 1032; tables of
    /// text stay below 30.
    pub bomb_ratio: u64,
}

impl Default for ZipLimits {
    fn default() -> Self {
        Self { entries: 1_000_000, bytes: 1 << 40, bomb_bytes: 64 << 20, bomb_ratio: 250 }
    }
}

/// A ZIP whose directory was read; shared by the bags in it and by the threads that read entries.
#[derive(Clone)]
pub(super) struct ZipSource {
    path: PathBuf,
    metadata: Arc<ZipArchiveMetadata>,
}

/// The listing of a ZIP: every entry by its path, and what is wrong with the archive as a whole.
pub(super) struct ZipListing {
    pub(super) source: ZipSource,
    pub(super) entries: BTreeMap<String, Entry>,
    pub(super) findings: Vec<Finding>,
}

impl ZipSource {
    /// Passes an entry's content on, piece by piece; see `Tree::read`.
    pub(super) fn read(
        &self,
        index: usize,
        listed: u64,
        buffer: &mut [u8],
        take: &mut dyn FnMut(&[u8]),
    ) -> io::Result<u64> {
        // Each read opens the archive anew, so that threads do not share a position.
        let mut file = BufReader::new(File::open(&self.path)?);
        let entry = self.metadata.entry(index).map_err(into_io)?;
        let mut content = entry.with_reader(&mut file, ZipReadOptions::new()).map_err(into_io)?;
        pump(&mut content, listed, buffer, take)
    }
}

fn into_io(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        ZipError::InvalidArchive(text) => io::Error::new(io::ErrorKind::InvalidData, text.into_owned()),
        other => io::Error::other(other),
    }
}

/// Lists a ZIP.
///
/// # Errors
/// A finding, when the archive cannot be opened or its directory cannot be read.
pub(super) fn list_zip(path: &Path, limits: &ZipLimits) -> Result<ZipListing, Box<Finding>> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let mut findings = Vec::new();
    check_limits(path, &archive.metadata(), limits)?;
    check_whole(path, &mut archive, &mut findings);
    let metadata = archive.metadata();
    let mut entries = BTreeMap::new();
    for index in 0..metadata.len() {
        let Ok(entry) = metadata.entry(index) else { continue };
        let (name, folder) = entry_name(&entry, &mut findings);
        if name.is_empty() {
            continue;
        }
        let kind = kind_of(&entry, &name, folder, limits, &mut findings);
        let listed = Entry { kind, bytes: entry.size(), place: Place::Zip(index) };
        if kind != Kind::Folder && entries.contains_key(&name) {
            findings.push(Finding::new(codes::ENTRY_TWICE, name.as_str(), &[]));
        }
        entries.insert(name, listed);
    }
    add_folders(&mut entries);
    Ok(ZipListing { source: ZipSource { path: path.to_owned(), metadata }, entries, findings })
}

fn unreadable(error: &io::Error) -> Box<Finding> {
    Box::new(Finding::new(codes::PATH_UNREADABLE, "", &[&error.to_string()]))
}

fn damaged(error: ZipError) -> Box<Finding> {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => unreadable(&error),
        other => Box::new(Finding::new(codes::ZIP_DAMAGED, "", &[&other.to_string()])),
    }
}

/// Refuses an archive that promises more than the limits, before any content is read: entries may share their bytes,
/// so that each alone looks harmless.
fn check_limits(path: &Path, metadata: &ZipArchiveMetadata, limits: &ZipLimits) -> Result<(), Box<Finding>> {
    let refused = |what: u128| Box::new(Finding::new(codes::TOO_LARGE, "", &[&what.to_string()]));
    if metadata.len() > limits.entries {
        return Err(refused(metadata.len() as u128));
    }
    let sizes = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let total: u128 = sizes.map(|entry| u128::from(entry.size())).sum();
    let packed = std::fs::metadata(path).map_or(0, |metadata| metadata.len()).max(1);
    let is_bomb = total >= 16 * u128::from(limits.bomb_bytes)
        && total / u128::from(packed) >= u128::from(limits.bomb_ratio);
    if is_bomb || total > u128::from(limits.bytes) { Err(refused(total)) } else { Ok(()) }
}

/// Checks what concerns the archive as a whole: entries of one name, headers that disagree.
fn check_whole(path: &Path, archive: &mut ZipArchive<BufReader<File>>, findings: &mut Vec<Finding>) {
    let metadata = archive.metadata();
    if archive.has_duplicate_names() {
        // The library keeps the last of equal names; the directory itself still holds them all.
        let names = repeated_names(path, &metadata).unwrap_or_default();
        findings.extend(names.iter().map(|name| Finding::new(codes::ENTRY_TWICE, name.as_str(), &[])));
        if names.is_empty() {
            findings.push(Finding::new(codes::ENTRY_TWICE, "", &[]));
        }
    } else if let Err(error) = archive.validate_header_consistency() {
        findings.push(Finding::new(codes::HEADERS_DIFFER, "", &[&error.to_string()]));
    }
}

/// Walks the central directory (APPNOTE 4.3.12) and returns the names that stand in it more than once.
fn repeated_names(path: &Path, metadata: &ZipArchiveMetadata) -> io::Result<BTreeSet<String>> {
    let starts = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let start = starts.map(|entry| entry.central_header_start()).min().unwrap_or_default();
    let mut file = BufReader::new(File::open(path)?);
    file.seek(SeekFrom::Start(start))?;
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    let mut header = [0; 46];
    while file.read_exact(&mut header).is_ok() && header.starts_with(b"PK\x01\x02") {
        let length = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let mut name = vec![0; length(28)];
        file.read_exact(&mut name)?;
        file.seek(SeekFrom::Current((length(30) + length(32)) as i64))?;
        let name = String::from_utf8_lossy(&name).into_owned();
        if !seen.insert(name.clone()) {
            repeated.insert(name);
        }
    }
    Ok(repeated)
}

/// Returns an entry's name without the slash that marks folders, and whether it had one.
fn entry_name(entry: &ZipFileEntry<'_>, findings: &mut Vec<Finding>) -> (String, bool) {
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => {
            // Russian Windows archivers write names in the console's code page.
            let name = encoding_rs::IBM866.decode_without_bom_handling(raw).0.into_owned();
            findings.push(Finding::new(codes::NAME_ENCODING, name.as_str(), &[]));
            name
        }
    };
    match name.strip_suffix('/') {
        Some(folder) => (folder.to_owned(), true),
        None => (name, false),
    }
}

/// File type bits of a Unix mode that are neither link nor device: none, regular file, folder (POSIX `sys/stat.h`).
const PLAIN_TYPES: [u32; 3] = [0, 0o100_000, 0o040_000];

fn kind_of(
    entry: &ZipFileEntry<'_>,
    name: &str,
    is_folder: bool,
    limits: &ZipLimits,
    findings: &mut Vec<Finding>,
) -> Kind {
    let mut refuse = |code, values: &[&str]| {
        findings.push(Finding::new(code, name, values));
        Kind::Refused
    };
    if paths::leads_outside(name)
        || name.contains('\\')
        || name.split('/').any(|part| matches!(part, "" | "."))
    {
        return refuse(codes::ENTRY_OUTSIDE, &[]);
    }
    if !PLAIN_TYPES.contains(&(entry.unix_mode().unwrap_or(0) & 0o170_000)) {
        return refuse(codes::ENTRY_NOT_FILE, &[]);
    }
    if is_folder {
        return Kind::Folder;
    }
    if entry.encrypted()
        || !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated)
    {
        return refuse(codes::ENTRY_UNSUPPORTED, &[]);
    }
    let (packed, unpacked) = (entry.compressed_size(), entry.size());
    if unpacked >= limits.bomb_bytes && unpacked / packed.max(1) >= limits.bomb_ratio {
        return refuse(codes::ENTRY_BOMB, &[&unpacked.to_string(), &packed.to_string()]);
    }
    Kind::File
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
