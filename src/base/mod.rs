//! The basis of everything else: texts and files, limits, settings, places in the inputs, problems, signs of
//! the fonts. This folder has no words about schools.

pub mod digest;
pub mod draft;
pub mod files;
pub mod folders;
pub mod inside;
pub mod limits;
pub mod months;
pub mod nearest;
pub mod problems;
pub mod said;
pub mod series;
pub mod settings;
pub mod severity;
pub mod shown;
pub mod signs;
pub mod source;
pub mod zip_entries;
