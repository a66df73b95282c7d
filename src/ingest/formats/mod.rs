//! File formats: bytes in, sheets of raw cells out. Knows no table of the exchange format.

mod biff;
mod delimited;
mod html;
mod json;
mod ole;
mod packed;
mod parquet;
mod workbook;

pub(super) use json::no_more_than_fits;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::problems::{Words, words};
use super::raw::{ExportFile, RawSheet};
use crate::limits::{CELLS as MOST_CELLS, COLUMNS as MOST_COLUMNS};

/// What a file held, and which of its rows could not be read.
#[derive(Default)]
pub(crate) struct Contents<'a> {
    pub(crate) sheets: Vec<RawSheet<'a>>,
    pub(crate) faults: Vec<(u32, Words)>,
}

/// A file format.
pub(crate) struct Format {
    /// Endings of file names, lower case.
    pub(crate) extensions: &'static [&'static str],
    /// Takes the file apart; an error means that nothing could be read.
    pub(crate) read: for<'a> fn(&'a ExportFile) -> Result<Contents<'a>, Words>,
    /// Whether one file may hold several tables, each on a sheet of its name.
    pub(crate) has_sheets: bool,
}

/// The formats there are.
pub(crate) const FORMATS: &[Format] = &[
    Format { extensions: &["csv", "tsv", "txt"], read: delimited::read, has_sheets: false },
    Format { extensions: &["xlsx", "xlsm", "xls", "ods"], read: workbook::read, has_sheets: true },
    Format { extensions: &["json"], read: json::read_array, has_sheets: false },
    Format { extensions: &["jsonl", "ndjson"], read: json::read_lines, has_sheets: false },
    Format { extensions: &["parquet"], read: parquet::read, has_sheets: false },
    HTML,
];

const HTML: Format = Format { extensions: &["html", "htm"], read: html::read, has_sheets: true };

/// Finds the format of a file by the ending of its name; HTML that calls itself a workbook is seen by its beginning.
pub(crate) fn format_of(path: &str, bytes: &[u8]) -> Option<&'static Format> {
    let extension = path.rsplit_once('.')?.1.to_lowercase();
    if matches!(extension.as_str(), "xls" | "xlsx") && html::is_html(bytes) {
        return Some(&HTML);
    }
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// Returns the ending of a file's name, lower case.
pub(crate) fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

/// How many files are being taken apart.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// Tells whether some file is being taken apart: a panic of a reader's is then no news, for the file is said to be damaged.
pub fn is_taking_apart() -> bool {
    AT_WORK.load(Ordering::Relaxed) > 0
}

/// Takes a file apart. The readers are other people's work: where one gives up in the middle, the file is damaged, no more.
pub(crate) fn read<'a>(format: &Format, file: &'a ExportFile) -> Result<Contents<'a>, Words> {
    let reading = std::panic::AssertUnwindSafe(|| (format.read)(file));
    AT_WORK.fetch_add(1, Ordering::Relaxed);
    let read = std::panic::catch_unwind(reading);
    AT_WORK.fetch_sub(1, Ordering::Relaxed);
    read.unwrap_or_else(|_| {
        Err(words(
            "файл повреждён: разобрать его не удалось",
            "the file is damaged: it could not be taken apart",
        ))
    })
}
