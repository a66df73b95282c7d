//! Looks at a year's folder without touching it: are its products as they were made, and what of others lies there.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::listing::Listing;

/// What stands in a year's folder.
#[derive(Debug)]
pub struct Survey {
    /// Every product stands in its place, to the last byte.
    pub is_whole: bool,
    /// What letopis did not make; of a folder the folder alone.
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
