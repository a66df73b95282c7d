//! Reports on control works, the programme, movement, teachers, subjects and topics: their rows are those of the tables of the
//! analytics, lists are as long as their numbers, and the pages and the workbook say the same.

use letopis::render::pdf::page_texts;
use letopis::render::workbook::{Cell, Sheet};
use letopis::reports::common::listing::{Line, Listing, Value};
use letopis::reports::common::two_forms::TwoForms;
use letopis::reports::{ReportContext, control_works, movement, programme, teaching, topics};
use letopis::stats::analytics::{
    ABSENCE_DAYS, CONTROL_WORKS, MISSED, MOVEMENT, PROGRAMME, Record, STANDINGS, Tables, UNSATISFACTORY,
};
use serde_json::Value as Json;

use crate::quarter::{term, with_example};

const TERMS: [&str; 4] = ["Q1", "Q2", "H1", "Y"];

fn listing<'r>(report: &'r TwoForms, tab: &str) -> &'r Listing {
    let mut all = report.listings.iter().chain(&report.of_parts);
    all.find(|listing| listing.tab == tab).unwrap_or_else(|| panic!("there is no table {tab}"))
}

/// Returns the values of a column, by the title the workbook gives it.
fn column<'r>(report: &'r TwoForms, tab: &str, title: &str) -> Vec<&'r Value> {
    let listing = listing(report, tab);
    let sheet = listing.sheet(&[]);
    let at = sheet.columns.iter().position(|column| column.title == title);
    let at = at.unwrap_or_else(|| panic!("there is no column {title}"));
    listing.lines.iter().map(|line| &line.values[at]).collect()
}

fn count(value: &Value) -> usize {
    match value {
        Value::Count(count) | Value::Some(count) => *count,
        _ => 0,
    }
}

fn sum(values: &[&Value]) -> usize {
    values.iter().map(|value| count(value)).sum()
}

fn rows<'a>(
    context: &'a ReportContext<'_>,
    key: &'a str,
    table: &letopis::stats::analytics::AnalyticsTable,
) -> Vec<Record<'a>> {
    Tables(context.analytics).of_term(table, key).collect()
}

fn all_reports(context: &ReportContext<'_>, key: &str) -> Vec<TwoForms> {
    let term = term(context, key);
    let class = context.journal.classes.ids().next().expect("there is a class");
    vec![
        control_works::report(context, term),
        programme::report(context, term),
        movement::report(context, term),
        teaching::teachers(context, term),
        teaching::subjects(context, term),
        topics::report(context, class, term),
    ]
}

#[test]
fn every_control_work_is_listed_and_named_are_those_who_did_not_write_or_failed() {
    with_example("year", |context| {
        for key in ["Q1", "Q2", "Q3", "Q4"] {
            let report = control_works::report(context, term(context, key));
            let works = rows(context, key, &CONTROL_WORKS);
            assert!(!works.is_empty(), "{key}: the sample has control works");
            assert_eq!(listing(&report, "Работы").lines.len(), works.len(), "{key}");
            let held = works.iter().filter(|row| row.date("held_date").is_some());
            let named: usize = held
                .map(|row| row.count("listed") - row.count("wrote") + row.count("n2") + row.count("n1"))
                .sum();
            assert_eq!(listing(&report, "Поимённо").lines.len(), named, "{key}");
            let wrote: usize = works.iter().map(|row| row.count("wrote")).sum();
            let by_subject = column(&report, "По предметам", "Писали");
            let (school, subjects) = by_subject.split_last().expect("the school is last");
            assert_eq!((count(school), sum(subjects)), (wrote, wrote), "{key}");
            assert_eq!(sum(&column(&report, "Работы", "Писали")), wrote, "{key}");
        }
    });
}

#[test]
fn the_programme_lists_every_course_with_laggards_first_and_marked() {
    with_example("year", |context| {
        for key in TERMS {
            let report = programme::report(context, term(context, key));
            let listing = listing(&report, "Программа");
            let courses = rows(context, key, &PROGRAMME);
            assert_eq!(listing.lines.len(), courses.len(), "{key}");
            let behind = courses.iter().filter(|row| row.number("lag").is_some_and(|lag| lag > 0.0)).count();
            let is_marked: Vec<bool> = listing.lines.iter().map(|line| line.is_strong).collect();
            assert_eq!(is_marked.iter().filter(|is| **is).count(), behind, "{key}");
            assert!(is_marked.is_sorted_by(|a, b| a >= b), "{key}: laggards stand first");
            let not_given = sum(&column(&report, "Программа", "Темы не пройдены"));
            let corrected = &self::listing(&report, "Лист корректировки").lines;
            let is_not_given = |line: &&Line| line.is_strong && line.is_booked();
            assert_eq!(corrected.iter().filter(is_not_given).count(), not_given, "{key}");
        }
    });
}

#[test]
fn movement_names_everyone_who_is_counted() {
    with_example("year", |context| {
        for key in TERMS {
            let report = movement::report(context, term(context, key));
            let balance = rows(context, key, &MOVEMENT);
            let school =
                balance.iter().find(|row| row.text("scope") == "school").expect("the school has a row");
            let moved = ["arrived", "transferred_in", "other_in", "left", "transferred_out", "other_out"];
            let moved: usize = moved.iter().map(|column| school.count(column)).sum();
            assert_eq!(listing(&report, "Поимённо").lines.len(), moved, "{key}");
            let ends = column(&report, "Движение", "На конец");
            assert_eq!(ends.last().map(|end| count(end)), Some(school.count("end")), "{key}");
        }
    });
}

#[test]
fn teachers_and_subjects_name_every_failing_mark_and_count_the_same_marks() {
    with_example("year", |context| {
        for key in ["Q1", "Q2", "H1"] {
            let standings = rows(context, key, &STANDINGS);
            let failing: usize = standings
                .iter()
                .map(|row| ["n2", "n1", "na"].iter().map(|column| row.count(column)).sum::<usize>())
                .sum();
            let term = term(context, key);
            let subjects = teaching::subjects(context, term);
            assert_eq!(listing(&subjects, "Неуспевающие").lines.len(), failing, "{key}");
            let assessed: usize = standings.iter().map(|row| row.count("assessed")).sum();
            assert_eq!(sum(&column(&subjects, "Сводка", "Аттестовано")), assessed, "{key}");
            let teachers = teaching::teachers(context, term);
            let plain = |line: &&Line| !line.is_strong;
            let of_courses = listing(&teachers, "Отметки").lines.iter().filter(plain);
            let of_courses: usize = of_courses.map(|line| count(&line.values[4])).sum();
            assert_eq!(of_courses, sum(&column(&teachers, "Сводка", "Аттестовано")), "{key}");
        }
    });
}

#[test]
fn topics_have_every_missed_lesson_and_every_bad_mark_of_the_class() {
    with_example("year", |context| {
        for (class, record) in context.journal.classes.iter() {
            let report = topics::report(context, class, term(context, "Q2"));
            let own = |table| {
                let of_class =
                    rows(context, "Q2", table).into_iter().filter(|row| row.text("class_id") == record.key);
                of_class.count()
            };
            assert_eq!(listing(&report, "Пропущенные темы").lines.len(), own(&MISSED), "{}", record.key);
            assert_eq!(
                listing(&report, "Неудовлетворительные").lines.len(),
                own(&UNSATISFACTORY),
                "{}",
                record.key
            );
        }
        assert!(!rows(context, "Q2", &ABSENCE_DAYS).is_empty(), "the sample has absences");
    });
}

/// Returns the tables on the pages of a report, as printed.
fn printed(blocks: &[Json]) -> Vec<Vec<Vec<String>>> {
    let text = |cell: &Json| cell.as_str().unwrap_or("").replace('\u{200b}', "");
    let row = |row: &Json| row["cells"].as_array().expect("a row has cells").iter().map(text).collect();
    let kind = |at: usize| blocks.get(at).and_then(|block| block["kind"].as_str());
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| kind(*at) == Some("table")) {
        let mut rows: Vec<Vec<String>> =
            block["rows"].as_array().expect("a table has rows").iter().map(row).collect();
        // A long table is one for each page, with nothing between them; a heading in it stands again on the next page.
        let goes_on = at > 1 && kind(at - 1) == Some("turn") && kind(at - 2) == Some("table");
        match tables.last_mut().filter(|_| goes_on) {
            Some(last) => {
                let heading = last.iter().rfind(|row| row.len() == 1);
                if heading.is_some() && heading == rows.first() {
                    rows.remove(0);
                }
                last.append(&mut rows);
            }
            None => tables.push(rows),
        }
    }
    tables
}

/// Returns what a page prints for a cell of a workbook, with the precision of the page.
fn is_same(cell: &Cell, printed: &str) -> bool {
    let number =
        || printed.replace('\u{a0}', "").replace('−', "-").replace('+', "").replace(',', ".").parse::<f64>();
    match cell {
        Cell::Empty => printed.is_empty() || printed == "—",
        Cell::Text(text) => text == printed,
        Cell::Count(0.0) => printed.is_empty() || printed == "0",
        Cell::Count(value) | Cell::Hours(value) | Cell::Decimal(value) => {
            number().is_ok_and(|shown| (shown - value).abs() <= 0.051)
        }
        Cell::Date(date) => printed == letopis::render::format::date(*date),
        _ => false,
    }
}

fn sheet_of<'b>(sheets: &'b [Sheet], listing: &Listing) -> &'b Sheet {
    sheets.iter().find(|sheet| sheet.name == listing.tab).expect("every table has a sheet")
}

#[test]
fn pages_and_workbook_say_the_same_row_for_row() {
    with_example("year", |context| {
        for key in TERMS {
            for report in all_reports(context, key) {
                let job = report.job(context, "report.pdf").expect("the view is written");
                let view: Json = serde_json::from_slice(&job.data).expect("the view is JSON");
                let mut tables = printed(view["blocks"].as_array().expect("a paper has blocks")).into_iter();
                let book = report.book(context);
                for listing in
                    report.listings.iter().filter(|one| one.lack.is_none() && !one.lines.is_empty())
                {
                    let page = tables.next().expect("every table with rows is printed");
                    let sheet = sheet_of(&book.sheets, listing);
                    if !listing.lines.iter().all(|line| line.is_printed() && line.is_booked()) {
                        assert_eq!(page.len(), listing.lines.iter().filter(|line| line.is_printed()).count());
                        assert_eq!(
                            sheet.rows.len(),
                            listing.lines.iter().filter(|line| line.is_booked()).count()
                        );
                        continue;
                    }
                    assert_eq!(page.len(), sheet.rows.len(), "{}: {}", report.ident, listing.tab);
                    for (shown, row) in page.iter().zip(&sheet.rows) {
                        assert_eq!(shown.len(), row.cells.len(), "{shown:?}");
                        for (shown, cell) in shown.iter().zip(&row.cells) {
                            assert!(
                                is_same(cell, shown),
                                "{}: {}: «{shown}», {cell:?}",
                                report.ident,
                                listing.tab
                            );
                        }
                    }
                }
                let of_parts: usize =
                    report.of_parts.iter().filter(|one| one.lack.is_none()).map(|one| one.lines.len()).sum();
                // The rest are the parts' tables and, last, the definitions.
                let rest: usize = tables.map(|table| table.len()).sum();
                assert_eq!(rest, of_parts + report.definitions.len(), "{}", report.ident);
            }
        }
    });
}

#[test]
fn every_table_says_whom_it_counts_or_why_it_is_empty_and_every_workbook_can_be_written() {
    with_example("year", |context| {
        for report in all_reports(context, "Q2") {
            for listing in report.listings.iter().chain(&report.of_parts) {
                assert!(listing.whom.starts_with("Учтены: "), "{}: {}", report.ident, listing.tab);
                assert!(!listing.empty.is_empty(), "{}: {}", report.ident, listing.tab);
            }
            let book = report.book(context);
            assert_eq!(book.sheets.first().map(|sheet| sheet.name), Some("Главное"));
            assert_eq!(book.sheets.last().map(|sheet| sheet.name), Some("Как считали"));
            letopis::render::workbook::write(&book).expect("names of sheets are allowed ones");
        }
    });
}

/// Returns how many topics a cell of numbers stands for: «7» for one, «7–12» for six.
fn topics_of(cell: &str) -> usize {
    let number = |text: &str| text.parse::<usize>().expect("a topic has a number");
    cell.split_once('–').map_or(1, |(first, last)| number(last) + 1 - number(first))
}

#[test]
fn topics_that_moved_one_after_another_are_one_row_of_the_page_and_none_is_lost() {
    with_example("year", |context| {
        for key in ["Q1", "Q2", "Q3", "Q4"] {
            let report = programme::report(context, term(context, key));
            let lines = &listing(&report, "Лист корректировки").lines;
            let is_row = |line: &&Line| line.is_printed() && line.values.len() > 1;
            let shown: Vec<String> =
                lines.iter().filter(is_row).map(|line| line.values[3].printed()).collect();
            let booked = lines.iter().filter(|line| line.is_booked()).count();
            assert_eq!(shown.iter().map(|cell| topics_of(cell)).sum::<usize>(), booked, "{key}");
        }
    });
}

#[test]
fn a_long_table_begins_under_the_title_and_every_page_of_it_is_full() {
    with_example("year", |context| {
        let mut report = programme::report(context, term(context, "Y"));
        // As many courses as a town school has.
        let lines = &mut report.listings[0].lines;
        *lines = std::iter::repeat_n(lines.clone(), 3).flatten().collect();
        let pages =
            page_texts(report.job(context, "report.pdf").expect("the view is written")).expect("it is set");
        let is_row = |line: &&String| {
            ["отстаёт", "опережает", "по плану", "плана нет"].iter().any(|state| line.contains(state))
        };
        let shown: Vec<usize> = pages.iter().map(|page| page.iter().filter(is_row).count()).collect();
        assert!(shown[0] >= 10, "rows under the title: {shown:?}");
        let pages = shown.iter().position(|count| *count == 0).expect("other tables follow");
        assert!(pages > 5 && shown[1..pages - 1].iter().all(|count| *count >= 15), "{shown:?}");
    });
}
