//! The normalised tables: reading them back gives the same journal, from CSV and from Parquet.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use letopis::base::files::Document;
use letopis::base::problems::ProblemSeverity;
use letopis::data::{self, Extent};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::Journal;

use crate::reading::example;

fn write(journal: &Journal, extent: Extent) -> Vec<Document> {
    let drafts = data::write(journal, "tables", extent).expect("tables are encoded").into_iter();
    drafts.map(|draft| draft.make().expect("a table is encoded")).collect()
}

fn reread(documents: &[Document], ending: &str) -> Reading {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs/school.toml");
    std::fs::copy(school, folder.path().join("school.toml")).expect("school.toml is copied");
    for document in documents.iter().filter(|document| document.path.ends_with(ending)) {
        let name = document.path.rsplit('/').next().expect("a path has a name");
        std::fs::write(folder.path().join(name), &document.bytes).expect("a table is written");
    }
    read_journal(&read_bundle(folder.path()))
}

#[test]
fn tables_read_back_are_the_same_tables() {
    for year in ["year", "year-mixed"] {
        let journal = example(year).journal.expect("school.toml is whole");
        let documents = write(&journal, Extent::Everything);
        for ending in [".csv", ".parquet"] {
            let again = reread(&documents, ending);
            let errors =
                again.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
            assert_eq!(errors, 0, "{year} {ending}");
            let journal = again.journal.expect("school.toml is whole");
            let rewritten = write(&journal, Extent::Everything);
            for (old, new) in documents.iter().zip(&rewritten) {
                assert_eq!(old.path, new.path);
                assert!(old.bytes == new.bytes, "{} differs after {ending}", old.path);
            }
        }
    }
}

#[test]
fn tables_kept_25_years_hold_no_phones_and_no_health_data() {
    let journal = example("year").journal.expect("school.toml is whole");
    let documents = write(&journal, Extent::SummarySheets);
    let pupils =
        documents.iter().find(|document| document.path == "tables/pupils.csv").expect("pupils are written");
    let text = String::from_utf8_lossy(&pupils.bytes);
    assert_eq!(
        text.lines().next(),
        Some("pupil_id,surname,given_name,patronymic,birth_date,sex,file_number")
    );
    assert!(!text.contains("+7"));
    assert!(documents.iter().all(|document| !document.path.contains("consents")));
}
