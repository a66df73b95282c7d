//! What lies in the folder of a bundle, and how it is packed.

use letopis::findings::ProblemSeverity;

use super::{case, errors, journal, read_case, read_whole, said};
use crate::bundle::build;

#[test]
fn a_download_copy_is_the_table_once_more() {
    let reading = read_case("30-download-copies");
    assert_eq!(journal(&reading).marks.len(), 49);
    let differs = said(&reading, "J641");
    assert_eq!((differs[0].column.as_str(), differs.len()), ("value", 1));
}

#[test]
fn litter_of_systems_and_programs_is_no_data() {
    let reading = read_whole("72-litter-in-the-bundle");
    assert!(
        reading.problems.iter().all(|one| one.severity == ProblemSeverity::Notice),
        "{:#?}",
        reading.problems
    );
    assert!(errors(&reading).is_empty());
}

#[test]
fn a_pupil_who_changed_classes_stands_in_both_and_is_counted_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = build(&case("39-transfer-between-classes").join("bundle"), folder.path(), &[]);
    assert_eq!(run.code, 0, "{}", run.text);
    for class in ["journal-5A.pdf", "journal-5B.pdf"] {
        let found = walkdir::WalkDir::new(folder.path()).into_iter().flatten();
        assert!(found.filter(|entry| entry.file_name() == class).count() > 0, "no {class}");
    }
    let reading = read_case("39-transfer-between-classes");
    let own = super::marks(journal(&reading)).into_iter().filter(|(_, _, pupil, _)| pupil == "Аистова");
    assert_eq!(own.filter(|(_, lesson, ..)| lesson.starts_with('B')).count(), 3);
}

#[test]
fn a_year_called_with_a_slash_is_one_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = build(&case("69-year-title-with-slash").join("bundle"), folder.path(), &[]);
    assert_eq!(run.code, 0, "{}", run.text);
    let indexes = walkdir::WalkDir::new(folder.path()).into_iter().flatten();
    let depths: Vec<_> =
        indexes.filter(|entry| entry.file_name() == "index.html").map(|entry| entry.depth()).collect();
    assert_eq!(depths, [2], "{}", run.text);
}

#[test]
fn works_without_weight_and_blank_marks_are_no_zeros() {
    let reading = read_case("42-zero-weights-and-blanks");
    assert!(errors(&reading).is_empty(), "{:#?}", reading.problems);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = build(&case("42-zero-weights-and-blanks").join("bundle"), folder.path(), &[]);
    assert_eq!(run.code, 0, "{}", run.text);
    let metrics = walkdir::WalkDir::new(folder.path()).into_iter().flatten();
    let metrics = metrics
        .map(|entry| entry.into_path())
        .find(|path| path.ends_with("data/metrics.csv"))
        .expect("figures");
    let text = std::fs::read_to_string(metrics).expect("figures");
    let weighted: Vec<_> =
        text.lines().filter(|line| line.contains("weighted") && line.contains("P01")).collect();
    assert!(weighted.iter().all(|line| !line.contains(",0,") && !line.ends_with(",0")), "{weighted:?}");
}
