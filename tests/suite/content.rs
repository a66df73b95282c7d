//! The archive holds what it says: documents, signatures, what sheets are built from again, and what a new edition changed.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod changes;
mod class_rows;
mod incomplete;
mod sheets;
mod signatures;

use std::fs;
use std::path::{Path, PathBuf};

use letopis::pipeline::{self, Built, Outcome};
use letopis::reports::REPORTS;
use letopis::store::{Archived, Request, archive};

/// A school's disk with the year of the sample, which may be corrected, built and archived.
struct School {
    home: tempfile::TempDir,
}

impl School {
    fn new() -> Self {
        let school = Self { home: tempfile::tempdir().unwrap() };
        let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs");
        fs::create_dir(school.at("inputs")).unwrap();
        for item in inputs.read_dir().unwrap() {
            let path = item.unwrap().path();
            fs::copy(&path, school.at("inputs").join(path.file_name().unwrap())).unwrap();
        }
        school
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    /// Corrects an input.
    fn correct(&self, file: &str, correct: impl FnOnce(String) -> String) {
        let path = self.at("inputs").join(file);
        let text = fs::read_to_string(&path).unwrap();
        let corrected = correct(text.clone());
        assert_ne!(text, corrected, "{file} was not corrected");
        fs::write(path, corrected).unwrap();
    }

    fn build(&self) -> Outcome {
        let request = pipeline::Request {
            bundle: self.at("inputs"),
            outputs: self.at("outputs"),
            as_of: None,
            is_strict: true,
            threads: 2,
            is_forced: false,
            reports: REPORTS,
            templates: std::sync::Arc::default(),
            keeps_views: false,
            choice: letopis::reports::Choice::default(),
        };
        match pipeline::build(&request).unwrap() {
            Built::Done(outcome) => *outcome,
            Built::Refused(problems) => panic!("{problems:?}"),
        }
    }

    fn archive(&self, reason: Option<&str>) -> Vec<Archived> {
        let request = Request {
            year: self.at("outputs/2024-2025"),
            archive: self.at("archive"),
            reason: reason.map(str::to_owned),
            by: None,
            incomplete: None,
        };
        archive(&request).unwrap()
    }
}
