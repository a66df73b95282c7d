//! The checks: exact against the examples, at their boundaries, and as a registry.

use std::collections::BTreeMap;
use std::path::Path;

use letopis::data_files::findings_csv;
use letopis::model::Roster;
use letopis::policy::Policy;
use letopis::rules::{Checked, RuleContext, check};

use crate::reading::example;

/// Counts the lines of a findings table without their messages.
fn counted(bytes: &[u8]) -> BTreeMap<String, i64> {
    let mut lines = BTreeMap::new();
    for record in csv::Reader::from_reader(bytes).into_records() {
        let record = record.expect("the table is whole");
        let line = record.iter().take(13).collect::<Vec<_>>().join(",");
        *lines.entry(line).or_insert(0) += 1;
    }
    lines
}

fn check_example(name: &str) -> (Vec<u8>, Checked) {
    let reading = example(name);
    let journal = reading.journal.expect("school.toml is whole");
    let roster = Roster::new(&journal);
    let policy = Policy::default();
    let as_of = reading.as_of.expect("the example gives its date");
    let checked = check(&RuleContext::new(&journal, &roster, &policy, as_of));
    let table = findings_csv(&journal, &checked.findings).expect("memory takes every write");
    (table.bytes, checked)
}

/// Compares with the expected table as multisets: `+` found and not expected, `-` expected and not found.
fn differences(name: &str) -> Vec<String> {
    let (found, _) = check_example(name);
    let expected =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name).join("expected/findings.csv");
    let mut counts = counted(&found);
    for (line, count) in counted(&std::fs::read(expected).expect("the answer is in the repository")) {
        *counts.entry(line).or_insert(0) -= count;
    }
    let differing = counts.into_iter().filter(|(_, count)| *count != 0);
    differing.map(|(line, count)| format!("{}{line}", if count > 0 { '+' } else { '-' })).collect()
}

#[test]
fn the_plain_year_has_exactly_its_findings() {
    let differences = differences("year");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn the_mixed_year_has_exactly_its_findings() {
    let differences = differences("year-mixed");
    assert!(differences.is_empty(), "{differences:#?}");
}
