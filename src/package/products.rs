//! The files that a build has written so far, with their digests. The writing threads share them.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::files::Checksums;

/// The files of a build by path.
#[derive(Default)]
pub struct Products(Mutex<BTreeMap<String, Checksums>>);

impl Products {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Checksums>> {
        // A map is complete after every insertion, even if the inserting thread panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a file that has been written.
    pub fn add(&self, path: &str, checksums: Checksums) {
        self.lock().insert(path.to_owned(), checksums);
    }

    /// Returns the paths, sorted by their bytes.
    pub fn paths(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Returns the digests of a file.
    pub fn checksums(&self, path: &str) -> Option<Checksums> {
        self.lock().get(path).cloned()
    }

    /// Returns every file with its digests, sorted by path.
    pub fn all(&self) -> Vec<(String, Checksums)> {
        self.lock().iter().map(|(path, checksums)| (path.clone(), checksums.clone())).collect()
    }
}
