//! The bundles that a command works on.

use std::path::PathBuf;

use anyhow::Result;

use crate::base::said::{Tell, said};
use crate::ingest::find_bundles;

/// Returns the bundles that were named, or those in `inputs`.
pub(super) fn bundles(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let inputs = [PathBuf::from("inputs")];
    let places = if named.is_empty() { &inputs[..] } else { named };
    let mut bundles = Vec::new();
    for place in places {
        let found = find_bundles(place)
            .told(|| said!("{}: папка не открывается", "{}: the folder cannot be opened", place.display()))?;
        // A folder without a school.toml is refused as a bundle, with a hint; the others are still built.
        bundles.extend(if found.is_empty() { vec![place.clone()] } else { found });
    }
    Ok(bundles)
}
