//! Builds that compare years: which are taken in, what is said of those that are not, and when a year is built anew.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use letopis::pipeline::{Built, Comparison, Outcome, Request, build, build_beside};

use crate::years::{year_2024, year_2025};

/// Two years of one school on a disk.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Self {
        let disk = Self(tempfile::tempdir().expect("a folder"));
        for (name, year) in [("a", year_2024()), ("b", year_2025())] {
            std::fs::create_dir(disk.at(name)).expect("a folder for the bundle");
            year.write(&disk.at(name));
        }
        disk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn request(&self, bundle: &str) -> Request {
        Request {
            bundle: self.at(bundle),
            outputs: self.at("outputs"),
            as_of: Some(jiff::civil::date(2025, 10, 30)),
            is_strict: false,
            threads: 1,
            is_forced: false,
            choice: letopis::reports::Choice::default(),
            reports: &[],
            templates: std::sync::Arc::default(),
            keeps_views: false,
        }
    }

    /// Builds a bundle in a run that compares some bundles.
    fn build(&self, bundle: &str, run: &[&str]) -> Box<Outcome> {
        let run: Vec<PathBuf> = run.iter().map(|name| self.at(name)).collect();
        let mut comparison = Comparison::among(&run);
        done(build_beside(&self.request(bundle), &BTreeSet::new(), &mut comparison))
    }

    /// Adds lines to the later year's settings.
    fn settings(&self, lines: &str) {
        let path = self.at("b/school.toml");
        let text = std::fs::read_to_string(&path).expect("the settings are there");
        std::fs::write(path, text + lines).expect("the settings are written");
    }
}

fn done(built: anyhow::Result<Built>) -> Box<Outcome> {
    match built.expect("the disk does not refuse") {
        Built::Done(outcome) => outcome,
        Built::Refused(problems) => panic!("refused: {problems:#?}"),
    }
}

fn dynamics(outcome: &Outcome) -> String {
    let path: &Path = &outcome.target.join("data/analytics/dynamics.csv");
    std::fs::read_to_string(path).expect("the table is written")
}

/// Returns the years that a build was compared with.
fn compared(outcome: &Outcome) -> Vec<&str> {
    outcome.record.fingerprint.compared.iter().map(|year| year.year.as_str()).collect()
}

#[test]
fn a_run_compares_its_years_only_where_it_is_asked_to() {
    let disk = Disk::new();
    let alone = done(build(&disk.request("b")));
    assert!(compared(&alone).is_empty() && !dynamics(&alone).contains("2024-2025/"));
    let beside = disk.build("b", &["a", "b"]);
    assert!(!beside.is_unchanged, "what it is compared with decides the bytes");
    assert_eq!(compared(&beside), ["2024-2025"]);
    assert!(
        dynamics(&beside).contains("I,school,,,attainment,100,2024-2025/Q1,75,25,3,100,66.66666666666667")
    );
    assert!(compared(&disk.build("a", &["a", "b"])).is_empty(), "a later year is no year before");
}

#[test]
fn a_year_is_built_anew_when_the_year_before_was_corrected_and_only_then() {
    let disk = Disk::new();
    disk.build("b", &["a", "b"]);
    assert!(disk.build("b", &["a", "b"]).is_unchanged);
    let corrected = year_2024().rows("term_marks", "P2,rus,Q1,term,3");
    corrected.write(&disk.at("a"));
    let again = disk.build("b", &["a", "b"]);
    assert!(!again.is_unchanged);
    // P2 passed after all: everybody did.
    assert!(dynamics(&again).contains("I,school,,,attainment,100,2024-2025/Q1,100,0,3,100,100"));
    assert!(!done(build(&disk.request("b"))).is_unchanged, "compared no more");
}

#[test]
fn settings_name_earlier_years_from_the_bundle_they_stand_in() {
    let disk = Disk::new();
    disk.settings("[compare]\nbundles = [\"../a\"]\n");
    let outcome = done(build(&disk.request("b")));
    assert_eq!(compared(&outcome), ["2024-2025"]);
    assert!(outcome.problems.iter().all(|problem| problem.code != "J126"));
    // The same year by both ways is one year.
    assert_eq!(compared(&disk.build("b", &["a", "b"])), ["2024-2025"]);
}

#[test]
fn what_cannot_be_compared_is_said_with_its_entry_and_stops_nothing() {
    let disk = Disk::new();
    let other = year_2024();
    std::fs::create_dir(disk.at("other")).expect("a folder");
    other.write(&disk.at("other"));
    let path = disk.at("other/school.toml");
    let text = std::fs::read_to_string(&path).expect("the settings are there");
    std::fs::write(&path, text.replace("name = \"Школа\"", "name = \"Лицей\"")).expect("they are written");
    std::fs::create_dir(disk.at("empty")).expect("a folder");
    disk.settings("[compare]\nbundles = [\"../nowhere\", \"../empty\", \"../other\", \"../b\", \"\"]\n");
    let outcome = done(build(&disk.request("b")));
    let said: Vec<&str> = outcome
        .problems
        .iter()
        .filter(|problem| problem.code == "J126")
        .map(|problem| problem.value.as_str())
        .collect();
    assert_eq!(said, ["../nowhere", "../empty", "../other", "../b"]);
    let messages: Vec<&str> = outcome.problems.iter().map(|problem| problem.message.ru.as_str()).collect();
    assert!(messages.iter().any(|message| message.contains("другой школы: «Лицей»")), "{messages:#?}");
    assert!(
        messages.iter().any(|message| message.contains("не более ранний год: 2025-2026")),
        "{messages:#?}"
    );
    assert!(compared(&outcome).is_empty());
    // Another school in the run is nothing to be said.
    let beside = disk.build("b", &["other", "b"]);
    assert!(compared(&beside).is_empty());
}

#[test]
fn years_with_one_between_them_are_not_compared_and_that_is_said() {
    let disk = Disk::new();
    year_2024().in_year("2022-2023", "2022-09-01", "2023-05-31").write(&disk.at("a"));
    let outcome = disk.build("b", &["a", "b"]);
    assert!(!dynamics(&outcome).contains("2022-2023/"));
    let said = "сравнение с прошлым годом — среди названных выгрузок нет года, за которым сразу идёт этот";
    assert!(outcome.record.left_out.ru.iter().any(|line| line == said), "{:#?}", outcome.record.left_out);
}

#[test]
fn bundles_of_a_run_are_taken_in_the_order_of_their_years() {
    let disk = Disk::new();
    let run = vec![disk.at("b"), disk.at("a")];
    assert_eq!(Comparison::among(&run).in_order(run.clone()), [disk.at("a"), disk.at("b")]);
    assert_eq!(Comparison::default().in_order(run.clone()), run, "without --compare as they were named");
}
