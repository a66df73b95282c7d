//! Inputs from public bug reports of neighbouring software: the same small year, each time with what went wrong elsewhere.
//!
//! `tests/public-cases/NN-name/EXPECT.md` says where a case comes from and what is wanted.

mod files;
mod ids;
mod texts;
mod workbooks;

use std::path::{Path, PathBuf};

use letopis::base::problems::{Problem, ProblemSeverity};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::Journal;

/// Returns the folder of a case.
fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public-cases").join(name)
}

fn read(bundle: &Path) -> Reading {
    read_journal(&read_bundle(bundle))
}

fn read_case(name: &str) -> Reading {
    read(&case(name).join("bundle"))
}

fn journal(reading: &Reading) -> &Journal {
    reading.journal.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems))
}

/// Returns every mark: its id, its lesson, the pupil's surname, the value.
fn marks(journal: &Journal) -> Vec<(String, String, String, String)> {
    let mut marks: Vec<_> = journal
        .marks
        .values()
        .map(|mark| {
            let (lesson, pupil) = (&journal.lessons[mark.lesson], &journal.pupils[mark.pupil]);
            (
                mark.key.to_string(),
                lesson.key.to_string(),
                pupil.surname.to_string(),
                format!("{:?}", mark.value),
            )
        })
        .collect();
    marks.sort();
    marks
}

/// Returns everything that other cases must not change.
fn facts(journal: &Journal) -> Vec<String> {
    let people = journal
        .pupils
        .values()
        .map(|pupil| format!("{} {} {}", pupil.surname, pupil.given_name, pupil.patronymic));
    let staff = journal.staff.values().map(|staff| staff.name.to_string());
    let lessons =
        journal.lessons.values().map(|lesson| format!("{} {} {}", lesson.key, lesson.date, lesson.number));
    let homework = journal.homework.values().map(|homework| journal.lessons[homework.lesson].key.to_string());
    let absences = journal.absences.values().map(|absence| {
        format!(
            "{} {} {:?}",
            journal.lessons[absence.lesson].key, journal.pupils[absence.pupil].surname, absence.reason
        )
    });
    let terms = journal.term_marks.values().map(|mark| {
        format!(
            "{} {} {:?}",
            journal.pupils[mark.pupil].surname, journal.subjects[mark.subject].title, mark.value
        )
    });
    let mut facts: Vec<String> =
        people.chain(staff).chain(lessons).chain(homework).chain(absences).chain(terms).collect();
    facts.sort();
    facts
}

/// Reads a case in which nothing may be lost: every fact and every mark is that of the case without a fault.
fn read_whole(name: &str) -> Reading {
    let (base, reading) = (read_case("00-base"), read_case(name));
    assert_eq!(marks(journal(&reading)), marks(journal(&base)), "{name}: {:#?}", reading.problems);
    assert_eq!(facts(journal(&reading)), facts(journal(&base)), "{name}: {:#?}", reading.problems);
    assert!(reading.rows.iter().all(|rows| rows.left_out == 0), "{name}: {:#?}", reading.problems);
    reading
}

/// Returns the problems of a code; there has to be one.
fn said<'r>(reading: &'r Reading, code: &str) -> Vec<&'r Problem> {
    let found: Vec<_> = reading.problems.iter().filter(|problem| problem.code == code).collect();
    assert!(!found.is_empty(), "no {code} in {:#?}", reading.problems);
    found
}

fn errors(reading: &Reading) -> Vec<&Problem> {
    reading.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).collect()
}

#[test]
fn the_case_without_a_fault_has_none() {
    let reading = read_whole("00-base");
    assert_eq!(reading.problems, []);
    assert_eq!((marks(journal(&reading)).len(), journal(&reading).lessons.len()), (48, 24));
}

#[test]
fn what_is_only_odd_is_read_whole_and_without_an_error() {
    for name in [
        "02-csv-cell-begins-with-quoted-title",
        "08-csv-bom-in-quoted-header",
        "14-xlsx-rich-text-after-plain",
        "15-xlsx-prefixes-absolute-target",
        "16-xlsx-no-cell-addresses",
        "17-xlsx-strict-iso-dates",
        "18-xlsx-x000d",
        "22-xlsx-number-formats-that-look-like-dates",
        "23-xls-is-xml-spreadsheet-2003",
        "24-xls-is-text",
        "25-wrong-extension",
        "27-html-xls-meta-first-cp1251",
        "28-ods-comments",
        "29-sheet1-only",
        "46-xls-biff8-real",
        "63-invisible-sign-in-header",
        "67-csv-sep-line",
        "69-year-title-with-slash",
        "70-header-below-twelve-lines",
    ] {
        assert_eq!(read_whole(name).problems, [], "{name}");
    }
}

/// No sign that is no text reaches a document.
#[test]
fn no_case_has_a_broken_or_control_sign_in_its_texts() {
    let folders = case("").read_dir().expect("the cases");
    for folder in folders.flatten().map(|entry| entry.path().join("bundle")).filter(|folder| folder.is_dir())
    {
        let reading = read(&folder);
        let Some(journal) = &reading.journal else { continue };
        let texts = journal.pupils.values().map(|pupil| pupil.surname.clone());
        let texts = texts.chain(journal.lessons.values().map(|lesson| lesson.topic.clone()));
        let texts = texts.chain(journal.homework.values().map(|homework| homework.text.clone()));
        let is_bad = |sign: char| sign == '\u{fffd}' || sign.is_control() && !matches!(sign, '\n' | '\t');
        for text in texts.chain([journal.school.name.as_str().into()]) {
            assert!(!text.contains(is_bad), "{}: {text:?}", folder.display());
        }
        for problem in &reading.problems {
            assert!(!problem.message.ru.contains(is_bad) && !problem.value.contains(is_bad), "{problem:#?}");
        }
    }
}
