//! Reading bundles: every row of the examples arrives, in plain and in mixed forms.

use std::path::Path;

use letopis::findings::ProblemSeverity;
use letopis::ingest::{Reading, read_bundle, read_journal};

/// Reads one of the example years under `tests/journals`.
pub(crate) fn example(name: &str) -> Reading {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name).join("inputs");
    read_journal(&read_bundle(&root))
}

#[test]
fn the_plain_year_is_read_whole() {
    let reading = example("year");
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let journal = reading.journal.expect("school.toml is whole");
    assert_eq!(journal.marks.len(), 10_833);
    assert_eq!(journal.lessons.len(), 7_579);
    assert_eq!(journal.term_marks.len(), 2_489);
    assert_eq!(reading.rows.iter().map(|rows| rows.left_out).sum::<usize>(), 0);
}

#[test]
fn the_mixed_year_is_read_whole() {
    let reading = example("year-mixed");
    let errors: Vec<_> =
        reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).take(20).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(reading.rows.iter().all(|rows| rows.kept > 0), "{:?}", reading.rows);
}
