//! Examines a year's folder without changing it: whether its products are intact, and which other files it
//! has.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::listing::Listing;

/// The contents of a year's folder.
#[derive(Debug)]
pub struct Survey {
    /// Every product is in its place, intact to the last byte.
    pub is_whole: bool,
    /// Files that letopis did not make; for a folder only the folder itself.
    pub foreign: Vec<PathBuf>,
}

/// Looks at a year's folder.
pub fn survey(folder: &Path) -> Survey {
    let listing = Listing::of(folder);
    let sorted = listing.sort(folder);
    let is_whole = sorted.own.len() == listing.len()
        && sorted.own.par_iter().all(|path| listing.is_as_made(folder, path));
    Survey { is_whole, foreign: sorted.foreign }
}
