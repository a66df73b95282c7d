//! Documents of bundles from public bug reports: signs that fonts lack, very long words and texts, many pupils, none.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;

use letopis::ingest::{read_bundle, read_journal};
use letopis::model::{Class, Id, Journal, Roster};
use letopis::render::pdf::{PdfJob, typeset_alone};
use letopis::reports::{class_journal, summary_sheet};

use crate::bundle::{Run, build, letopis};

fn case(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/public-cases").join(name).join("bundle")
}

fn journal(name: &str) -> Journal {
    read_journal(&read_bundle(&case(name))).journal.expect("the case has a school.toml")
}

/// Returns the jobs of a class's journal and summary sheet.
fn jobs(journal: &Journal, class: &str) -> [PdfJob; 2] {
    let class: Id<Class> =
        journal.classes.iter().find(|(_, one)| one.key == class).map(|(id, _)| id).expect("the class");
    let roster = Roster::new(journal);
    let as_of = jiff::civil::date(2026, 6, 30);
    let making = class_journal::Making { roster: &roster, as_of, sources: &[], remarks: &[] };
    [
        class_journal::job(journal, class, &making, "journal.pdf").expect("the view is JSON"),
        summary_sheet::job(journal, &roster, class, as_of, "sheet.pdf").expect("the view is JSON"),
    ]
}

/// Returns the lines of a journal's drawn pages, in their order.
fn lines(job: &PdfJob) -> Vec<String> {
    let lines = job.drawings.iter().flat_map(|page| &page.lines);
    lines.map(|line| line.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
}

/// Builds a case and returns its run and its problems, as `data/problems.csv` has them.
fn built(name: &str) -> (Run, String) {
    let outputs = tempfile::tempdir().expect("a temporary folder");
    let run = build(&case(name), outputs.path(), &[]);
    let problems = std::fs::read_to_string(outputs.path().join("2025-2026/data/problems.csv"));
    (run, problems.expect("the build has a table of problems"))
}

fn checked(name: &str) -> Run {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_letopis"));
    letopis(command.args(["--lang", "ru", "check"]).arg(case(name)))
}

#[test]
fn signs_that_no_font_has_cost_no_document_and_are_said_with_their_cell() {
    let (run, problems) = built("34-glyphs-in-names-and-topics");
    assert!(run.code == 0 && !run.text.contains("документ не создан"), "{}", run.text);
    for cell in ["pupils.csv,,2,given_name,Нино [U+1F31F]", "lessons.csv,,2,topic,Рассказ «Муму» [U+2705]"]
    {
        assert!(problems.contains(&format!("J701,warning,{cell}")), "{problems}");
    }
    let (run, problems) = built("64-glyphs-in-school-and-staff");
    assert!(run.code == 0 && !run.text.contains("документ не создан"), "{}", run.text);
    assert!(
        problems
            .contains("J701,warning,school.toml,,13,officials.director.name,Кленова Майя Игоревна [U+1F393]"),
        "{problems}"
    );
}

#[test]
fn a_check_says_the_same_signs_as_a_build() {
    for (name, place, code) in [
        ("34-glyphs-in-names-and-topics", "pupils.csv, строка 2, столбец given_name", "U+1F31F"),
        (
            "64-glyphs-in-school-and-staff",
            "school.toml, строка 13, столбец officials.director.name",
            "U+1F393",
        ),
    ] {
        let run = checked(name);
        assert!(run.text.contains(place) && run.text.contains(code), "{}", run.text);
    }
}

#[test]
fn names_in_many_scripts_are_printed_and_letters_are_whole() {
    let journal = journal("34-glyphs-in-names-and-topics");
    let [book, sheet] = jobs(&journal, "5А");
    let text = lines(&book).join("\n");
    for printed in ["გელაშვილი", "محمدов", "Хәйруллин", "Замо\u{301}к", "ёж", "йод", "√2 x² H₂O ∠ABC"]
    {
        assert!(text.contains(printed), "«{printed}» is not printed");
    }
    assert!(!text.contains("и\u{306}") && !text.contains("е\u{308}"), "letters are in parts");
    for job in [book, sheet] {
        assert!(typeset_alone(job).is_ok_and(|pdf| pdf.pages > 0));
    }
}

#[test]
fn signs_that_steer_a_screen_leave_no_trace_on_paper() {
    let journal = journal("35-soft-hyphens-zero-width");
    let [book, sheet] = jobs(&journal, "5А");
    let is_unseen =
        |one: char| "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{2060}\u{fe0f}\u{feff}".contains(one);
    let raw: String = journal.lessons.values().map(|lesson| lesson.topic.as_str()).collect();
    assert!(raw.contains(is_unseen), "the case has no such sign");
    let text = lines(&book).join("\n");
    assert!(!text.contains(is_unseen));
    for lesson in journal.lessons.values().filter(|lesson| lesson.topic.contains(is_unseen)) {
        let seen: String = lesson.topic.chars().filter(|one| !is_unseen(*one)).collect();
        assert!(text.contains(&seen), "«{seen}» is not printed whole: {text}");
    }
    for job in [book, sheet] {
        assert!(typeset_alone(job).is_ok());
    }
}
