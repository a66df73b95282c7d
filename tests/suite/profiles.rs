//! Other journal systems by profile: each sample comes out as the tables beside it say, and wrong profiles say where.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use letopis::base::problems::Problem;
use letopis::data::{Extent, write};
use letopis::ingest::{Reading, profiles_of, read_bundle, read_journal, shipped_profile};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/profiles")
}

/// Shows what came of a sample: every table, every problem, and what took each file.
fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for source in &reading.sources {
        let _ = writeln!(
            text,
            "{} [{}] -> {}: {}",
            source.file, source.sheet, source.taken_for.ru, source.why.ru
        );
    }
    let journal = reading.journal.as_ref().expect("school.toml is whole");
    for draft in write(journal, "", Extent::Everything).expect("tables are encoded") {
        let document = draft.make().expect("a table is encoded");
        let table = String::from_utf8_lossy(&document.bytes);
        if document.path.ends_with(".csv") && table.lines().count() > 1 {
            let _ = write!(text, "\n{}\n{table}", document.path.trim_start_matches('/'));
        }
    }
    text.push('\n');
    for problem in &reading.problems {
        let row = problem.row.map(|row| row.to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "{} {} {} [{}] {row} {} «{}»: {}",
            problem.severity.code(),
            problem.code,
            problem.file,
            problem.sheet,
            problem.column,
            problem.value,
            problem.message.ru
        );
    }
    text
}

/// Compares with the answer in the repository; `ACCEPT=1` rewrites it, for a person to read the difference.
fn comes_out(name: &str) {
    let folder = samples().join(name);
    let found = shown(&read_journal(&read_bundle(&folder.join("inputs"))));
    let answer = folder.join("expected.txt");
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(&answer, &found).expect("the answer is written");
    }
    let expected = std::fs::read_to_string(&answer).expect("the answer is in the repository");
    assert!(found == expected, "{name}: what came out differs from {}:\n{found}", answer.display());
}

#[test]
fn shkala_comes_out() {
    comes_out("shkala");
}

#[test]
fn the_list_of_teachers_comes_out() {
    comes_out("load");
}

#[test]
fn dnevnik_comes_out() {
    comes_out("dnevnik");
}

#[test]
fn eljur_comes_out() {
    comes_out("eljur");
}

#[test]
fn mesh_comes_out() {
    comes_out("mesh");
}

#[test]
fn petersburg_comes_out() {
    comes_out("petersburg");
}

#[test]
fn bars_comes_out() {
    comes_out("bars");
}

/// Lays out a bundle of the plainest school with these files beside it.
fn bundle_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let school = samples().join("shkala/inputs/school.toml");
    std::fs::copy(school, folder.path().join("school.toml")).expect("school.toml is copied");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    }
    folder
}

const OWN_PROFILE: &str = r#"
[profile]
id = "own"
title = "Тетрадь учителя"
dates = ["DD.MM"]

[words.mark]
"отл" = "5"
"хор" = "4"

[[source]]
title = "Список отметок"
kind = "table"
sheet = ""
fields = ["Ребёнок", "Когда"]

[[source.table]]
name = "staff"
once = ["staff_id"]
columns = { staff_id = "{above/Учитель}", name = "{above/Учитель}" }

[[source.table]]
name = "holidays"
when = "{Ребёнок}"
columns = { title = "{Ребёнок}: {Знак|mark}", start = "{Когда|date}", end = "{Когда|date}" }
"#;

#[test]
fn a_schools_own_profile_reads_its_own_files() {
    let folder = bundle_with(&[
        ("profiles/own.toml", OWN_PROFILE),
        (
            "тетрадь.csv",
            "Учитель: Лапина О. П.\nРебенок;Когда;Знак\nОсипов;03.09;Отл\nПанов;14.01;хор\nПанов;99.01;хор\n",
        ),
    ]);
    let reading = read_journal(&read_bundle(folder.path()));
    let journal = reading.journal.expect("school.toml is whole");
    let titles: Vec<_> =
        journal.holidays.iter().map(|row| format!("{} {}", row.title, row.span.from)).collect();
    assert_eq!(titles, ["Осипов: 5 2024-09-03", "Панов: 4 2025-01-14"]);
    assert_eq!(journal.staff.len(), 1);
    assert_eq!(reading.sources[0].taken_for.ru, "Тетрадь учителя");
    let codes: Vec<_> = reading.problems.iter().map(|p| (p.code, p.row, p.value.as_str())).collect();
    assert_eq!(codes, [("J302", Some(5), "99.01"), ("J302", Some(5), "99.01")]);
}

fn faults(profile: &str) -> Vec<Problem> {
    let folder = bundle_with(&[("profiles/own.toml", profile)]);
    profiles_of(Some(&read_bundle(folder.path()))).1
}

#[test]
fn a_wrong_profile_says_on_which_line() {
    let mistakes = [
        ("title = \"Тетрадь", "titel = \"Тетрадь"),
        ("dates = [\"DD.MM\"]", "dates = [\"число\"]"),
        ("kind = \"table\"", "kind = \"tables\""),
        ("fields = [\"Ребёнок\", \"Когда\"]", "fields = []"),
        ("name = \"holidays\"", "name = \"holiday\""),
        ("when = \"{Ребёнок}\"", "when = \"{Ребёнок\""),
        ("when = \"{Ребёнок}\"", "when = \"{@nothing}\""),
        ("{Знак|mark}", "{Знак|marks}"),
        ("{Когда|date}\", end", "{Когда|find terms.name}\", end"),
        ("title = \"{Ребёнок}", "heading = \"{Ребёнок}"),
        ("once = [\"staff_id\"]", "once = [\"id\"]"),
    ];
    for (right, wrong) in mistakes {
        let profile = OWN_PROFILE.replacen(right, wrong, 1);
        assert_ne!(profile, OWN_PROFILE, "{right}");
        let line = OWN_PROFILE.lines().position(|line| line.contains(right)).expect("the line is there") + 1;
        let faults = faults(&profile);
        let found: Vec<_> = faults.iter().map(|fault| (fault.code, fault.file.as_str(), fault.row)).collect();
        // A missing title is the fault of its section, one line above.
        let line = u32::try_from(line).expect("few lines");
        assert!(
            matches!(found[..], [("J601", "profiles/own.toml", Some(row))] if row == line),
            "{wrong}: {faults:#?}"
        );
    }
    assert_eq!(faults(OWN_PROFILE), []);
}

#[test]
fn shipped_profiles_are_whole_and_take_no_table_of_the_exchange_format() {
    let (profiles, problems) = profiles_of(None);
    assert_eq!(problems, []);
    for id in ["dnevnik", "eljur", "mesh", "petersburg", "bars", "shkala", "load"] {
        assert!(profiles.iter().any(|profile| profile.id == id && !profile.about.is_empty()), "{id}");
        assert!(shipped_profile(id).is_some(), "{id}");
    }
    for year in ["year", "year-mixed"] {
        let reading = crate::reading::example(year);
        let taken: Vec<_> = reading
            .sources
            .iter()
            .filter(|source| profiles.iter().any(|profile| profile.title == source.taken_for))
            .collect();
        assert!(taken.is_empty(), "{taken:#?}");
    }
}

#[test]
fn ids_longer_than_a_float_keep_every_digit() {
    let folder =
        bundle_with(&[("staff.json", r#"[{"staff_id": 1000009876543210123, "name": "Лапина О. П."}]"#)]);
    let journal = read_journal(&read_bundle(folder.path())).journal.expect("school.toml is whole");
    let staff = journal.staff.values().next().expect("one employee");
    assert_eq!(staff.key, "1000009876543210123");
}
