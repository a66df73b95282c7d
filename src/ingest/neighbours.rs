//! What the files of a bundle show about each other: a program writes all of them in one encoding.

use rayon::prelude::*;

use super::formats::extension;
use super::received::Received;
use super::text::clear_encodings;

/// Records the encoding of all files that leave no doubt, for files that show little themselves. If two
/// differ, nothing is recorded.
pub(super) fn note_encoding(files: &mut [Received]) {
    let is_text = |file: &&Received| {
        let extension = extension(file.path());
        matches!(
            extension.as_deref(),
            Some("csv" | "tsv" | "txt" | "json" | "jsonl" | "toml" | "html" | "htm" | "xls")
        )
    };
    let clear = files.par_iter().filter(is_text).map(|file| clear_encodings(file.bytes()));
    let clear: Vec<_> = clear.filter(|encodings| !encodings.is_empty()).collect();
    let Some(first) = clear.first() else { return };
    let common = first.iter().find(|encoding| clear.iter().all(|encodings| encodings.contains(encoding)));
    if let Some(encoding) = common {
        files.iter_mut().for_each(|file| file.export.beside = Some(*encoding));
    }
}
