//! The inputs in the package of the journals: numbered, for their own names may hold personal data.

use std::collections::BTreeMap;

use crate::base::folders::{SOURCES, package_folder};
use crate::base::series::Series;
use crate::ingest::{Bundle, Received};
use crate::model::Journal;
use crate::render::file_names::folder_name;

/// Returns where each input is among the outputs: in the package of the journals, under its number.
pub fn source_places(bundle: &Bundle, journal: &Journal) -> BTreeMap<String, String> {
    let year = folder_name(&journal.year.title);
    let place = |(number, source): (usize, &Received)| {
        let path = format!(
            "{}/{SOURCES}/{}",
            package_folder(Series::Journals, &year),
            numbered(number, source.path())
        );
        (source.path().to_owned(), path)
    };
    (1..).zip(&bundle.files).map(place).collect()
}

/// `0007.csv`: the number, and the extension so that the file opens.
pub(super) fn numbered(number: usize, path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_plain =
        |ending: &String| ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match ending.filter(is_plain) {
        Some(ending) => format!("{number:04}.{ending}"),
        None => format!("{number:04}"),
    }
}
