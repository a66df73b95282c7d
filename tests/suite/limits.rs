//! Inputs without end or bottom: each is worked through or refused with its limit named, in a child process that has two
//! gibibytes of addresses and a minute. More of them, and larger ones: `.ci/hostile.py`.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::bundle::{Run, TinyBundle, command, letopis, program};

/// The addresses of a child: its threads and their heaps reserve more than they use.
const ADDRESSES_KIB: u64 = 2 << 20;
const SECONDS: u64 = 60;

/// Runs a command with little memory and time.
fn limited(command: &Command) -> Run {
    let script = format!("ulimit -v {ADDRESSES_KIB} && exec timeout {SECONDS} \"$@\"");
    let mut child = Command::new("sh");
    child.args(["-c", &script, "sh"]).arg(command.get_program()).args(command.get_args());
    child.envs([("RAYON_NUM_THREADS", "2"), ("POLARS_MAX_THREADS", "2"), ("MALLOC_ARENA_MAX", "2")]);
    let run = letopis(&mut child);
    assert!(!run.text.contains("panicked"), "{}", run.text);
    assert_ne!(run.code, 124, "it took more than {SECONDS} s");
    run
}

fn build(bundle: &TinyBundle) -> Run {
    limited(&command(&bundle.root(), &bundle.outputs(), &["--threads", "2"]))
}

/// Builds, and looks for what must be said.
fn assert_refused(bundle: &TinyBundle, said: &[&str]) {
    let run = build(bundle);
    assert_eq!(run.code, 1, "{}", run.text);
    for part in said {
        assert!(run.text.contains(part), "no {part:?} in: {}", run.text);
    }
}

/// Makes a file that is as large as it says and takes no room.
fn put_hollow(bundle: &TinyBundle, name: &str, bytes: u64) {
    let path = bundle.root().join(name);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder");
    File::options()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|file| file.set_len(bytes))
        .expect("the file");
}

/// Puts what is no file in the place of one.
fn put_no_file(path: &Path, kind: &str) {
    let _ = std::fs::remove_file(path);
    let made = match kind {
        "pipe" => Command::new("mkfifo").arg(path).status().map(|status| assert!(status.success())),
        "device" => std::os::unix::fs::symlink("/dev/zero", path),
        _ => std::os::unix::net::UnixListener::bind(path).map(drop),
    };
    made.unwrap_or_else(|error| panic!("{kind}: {error}"));
}

#[test]
fn a_title_of_600_signs_is_refused_and_one_of_300_is_printed() {
    let bundle = TinyBundle::new();
    bundle.change("subjects.csv", "Математика", &"щ".repeat(600));
    assert_refused(&bundle, &["J308", "subjects.csv, строка 2, столбец title", "300"]);
    let bundle = TinyBundle::new();
    bundle.change("subjects.csv", "Математика", &"щ".repeat(300));
    bundle.change("terms.csv", "1 четверть", &"ш".repeat(300));
    let run = build(&bundle);
    assert_eq!(run.code, 0, "{}", run.text);
    assert!(bundle.output("summary-sheets/summary-5A.pdf").is_file());
}

#[test]
fn a_letter_with_a_hundred_thousand_marks_is_refused_and_one_with_thirty_is_printed() {
    for (marks, code) in [(100_000, 1), (30, 0)] {
        let bundle = TinyBundle::new();
        bundle.change("pupils.csv", "Ольхин", &format!("Ольхин{}", "\u{301}".repeat(marks)));
        let run = build(&bundle);
        assert_eq!(run.code, code, "{}", run.text);
        assert!(bundle.output("journals/journal-5A.pdf").is_file(), "{}", run.text);
    }
}

#[test]
fn files_of_two_gigabytes_are_not_read() {
    for (name, limit) in [
        ("school.toml", "1048576"),
        ("policy.toml", "1048576"),
        ("profiles/own.toml", "1048576"),
        ("marks.csv", "268435456"),
        ("lessons.xlsx", "268435456"),
    ] {
        let bundle = TinyBundle::new();
        put_hollow(&bundle, name, 2 << 30);
        assert_refused(&bundle, &["J101", name, limit]);
    }
}

#[test]
fn a_line_or_a_cell_without_end_is_no_table() {
    let head = "mark_id,lesson_id,pupil_id,value\n";
    let bundle = TinyBundle::new();
    bundle.put("marks.csv", format!("{head}{}", "M".repeat(2 << 20)));
    assert_refused(&bundle, &["J102 marks.csv", "строка 2 длиннее 1048576 байт"]);
    let bundle = TinyBundle::new();
    bundle.change("lessons.csv", "Дроби", &"щ".repeat(90_001));
    assert_refused(&bundle, &["J308 lessons.csv", "90000"]);
    let bundle = TinyBundle::new();
    bundle.put("marks.csv", format!("{head}{}", "\n".repeat(6_000_000)));
    assert_refused(&bundle, &["J102 marks.csv", "больше 5000000 строк"]);
}

#[test]
fn of_rubbish_the_first_rows_are_listed_and_all_are_counted() {
    let bundle = TinyBundle::new();
    let mut text = "mark_id,lesson_id,pupil_id,value\n".to_owned();
    for row in 0..25_000 {
        writeln!(text, "M{row},L{row},никто,мусор").expect("memory");
    }
    bundle.put("marks.csv", text);
    assert_refused(&bundle, &["НЕ ПРОЧИТАНО строк: 25000", "и ещё 15000 таких"]);
    let csv = std::fs::read_to_string(bundle.output("data/problems.csv")).expect("the problems");
    assert!(
        csv.contains("и ещё 15000 таких замечаний, строки с 10002 по 25001"),
        "{}",
        &csv[csv.len() - 900..]
    );
    assert!(csv.lines().count() < 31_000);
    let record = std::fs::read_to_string(bundle.output("build.json")).expect("the record");
    let errors = record.lines().find(|line| line.contains("\"errors\"")).expect("a count");
    // The first two rows name lessons that there are.
    assert!(errors.contains("74998"), "every other row has three faults: {errors}");
    let book = std::fs::metadata(bundle.output("data/problems.xlsx")).expect("the workbook");
    assert!(book.len() < 5 << 20, "{}", book.len());
}

#[test]
fn rows_of_a_table_beyond_its_most_are_counted_not_read() {
    let bundle = TinyBundle::new();
    let mut text = std::fs::read_to_string(bundle.root().join("terms.csv")).expect("the terms");
    for row in 0..150 {
        writeln!(text, "T{row},quarter,Четверть,2024-09-02,2024-10-25,11").expect("memory");
    }
    bundle.put("terms.csv", text);
    assert_refused(&bundle, &["J116 terms.csv", "больше 100 строк", "не прочитано строк: 52"]);
}

#[test]
fn json_that_would_fill_the_memory_is_not_taken_apart() {
    for (name, text) in [
        ("marks.json", format!("[{}{{}}]", r#"{"":0},"#.repeat(1_600_000))),
        ("marks.json", format!("[{}0]", "0,".repeat(21_000_000))),
        ("marks.json", "[".repeat(1 << 20)),
        ("marks.jsonl", "{\"mark_id\":\n".repeat(100_000)),
    ] {
        let bundle = TinyBundle::new();
        bundle.remove("marks.csv");
        bundle.put(name, text);
        assert_refused(&bundle, &[name, "J10"]);
    }
}

/// Writes an XLSX in which so many sheets are the same part of the file.
fn workbook(sheets: usize, rows: &str) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let space =
        format!("xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{kinds}\"");
    let package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    let relation =
        |kind: &str, to: &str| format!("<Relationship Id=\"r\" Type=\"{kinds}/{kind}\" Target=\"{to}\"/>");
    let names: String =
        (1..=sheets).map(|n| format!("<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"r\"/>")).collect();
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!("{package}{}</Relationships>", relation("officeDocument", "xl/workbook.xml")),
        ),
        ("xl/workbook.xml", format!("<workbook {space}><sheets>{names}</sheets></workbook>")),
        (
            "xl/_rels/workbook.xml.rels",
            format!("{package}{}</Relationships>", relation("worksheet", "worksheets/sheet.xml")),
        ),
        ("xl/worksheets/sheet.xml", format!("<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a new name");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

#[test]
fn sheets_that_share_one_part_are_not_read_again_and_again() {
    let bundle = TinyBundle::new();
    bundle.put("book.xlsx", workbook(10_000, ""));
    assert_refused(&bundle, &["J102 book.xlsx", "листов в книге 10000", "1000"]);
    let bundle = TinyBundle::new();
    bundle.put("book.xlsx", workbook(900, &"<row r=\"1\"><c r=\"A1\"/></row>".repeat(100_000)));
    assert_refused(&bundle, &["J103 book.xlsx", "ссылаются на одну часть"]);
}

#[test]
fn what_is_no_file_is_said_and_not_opened() {
    for kind in ["pipe", "device", "socket"] {
        for name in ["marks.csv", "school.toml", "policy.toml"] {
            let bundle = TinyBundle::new();
            put_no_file(&bundle.root().join(name), kind);
            assert_refused(&bundle, &[&format!("J101 {name}")]);
        }
        let archive = tempfile::tempdir().expect("a folder");
        put_no_file(&archive.path().join("register.txt"), kind);
        let folder = archive.path().display().to_string();
        for verb in ["verify", "register", "retention"] {
            let run = limited(&program(&[verb, &folder]));
            assert_eq!(run.code, 2, "{verb} {kind}: {}", run.text);
        }
        let zip = archive.path().join("x.zip");
        put_no_file(&zip, kind);
        assert_eq!(limited(&program(&["verify", &zip.display().to_string()])).code, 2, "{kind}");
    }
}

#[test]
fn a_manifest_of_files_that_are_missing_is_told_in_part_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let lines: String = (0..20_000).map(|n| format!("{}  data/{n}.txt\n", "0".repeat(64))).collect();
    put("manifest-sha256.txt", &lines);
    let run = limited(&program(&["verify", &folder.path().display().to_string(), "--format", "json"]));
    assert_eq!(run.code, 1, "{}", run.text);
    let report: serde_json::Value = serde_json::from_str(&run.text).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    assert!(findings.len() < 2_100, "{}", findings.len());
    assert!(run.text.contains("и ещё 18000 таких замечаний"), "the rest is counted");
}

#[test]
fn a_number_of_threads_that_no_computer_has_is_refused() {
    let bundle = TinyBundle::new();
    for threads in ["1000000", "-1", "x"] {
        let run = bundle.build(&[&format!("--threads={threads}")]);
        assert!(run.code == 2 && run.text.contains("256"), "{}", run.text);
    }
    for variable in ["POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "POLARS_ASYNC_THREAD_COUNT"] {
        for value in ["1000000", "много", "-1", ""] {
            let run = letopis(command(&bundle.root(), &bundle.outputs(), &[]).env(variable, value));
            assert!(run.code == 2 && run.text.contains(variable) && run.text.contains("256"), "{}", run.text);
        }
    }
    for day in ["0000-01-01", "9999-12-31"] {
        let run = bundle.build(&["--as-of", day]);
        assert!(run.code == 2 && run.text.contains("2199"), "{}", run.text);
    }
}
