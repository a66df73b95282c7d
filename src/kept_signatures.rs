//! Signatures that people laid beside built files: they stay as long as what they sign stays the same.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::archive::signature::signed_name;
use crate::build_record::Product;
use crate::files::{Checksums, read_file};
use crate::limits;
use crate::outputs::{Staging, files_below};

/// Tells whether a file is a signature over a product and no product itself.
pub fn is_laid_beside(path: &str, is_product: impl Fn(&str) -> bool) -> bool {
    signed_name(path).is_some_and(&is_product) && !is_product(path)
}

/// Copies signatures from outputs that stand into those that will take their place, where the signed file is the same,
/// and returns the paths of the others: somebody must sign again.
///
/// # Errors
/// When the disk refuses.
pub fn carry_over(target: &Path, products: &[Product], staging: &Staging) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    if !target.is_dir() {
        return Ok(lost);
    }
    let by_path: BTreeMap<&str, &Product> =
        products.iter().map(|product| (product.path.as_str(), product)).collect();
    let files = files_below(target).with_context(|| format!("{}: cannot read", target.display()))?;
    for (path, place) in &files {
        let Some(signed) = signed_name(path).filter(|_| !by_path.contains_key(path.as_str())) else {
            continue;
        };
        let is_signed = |(name, _): &&(String, _)| name == signed;
        let Some((_, document)) = files.iter().find(is_signed) else { continue };
        let read = |place: &Path| {
            read_file(place, limits::PAYLOAD_FILE_BYTES)
                .with_context(|| format!("{}: cannot read", place.display()))
        };
        let digest = Checksums::of(&read(document)?).sha256;
        if by_path.get(signed).is_some_and(|product| product.sha256 == digest) {
            staging.write_bytes(path, &read(place)?)?;
        } else {
            lost.push(path.clone());
        }
    }
    Ok(lost)
}
