//! Entries of ZIP archives from outside: their names, and which of them must be refused. Both the
//! verification of packages and the reading of bundles use this. Nothing is ever unpacked to the disk.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

use zip::CompressionMethod;
use zip::read::{ZipArchiveMetadata, ZipFileEntry};

use crate::base::limits;

/// Limits on the sizes that an archive may announce.
#[derive(Clone, Copy, Debug)]
pub struct ZipLimits {
    /// Entries in one archive.
    pub entries: usize,
    /// Bytes of all entries unpacked.
    pub bytes: u64,
    /// An entry that unpacks to less than this is never a bomb.
    pub bomb_bytes: u64,
    /// Unpacked bytes per packed byte. A larger entry above this ratio is taken for a bomb. Deflate reaches
    /// 1032; tables of text stay below 30.
    pub bomb_ratio: u64,
}

impl Default for ZipLimits {
    fn default() -> Self {
        Self {
            entries: limits::BAG_ENTRIES,
            bytes: limits::BAG_BYTES,
            bomb_bytes: limits::BOMB_BYTES,
            bomb_ratio: limits::BOMB_RATIO,
        }
    }
}

/// Why an entry must be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryFault {
    /// Its name leads outside the folder it is unpacked to, on some system.
    Outside,
    /// It is a link or a device.
    NotFile,
    /// It is encrypted, or packed by a method that is not supported.
    Unsupported,
    /// It unpacks to very much more than its packed size.
    Bomb,
}

/// An entry's name without the slash that marks folders.
pub(crate) struct EntryName {
    pub(crate) name: String,
    pub(crate) is_folder: bool,
    /// It was not in UTF-8.
    pub(crate) is_recoded: bool,
}

impl EntryName {
    /// Reads backslashes as separators of folders, as some Windows programs write them.
    pub(crate) fn part_by_backslashes(&mut self) {
        self.name = self.name.replace('\\', "/");
        if let Some(folder) = self.name.strip_suffix('/') {
            self.name = folder.to_owned();
            self.is_folder = true;
        }
    }
}

/// Returns an entry's name.
pub(crate) fn entry_name(entry: &ZipFileEntry<'_>) -> EntryName {
    let raw = entry.name_raw();
    let (name, is_recoded) = match std::str::from_utf8(raw) {
        Ok(name) => (name.to_owned(), false),
        // Russian Windows archivers write names in the console's code page.
        Err(_) => (encoding_rs::IBM866.decode_without_bom_handling(raw).0.into_owned(), true),
    };
    match name.strip_suffix('/') {
        Some(folder) => EntryName { name: folder.to_owned(), is_folder: true, is_recoded },
        None => EntryName { name, is_folder: false, is_recoded },
    }
}

/// File type bits of a Unix mode that are neither a link nor a device: none, regular file, folder (POSIX
/// `sys/stat.h`).
const PLAIN_TYPES: [u32; 3] = [0, 0o100_000, 0o040_000];

/// Returns why an entry must be refused, judged by its headers alone.
pub(crate) fn entry_fault(
    entry: &ZipFileEntry<'_>,
    name: &str,
    is_folder: bool,
    limits: &ZipLimits,
) -> Option<EntryFault> {
    if leads_outside(name) || name.contains('\\') || name.split('/').any(|part| matches!(part, "" | ".")) {
        return Some(EntryFault::Outside);
    }
    if !PLAIN_TYPES.contains(&(entry.unix_mode().unwrap_or(0) & 0o170_000)) {
        return Some(EntryFault::NotFile);
    }
    if is_folder {
        return None;
    }
    if entry.encrypted()
        || !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated)
    {
        return Some(EntryFault::Unsupported);
    }
    let (packed, unpacked) = (entry.compressed_size(), entry.size());
    let is_bomb = unpacked >= limits.bomb_bytes && unpacked / packed.max(1) >= limits.bomb_ratio;
    is_bomb.then_some(EntryFault::Bomb)
}

/// Returns the total unpacked size that the entries announce, in bytes.
pub(crate) fn total_bytes(metadata: &ZipArchiveMetadata) -> u128 {
    let entries = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    entries.map(|entry| u128::from(entry.size())).sum()
}

/// Walks the central directory (APPNOTE 4.3.12) and returns the names that occur more than once. The library
/// keeps only the last of equal names; the directory has them all.
pub(crate) fn repeated_names(
    file: &mut (impl Read + Seek),
    metadata: &ZipArchiveMetadata,
) -> io::Result<BTreeSet<String>> {
    let starts = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let start = starts.map(|entry| entry.central_header_start()).min().unwrap_or_default();
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

/// Returns whether a path leads outside the folder it is relative to, on any system.
pub(crate) fn leads_outside(path: &str) -> bool {
    path.starts_with(['/', '\\', '~'])
        || path.contains('\0')
        || path.split(['/', '\\']).any(|name| name == "..")
        || has_drive(path)
        || has_variable(path)
}

/// `C:\x`, `c:x`: a drive of Windows.
fn has_drive(path: &str) -> bool {
    let mut signs = path.chars();
    matches!((signs.next(), signs.next()), (Some(letter), Some(':')) if letter.is_ascii_alphabetic())
}

/// `%HomeDrive%\x`, `$HOME/x`: a first name that a shell replaces.
fn has_variable(path: &str) -> bool {
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    let is_enclosed = first.len() > 2 && first.starts_with('%') && first[1..].contains('%');
    is_enclosed || (first.starts_with('$') && first.len() > 1 && path != first)
}

#[cfg(test)]
mod tests {
    use super::leads_outside;

    #[test]
    fn ways_out_are_seen_on_every_system() {
        let out = [
            "/tmp/x",
            "../x",
            "data/../../x",
            "..",
            "data\\..\\..\\x",
            "~/x",
            "~root/x",
            "C:\\x",
            "c:x",
            "\\\\?\\UNC\\x",
            "\\\\server\\x",
            "%HomeDrive%\\x",
            "%HOME%/x",
            "$HOME/x",
            "${HOME}/x",
            "data/\0",
        ];
        for path in out {
            assert!(leads_outside(path), "{path}");
        }
    }

    #[test]
    fn odd_names_inside_are_allowed() {
        let within = [
            "data/~x",
            "data/%7Ex",
            "data/%test2.txt",
            "data/...",
            "data/..x",
            "bag-info.txt",
            "data/C:x",
            "100%",
            "$x",
        ];
        for path in within {
            assert!(!leads_outside(path), "{path}");
        }
    }
}
