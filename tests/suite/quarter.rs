//! The quarterly analytics of the school: groups add up, lists are as long as their numbers, every table says whom it counts, no
//! conclusion without a number or about fewer than ten, what is partial never looks whole.

use jiff::civil::Date;
use letopis::ingest::Selection;
use letopis::model::{Id, Roster, Term};
use letopis::policy::Policy;
use letopis::render::pdf::page_texts;
use letopis::reports::{ReportContext, quarter};
use letopis::rules::{RuleContext, check};
use letopis::stats::analytics::{Earlier, analyse};
use letopis::stats::compute;
use serde_json::Value;

use crate::reading::example;
use crate::small_year::{SmallYear, small_year};

/// Hands the context of an example year over, with figures and tables.
pub(crate) fn with_example(name: &str, look: impl FnOnce(&ReportContext<'_>)) {
    with_example_on(name, None, look);
}

/// The same as it was on a day; without one, on the example's own.
pub(crate) fn with_example_on(name: &str, day: Option<Date>, look: impl FnOnce(&ReportContext<'_>)) {
    let reading = example(name);
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = day.or(reading.as_of).expect("the example says its date");
    let (roster, policy, selection) = (Roster::new(&journal), Policy::default(), Selection::default());
    let checked = check(&RuleContext::new(&journal, &roster, &policy, as_of));
    let figures = compute(&journal, &roster, as_of).expect("the figures are formed");
    let (analytics, outlook) = analyse((&journal, &roster), &figures, as_of, &Earlier::default());
    look(&ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &figures,
        analytics: &analytics,
        outlook: &outlook,
        checked: &checked,
        problems: &[],
        selection: &selection,
        policy: &policy,
        as_of,
        styles: letopis::render::pdf::Styles::default(),
        sources: Vec::new(),
    });
}

/// Finds a term by its id.
pub(crate) fn term(context: &ReportContext<'_>, key: &str) -> Id<Term> {
    context.journal.terms.iter().find(|(_, term)| term.key == key).expect("the term is there").0
}

/// Returns the blocks of a term's paper.
fn blocks(context: &ReportContext<'_>, key: &str) -> Vec<Value> {
    let job = quarter::job(context, term(context, key), "analytics.pdf").expect("the view is written");
    let view: Value = serde_json::from_slice(&job.data).expect("the view is JSON");
    flat(view["blocks"].as_array().expect("a paper has blocks"))
}

fn flat(blocks: &[Value]) -> Vec<Value> {
    let inner = |block: &Value| match block["blocks"].as_array() {
        Some(inner) => flat(inner),
        None => vec![block.clone()],
    };
    blocks.iter().flat_map(inner).collect()
}

fn text(block: &Value) -> &str {
    block["text"].as_str().unwrap_or("")
}

/// Returns the blocks of a section, by the end of its title.
fn section<'a>(blocks: &'a [Value], title: &str) -> &'a [Value] {
    let is_section = |block: &Value| block["kind"] == "heading" && block["level"] == 1;
    let from = blocks.iter().position(|block| is_section(block) && text(block).ends_with(title));
    let from = from.unwrap_or_else(|| panic!("there is no section {title}")) + 1;
    let to = blocks[from..].iter().position(is_section).map_or(blocks.len(), |at| from + at);
    &blocks[from..to]
}

/// Returns the texts under a heading inside a section.
fn under<'a>(section: &'a [Value], title: &str) -> &'a [Value] {
    let is_heading = |block: &Value| block["kind"] == "heading";
    let from = section.iter().position(|block| is_heading(block) && text(block) == title);
    let from = from.unwrap_or_else(|| panic!("there is no heading {title}")) + 1;
    let to = section[from..].iter().position(is_heading).map_or(section.len(), |at| from + at);
    &section[from..to]
}

fn rows(table: &Value) -> Vec<Vec<String>> {
    let cell = |cell: &Value| cell.as_str().unwrap_or("").replace('\u{200b}', "");
    let row = |row: &Value| row["cells"].as_array().expect("a row has cells").iter().map(cell).collect();
    table["rows"].as_array().expect("a table has rows").iter().map(row).collect()
}

fn first_table(blocks: &[Value]) -> Option<&Value> {
    blocks.iter().find(|block| block["kind"] == "table")
}

fn number(cell: &str) -> usize {
    cell.replace('\u{a0}', "").parse().unwrap_or(0)
}

const MARKED_TERMS: [&str; 7] = ["Q1", "Q2", "Q3", "Q4", "H1", "H2", "Y"];

#[test]
fn groups_of_pupils_add_up_in_every_class_level_and_the_school() {
    with_example("year", |context| {
        for key in MARKED_TERMS {
            let blocks = blocks(context, key);
            let results = section(&blocks, "Успеваемость и качество знаний по классам");
            let rows = rows(first_table(results).expect("there are results"));
            let mut classes = [0; 9];
            for row in &rows {
                let counts: Vec<usize> = row[1..10].iter().map(|cell| number(cell)).collect();
                let [listed, five, four, one_4, three, one_3, two, na, ill] = counts[..] else {
                    panic!("nine counts")
                };
                assert_eq!(listed, five + four + three + two + na, "{key}: {row:?}");
                assert!(
                    one_4 <= four && one_3 <= three && ill <= na,
                    "a part is more than its whole: {row:?}"
                );
                if row[0].starts_with(|one: char| one.is_ascii_digit()) {
                    classes.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
                }
            }
            let school: Vec<usize> =
                rows.last().expect("the school")[1..10].iter().map(|cell| number(cell)).collect();
            assert_eq!(classes.to_vec(), school, "{key}: classes and school");
        }
    });
}

#[test]
fn lists_by_name_are_as_long_as_their_numbers() {
    with_example("year", |context| {
        for key in MARKED_TERMS {
            let blocks = blocks(context, key);
            let results = section(&blocks, "Успеваемость и качество знаний по классам");
            let school = rows(first_table(results).expect("there are results")).pop().expect("the school");
            let named = section(&blocks, "резерв поимённо");
            for (title, column) in [
                ("Неуспевающие", 7),
                ("Неаттестованные", 8),
                ("Резерв: с одной «4»", 4),
                ("Резерв: с одной «3»", 6),
            ] {
                let listed = first_table(under(named, title)).map(rows).unwrap_or_default();
                let pupils: std::collections::BTreeSet<(&str, &str)> =
                    listed.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
                assert_eq!(pupils.len(), number(&school[column]), "{key}: {title}");
                assert!(
                    listed.iter().all(|row| !row[3].is_empty() && row[4].contains('.')),
                    "subject, teacher: {listed:?}"
                );
            }
        }
    });
}

#[test]
fn every_table_of_figures_is_followed_by_whom_it_counts() {
    with_example("year", |context| {
        let blocks = blocks(context, "Q2");
        let mut counted = [0, 0];
        for (at, block) in blocks.iter().enumerate() {
            let said = text(block);
            if !said.starts_with("Учтены: ") {
                continue;
            }
            assert!(
                ["table", "paragraph"].contains(&blocks[at - 1]["kind"].as_str().unwrap_or("")),
                "{said}"
            );
            counted[0] += usize::from(said.starts_with("Учтены: 2–9 классы."));
            counted[1] += usize::from(said.starts_with("Учтены: 1–9 классы."));
        }
        assert_eq!(counted, [11, 5], "tables of marks, tables of attendance, hours, works and movement");
    });
}

#[test]
fn no_conclusion_stands_without_a_number_or_about_fewer_than_ten() {
    with_example("year", |context| {
        for key in MARKED_TERMS {
            let blocks = blocks(context, key);
            let own = section(&blocks, "Выводы и рекомендации");
            for title in ["Выводы", "Рекомендации"] {
                for said in under(own, title).iter().filter(|block| block["indent"] != 0.0).map(text) {
                    let (_, said) = said.split_once(") ").expect("conclusions are numbered");
                    assert!(said.contains(|one: char| one.is_ascii_digit()), "{key}: «{said}»");
                }
            }
            let whole: String = under(own, "Выводы").iter().map(text).collect();
            // Six pupils have marks in the tenth and eleventh grade.
            let is_small = key.starts_with('H');
            assert_eq!(whole.contains("Неуспевающих"), !is_small, "{key}: {whole}");
            assert_eq!(whole.contains("качество знаний"), !is_small, "{key}: {whole}");
        }
    });
}

#[test]
fn classes_of_fewer_than_ten_are_in_no_group() {
    with_example("year", |context| {
        let blocks = blocks(context, "Q2");
        let groups =
            rows(first_table(section(&blocks, "Классы по четырём группам")).expect("there are groups"));
        let of = |row: &Vec<String>| number(&row[1]);
        assert_eq!(groups.iter().map(of).collect::<Vec<_>>(), [0, 1, 0, 0, 4]);
        assert!(groups[4][2].contains("2А: 1\u{a0}из\u{a0}5"), "counts stand first: {groups:?}");
    });
}

#[test]
fn the_paper_is_typeset_with_its_charts_and_can_be_searched() {
    with_example("year", |context| {
        let job = quarter::job(context, term(context, "Q2"), "analytics.pdf").expect("the view is written");
        let pages: Vec<String> =
            page_texts(job).expect("the paper is typeset").iter().map(|texts| texts.join(" ")).collect();
        for said in ["Главное", "2–9 классы", "Из чего составлена справка"]
        {
            assert!(pages[0].contains(said), "the first page says {said}: {}", pages[0]);
        }
        assert!(!pages[0].contains("Контингент"), "«Главное» has a page of its own");
        let all = pages.join("\n");
        for said in [
            "Как ученики закончили период",
            "Качество знаний по периодам",
            "Качество по предметам и параллелям",
        ] {
            assert!(all.contains(said), "the chart {said} is there");
        }
    });
}

/// Returns the whole text of a term's paper.
fn said(year: &SmallYear, key: &str) -> String {
    year.analysed(|context| {
        let blocks = blocks(context, key);
        assert!(!serde_json::to_string(&blocks).expect("JSON").contains("NaN"));
        let cells = |block: &Value| match block["kind"].as_str() {
            Some("table") => rows(block).concat().join(" | "),
            _ => text(block).to_owned(),
        };
        blocks.iter().map(cells).collect::<Vec<_>>().join("\n")
    })
}

const TWO_QUARTERS: &str = "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
    Q2,quarter,2 четверть,2024-11-05,2024-12-27,1-9\nY,year,Год,2024-09-02,2024-12-28,1-11";
const MARKS_OF_Q1: &str = "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\nP2,math,Q1,term,4";

#[test]
fn a_term_without_term_marks_has_no_figures_of_marks_but_their_reason() {
    let said = said(&small_year().on(2024, 11, 1), "Q1");
    assert!(said.contains("Не сформировано: нет отметок за периоды."), "{said}");
    assert!(!said.contains("Успеваемость 0"), "{said}");
}

#[test]
fn a_year_of_which_a_term_is_missing_has_no_figure_of_the_year() {
    let year = small_year()
        .table("terms", TWO_QUARTERS)
        .table("term_marks", MARKS_OF_Q1)
        .table("attendance", "lesson_id,pupil_id,reason\nL1,P1,н")
        .on(2025, 1, 20);
    let first = said(&year, "Q1");
    assert!(
        first.contains("1 четверть: уроки, пропуски, отметки за период; 2 четверть: данных нет"),
        "{first}"
    );
    assert!(first.contains("Пропущено уроков"), "{first}");
    let whole = said(&year, "Y");
    assert!(whole.contains("отметки за год: нет"), "{whole}");
    assert!(
        whole.contains("Не сформировано: отметок за период «2024–2025 учебный год» в исходных данных нет."),
        "{whole}"
    );
    assert!(whole.contains("Не сформировано: в исходных данных нет уроков: 2 четверть."), "{whole}");
    assert!(!whole.contains("Пропущено уроков"), "a year of one quarter has no absences: {whole}");
    let second = said(&year, "Q2");
    assert!(second.contains("в исходных данных нет уроков: 2 четверть"), "{second}");
}

#[test]
fn a_class_of_one_a_subject_without_marks_and_no_works_make_a_paper() {
    let year = small_year()
        .table("pupils", "pupil_id,surname,given_name\nP1,Заречный,Лев")
        .table("enrolment", "pupil_id,class_id,from,to\nP1,5А,2024-09-01,")
        .table(
            "subjects",
            "subject_id,title,grading\nmath,Математика,five\ntalk,Беседы,none\nrus,Русский,five",
        )
        .rows("courses", "C2,talk,5А,,T1,1,lesson\nC3,rus,5А,,T1,1,lesson")
        .table("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,2")
        .table("attendance", "lesson_id,pupil_id,reason\nL1,P1,б")
        .on(2024, 11, 1);
    let said = said(&year, "Q1");
    assert!(said.contains("0\u{a0}из\u{a0}1 (0,0\u{a0}%)"), "counts stand first: {said}");
    assert!(said.contains("Не сформировано: нет видов работ."), "{said}");
    assert!(said.contains("Неуспевающих 1"), "the first page counts: {said}");
    assert!(!said.contains("Учителям-предметникам"), "nothing is concluded about one pupil: {said}");
    assert!(!said.contains("Беседы | 1"), "a subject without marks has no figures: {said}");
}
