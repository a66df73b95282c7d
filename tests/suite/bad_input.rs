//! Wrong input: a clear message with its place, the right exit code, and everything else built.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::process::Command;

use crate::bundle::{TinyBundle, build, letopis, program};

/// Builds a bundle with one fault: what was said, and that the rest was built.
fn assert_built_with(bundle: &TinyBundle, said: &[&str]) {
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    for part in said {
        assert!(run.text.contains(part), "no {part:?} in: {}", run.text);
    }
    assert!(bundle.output("journals/journal-5A.pdf").is_file(), "{}", run.text);
    let problems =
        std::fs::read_to_string(bundle.output("data/problems.csv")).expect("problems.csv is written");
    assert!(problems.contains(said[0]), "{problems}");
}

#[test]
fn a_good_bundle_builds_with_code_0() {
    let bundle = TinyBundle::new();
    let run = bundle.build(&[]);
    assert_eq!(run.code, 0, "{}", run.text);
    assert!(run.text.contains("прочитано строк: 22"), "{}", run.text);
}

#[test]
fn a_missing_school_toml_is_said_and_nothing_is_built() {
    let bundle = TinyBundle::new();
    bundle.remove("school.toml");
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J110 school.toml"), "{}", run.text);
    assert!(!bundle.outputs().exists());
}

#[test]
fn a_broken_school_toml_is_said_with_its_line() {
    let bundle = TinyBundle::new();
    bundle.change("school.toml", "end = 2025-05-31", "end = весной");
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J111 school.toml, строка 11"), "{}", run.text);
}

#[test]
fn a_missing_required_column_names_file_and_column() {
    let bundle = TinyBundle::new();
    bundle.change("marks.csv", "pupil_id", "кто");
    assert_built_with(&bundle, &["J201", "marks.csv", "pupil_id"]);
}

#[test]
fn an_unknown_class_is_said_and_no_other_class_is_offered() {
    let bundle = TinyBundle::new();
    bundle.change("enrolment.csv", "P2,5А", "P2,5Г");
    assert_built_with(&bundle, &["J401", "enrolment.csv, строка 3, столбец class_id", "«5Г»"]);
    let problems = std::fs::read_to_string(bundle.output("data/problems.csv")).expect("they are written");
    assert!(problems.contains("5Г") && !problems.contains("5А"), "{problems}");
}

#[test]
fn a_mark_of_6_is_left_out_and_the_others_stay() {
    let bundle = TinyBundle::new();
    bundle.change("marks.csv", "P1,5", "P1,6");
    assert_built_with(&bundle, &["J302", "marks.csv, строка 2, столбец value", "«6»"]);
    let marks = std::fs::read_to_string(bundle.output("data/tables/marks.csv")).expect("marks are written");
    assert_eq!(marks, "mark_id,lesson_id,pupil_id,value\nM2,L1,P2,4\nM3,L2,P3,.\n");
}

#[test]
fn a_lesson_outside_the_year_takes_its_marks_along_and_says_so() {
    let bundle = TinyBundle::new();
    bundle.change("lessons.csv", "2024-09-03", "2023-09-03");
    assert_built_with(&bundle, &["J306", "lessons.csv, строка 2, столбец date", "2023-09-03", "J402", "× 2"]);
}

#[test]
fn a_damaged_workbook_stops_nothing_else() {
    let bundle = TinyBundle::new();
    bundle.put("works.xlsx", b"PK\x03\x04 and then nothing of a workbook");
    assert_built_with(&bundle, &["J102", "works.xlsx"]);
}

/// Readers of other people's formats give up in many ways; all that is said of it is that the file is damaged.
#[test]
fn a_reader_that_gives_up_is_not_heard() {
    let whole = include_bytes!("../journals/year-mixed/inputs/terms_лист.xls");
    let mut given_up = 0;
    for seed in 0..40 {
        let bundle = TinyBundle::new();
        bundle.remove("terms.csv");
        let damaged = crate::robustness::mutated(whole, &mut fastrand::Rng::with_seed(seed));
        bundle.put("terms.xls", damaged);
        let program = env!("CARGO_BIN_EXE_letopis");
        let run = letopis(Command::new(program).args(["--lang", "ru", "check"]).arg(bundle.root()));
        assert!(run.code < 2 && !run.text.contains("panicked"), "{seed}: {}", run.text);
        given_up += usize::from(run.text.contains("разобрать его не удалось"));
    }
    assert!(given_up > 0, "no seed makes a reader give up");
}

#[test]
fn a_second_record_of_one_id_is_left_out() {
    let bundle = TinyBundle::new();
    bundle.change("marks.csv", "M2,", "M1,");
    assert_built_with(&bundle, &["J303", "marks.csv, строка 3, столбец mark_id", "«M1»"]);
}

#[test]
fn strict_builds_nothing_where_a_row_was_left_out() {
    let bundle = TinyBundle::new();
    bundle.change("marks.csv", "P1,5", "P1,6");
    let run = bundle.build(&["--strict"]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J302") && !bundle.output("index.html").exists(), "{}", run.text);
}

#[test]
fn a_wrong_policy_is_refused_with_its_place() {
    let bundle = TinyBundle::new();
    bundle.put("policy.toml", "[absence]\nnonsense = 5\n");
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J112 policy.toml, строка"), "{}", run.text);
}

#[test]
fn an_empty_folder_says_what_to_put_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = build(folder.path(), &folder.path().join("out"), &[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("нет school.toml"), "{}", run.text);
    let nowhere = build(&folder.path().join("nowhere"), &folder.path().join("out"), &[]);
    assert_eq!(nowhere.code, 2, "{}", nowhere.text);
}

#[test]
fn a_bundle_that_cannot_be_built_stops_no_other() {
    let (bad, good) = (TinyBundle::new(), TinyBundle::new());
    bad.remove("school.toml");
    let run = build(&bad.root(), &good.outputs(), &[&good.root().to_string_lossy()]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(good.output("index.html").is_file(), "{}", run.text);
}

#[test]
fn a_bundle_without_tables_is_no_success() {
    let bundle = TinyBundle::new();
    for entry in bundle.root().read_dir().expect("the bundle's files").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "csv") {
            std::fs::remove_file(entry.path()).expect("a table is removed");
        }
    }
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J113"), "{}", run.text);
}

#[test]
fn an_output_that_cannot_be_written_is_said() {
    let bundle = TinyBundle::new();
    let file = bundle.root().join("school.toml");
    let run = build(&bundle.root(), &file.join("out"), &[]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("school.toml"), "{}", run.text);
}

#[test]
fn check_finds_the_same_and_writes_nothing() {
    let bundle = TinyBundle::new();
    bundle.change("marks.csv", "P1,5", "P1,6");
    let run = letopis(
        Command::new(env!("CARGO_BIN_EXE_letopis")).args(["--lang", "ru", "check"]).arg(bundle.root()),
    );
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("marks.csv, строка 2, столбец value"), "{}", run.text);
    assert!(!bundle.outputs().exists());
}

#[test]
fn a_command_line_that_is_not_understood_is_told_in_russian_and_shows_no_steering_sign() {
    let cases: [(&[&str], &str); 7] = [
        (&["frob"], "такой команды нет: frob"),
        (&[], "не сказано, что делать"),
        (&["build", "--frob"], "такого параметра нет: --frob"),
        (&["register", "архив", "signed"], "значение «signed» не подходит для [EVENT]; можно: handed_over"),
        (&["copy"], "не хватает: <ARCHIVE>"),
        (&["verify", "архив", "--record", "--no-record"], "вместе не указывают"),
        (&["build", "--as-of", "\u{202e}1\u{9b}"], "U+202E1U+009B"),
    ];
    for (words, said) in cases {
        let run = letopis(&mut program(words));
        assert_eq!(run.code, 2, "{}", run.text);
        assert!(run.text.contains(said) && run.text.contains("letopis --help"), "{words:?}: {}", run.text);
        assert!(!run.text.contains(['\u{202e}', '\u{9b}', '\u{1b}']), "{:?}", run.text);
    }
    let mut english = std::process::Command::new(env!("CARGO_BIN_EXE_letopis"));
    let english = letopis(english.args(["--lang", "en", "build", "--frob"]));
    assert!(english.text.contains("there is no such option: --frob"), "{}", english.text);
}
