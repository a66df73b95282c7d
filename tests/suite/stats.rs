//! The figures: the examples come out exactly, hand-made vectors by the book, parts add up to wholes.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use letopis::base::problems::ProblemSeverity;
use letopis::ingest::{read_bundle, read_journal};
use letopis::model::*;
use letopis::stats::{Exclusion, Figure, Scope, compute, metrics_csv};

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

/// Reads a bundle made of a plain `school.toml` and these tables.
fn journal_from(tables: &[(&str, String)]) -> Journal {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let school = "[school]\nname = \"Школа\"\nshort = \"Школа\"\nplace = \"с. Заречье\"\nmunicipality = \"р-н\"\n\
        region = \"обл.\"\nutc_offset = \"+04:00\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";
    std::fs::write(folder.path().join("school.toml"), school).expect("school.toml is written");
    for (name, rows) in tables {
        std::fs::write(folder.path().join(format!("{name}.csv")), rows).expect("a table is written");
    }
    let reading = read_journal(&read_bundle(folder.path()));
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    reading.journal.expect("school.toml is whole")
}

/// The tables of one class of some pupils with one course of mathematics, no marks yet.
fn one_class(pupils: usize) -> Vec<(&'static str, String)> {
    let rows = |row: &dyn Fn(usize) -> String| (1..=pupils).map(row).collect::<String>();
    vec![
        ("staff", "staff_id,name\nS1,Берёзкина Ольга Ильинична\n".to_owned()),
        (
            "terms",
            "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n"
                .to_owned(),
        ),
        ("subjects", "subject_id,title,grading\nmath,Математика,five\n".to_owned()),
        ("classes", "class_id,grade\n5А,5\n".to_owned()),
        ("pupils", format!("pupil_id,surname,given_name\n{}", rows(&|n| format!("P{n},Ивнякова,Ольга\n")))),
        ("enrolment", format!("pupil_id,class_id,from\n{}", rows(&|n| format!("P{n},5А,2024-09-01\n")))),
        (
            "courses",
            "course_id,subject_id,class_id,group_id,teacher_id,kind\nC1,math,5А,,S1,lesson\n".to_owned(),
        ),
    ]
}

fn value(journal: &Journal, as_of: Date, metric: &str, scope: Scope, subject: bool) -> Figure {
    let figures = figures_of(journal, as_of);
    let mut found = figures.into_iter().filter(|figure| {
        figure.metric == metric && figure.scope == scope && figure.subject.is_some() == subject
    });
    let figure = found.next().expect("the figure is there");
    assert_eq!(found.next(), None);
    figure
}

fn assert_value(figure: &Figure, expected: f64) {
    let value = figure.value.expect("the figure has a value");
    assert!((value - expected).abs() < 0.005, "{figure:?} is not {expected}");
}

/// The test vector of the vendor's help page: 5×4, 4×10, 3×8, 2×1, н/а×1, осв×1.
#[test]
fn the_textbook_class_has_the_textbook_figures() {
    let marks = [("5", 4), ("4", 10), ("3", 8), ("2", 1), ("н/а", 1), ("осв", 1)];
    let marks = marks.iter().flat_map(|(mark, times)| std::iter::repeat_n(mark, *times));
    let rows: String =
        marks.zip(1..).map(|(mark, pupil)| format!("P{pupil},math,Q1,term,{mark}\n")).collect();
    let mut tables = one_class(25);
    tables.push(("term_marks", format!("pupil_id,subject_id,term_id,kind,value\n{rows}")));
    let journal = journal_from(&tables);
    for (metric, expected) in [
        ("attainment", 91.67),
        ("quality", 58.33),
        ("sou", 56.29),
        ("mean_mark", 3.74),
        ("attainment_regulation", 88.0),
    ] {
        for scope in [Scope::Class, Scope::Course, Scope::Teacher] {
            let figure = value(&journal, date(2024, 10, 25), metric, scope, true);
            assert_value(&figure, expected);
            assert_eq!(figure.excluded, [(Exclusion::Exempt, 1)]);
        }
    }
}

#[test]
fn a_deferral_counts_until_it_runs_out_and_a_later_mark_is_not_seen() {
    let mut tables = one_class(4);
    let rows = "P1,math,Q1,term,5,,2024-10-25T10:00:00\nP2,math,Q1,term,,2024-11-10,2024-10-25T10:00:00\n\
        P3,math,Q1,term,4,,2024-11-12T10:00:00\nP4,math,Q1,term,2,,2024-10-20T10:00:00\n\
        P4,math,Q1,term,3,,2024-10-24T10:00:00\n";
    tables.push((
        "term_marks",
        format!("pupil_id,subject_id,term_id,kind,value,deferred_until,recorded_at\n{rows}"),
    ));
    let journal = journal_from(&tables);
    assert_eq!(figures_of(&journal, date(2024, 10, 24)), [], "the term has not ended");
    for (day, excluded, attained, mean) in [
        (date(2024, 11, 10), &[(Exclusion::Absent, 1), (Exclusion::Deferred, 1)][..], 2.0, 4.0),
        (date(2024, 11, 11), &[(Exclusion::Absent, 2)], 2.0, 4.0),
        (date(2024, 11, 12), &[(Exclusion::Absent, 1)], 3.0, 4.0),
    ] {
        let attainment = value(&journal, day, "attainment", Scope::Class, false);
        assert_eq!(
            (attainment.excluded.as_slice(), attainment.numerator),
            (excluded, Some(attained)),
            "{day}"
        );
        assert_eq!(value(&journal, day, "mean_mark", Scope::Class, false).value, Some(mean), "{day}");
    }
}

#[test]
fn lateness_is_no_absence_and_a_repeated_absence_counts_once() {
    let mut tables = one_class(3);
    tables.push((
        "lessons",
        "lesson_id,course_id,date,number,status,teacher_id\nL1,C1,2024-09-03,1,held,S1\n\
         L2,C1,2024-09-04,1,held,S1\nL3,C1,2024-09-05,1,missed,S1\n"
            .to_owned(),
    ));
    let rows = "L1,P1,б,2024-09-03T09:00:00\nL1,P1,н,2024-09-03T10:00:00\nL1,P2,оп,\nL2,P2,?,\nL3,P3,б,\n";
    tables.push(("attendance", format!("lesson_id,pupil_id,reason,recorded_at\n{rows}")));
    let journal = journal_from(&tables);
    let count = |metric| value(&journal, date(2024, 12, 1), metric, Scope::Class, false).value;
    assert_eq!(count("absence_lessons"), Some(2.0));
    assert_eq!((count("absence_б"), count("absence_н")), (Some(0.0), Some(1.0)));
    let attendance = value(&journal, date(2024, 12, 1), "attendance", Scope::Class, false);
    assert_eq!((attendance.numerator, attendance.denominator), (Some(4.0), Some(6.0)));
}

/// Numerators, denominators and counts of a scope, added up per term, metric and subject.
fn totals(figures: &[Figure], scope: Scope) -> BTreeMap<String, (f64, f64, f64)> {
    let mut totals = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.scope == scope) {
        let key = format!("{:?} {} {:?}", figure.term, figure.metric, figure.subject);
        let total: &mut (f64, f64, f64) = totals.entry(key).or_default();
        total.0 += figure.numerator.unwrap_or(0.0);
        total.1 += figure.denominator.unwrap_or(0.0);
        total.2 += figure.value.filter(|_| figure.numerator.is_none()).unwrap_or(0.0);
    }
    totals
}

#[test]
fn parts_add_up_to_wholes() {
    for year in ["year", "year-mixed"] {
        let (journal, as_of) = journal_of(year);
        let mut figures = figures_of(&journal, as_of);
        // A stream belongs to several classes, so hours of classes may add up to more than the school's.
        figures.retain(|figure| !["hours_plan", "hours_given", "fulfilment"].contains(&figure.metric));
        let school = totals(&figures, Scope::School);
        assert!(school.len() > 1000);
        for scope in [Scope::Class, Scope::Parallel, Scope::Level] {
            assert_eq!(totals(&figures, scope), school, "{year}, {scope:?}");
        }
    }
}

#[test]
fn figures_are_within_their_ranges() {
    let (journal, as_of) = journal_of("year");
    for figure in figures_of(&journal, as_of) {
        let Some(value) = figure.value else {
            assert_eq!(figure.denominator, Some(0.0), "{figure:?}");
            continue;
        };
        let range = match figure.metric {
            "mean_mark" => 1.0..=5.0,
            "attainment" | "attainment_regulation" | "quality" | "sou" | "attendance" => 0.0..=100.0,
            _ => 0.0..=f64::MAX,
        };
        assert!(range.contains(&value), "{figure:?}");
    }
}

#[test]
fn the_order_of_the_rows_read_does_not_show() {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for entry in inputs.read_dir().expect("the example is there") {
        let path = entry.expect("the example is listed").path();
        let text = std::fs::read_to_string(&path).expect("the example is UTF-8");
        let mut lines: Vec<&str> = text.lines().collect();
        if path.extension().is_some_and(|ending| ending == "csv") {
            lines[1..].reverse();
        }
        let name = path.file_name().expect("a file has a name");
        std::fs::write(folder.path().join(name), lines.join("\n")).expect("a table is written");
    }
    let (journal, as_of) = journal_of("year");
    let reversed = read_journal(&read_bundle(folder.path())).journal.expect("school.toml is whole");
    let written =
        |journal: &Journal| metrics_csv(journal, &figures_of(journal, as_of)).expect("figures are written");
    assert!(written(&journal) == written(&reversed));
}
