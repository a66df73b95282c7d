//! What reading a file of any format gives.

use crate::base::said::Said;
use crate::ingest::raw::RawSheet;
use crate::ingest::text::Note;

/// The content of a file, and its unreadable rows.
#[derive(Default)]
pub(crate) struct Contents<'a> {
    pub(crate) sheets: Vec<RawSheet<'a>>,
    pub(crate) faults: Vec<(u32, Said)>,
    /// Remarks about a file that was read.
    pub(crate) notes: Vec<Note>,
}

/// Returns the extension of a file name, lower case.
pub(crate) fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}
