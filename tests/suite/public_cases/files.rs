//! What lies in the folder of a bundle, and how it is packed.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use letopis::base::problems::ProblemSeverity;

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

#[cfg(unix)]
#[test]
fn links_are_followed_to_the_schools_files_and_said_where_not() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("case");
    for entry in walkdir::WalkDir::new(case("68-symlinked-file")).into_iter().flatten() {
        let inside = entry.path().strip_prefix(case("68-symlinked-file")).expect("inside");
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(root.join(inside)).expect("a folder");
        } else {
            std::fs::copy(entry.path(), root.join(inside)).expect("a copy");
        }
    }
    let bundle = root.join("bundle");
    symlink("../share/marks.csv", bundle.join("marks.csv")).expect("a link");
    symlink("../share/homework", bundle.join("homework")).expect("a link");
    let (base, reading) = (read_case("00-base"), super::read(&bundle));
    assert_eq!(super::marks(journal(&reading)), super::marks(journal(&base)));
    assert_eq!(super::facts(journal(&reading)), super::facts(journal(&base)));
    assert_eq!(reading.problems, []);
    for (name, target, words) in [
        ("works.csv", "nowhere.csv", "никуда не ведёт"),
        ("timetable.csv", "/etc/hostname", "системную"),
        ("bells.csv", "/dev/zero", "системную"),
        ("snapshots", "..", "по кругу"),
    ] {
        symlink(target, bundle.join(name)).expect("a link");
        let reading = super::read(&bundle);
        let refused = said(&reading, "J101");
        assert!(refused[0].file == name && refused[0].message.ru.contains(words), "{name}: {refused:#?}");
        std::fs::remove_file(bundle.join(name)).expect("the link");
    }
}

#[test]
fn a_year_deep_in_an_archive_or_in_folders_is_found() {
    use letopis::ingest::find_bundles;
    let base = read_case("00-base");
    for name in ["one.zip", "mac.zip", "god.zip", "outer.zip"] {
        let reading = super::read(&case("51-bundle-zip-by-explorer").join(name));
        assert_eq!(
            super::marks(journal(&reading)),
            super::marks(journal(&base)),
            "{name}: {:#?}",
            reading.problems
        );
        assert!(errors(&reading).is_empty(), "{name}: {:#?}", reading.problems);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let year = folder.path().join("Выгрузка/год");
    std::fs::create_dir_all(&year).expect("folders");
    std::fs::write(year.join("school.toml.txt"), "").expect("a file");
    assert_eq!(find_bundles(folder.path()).expect("a folder"), [year]);
}
