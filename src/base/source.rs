//! Where a fact comes from: the file, the sheet and the row.

/// One sheet (or one whole file without sheets) that facts were read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Path of the file inside its bundle, `/` as separator.
    pub file: String,
    /// Name of the sheet; empty for formats without sheets.
    pub sheet: String,
}

/// The place of a row: an index into [`crate::model::Journal::origins`] and the row as people count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceRef {
    /// Index of the origin.
    pub origin: u32,
    /// Row (or line) number from 1, the header counted.
    pub row: u32,
}
