//! The figures: the examples come out exactly, hand-made vectors by the book, parts add up to wholes.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use letopis::model::*;
use letopis::stats::{Figure, compute, metrics_csv};

use crate::reading::example;

/// The columns of a line of `metrics.csv` that say what the figure is.
type Key = [String; 5];
/// Value, numerator, denominator, excluded, as written.
type Cells = [String; 4];

fn journal_of(year: &str) -> (Journal, Date) {
    let reading = example(year);
    let as_of = reading.as_of.expect("the example says its date");
    (reading.journal.expect("school.toml is whole"), as_of)
}

fn figures_of(journal: &Journal, as_of: Date) -> Vec<Figure> {
    compute(journal, &Roster::new(journal), as_of).expect("figures are formed")
}

fn rows(bytes: &[u8]) -> (BTreeMap<Key, Cells>, BTreeMap<Key, bool>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let (mut rows, mut required) = (BTreeMap::new(), BTreeMap::new());
    for record in reader.records() {
        let record = record.expect("a CSV line");
        let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
        let key = [0, 1, 2, 3, 4].map(cell);
        required.insert(key.clone(), cell(9) != "0");
        assert!(rows.insert(key, [5, 6, 7, 8].map(cell)).is_none(), "a second line {record:?}");
    }
    (rows, required)
}

fn is_near(ours: &str, theirs: &str, tolerance: f64) -> bool {
    match (ours.parse::<f64>(), theirs.parse::<f64>()) {
        (Ok(ours), Ok(theirs)) => (ours - theirs).abs() <= tolerance,
        _ => ours == theirs,
    }
}

fn compare(year: &str) {
    let (journal, as_of) = journal_of(year);
    let bytes = metrics_csv(&journal, &figures_of(&journal, as_of)).expect("figures are written");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(year);
    let expected = std::fs::read(path.join("expected/metrics.csv")).expect("the example has its answers");
    let ((ours, _), (theirs, required)) = (rows(&bytes), rows(&expected));
    let mut wrong = Vec::new();
    for (key, [value, numerator, denominator, excluded]) in &theirs {
        let Some(cells) = ours.get(key) else {
            if required[key] {
                wrong.push(format!("missing {key:?}"));
            }
            continue;
        };
        let is_same = is_near(&cells[0], value, 1e-9)
            && is_near(&cells[1], numerator, 0.0)
            && is_near(&cells[2], denominator, 0.0)
            && cells[3] == *excluded;
        if !is_same {
            wrong.push(format!("{key:?}: {cells:?} instead of {:?}", theirs[key]));
        }
    }
    wrong.extend(ours.keys().filter(|key| !theirs.contains_key(*key)).map(|key| format!("unasked {key:?}")));
    assert!(wrong.is_empty(), "{year}: {} lines differ: {:#?}", wrong.len(), &wrong[..wrong.len().min(30)]);
}

#[test]
fn the_plain_year_has_the_expected_figures() {
    compare("year");
}

#[test]
fn the_mixed_year_has_the_expected_figures() {
    compare("year-mixed");
}
