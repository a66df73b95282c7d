//! The school's own templates in a package: it gives its documents again as they were.

use std::sync::Arc;

use anyhow::Result;

use crate::bagit::stored::StoredBag;
use crate::base::folders::{TEMPLATES, inside};
use crate::base::said::fault;
use crate::render::pdf::Templates;

/// Returns the own templates that the documents of a package were set by.
///
/// # Errors
/// When the package cannot be read, or a template in it is no text.
pub fn own_templates(bag: &StoredBag) -> Result<Arc<Templates>> {
    let own = bag.payload.iter().filter_map(|entry| Some((inside(TEMPLATES, &entry.path)?, &entry.path)));
    let read = |(name, path): (&str, &String)| Ok((name.to_owned(), bag.read(path)?));
    let files: Vec<(String, Vec<u8>)> = own.map(read).collect::<Result<_>>()?;
    let templates = Templates::with(files).map_err(|name| {
        fault!("{TEMPLATES}/{name}: шаблон не в UTF-8", "{TEMPLATES}/{name}: the template is not UTF-8")
    })?;
    Ok(Arc::new(templates))
}
