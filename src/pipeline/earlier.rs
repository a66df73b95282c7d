//! The outputs of an earlier build in the year's folder, and which of them this build may use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::files::read_file;
use crate::base::folders::{PAGES, of_payload};
use crate::base::{limits, settings};
use crate::data::build_record::{BUILD_JSON, BuildRecord, Fingerprint, Product};
use crate::outputs::{Listed, Standing, survey};
use crate::package::PageMarks;

/// Outputs of an earlier build by the same program.
#[derive(Default)]
pub(super) struct Earlier {
    /// Their files.
    pub(super) standing: Standing,
    /// How many pages each document has.
    pub(super) pages: BTreeMap<String, usize>,
    /// The marks of the pages that the packages list.
    pub(super) page_marks: PageMarks,
}

impl Earlier {
    /// Examines a year's folder. Outputs of another version of the program are not used.
    pub(super) fn of(target: &Path) -> Self {
        let is_own = |record: &BuildRecord| record.fingerprint.version == settings::VERSION;
        let Some(record) = read_record(target).filter(is_own) else { return Self::default() };
        let lists: Vec<String> =
            record.packages.iter().map(|package| format!("{}/{PAGES}", package.path)).collect();
        let files = record.products.into_iter().map(|product| {
            let Product { path, bytes, sha256, key, inputs } = product;
            (path, Listed { bytes, sha256, key, inputs })
        });
        let pages = record.documents.into_iter().map(|document| (document.path, document.pages)).collect();
        let standing = Standing::new(target, files);
        let page_marks = lists.iter().filter_map(|list| standing.whole(list)).fold(
            PageMarks::new(),
            |mut marks, (list, _)| {
                add_marks(&mut marks, &String::from_utf8_lossy(&list));
                marks
            },
        );
        Self { standing, pages, page_marks }
    }
}

/// Reads the list of pages of a package: `document,page,mark`, the documents by their paths in the package.
fn add_marks(marks: &mut PageMarks, list: &str) {
    for line in list.lines().skip(1) {
        let mut cells = line.rsplitn(3, ',');
        if let (Some(mark), Some(_), Some(document)) = (cells.next(), cells.next(), cells.next()) {
            let path = of_payload(document).unwrap_or(document);
            marks.entry(path.to_owned()).or_default().push(mark.to_owned());
        }
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
