//! What is chosen is made: kinds, terms, classes; packages stay whole; one report alone, without a build.

use std::path::Path;

use crate::bundle::{TinyBundle, letopis, program};

/// Returns the names of a folder's files, by name; hidden ones left out.
fn files(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// The tiny year with a second quarter that was not exported, and marks of the year.
fn year() -> TinyBundle {
    let bundle = TinyBundle::new();
    bundle.change("terms.csv", "Y,year", "Q2,quarter,2 четверть,2024-11-05,2024-12-27,1-9\nY,year");
    bundle.change("term_marks.csv", "P2,math,Q1,term,4\n", "P2,math,Q1,term,4\nP1,math,Y,year,5\n");
    bundle
}

#[test]
fn a_term_of_which_nothing_was_exported_has_no_document_and_the_build_says_so() {
    let bundle = year();
    let run = bundle.build(&[]);
    assert_eq!(run.code, 0, "{}", run.text);
    let made = files(&bundle.output("reports"));
    assert!(
        made.contains(&"analytics-Q1.pdf".to_owned()) && made.contains(&"analytics-Y.pdf".to_owned()),
        "{made:?}"
    );
    assert!(!made.iter().any(|name| name.contains("Q2")), "{made:?}");
    let record = std::fs::read_to_string(bundle.output("build.json")).expect("the record is there");
    assert!(record.contains("«2 четверть»: в исходных данных нет ни уроков"), "{record}");
}

#[test]
fn kinds_and_terms_are_chosen_and_packages_stay_whole() {
    let bundle = year();
    assert_eq!(bundle.build(&[]).code, 0);
    let (journals, sheets) = (files(&bundle.output("journals")), files(&bundle.output("summary-sheets")));
    let run = bundle.build(&["--only", "analytics", "--terms", "Q1", "--class", "5 а"]);
    assert_eq!(run.code, 0, "{}", run.text);
    assert_eq!(files(&bundle.output("reports")), ["analytics-Q1.pdf"]);
    assert_eq!(files(&bundle.output("journals")), journals, "a package is made whatever is chosen");
    assert_eq!(files(&bundle.output("summary-sheets")), sheets);
    assert!(
        run.text.contains("сделано по выбору (отчёты: analytics; периоды: Q1; классы: 5 а)"),
        "{}",
        run.text
    );
    // The same choice again changes nothing; another one does.
    assert!(
        bundle
            .build(&["--only", "analytics", "--terms", "Q1", "--class", "5 а"])
            .text
            .contains("без изменений")
    );
    assert_eq!(bundle.build(&["--terms", "1 четверть"]).code, 0);
    let made = files(&bundle.output("reports"));
    assert!(
        made.contains(&"timeliness.pdf".to_owned()) && !made.contains(&"analytics-Y.pdf".to_owned()),
        "{made:?}"
    );
}

#[test]
fn what_is_not_there_is_refused_before_anything_is_written() {
    let bundle = year();
    for (args, said) in [
        (["--only", "analitycs"], "отчёта «analitycs» нет; есть: "),
        (["--terms", "Q7"], "периода «Q7» в этом году нет; есть: Q1, Q2, Y"),
        (["--class", "9Я"], "класса «9Я» в этом году нет; есть: 5А"),
    ] {
        let run = bundle.build(&args);
        assert!(run.code > 1 && run.text.contains(said), "{args:?}: {} {}", run.code, run.text);
        assert!(!bundle.outputs().exists() || files(&bundle.outputs()).is_empty(), "nothing is written");
    }
}

#[test]
fn one_report_is_made_alone_as_a_build_makes_it() {
    let bundle = year();
    assert_eq!(bundle.build(&[]).code, 0);
    let folder = bundle.outputs().join("alone");
    let (root, to) = (bundle.root(), folder.to_string_lossy().into_owned());
    let words =
        ["report", "analytics", &root.to_string_lossy(), "--terms", "Q1", "-o", &to].map(str::to_owned);
    let run = letopis(&mut program(&words.each_ref().map(String::as_str)));
    assert_eq!(run.code, 0, "{}", run.text);
    assert_eq!(files(&folder), ["analytics-Q1.pdf"]);
    let read = |path: &Path| std::fs::read(path).expect("the report is there");
    assert_eq!(
        read(&folder.join("analytics-Q1.pdf")),
        read(&bundle.output("reports/analytics-Q1.pdf")),
        "the same bytes"
    );
    let run = letopis(&mut program(&["report", "quarterly", &root.to_string_lossy()]));
    assert!(run.code > 1 && run.text.contains("отчёта «quarterly» нет"), "{}", run.text);
}
