//! The files that a build has written so far, with their digests. The writing threads share them.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::draft::MadeFrom;
use crate::base::files::Checksums;

/// A file that has been written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its digests.
    pub checksums: Checksums,
    /// What a file that is slow to make was made from.
    pub made_from: Option<MadeFrom>,
}

/// The files of a build by path.
#[derive(Default)]
pub struct Products(Mutex<BTreeMap<String, Written>>);

impl Products {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Written>> {
        // A map is complete after every insertion, even if the inserting thread panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a file that has been written.
    pub fn add(&self, path: &str, checksums: Checksums) {
        self.add_made_by(path, checksums, None);
    }

    /// Records a file that has been written, with what it was made from.
    pub fn add_made_by(&self, path: &str, checksums: Checksums, made_from: Option<MadeFrom>) {
        self.lock().insert(path.to_owned(), Written { checksums, made_from });
    }

    /// Returns the paths, sorted by their bytes.
    pub fn paths(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Returns the digests of a file.
    pub fn checksums(&self, path: &str) -> Option<Checksums> {
        self.lock().get(path).map(|written| written.checksums.clone())
    }

    /// Returns every file, sorted by path.
    pub fn all(&self) -> Vec<(String, Written)> {
        self.lock().iter().map(|(path, written)| (path.clone(), written.clone())).collect()
    }
}
