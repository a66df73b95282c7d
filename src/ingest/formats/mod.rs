//! File formats: bytes in, sheets of raw cells out. This folder knows no table of the exchange format.

mod biff;
mod contents;
mod delimited;
mod foreign;
mod html;
mod joined;
mod json;
mod json_text;
mod kind;
mod ole;
mod packed;
mod parquet;
mod shape;
mod spreadsheet_xml;
mod workbook;
mod wrapped;

pub(crate) use contents::{Contents, extension};
pub(super) use json::check_size;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::raw::ExportFile;
use super::text::Refusal;
use crate::base::said::said;
use kind::Kind;

/// A file format.
pub(crate) struct Format {
    /// File extensions, lower case.
    pub(crate) extensions: &'static [&'static str],
    /// Parses the file; an error means that nothing could be read.
    pub(crate) read: for<'a> fn(&'a ExportFile) -> Result<Contents<'a>, Refusal>,
}

/// All formats. The content decides which one a file has.
pub(crate) const FORMATS: &[Format] = &[
    Format { extensions: &["csv", "tsv", "txt"], read: delimited::read },
    Format { extensions: &["xlsx", "xlsm", "xlsb", "xls", "ods"], read: workbook::read },
    Format { extensions: &["json", "jsonl", "ndjson"], read: json::read },
    Format { extensions: &["parquet"], read: parquet::read },
    Format { extensions: &["html", "htm"], read: html::read },
    Format { extensions: &["xml"], read: spreadsheet_xml::read },
];

/// Known kinds of other files.
const FOREIGN: Format = Format { extensions: &[], read: foreign::refuse };

/// Finds the format of a file by its content, if its name says that it should hold a table at all.
pub(crate) fn format_of(path: &str, bytes: &[u8]) -> Option<&'static Format> {
    let extension = extension(path)?;
    let named = FORMATS.iter().position(|format| format.extensions.contains(&extension.as_str()))?;
    let index = match kind::of(bytes) {
        Kind::Text if named == JSON && has_brace(bytes) => named,
        Kind::Text => DELIMITED,
        Kind::Workbook => WORKBOOK,
        Kind::Json => JSON,
        Kind::Parquet => PARQUET,
        Kind::Html => HTML,
        Kind::SpreadsheetXml => SPREADSHEET_XML,
        // A text without a line is a table without a row.
        Kind::Empty if named == DELIMITED => DELIMITED,
        Kind::Unknown => named,
        // XML beside a table is not a table.
        Kind::Foreign(_) if extension == "xml" => return None,
        Kind::Empty | Kind::Foreign(_) => return Some(&FOREIGN),
    };
    Some(&FORMATS[index])
}

/// JSON with a mistake at its very beginning is still JSON if its name says so.
fn has_brace(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii());
    matches!(first, Some(b'{' | b'['))
}

const DELIMITED: usize = 0;
const WORKBOOK: usize = 1;
const JSON: usize = 2;
const PARQUET: usize = 3;
const HTML: usize = 4;
const SPREADSHEET_XML: usize = 5;

/// Returns what a file without a table is, and the remedy; `None` if it is unknown.
pub(crate) fn foreign_kind(bytes: &[u8]) -> Option<Refusal> {
    foreign::known(kind::of(bytes))
}

/// How many files are being parsed now.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// Returns whether a file is being parsed now. The panic message of a reader is then not printed, because the
/// file is reported as damaged.
pub fn is_parsing() -> bool {
    AT_WORK.load(Ordering::Relaxed) > 0
}

/// Parses a file. The readers are other people's work: if one panics, the file is reported as damaged.
pub(crate) fn read<'a>(format: &Format, file: &'a ExportFile) -> Result<Contents<'a>, Refusal> {
    let reading = std::panic::AssertUnwindSafe(|| (format.read)(file));
    AT_WORK.fetch_add(1, Ordering::Relaxed);
    let read = std::panic::catch_unwind(reading);
    AT_WORK.fetch_sub(1, Ordering::Relaxed);
    read.unwrap_or_else(|_| {
        Err(said!(
            "файл повреждён: разобрать его не удалось",
            "the file is damaged: it could not be taken apart"
        )
        .into())
    })
}
