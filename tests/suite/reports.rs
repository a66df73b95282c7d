//! The list of reports: what a report says of itself is all that its file names, its place, the index page and its package need.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;

use jiff::civil::date;
use letopis::base::series::Series;
use letopis::model::*;
use letopis::pipeline::{self, Built};
use letopis::render::paper::{Frame, Look, Paper};
use letopis::render::pdf::Template;
use letopis::render::workbook::{Book, Cell, Column, Row, Sheet};
use letopis::reports::{
    About, Each, Form, Keeping, Made, REPORTS, Reader, Report, ReportContext, Terms, class_journal, jobs,
    summary_sheet, timeliness,
};
use letopis::stats::compute;

use crate::bundle::TinyBundle;
use crate::reading::example;

const PASSPORT_TEMPLATE: Template = Template {
    name: "passport.typ",
    source: "#import \"blocks.typ\": flow, paper\n#let data = json(\"/data.json\")\n#show: paper.with(data)\n#flow(data.blocks)\n",
};

/// A third report for every class, as the next person would write it.
static PASSPORT: Report = Report {
    kind: "passport",
    title: "Паспорт класса",
    readers: &[Reader::ClassTeacher],
    keeping: Keeping::Packed(Series::SummarySheets),
    each: Each::Class,
    forms: &[Form::Pages {
        template: PASSPORT_TEMPLATE,
        make: |context, about, path| {
            let mut paper = Paper::default();
            paper.heading(1, "Паспорт класса");
            paper.paragraph(Look::Text, &context.journal.classes[about.class()?].key);
            let frame =
                Frame {
                    title: "Паспорт класса", head: "", foot: "", date: context.as_of, ident: "passport"
                };
            Ok(paper.into_job(PASSPORT_TEMPLATE, frame, path)?)
        },
    }],
    missing: "не создан",
};

/// A report of teachers in two forms.
static OF_TEACHERS: Report = Report {
    kind: "teacher",
    title: "Отчёт учителя",
    readers: &[Reader::Teacher, Reader::Deputy],
    keeping: Keeping::Report,
    each: Each::TeacherIn(Terms::Year),
    forms: &[
        Form::Workbook(|context, about| Ok(book(context, &context.journal.staff[about.teacher()?].name))),
        Form::Screen(|_, about| Ok(format!("<p>{:?}</p>", about.term()?))),
    ],
    missing: "не создан",
};

/// A report whose documents cannot be made.
static BROKEN: Report = Report {
    kind: "broken",
    title: "Сломанный отчёт",
    readers: &[Reader::Director],
    keeping: Keeping::Report,
    each: Each::Class,
    forms: &[Form::Workbook(|context, about| Ok(book(context, &format!("{:?}", about.subject()?))))],
    missing: "не создан вовсе",
};

static LIST: &[&Report] = &[&class_journal::REPORT, &summary_sheet::REPORT, &PASSPORT, &OF_TEACHERS, &BROKEN];

fn book(context: &ReportContext<'_>, text: &str) -> Book {
    let sheet = Sheet {
        name: "Лист",
        title: text.to_owned(),
        notes: Vec::new(),
        columns: vec![Column::new("Текст", 10.0)],
        frozen_columns: 0,
        printed_columns: None,
        rows: vec![Row { cells: vec![Cell::text(text)], is_total: false }],
        chart: None,
    };
    Book { title: "Отчёт".to_owned(), created_on: context.as_of, sheets: vec![sheet] }
}

#[test]
fn a_further_report_stands_on_the_index_and_in_its_bag_without_another_edit() {
    let bundle = TinyBundle::new();
    let request = pipeline::Request {
        bundle: bundle.root(),
        outputs: bundle.outputs(),
        as_of: None,
        is_strict: true,
        threads: 2,
        is_forced: false,
        reports: LIST,
        templates: std::sync::Arc::default(),
        keeps_views: false,
        choice: letopis::reports::Choice::default(),
    };
    let Built::Done(outcome) = pipeline::build(&request).expect("the build works") else { panic!("refused") };
    let index = std::fs::read_to_string(bundle.output("index.html")).expect("there is an index");
    let index = index.replace("&#x2f;", "/");
    for words in [
        "Классный журнал, хранится 5 лет",
        "Паспорт класса, хранится 25 лет",
        "классному руководителю",
        "href=\"journals/journal-5A.pdf\"",
        "href=\"summary-sheets/summary-5A.pdf\"",
        "href=\"summary-sheets/passport-5A.pdf\"",
        "href=\"workbooks/teacher-S1-Y.xlsx\"",
        "href=\"teacher-S1-Y.html\"",
        "Берёзкин Т. Т.",
        "не создан вовсе",
    ] {
        assert!(index.contains(words), "{words} in {index}");
    }
    let bag = bundle.output("archive/summary-sheets-2024-2025/data/summary-sheets/passport-5A.pdf");
    assert!(bag.is_file());
    assert!(!bundle.output("archive/journals-2024-2025/data/workbooks").exists());
    let left_out = &outcome.record.left_out;
    assert!(left_out.ru.iter().any(|line| line.contains("Сломанный отчёт, 5А класс")), "{left_out:?}");
    let titles: Vec<&str> = outcome.record.documents.iter().map(|one| one.title.as_str()).collect();
    assert!(titles.contains(&"Отчёт учителя, учитель S1: Год"), "no person is named: {titles:?}");
}

#[test]
fn every_report_says_what_it_is() {
    let mut kinds = BTreeSet::new();
    for report in REPORTS {
        assert!(report.kind.bytes().all(|one| one.is_ascii_lowercase() || one == b'-'), "{report:?}");
        assert!(kinds.insert(report.kind), "{report:?} is listed twice");
        assert!(!report.readers.is_empty() && !report.forms.is_empty(), "{report:?}");
        assert!(!report.for_whom().is_empty() && !report.missing.is_empty(), "{report:?}");
    }
}

/// Hands over what the documents of the example year are made from.
fn with_example<T>(as_of: Option<jiff::civil::Date>, look: impl FnOnce(&ReportContext<'_>) -> T) -> T {
    let reading = example("year");
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = as_of.or(reading.as_of).expect("the example says its date");
    let roster = Roster::new(&journal);
    let figures = compute(&journal, &roster, as_of).expect("figures are formed");
    look(&ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &figures,
        analytics: &[],
        outlook: &letopis::stats::analytics::forecast::Outlook::default(),
        checked: &letopis::rules::Checked::default(),
        problems: &[],
        selection: &letopis::ingest::Selection::default(),
        policy: &letopis::policy::Policy::default(),
        as_of,
        styles: letopis::render::pdf::Styles::default(),
        sources: Vec::new(),
    })
}

#[test]
fn the_template_that_a_report_names_is_the_one_it_is_set_by_and_no_two_documents_share_a_file() {
    with_example(None, |context| {
        let mut paths = BTreeSet::new();
        for job in jobs(REPORTS, context) {
            assert!(paths.insert(job.path.to_lowercase()), "{}", job.path);
            match job.make(context).expect("the document is made") {
                Made::Pages(pages) => {
                    assert_eq!(Some(pages.template), job.template(), "{}", job.path);
                    assert_eq!(pages.path, job.path);
                }
                Made::File(file) => assert_eq!(file.path, job.path),
            }
        }
        for path in [timeliness::PDF, timeliness::WORKBOOK, timeliness::PAGE] {
            assert!(paths.contains(path), "{path} in {paths:?}");
        }
    });
}

/// Returns the file names of a report that is made for these.
fn names(each: Each, context: &ReportContext<'_>) -> Vec<String> {
    let abouts = each.abouts(context);
    let term = |about: &About| about.term.map(|id| context.journal.terms[id].key.to_string());
    let of = |about: &About| match about.of {
        letopis::reports::Of::Class(id) => context.journal.classes[id].key.to_string(),
        letopis::reports::Of::Teacher(id) => context.journal.staff[id].key.to_string(),
        letopis::reports::Of::Subject(id) => context.journal.subjects[id].key.to_string(),
        _ => String::new(),
    };
    abouts.iter().map(|about| format!("{} {}", of(about), term(about).unwrap_or_default())).collect()
}

#[test]
fn each_class_and_teacher_has_the_terms_of_the_own_grades() {
    with_example(Some(date(2025, 1, 20)), |context| {
        let journal = context.journal;
        let grade = |key: &str| journal.classes.values().find(|class| class.key == key).map(|one| one.grade);
        let kind = |key: &str| journal.terms.values().find(|term| term.key == key).map(|one| one.kind);
        let last = names(Each::ClassIn(Terms::Last), context);
        assert!(!last.is_empty());
        for line in &last {
            let (class, term) = line.split_once(' ').expect("a class and its term");
            let is_senior = grade(class).is_some_and(|grade| grade >= 10);
            let wanted = if is_senior { TermKind::HalfYear } else { TermKind::Quarter };
            assert_eq!(kind(term), Some(wanted), "{line}");
        }
        let school = names(Each::SchoolIn(Terms::Ended), context);
        assert!(
            school.iter().any(|line| line == " Q2") && !school.iter().any(|line| line == " Q3"),
            "{school:?}"
        );
        assert!(!school.iter().any(|line| line.ends_with(" Y")), "the year has not ended: {school:?}");
        assert_eq!(
            names(Each::TeacherIn(Terms::Year), context),
            Vec::<String>::new(),
            "the year has no figures yet"
        );
    });
    with_example(None, |context| {
        let teachers = names(Each::TeacherIn(Terms::Year), context);
        assert!(teachers.len() > 5 && teachers.iter().all(|line| line.ends_with(" Y")), "{teachers:?}");
        let subjects = names(Each::SubjectIn(Terms::LastAndYear), context);
        assert!(
            subjects.iter().any(|line| line.ends_with(" Q4"))
                && subjects.iter().any(|line| line.contains('Y'))
        );
    });
}
