//! What is told of a package.

use crate::render::pdf::{PdfJob, TemplateFault};

/// One archive package: a bag and its ZIP.
#[derive(Clone, Debug)]
pub struct Package {
    /// Folder of the bag below the outputs.
    pub folder: String,
    /// Title for people.
    pub title: String,
    /// Years it is kept (R.3.4.1, R.3.4.2).
    pub years_kept: u8,
    /// Index in the nomenclature of files.
    pub index: String,
    /// Files of the payload.
    pub files: usize,
    /// Bytes of the payload.
    pub bytes: u64,
    /// What its inventory was set from.
    pub inventory: Option<PdfJob>,
    /// What is wrong with the school's template of the inventory.
    pub fault: Option<TemplateFault>,
}
