//! The outputs of an earlier build in the year's folder, and which of them this build may use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::files::read_file;
use crate::base::{limits, settings};
use crate::data::build_record::{BUILD_JSON, BuildRecord, Fingerprint};
use crate::outputs::{Listed, Standing, survey};

/// Outputs of an earlier build by the same program.
#[derive(Default)]
pub(super) struct Earlier {
    /// Their files.
    pub(super) standing: Standing,
    /// How many pages each document has.
    pub(super) pages: BTreeMap<String, usize>,
}

impl Earlier {
    /// Examines a year's folder. Outputs of another version of the program are not used.
    pub(super) fn of(target: &Path) -> Self {
        let is_own = |record: &BuildRecord| record.fingerprint.version == settings::VERSION;
        let Some(record) = read_record(target).filter(is_own) else { return Self::default() };
        let files = record.products.into_iter().map(|product| {
            (product.path, Listed { bytes: product.bytes, sha256: product.sha256, key: product.key })
        });
        let pages = record.documents.into_iter().map(|document| (document.path, document.pages)).collect();
        Self { standing: Standing::new(target, files), pages }
    }
}

/// Returns the record of the outputs that stand, if they are what this build would make, to the last byte, and what
/// others laid among them.
pub(super) fn unchanged(target: &Path, fingerprint: &Fingerprint) -> Option<(BuildRecord, Vec<PathBuf>)> {
    let record = read_record(target).filter(|record| record.fingerprint == *fingerprint)?;
    let found = survey(target);
    found.is_whole.then_some((record, found.foreign))
}

/// Reads the record of the existing outputs. An edited record proves nothing.
fn read_record(target: &Path) -> Option<BuildRecord> {
    let text = read_file(&target.join(BUILD_JSON), limits::RECORD_BYTES).ok()?;
    let record: BuildRecord = serde_json::from_slice(&text).ok()?;
    (record.document().ok()?.bytes == text).then_some(record)
}
