//! What letopis makes of a class small enough to be read through, as texts that a bookkeeper can approve.
//!
//! `tests/journals/small-class/README.md` tells how they are read and how a change is accepted.

mod bag;
mod book;
mod build;
pub(crate) mod grid;
mod page;

use letopis::data::class_rows;
use letopis::ingest::Selection;
use letopis::model::Roster;
use letopis::policy::Policy;
use letopis::render::pdf::page_texts;
use letopis::reports::{ReportContext, source_line};
use letopis::rules::{RuleContext, check};
use letopis::stats::analytics::forecast::Outlook;
use letopis::stats::{analytics, compute};

use crate::accept::assert_files;
use crate::made;
use crate::reading::example;
use build::masked;

const SCHOOL: &str = "small-class";
const EXPECTED: &str = "tests/journals/small-class/expected";

/// Hands over what the documents of the small class are made from.
pub(crate) fn with_small_class<T>(look: impl FnOnce(&ReportContext<'_>) -> T) -> T {
    let reading = example(SCHOOL);
    assert_eq!(reading.problems, [], "the small class is without mistakes");
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the school says its date");
    let (roster, policy) = (Roster::new(&journal), Policy::default());
    let checked = check(&RuleContext::new(&journal, &roster, &policy, as_of));
    let figures = compute(&journal, &roster, as_of).expect("figures are formed");
    let rows = class_rows(&journal, &roster);
    look(&ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &figures,
        analytics: &analytics::fill(&journal, &roster, &figures, as_of),
        outlook: &Outlook::default(),
        checked: &checked,
        problems: &[],
        selection: &Selection::default(),
        policy: &policy,
        as_of,
        styles: letopis::render::pdf::Styles::default(),
        sources: rows.iter().map(|class| source_line(class.rows, &class.sha256)).collect(),
    })
}

/// Returns the pages of the document at a path, each as its lines.
pub(crate) fn document_pages(context: &ReportContext<'_>, path: &str) -> Vec<Vec<String>> {
    page_texts(made::pages(context, path)).expect("the document is set")
}

/// Writes pages one below the other, each under its number.
fn with_numbers(pages: &[Vec<String>]) -> String {
    let page = |(number, lines): (usize, &Vec<String>)| {
        let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
        format!("──── страница {number} ────\n\n{body}")
    };
    (1..).zip(pages).map(page).collect::<Vec<_>>().join("\n")
}

/// Puts a sign in the place of sizes: they change with every letter.
fn sizeless(text: &str) -> String {
    let cell = |cell: &str| match cell.split_once(' ') {
        Some((size, unit @ ("КБ" | "МБ"))) if size.parse::<u32>().is_ok() => format!("… {unit}"),
        _ => cell.to_owned(),
    };
    let line = |line: &str| line.split(" | ").map(cell).collect::<Vec<_>>().join(" | ") + "\n";
    text.lines().map(line).collect()
}

#[test]
fn documents_of_the_small_class_read_as_approved() {
    let text = |path| with_small_class(|context| with_numbers(&document_pages(context, path)));
    assert_files(&[
        (format!("{EXPECTED}/journal.txt"), text("journals/journal-5A.pdf")),
        (format!("{EXPECTED}/summary-sheet.txt"), text("summary-sheets/summary-5A.pdf")),
        (format!("{EXPECTED}/report.txt"), text("reports/timeliness.pdf")),
    ]);
}

#[test]
fn a_build_of_the_small_class_reads_as_approved() {
    let built = build::Built::new();
    assert_files(&[
        (format!("{EXPECTED}/workbook.txt"), book::text(&built.year().join("workbooks"))),
        (format!("{EXPECTED}/index.txt"), sizeless(&masked(&page::text(&built.read("index.html"))))),
        (format!("{EXPECTED}/bag.txt"), bag::text(&built.year().join("archive"))),
        (format!("{EXPECTED}/terminal.txt"), built.terminal()),
    ]);
}
