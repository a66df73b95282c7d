//! `build --keep-data`: the views of the documents and inventories stay beside them.

use anyhow::Result;

use super::workshop::Workshop;
use crate::base::files::Document;
use crate::base::folders::of_payload;
use crate::package::Package;
use crate::render::pdf::{Templates, kept_view};
use crate::render::views::{Kept, Views, files, path_of};

/// Keeps the views of the inventories too, and puts beside all views what sets them.
///
/// # Errors
/// When the disk refuses, or a view cannot be written as JSON: a fault of the program.
pub(super) fn keep(
    templates: &Templates,
    views: &Views,
    packages: &[Package],
    workshop: &Workshop<'_>,
) -> Result<()> {
    let mut views = views.clone();
    for package in packages {
        let Some(job) = &package.inventory else { continue };
        let path = format!("{}/{}", package.folder, of_payload(&job.path).unwrap_or(&job.path));
        workshop.write(&Document::new(path_of(&path), kept_view(job)?), None)?;
        views.insert(path, Kept::of(job));
    }
    files(templates, &views).iter().try_for_each(|document| workshop.write(document, None))
}
