//! Workbooks that are ZIPs (XLSX, ODS): whether their unpacked size is one that a workbook can have.
//!
//! A reader takes shared strings and repeated cells into memory as a whole; a small file can announce
//! gigabytes of them.

use std::io::{Cursor, Read};

use zip::read::ZipArchiveMetadata;
use zip::{ZipArchive, ZipReadOptions};

use crate::base::limits;
use crate::base::zip_entries::{EntryFault, ZipLimits, entry_fault, entry_name, total_bytes};

const LIMITS: ZipLimits = ZipLimits {
    entries: limits::ZIP_ENTRIES,
    bytes: limits::WORKBOOK_BYTES,
    bomb_bytes: limits::BOMB_BYTES,
    bomb_ratio: limits::BOMB_RATIO,
};

/// The part of an XLSX that holds the texts of its cells.
const SHARED_TEXTS: &str = "sharedstrings.xml";

/// The part of an ODS that holds its sheets.
const CONTENT: &str = "content.xml";

const CELLS: [&[u8]; 2] = [b"table:table-cell", b"table:covered-table-cell"];
/// The content of the tag of a cell that is not empty.
const FILLED: [&[u8]; 2] = [b"office:", b"table:formula"];

/// Returns whether a ZIP announces more than a workbook can have. A file that is not a ZIP is left to its
/// reader.
pub(super) fn is_bomb(bytes: &[u8], most_cells: usize) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let metadata = archive.metadata();
    if metadata.len() > LIMITS.entries || total_bytes(&metadata) > u128::from(LIMITS.bytes) {
        return true;
    }
    let is_hostile = |index: usize| {
        let Ok(entry) = metadata.entry(index) else { return false };
        let name = entry_name(&entry);
        let are_texts = name.name.to_lowercase().ends_with(SHARED_TEXTS);
        if are_texts && entry.size() > limits::SHARED_TEXT_BYTES {
            return true;
        }
        entry_fault(&entry, &name.name, name.is_folder, &LIMITS) == Some(EntryFault::Bomb)
    };
    (0..metadata.len()).any(is_hostile)
        || content(bytes, &metadata).is_some_and(|xml| cells(&xml) > most_cells)
}

fn content(bytes: &[u8], metadata: &ZipArchiveMetadata) -> Option<Vec<u8>> {
    let mut entries = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let entry = entries.find(|entry| entry.name_raw() == CONTENT.as_bytes())?;
    let (size, mut source) = (entry.size(), Cursor::new(bytes));
    let reader = entry.with_reader(&mut source, ZipReadOptions::new()).ok()?;
    let mut xml = Vec::new();
    reader.take(size).read_to_end(&mut xml).ok()?;
    Some(xml)
}

/// Counts the cells that are not empty, with their repetitions (ODF 1.3, 19.675 and 19.679).
fn cells(xml: &[u8]) -> usize {
    let (mut cells, mut rows) = (0usize, 1);
    for tag in xml.split(|byte| *byte == b'<') {
        let tag = tag.split(|byte| *byte == b'>').next().unwrap_or_default();
        if tag.starts_with(b"table:table-row") {
            rows = repeated(tag, b"table:number-rows-repeated=").min(1 << 20);
        } else if CELLS.iter().any(|name| tag.starts_with(name)) && FILLED.iter().any(|name| has(tag, name)) {
            let columns = repeated(tag, b"table:number-columns-repeated=").min(1 << 14);
            cells = cells.saturating_add(columns.saturating_mul(rows));
        }
    }
    cells
}

fn has(tag: &[u8], name: &[u8]) -> bool {
    tag.windows(name.len()).any(|window| window == name)
}

fn repeated(tag: &[u8], name: &[u8]) -> usize {
    let Some(at) = tag.windows(name.len()).position(|window| window == name) else { return 1 };
    let digits = tag[at + name.len()..].iter().skip(1).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
}
