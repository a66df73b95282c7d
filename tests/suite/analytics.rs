//! The analytics: exact against the examples, readable as Parquet, honest where a source is absent.

use std::collections::BTreeMap;
use std::path::Path;

use letopis::model::Roster;
use letopis::stats::analytics::{ANALYTICS, Filled, fill};
use letopis::stats::compute;

use crate::reading::example;
use crate::small_year::small_year;

fn filled(name: &str) -> Vec<Filled> {
    let reading = example(name);
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the example gives its date");
    let roster = Roster::new(&journal);
    let figures = compute(&journal, &roster, as_of).expect("the figures are formed");
    fill(&journal, &roster, &figures, as_of)
}

/// Reads a table as rows of cells by header.
fn table(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    (header, rows.collect())
}

fn is_same(found: &str, expected: &str) -> bool {
    found == expected
        || matches!((found.parse::<f64>(), expected.parse::<f64>()), (Ok(one), Ok(other)) if (one - other).abs() < 1e-9)
}

/// Returns what differs between a table and its answer, by their first differing rows.
fn difference(one: &Filled, folder: &Path) -> Option<String> {
    let name = one.table.name;
    let expected = std::fs::read(folder.join(format!("{name}.csv"))).expect("the answer is there");
    let (header, rows) = table(&one.csv().expect("memory takes every byte"));
    let (expected_header, expected_rows) = table(&expected);
    if header != expected_header {
        return Some(format!("{name}: columns {header:?}"));
    }
    let differing: Vec<_> = rows
        .iter()
        .zip(&expected_rows)
        .filter(|(row, other)| row.iter().zip(*other).any(|(one, other)| !is_same(one, other)))
        .collect();
    let counts = (rows.len(), expected_rows.len());
    (counts.0 != counts.1 || !differing.is_empty())
        .then(|| format!("{name}: {counts:?} rows, {} differ: {:#?}", differing.len(), differing.first()))
}

fn differences(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name);
    let folder = folder.join("expected/analytics");
    filled(name).iter().filter_map(|one| difference(one, &folder)).collect()
}

#[test]
fn every_table_of_the_plain_year_is_exact() {
    let differences = differences("year");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_table_of_the_mixed_year_is_exact() {
    let differences = differences("year-mixed");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_table_without_its_source_has_a_header_only_and_says_so() {
    small_year().report(|context| {
        let filled = fill(context.journal, context.roster, context.figures, context.as_of);
        assert_eq!(filled.len(), ANALYTICS.len());
        for one in filled {
            let is_there = |table| context.journal.presence.has(table);
            let is_whole = one.table.sources.iter().all(|table| is_there(*table));
            assert_eq!(one.absent.is_empty(), is_whole, "{}", one.table.name);
            assert!(is_whole || one.rows.is_empty(), "{}", one.table.name);
            let header: Vec<&str> = one.table.columns.iter().map(|(name, _)| *name).collect();
            let csv = one.csv().expect("memory takes every byte");
            assert!(csv.starts_with(header.join(",").as_bytes()), "{}", one.table.name);
        }
    });
}

#[test]
fn tables_have_names_of_their_own_and_columns_for_every_cell() {
    let mut names = BTreeMap::new();
    for one in filled("year") {
        assert!(names.insert(one.table.name, ()).is_none(), "{} twice", one.table.name);
        assert!(one.rows.iter().all(|row| row.len() == one.table.columns.len()), "{}", one.table.name);
        assert!(one.parquet().expect("polars encodes it").starts_with(b"PAR1"), "{}", one.table.name);
    }
}
