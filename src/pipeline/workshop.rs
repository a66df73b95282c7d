//! Puts the files of a build in place: each is made, or taken from the existing outputs.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use rayon::prelude::*;

use super::earlier::Earlier;
use crate::base::draft::{Draft, Key, MadeFrom};
use crate::base::files::{Checksums, Document};
use crate::outputs::Staging;
use crate::package::products::Products;

/// The growing outputs of a build.
pub(super) struct Workshop<'a> {
    pub(super) staging: &'a Staging,
    pub(super) products: Products,
    pub(super) earlier: Earlier,
    taken_over: Mutex<Vec<String>>,
}

impl<'a> Workshop<'a> {
    /// Begins with nothing made.
    pub(super) fn new(staging: &'a Staging, earlier: Earlier) -> Self {
        Self { staging, products: Products::default(), earlier, taken_over: Mutex::default() }
    }

    /// Writes files, several at a time.
    pub(super) fn put_all(&self, drafts: Vec<Draft<'_>>) -> Result<()> {
        drafts.into_par_iter().try_for_each(|draft| self.put(draft))
    }

    /// Makes a file, or takes it over.
    pub(super) fn put(&self, draft: Draft<'_>) -> Result<()> {
        let key = draft.key().cloned();
        if let Some(key) = &key
            && self.take_over(&draft.path, key)?
        {
            return Ok(());
        }
        self.write(&draft.make()?, key.map(MadeFrom::from))
    }

    /// Writes a file that was made.
    pub(super) fn write(&self, document: &Document, from: Option<MadeFrom>) -> Result<()> {
        let checksums = Checksums::of(&document.bytes);
        self.write_hashed(document, checksums, from)
    }

    /// Uses the file of an earlier build, if it has this key.
    pub(super) fn take_over(&self, path: &str, key: &Key) -> Result<bool> {
        self.take_over_from(path, &key.clone().into())
    }

    /// Takes over a typeset document and returns how many pages it has.
    pub(super) fn take_over_pages(&self, path: &str, from: &MadeFrom) -> Result<Option<usize>> {
        let Some(pages) = self.earlier.pages.get(path) else { return Ok(None) };
        Ok(self.take_over_from(path, from)?.then_some(*pages))
    }

    /// Takes over a typeset document that is not laid out, if everything it may read is the same, and returns the marks of
    /// its pages and how many there are.
    pub(super) fn take_over_unread(&self, path: &str, inputs: &Key) -> Result<Option<(Vec<String>, usize)>> {
        let Earlier { standing, pages, page_marks } = &self.earlier;
        let (Some(pages), Some(marks)) = (pages.get(path), page_marks.get(path)) else { return Ok(None) };
        let Some((bytes, checksums, from)) = standing.made_from(path, inputs) else { return Ok(None) };
        self.take(&Document::new(path, bytes), checksums, from)?;
        Ok(Some((marks.clone(), *pages)))
    }

    fn take_over_from(&self, path: &str, from: &MadeFrom) -> Result<bool> {
        let standing = self.earlier.standing.made_by(path, &from.key);
        let Some((bytes, checksums)) = standing else { return Ok(false) };
        self.take(&Document::new(path, bytes), checksums, from.clone())?;
        Ok(true)
    }

    fn take(&self, document: &Document, checksums: Checksums, from: MadeFrom) -> Result<()> {
        self.write_hashed(document, checksums, Some(from))?;
        self.taken_over.lock().unwrap_or_else(PoisonError::into_inner).push(document.path.clone());
        Ok(())
    }

    /// Returns the paths of the files that were taken over, sorted.
    pub(super) fn taken_over(self) -> Vec<String> {
        let mut paths = self.taken_over.into_inner().unwrap_or_else(PoisonError::into_inner);
        paths.sort();
        paths
    }

    fn write_hashed(&self, document: &Document, checksums: Checksums, from: Option<MadeFrom>) -> Result<()> {
        self.staging.write_bytes(&document.path, &document.bytes)?;
        self.products.add_made_by(&document.path, checksums, from);
        Ok(())
    }
}
