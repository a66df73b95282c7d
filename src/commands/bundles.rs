//! The bundles that a command works on.

use crate::base::said::Lang;
use crate::ingest::find_bundles;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Returns the bundles that were named, or those in `inputs`.
pub(super) fn bundles(named: &[PathBuf], lang: Lang) -> Result<Vec<PathBuf>> {
    let inputs = [PathBuf::from("inputs")];
    let places = if named.is_empty() { &inputs[..] } else { named };
    let mut bundles = Vec::new();
    for place in places {
        let found = find_bundles(place).with_context(|| {
            let (ru, en) = ("папка не открывается", "the folder cannot be opened");
            format!("{}: {}", place.display(), lang.pick(ru, en))
        })?;
        // A folder without a school.toml is refused as a bundle, with a hint; the others are still built.
        bundles.extend(if found.is_empty() { vec![place.clone()] } else { found });
    }
    Ok(bundles)
}
