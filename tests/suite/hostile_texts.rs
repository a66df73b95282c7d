//! Texts that would do harm where they are shown: impossible dates, signs that steer a terminal, formulas.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::io::Read;

use letopis::base::shown::is_hidden;

use crate::bundle::TinyBundle;

/// Steers a terminal, turns the direction of writing, ends a line.
const STEERING: &str = "а\u{1b}[2J\u{202e}б\u{2066}в\u{9b}\u{7f}";

#[test]
fn dates_offsets_and_texts_of_the_settings_are_refused_with_their_key_and_line() {
    for (from, to, said) in [
        ("start = 2024-09-01", "start = 0001-09-01", ["строка 10", "start"]),
        ("end = 2025-05-31", "end = 9999-05-31", ["строка 11", "end"]),
        ("end = 2025-05-31", "end = 2029-05-31", ["year.start", "731"]),
        ("as_of = 2025-06-30", "as_of = 0000-01-01", ["строка 12", "as_of"]),
        ("as_of = 2025-06-30", "as_of = \"0000-01-01\"", ["строка 12", "as_of"]),
        ("\"2024-2025\"", "\"2024\\u0000\"", ["year.title", "U+0000"]),
        ("\"2024-2025\"", "\"2024\\n2025\"", ["year.title", "U+000A"]),
        ("\"п. Выдуманный\"", "\"п.\u{202e}\"", ["school.place", "U+202E"]),
        ("\"Директор\"", "\"\\u001b[2J\"", ["officials.director", "U+001B"]),
        ("fond = \"1\"", "fond = \"1\\u0085\"", ["archive.fond", "U+0085"]),
        ("+04:00", "+99:99", ["school.utc_offset", "+14:00"]),
        ("+04:00", "-12:30", ["school.utc_offset", "-12:00"]),
        ("[officials]", "[regulation]\ndate = 0001-01-01\n[officials]", ["date", "2199"]),
    ] {
        let bundle = TinyBundle::new();
        bundle.change("school.toml", from, to);
        let run = bundle.build(&[]);
        assert_eq!(run.code, 1, "{to}: {}", run.text);
        assert!(!bundle.outputs().exists(), "{to}");
        for part in [&["J111 school.toml"][..], &said].concat() {
            assert!(run.text.contains(part), "no {part:?} of {to:?} in: {}", run.text);
        }
    }
    let bundle = TinyBundle::new();
    bundle.put("policy.toml", "[rules.mark-late]\noff = true\nreason = \"\\u001b[2J\"\n");
    let run = bundle.build(&[]);
    assert!(run.code == 1 && run.text.contains("policy.toml, строка 3"), "{}", run.text);
}

#[test]
fn dates_of_tables_are_of_years_that_people_live_in() {
    for (table, from, to) in [
        ("lessons.csv", "2024-09-03", "0001-09-03"),
        ("terms.csv", "2024-10-25", "9999-10-25"),
        ("enrolment.csv", "2024-09-02", "02.09.0024"),
    ] {
        let bundle = TinyBundle::new();
        bundle.change(table, from, to);
        let run = bundle.build(&[]);
        assert!(run.code == 1 && run.text.contains("2199") && run.text.contains(table), "{}", run.text);
    }
}

#[test]
fn signs_that_steer_a_terminal_are_codes_wherever_they_are_shown() {
    let bundle = TinyBundle::new();
    for (table, from) in [
        ("subjects.csv", "Математика"),
        ("lessons.csv", "Дроби"),
        ("pupils.csv", "Ивушкина"),
        ("staff.csv", "Берёзкин"),
        ("marks.csv", "P2,4"),
        ("terms.csv", "1 четверть"),
    ] {
        bundle.change(table, from, &format!("{from}{STEERING}"));
    }
    let run = bundle.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    let mut pages = vec![("the terminal".to_owned(), run.text)];
    for name in ["index.html", "timeliness.html", "data/problems.csv"] {
        let text = std::fs::read_to_string(bundle.output(name)).expect("a page");
        pages.push((name.to_owned(), text));
    }
    for (name, text) in &pages {
        let found: Vec<char> =
            text.chars().filter(|sign| is_hidden(*sign) && !matches!(sign, '\n' | '\t')).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    assert!(pages[0].1.contains("U+202E"), "{}", pages[0].1);
    // Reading takes control signs for blanks, and says so; what turns the direction of writing is kept for programs.
    let lessons = std::fs::read_to_string(bundle.output("data/tables/lessons.csv")).expect("a table");
    assert!(lessons.contains('\u{202e}') && !lessons.contains('\u{1b}'), "{lessons}");
}

/// Returns the texts of the parts of a workbook.
fn parts(path: &std::path::Path) -> Vec<String> {
    let file = std::fs::File::open(path).expect("a workbook");
    let mut archive = zip::ZipArchive::new(file).expect("a ZIP");
    let count = archive.len();
    let read = |index| {
        let mut text = String::new();
        archive.by_index(index).expect("a part").read_to_string(&mut text).map(|_| text).unwrap_or_default()
    };
    (0..count).map(read).collect()
}

#[test]
fn what_looks_like_a_formula_stays_a_text_in_every_column_of_every_table() {
    let bundle = TinyBundle::new();
    let formulas = ["=1+2", "+7900", "@SUM(A1)", "-2+3|cmd"];
    for (table, from, formula) in [
        ("subjects.csv", "Математика", formulas[0]),
        ("lessons.csv", "Дроби", formulas[1]),
        ("pupils.csv", "Ивушкина", formulas[2]),
        ("staff.csv", "Берёзкин Тит Титович", formulas[3]),
        ("terms.csv", "1 четверть", formulas[0]),
        ("marks.csv", "M1", formulas[0]),
        ("marks.csv", "P2,4", "P2,=4"),
    ] {
        bundle.change(table, from, formula);
    }
    assert_eq!(bundle.build(&[]).code, 1, "the mark «P2,=4» is none");
    for (name, expected) in [
        ("data/tables/subjects.csv", "math,=1+2,"),
        ("data/tables/lessons.csv", ",+7900"),
        ("data/tables/pupils.csv", ",@SUM(A1),"),
        ("data/tables/staff.csv", ",-2+3|cmd"),
        ("data/tables/terms.csv", ",=1+2,"),
        ("data/tables/marks.csv", "\n=1+2,"),
        ("data/problems.csv", ",=4,"),
    ] {
        let text = std::fs::read_to_string(bundle.output(name)).expect("a table");
        assert!(text.contains(expected), "{name} has no {expected:?}: {text}");
        assert!(!text.contains("'="), "{name}: a table for programs has no apostrophes");
    }
    for place in ["data/ЧИТАЙ-МЕНЯ.txt", "archive/journals-2024-2025/ЧИТАЙ-МЕНЯ.txt"] {
        let text = std::fs::read_to_string(bundle.output(place)).expect("a readme");
        assert!(text.contains("формулу"), "{place} says why");
    }
    let package =
        std::fs::read_to_string(bundle.output("data/tables/datapackage.json")).expect("a description");
    assert!(package.contains("description"), "{package}");
    let mut books = 0;
    for entry in walkdir::WalkDir::new(bundle.outputs()).into_iter().flatten() {
        if entry.path().extension().is_some_and(|end| end == "xlsx") {
            books += 1;
            let has_formula =
                parts(entry.path()).iter().any(|part| part.contains("<f>") || part.contains("<f "));
            assert!(!has_formula, "{}", entry.path().display());
        }
    }
    assert!(books >= 3, "{books}");
}
