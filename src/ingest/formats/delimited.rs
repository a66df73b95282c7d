//! CSV: UTF-8 (a BOM is fine) or Windows-1251, delimited by comma, semicolon or tab, all detected.

use super::Contents;
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows};
use crate::source::Origin;

/// Reads a delimited text.
pub(super) fn read(file: &ExportFile) -> Result<Contents, Words> {
    let text = decode(&file.bytes)?;
    let delimiter = delimiter(&text);
    let origin = Origin { file: file.path.clone(), sheet: String::new() };
    let sheet = RawSheet { origin, rows: Rows::Delimited { text, delimiter } };
    Ok(Contents { sheets: vec![sheet], faults: Vec::new() })
}

/// Turns bytes into text: UTF-8 where they are that, else Windows-1251.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Words> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if bytes.contains(&0) {
        return Err(words(
            "файл не текстовый: в нём есть нулевые байты",
            "the file is no text: it has zero bytes",
        ));
    }
    Ok(encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned())
}

/// Returns the delimiter that the first line with any has most of, quoted parts left out: titles above a header have none.
fn delimiter(text: &str) -> u8 {
    let counts = text.lines().map(delimiters_of).find(|counts| counts.iter().any(|(_, count)| *count > 0));
    let most = counts.and_then(|counts| counts.into_iter().rev().max_by_key(|(_, count)| *count));
    most.map_or(b',', |(delimiter, _)| delimiter)
}

fn delimiters_of(line: &str) -> [(u8, usize); 3] {
    let mut is_quoted = false;
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !is_quoted) {
            *count += 1;
        }
    }
    counts
}
