//! NetSchool reports: the workbooks of both structures and their HTML twin come out exactly, and damaged copies do no harm.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use letopis::base::problems::ProblemSeverity;
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::{Id, Journal, Pupil, Table, TermKind, TermMarkKind};
use serde_json::Value;

use crate::bundle::build;

const PROGRESS: &str = "Отчет об успеваемости и посещаемости ученика (весь класс).xlsx";
const CARD: &str = "Табель успеваемости учащегося (весь класс).xlsx";
const SCHOOL: &str = "[school]\nname = \"СОШ с. Заречье\"\n\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";

/// The folders of the samples: as the journal prints them, and as they were thought to be.
const SAMPLES: [&str; 2] = ["", "earlier/"];

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/netschool").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(sample(name)).expect("the sample is there")
}

fn expected() -> Value {
    expected_in("")
}

fn expected_in(folder: &str) -> Value {
    serde_json::from_slice(&bytes(&format!("{folder}expected.json"))).expect("the expectation is JSON")
}

/// Reads both workbooks of a folder of samples.
fn read_in(folder: &str) -> Reading {
    let [progress, card] = [PROGRESS, CARD].map(|name| bytes(&format!("{folder}{name}")));
    read(&[(PROGRESS, &progress), (CARD, &card)])
}

/// Reads a bundle of school.toml and some files.
#[allow(clippy::disallowed_methods)]
fn read(files: &[(&str, &[u8])]) -> Reading {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("the folder can be written");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("the folder can be written");
    }
    read_journal(&read_bundle(folder.path()))
}

fn journal(reading: &Reading) -> &Journal {
    reading.journal.as_ref().expect("school.toml is whole")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text stands here")
}

/// Dated signs by pupil, subject and date, sorted: what must come out of the cells.
type Signs = BTreeMap<(String, String, String), Vec<String>>;

fn expected_signs(expected: &Value) -> Signs {
    let mut signs = Signs::new();
    for pupil in list(expected, "report_a") {
        for subject in list(pupil, "subjects") {
            for cell in list(subject, "cells") {
                let key = (text(pupil, "name"), text(subject, "title"), text(cell, "date"));
                let day = signs.entry((key.0.to_owned(), key.1.to_owned(), key.2.to_owned())).or_default();
                let marks = list(cell, "works").iter().flat_map(|work| work.as_array().expect("a work"));
                day.extend(marks.map(Value::to_string));
                let debts = cell["debts"].as_u64().expect("a count");
                day.extend((0..debts).map(|_| ".".to_owned()));
                let reasons = list(cell, "attendance").iter().map(|letter| match letter.as_str() {
                    Some("Н") => "н",
                    Some("У") => "ну",
                    Some("Б") => "б",
                    Some("О") => "оп",
                    other => panic!("an unknown letter {other:?}"),
                });
                day.extend(reasons.map(str::to_owned));
                day.sort();
            }
        }
    }
    signs
}

fn read_signs(journal: &Journal) -> Signs {
    let mut signs = Signs::new();
    let mut put = |pupil: Id<Pupil>, lesson, sign: &str| {
        let lesson = &journal.lessons[lesson];
        let subject = journal.courses[lesson.course].subject;
        let key = (journal.pupils[pupil].full_name(), journal.subjects[subject].title.to_string());
        signs.entry((key.0, key.1, lesson.date.to_string())).or_default().push(sign.to_owned());
    };
    for mark in journal.marks.values() {
        put(mark.pupil, mark.lesson, mark.value.code());
    }
    for absence in journal.absences.values() {
        put(absence.pupil, absence.lesson, absence.reason.code());
    }
    signs.values_mut().for_each(|day| day.sort());
    signs
}

type Marks = BTreeMap<(String, String, String), String>;

fn expected_term_marks(expected: &Value) -> Marks {
    let mut marks = Marks::new();
    for pupil in list(expected, "report_b") {
        for subject in list(pupil, "subjects") {
            let mut put = |what: String, value: &str| {
                let value = if value == "0" { "н/а" } else { value };
                if !value.is_empty() {
                    let key = (text(pupil, "name").to_owned(), text(subject, "title").to_owned(), what);
                    marks.insert(key, value.to_owned());
                }
            };
            for (number, term) in (1..).zip(list(subject, "periods")) {
                put(format!("term {number} четверть"), text(term, "final"));
            }
            for (kind, key) in
                [("year", "year"), ("exam", "exam"), ("state_exam", "state_exam"), ("final", "total")]
            {
                put(format!("{kind} Год"), text(subject, key));
            }
        }
    }
    marks
}

fn read_term_marks(journal: &Journal) -> Marks {
    let mut marks = Marks::new();
    for mark in journal.term_marks.values() {
        let key = (
            journal.pupils[mark.pupil].full_name(),
            journal.subjects[mark.subject].title.to_string(),
            format!("{} {}", mark.kind.code(), journal.terms[mark.term].title),
        );
        let value = mark.value.expect("a result has a value").code().to_owned();
        assert_eq!(marks.insert(key, value), None, "one mark a term");
    }
    marks
}

#[test]
fn both_workbooks_come_out_exactly() {
    for folder in SAMPLES {
        let (expected, reading) = (expected_in(folder), read_in(folder));
        let journal = journal(&reading);
        let names: Vec<&str> = list(&expected, "report_a").iter().map(|pupil| text(pupil, "name")).collect();
        assert_eq!(journal.pupils.values().map(Pupil::full_name).collect::<Vec<_>>(), names);
        assert_eq!(journal.enrolment.len(), names.len());
        assert_eq!(journal.classes.values().map(|class| class.key.as_str()).collect::<Vec<_>>(), ["8А"]);
        assert_eq!(read_signs(journal), expected_signs(&expected));
        assert_eq!(read_term_marks(journal), expected_term_marks(&expected));
        let errors: Vec<_> =
            reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

/// A cell that is there though empty says that the subject had a lesson, and nothing of who learns it.
#[test]
fn lessons_are_those_of_every_cell_that_is_there() {
    let (expected, reading) = (expected(), read_in(""));
    let journal = journal(&reading);
    let subjects: BTreeSet<&str> = journal.subjects.values().map(|subject| subject.title.as_str()).collect();
    let titles = list(&expected, "subjects").iter().map(|title| title.as_str().expect("a title"));
    assert_eq!(subjects, titles.collect());
    let mut days: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for lesson in journal.lessons.values() {
        let subject = journal.subjects[journal.courses[lesson.course].subject].title.to_string();
        days.entry(subject).or_default().insert(lesson.date.to_string());
    }
    let wanted: BTreeMap<String, BTreeSet<String>> = expected["lesson_days"]
        .as_object()
        .expect("days by subject")
        .iter()
        .map(|(subject, days)| (subject.clone(), serde_json::from_value(days.clone()).expect("days")))
        .collect();
    assert_eq!(days, wanted);
    let members: BTreeSet<_> = journal.group_members.iter().map(|row| row.pupil).collect();
    assert_eq!(members.len(), journal.group_members.len(), "nobody is in both groups");
}

#[test]
fn printed_means_are_kept_and_the_hidden_marks_are_said() {
    SAMPLES.into_iter().for_each(means_are_kept);
}

fn means_are_kept(folder: &str) {
    let (expected, reading) = (expected_in(folder), read_in(folder));
    let journal = journal(&reading);
    let mut wanted: Vec<(String, String, Option<f64>, Option<f64>, String)> = Vec::new();
    let mut hidden = 0;
    for (report, is_card) in [("report_a", false), ("report_b", true)] {
        for pupil in list(&expected, report) {
            for subject in list(pupil, "subjects") {
                let rows = if is_card { list(subject, "periods") } else { std::slice::from_ref(subject) };
                wanted.extend(rows.iter().map(|row| {
                    let names = (text(pupil, "name").to_owned(), text(subject, "title").to_owned());
                    let result = text(row, "final").to_owned();
                    (names.0, names.1, row["average"].as_f64(), row["weighted"].as_f64(), result)
                }));
                hidden += usize::from(!is_card && counts_a_hidden_mark(subject));
            }
        }
    }
    assert_eq!(journal.printed_means.len(), wanted.len());
    for (row, (pupil, subject, mean, weighted, result)) in journal.printed_means.iter().zip(&wanted) {
        let names = (journal.pupils[row.pupil].full_name(), journal.subjects[row.subject].title.as_str());
        assert_eq!(names, (pupil.clone(), subject.as_str()));
        assert_eq!(row.result, result.as_str(), "{names:?}");
        // Workbooks hold 16 digits of a double, the expectation all 17.
        let same = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() < 1e-12,
            (one, other) => one == other,
        };
        assert!(same(row.mean, *mean) && same(row.weighted, *weighted), "{names:?}: {row:?}, not {mean:?}");
    }
    assert!(hidden > 0, "the sample has rows that do not reconcile");
    assert_eq!(count(&reading, "J624"), hidden);
    assert_eq!(count(&reading, "J625"), 0);
}

/// Tells whether the printed mean is not that of the marks shown: a hidden mark may be just the mean.
fn counts_a_hidden_mark(subject: &Value) -> bool {
    let works = list(subject, "cells").iter().flat_map(|cell| list(cell, "works"));
    let marks: Vec<f64> =
        works.flat_map(|work| work.as_array().expect("a work")).filter_map(Value::as_f64).collect();
    let mean = marks.iter().sum::<f64>() / marks.len() as f64;
    subject["average"].as_f64().is_some_and(|shown| (shown - mean).abs() > 1e-6)
}

fn count(reading: &Reading, code: &str) -> usize {
    reading.problems.iter().filter(|problem| problem.code == code).count()
}

#[test]
fn subjects_of_halves_and_without_marks_are_recognised() {
    let reading = read(&[(PROGRESS, &bytes(PROGRESS)), (CARD, &bytes(CARD))]);
    let journal = journal(&reading);
    let grading = |title: &str| {
        let subject = journal.subjects.values().find(|subject| subject.title == title);
        subject.map(|subject| subject.grading.code())
    };
    assert_eq!(grading("Разговоры о важном"), Some("none"));
    assert_eq!(grading("Профессиональный минимум"), Some("none"));
    assert_eq!(grading("Алгебра"), Some("five"));
    assert_eq!(journal.groups.len(), 2);
    assert_eq!(journal.group_members.len(), journal.pupils.len());
    let terms: Vec<_> =
        journal.terms.values().filter(|term| term.kind == TermKind::Quarter).map(|term| term.span).collect();
    assert_eq!(terms[1].from.to_string(), "2024-11-05");
    assert_eq!(terms[1].to.to_string(), "2024-12-27");
    assert!(terms.windows(2).all(|pair| pair[0].to < pair[1].from), "{terms:?}");
    assert!(!journal.term_marks.values().any(|mark| mark.kind == TermMarkKind::Final));
}

/// Draws report A as the page the journal shows, from the expectation.
fn page(expected: &Value) -> String {
    let mut page = String::from(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Отчет</title><style>td{border:1px}</style></head><body>\
         <h3>Отчет об успеваемости и посещаемости ученика (весь класс)</h3>\n",
    );
    for pupil in list(expected, "report_a") {
        page.push_str("<div>Учебный год: 2024/2025<br>Класс: 8а<br>Период: с 05.11.24 по 27.12.24<br>");
        page.push_str(&format!(
            "Ученик: <b>{}</b></div>\n<table class=\"table-print\">",
            text(pupil, "name")
        ));
        page.push_str(&pupil_table(pupil));
        page.push_str(
            "</table>\n<p>Н = Неуважительная</p><p>Б = Болезнь</p><p>О — Опоздание, У — Уважительная</p>\n",
        );
    }
    page + "</body></html>"
}

fn pupil_table(pupil: &Value) -> String {
    let mut columns: Vec<(&str, u64)> = Vec::new();
    let cells = list(pupil, "subjects").iter().flat_map(|subject| list(subject, "cells"));
    for cell in cells {
        let date = text(cell, "date");
        // A second column of a day needs the first.
        let last = cell["column_of_day"].as_u64().expect("a number");
        columns.extend((1..=last).map(|number| (date, number)));
    }
    columns.sort_unstable();
    columns.dedup();
    let month = |date: &str| if date.contains("-11-") { "Ноябрь" } else { "Декабрь" };
    let mut table = String::from("<tr><th rowspan=2>Предмет</th>");
    for name in ["Ноябрь", "Декабрь"] {
        let width = columns.iter().filter(|(date, _)| month(date) == name).count();
        table.push_str(&format!("<th colspan=\"{width}\">{name}</th>"));
    }
    for title in ["Средняя<br>оценка", "Средневзвешенный \n балл", "Итоговая оценка за период"]
    {
        table.push_str(&format!("<th rowspan=2>{title}</th>"));
    }
    table.push_str("</tr>\n<tr>");
    for (date, _) in &columns {
        table.push_str(&format!("<th>{}</th>", date[8..].trim_start_matches('0')));
    }
    table.push_str("</tr>\n");
    for subject in list(pupil, "subjects") {
        table.push_str(&format!("<tr><td>{}</td>", text(subject, "title").replace(' ', "&nbsp;")));
        for (date, number) in &columns {
            let cell = list(subject, "cells")
                .iter()
                .find(|cell| text(cell, "date") == *date && cell["column_of_day"].as_u64() == Some(*number));
            table.push_str(&format!("<td>{}</td>", cell.map_or("", |cell| text(cell, "text"))));
        }
        let comma = |value: &Value| value.as_f64().map_or_else(|| "0".into(), |value| format!("{value:.2}"));
        let mean = if subject["average"].is_null() { String::new() } else { comma(&subject["average"]) };
        for value in [mean, comma(&subject["weighted"])] {
            table.push_str(&format!("<td class=\"cell-num-2\">{}</td>", value.replace('.', ",")));
        }
        table.push_str(&format!("<td class='cell-num-2'>{}</td></tr>\n", text(subject, "final")));
    }
    table
}

#[test]
fn the_page_says_what_the_workbook_does() {
    let expected = expected();
    let page = page(&expected);
    let of_page = read(&[("report.html", page.as_bytes())]);
    let of_book = read(&[(PROGRESS, &bytes(PROGRESS))]);
    let (page_journal, book_journal) = (journal(&of_page), journal(&of_book));
    assert_eq!(read_signs(page_journal), expected_signs(&expected));
    assert_eq!(read_term_marks(page_journal), read_term_marks(book_journal));
    let ids = |journal: &Journal| journal.pupils.values().map(|pupil| pupil.key.clone()).collect::<Vec<_>>();
    assert_eq!(ids(page_journal), ids(book_journal));
    // The same page under a workbook's name, and both together: nothing is read twice.
    let both = read(&[("отчёт.xls", page.as_bytes()), (PROGRESS, &bytes(PROGRESS)), (CARD, &bytes(CARD))]);
    assert_eq!(read_signs(journal(&both)), expected_signs(&expected));
    assert_eq!(count(&both, "J620"), 0);
}

#[test]
fn two_pupils_of_one_name_are_two() {
    let block = |mark: &str| {
        format!(
            "<p>Класс: 5А</p><p>Период: с 05.11.24 по 27.12.24</p><p>Ученик: Ольхина Вера</p><table><tr><th>Предмет<th>Ноябрь\
             <th>Итоговая оценка за период<tr><th><th>6<th><tr><td>Физика<td>{mark}<td>4</table>"
        )
    };
    let page = format!("<h1>Отчёт об успеваемости и посещаемости ученика</h1>{}{}", block("5"), block("2 Ж"));
    let reading = read(&[("a.html", page.as_bytes())]);
    let journal = journal(&reading);
    assert_eq!(journal.pupils.len(), 2);
    let values: Vec<_> = journal.marks.values().map(|mark| (mark.pupil.index(), mark.value.code())).collect();
    assert_eq!(values, [(0, "5"), (1, "2")]);
    assert_eq!((count(&reading, "J614"), count(&reading, "J629")), (1, 1));
}

#[test]
#[allow(clippy::disallowed_methods)]
fn a_build_leaves_journals_sheets_and_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let year = folder.path().join("year");
    std::fs::create_dir(&year).expect("a folder");
    std::fs::write(year.join("school.toml"), SCHOOL).expect("a file");
    for name in [PROGRESS, CARD] {
        std::fs::write(year.join(name), bytes(name)).expect("a file");
    }
    let out = folder.path().join("out");
    let run = build(&year, &out, &["--as-of", "2025-06-30"]);
    assert_eq!(run.code, 0, "{}", run.text);
    let file = |name: &str| std::fs::read(out.join("2024-2025").join(name));
    for name in ["journals/journal-8A.pdf", "summary-sheets/summary-8A.pdf"] {
        assert!(file(name).is_ok_and(|bytes| bytes.starts_with(b"%PDF")), "{name}");
    }
    let figures = String::from_utf8(file("data/metrics.csv").expect("the figures")).expect("text");
    assert!(figures.contains("Q2,quality,class,8А,") && figures.contains("Q2,absence_lessons,class,8А,"));
    // A lesson without a sign leaves no trace, so no share of lessons can be formed, and no rule may miss one.
    for unknown in ["Q2,attendance,class,8А,,,,,", "Q2,hours_given,class,8А,,,,,"] {
        assert!(figures.contains(unknown), "{unknown}");
    }
    let findings = String::from_utf8(file("data/findings.csv").expect("the findings")).expect("text");
    assert!(!findings.contains("lesson-missing") && !findings.contains("topic-missing"));
}

#[test]
fn spans_alone_make_the_terms_of_every_class() {
    let block = |class: &str, (from, to, month): (&str, &str, &str)| {
        format!(
            "<p>Учебный год: 2024/2025</p><p>Класс: {class}</p><p>Период: с {from} по {to}</p><p>Ученик: Ольхина Вера</p><table>\
             <tr><th>Предмет<th>{month}<th>Итоговая оценка за период<tr><th><th>9<th><tr><td>Физика<td>4<td>5</table>"
        )
    };
    let quarters = [
        ("02.09.24", "25.10.24", "Сентябрь"),
        ("05.11.24", "27.12.24", "Декабрь"),
        ("09.01.25", "21.03.25", "Январь"),
    ];
    let halves = [("02.09.24", "28.12.24", "Сентябрь"), ("09.01.25", "26.05.25", "Май")];
    let mut page = String::from("<h1>Отчёт об успеваемости и посещаемости ученика</h1>");
    ["7А", "8Б"]
        .iter()
        .for_each(|class| quarters.iter().for_each(|span| page.push_str(&block(class, *span))));
    halves.iter().for_each(|span| page.push_str(&block("10 А", *span)));
    let reading = read(&[("a.html", page.as_bytes())]);
    let journal = journal(&reading);
    let terms = journal
        .terms
        .values()
        .map(|term| format!("{} {} {} {}", term.key, term.grades.code(), term.span.from, term.span.to));
    let expected = [
        "Q1 7-8 2024-09-02 2024-10-25",
        "Q2 7-8 2024-11-05 2024-12-27",
        "Q3 7-8 2025-01-09 2025-03-21",
        "H1 10 2024-09-02 2024-12-28",
        "H2 10 2025-01-09 2025-05-26",
        "Y1 10 2024-09-01 2025-05-31",
    ];
    assert_eq!(terms.collect::<Vec<_>>(), expected);
    let dates: Vec<_> = journal.lessons.values().map(|lesson| lesson.date.to_string()).take(3).collect();
    assert_eq!(dates, ["2024-09-09", "2024-12-09", "2025-01-09"]);
    assert_eq!((journal.pupils.len(), journal.marks.len(), journal.term_marks.len()), (3, 8, 8));
    assert_eq!(count(&reading, "J622"), 0);
}

/// The school's own tables give what the reports lack; the same pupil, class, subject, course and lesson are met in both.
#[test]
fn reports_join_the_tables_of_the_bundle() {
    let tables: &[(&str, &str)] = &[
        ("staff.csv", "staff_id,name\nS1,Берёзкин Тит Титович\n"),
        (
            "terms.csv",
            "term_id,kind,title,start,end,grades\nA,quarter,Первая четверть,2024-09-02,2024-10-25,5\nB,quarter,Вторая четверть,2024-11-05,2024-12-28,5\n",
        ),
        ("subjects.csv", "subject_id,title,grading\nphys,Физика,five\n"),
        ("classes.csv", "class_id,grade,teacher_id\n5А,5,S1\n"),
        ("pupils.csv", "pupil_id,surname,given_name\nP1,Ольхина,Вера\nP2,Ёлкин,Пётр\n"),
        ("enrolment.csv", "pupil_id,class_id,from\nP1,5А,2024-09-02\nP2,5А,2024-09-02\n"),
        ("courses.csv", "course_id,subject_id,class_id,teacher_id\nC1,phys,5А,S1\n"),
        (
            "lessons.csv",
            "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-11-06,3,held,S1,Сила\nL2,C1,2024-11-06,4,held,S1,Трение\n",
        ),
        ("marks.csv", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\n"),
    ];
    let block = |pupil: &str, cells: &str| {
        format!(
            "<p>Класс: 5 «A»</p><p>Период: с 05.11.24 по 28.12.24</p><p>Ученик: {pupil}</p><table><tr><th>Предмет<th colspan=3>\
             Ноябрь<th>Итоговая оценка за период<tr><th><th>6<th>6<th>7<th><tr><td>Физика{cells}<td>0</table>"
        )
    };
    let pages = [block("ОЛЬХИНА Вера", "<td>4<td>О 3<td>"), block("Елкин Пётр", "<td>Н Н<td>2/5<td>У")];
    let page = format!(
        "<h1>Отчёт об успеваемости и посещаемости ученика</h1>{}{}<p>Н = Отсутствовал</p><p>О — Опоздание; У — Уважительная</p>",
        pages[0], pages[1]
    );
    let mut files: Vec<(&str, &[u8])> = tables.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    files.push(("отчёт.html", page.as_bytes()));
    let reading = read(&files);
    let journal = journal(&reading);
    assert_eq!((journal.pupils.len(), journal.courses.len(), journal.subjects.len()), (2, 1, 1));
    let lessons: Vec<_> =
        journal.lessons.values().map(|lesson| (lesson.key.as_str(), lesson.number)).collect();
    assert_eq!(lessons, [("L1", 3), ("L2", 4), ("C1/2024-11-07/1", 1)]);
    let sign = |pupil: Id<Pupil>, lesson, sign: &str| {
        format!("{} {} {sign}", journal.pupils[pupil].key, journal.lessons[lesson].key)
    };
    let marks = journal.marks.values().map(|mark| sign(mark.pupil, mark.lesson, mark.value.code()));
    // The table's own 5 stands against the report's 4, and that is said.
    assert_eq!(marks.collect::<Vec<_>>(), ["P1 L1 5", "P1 L2 3", "P2 L2 2", "P2 L2 5"]);
    assert_eq!(count(&reading, "J620"), 1);
    let absences = journal.absences.values().map(|row| sign(row.pupil, row.lesson, row.reason.code()));
    let expected = ["P1 L2 оп", "P2 L1 ?", "P2 L2 ?", "P2 C1/2024-11-07/1 ну"];
    assert_eq!(absences.collect::<Vec<_>>(), expected);
    let results = journal
        .term_marks
        .values()
        .map(|mark| format!("{} {}", journal.terms[mark.term].key, mark.value.expect("a value").code()));
    assert_eq!(results.collect::<Vec<_>>(), ["B н/а", "B н/а"]);
    assert_eq!(journal.staff.len(), 1, "every teacher is named");
    assert!(!journal.presence.is_partial(Table::Lessons), "the bundle has a table of lessons");
}

/// Cut and bit-flipped copies are read without panic or hang; a fixed seed, a bounded number.
#[test]
fn damaged_copies_do_no_harm() {
    let mut random = fastrand::Rng::with_seed(3);
    let page = page(&expected());
    let samples = [("a.xlsx", bytes(PROGRESS)), ("b.xlsx", bytes(CARD)), ("a.html", page.into_bytes())];
    for (name, whole) in &samples {
        for round in 0..8 {
            let mut bytes = whole.clone();
            if round % 2 == 0 {
                bytes.truncate(random.usize(..bytes.len()));
            } else {
                for _ in 0..20 {
                    let at = random.usize(..bytes.len());
                    bytes[at] ^= 1 << random.u8(..8);
                }
            }
            let reading = read(&[(name, &bytes)]);
            assert!(reading.journal.is_some());
            let signs = journal(&reading).marks.len();
            assert!(signs < 10_000, "{name}: {signs} marks");
        }
    }
}

/// Pages with pieces cut out, doubled and overwritten reach the inner parsers, for HTML is always readable.
#[test]
fn mangled_pages_do_no_harm() {
    let mut random = fastrand::Rng::with_seed(5);
    let whole: Vec<char> = page(&expected()).chars().take(30_000).collect();
    let signs: Vec<char> = "0123456789./:=НБ <>\"&".chars().collect();
    let mut marks = 0;
    for _ in 0..60 {
        let mut page = whole.clone();
        for _ in 0..random.usize(1..60) {
            let from = random.usize(200..page.len() - 100);
            let to = from + random.usize(1..80);
            match random.u8(..4) {
                0 => drop(page.drain(from..to)),
                1 => {
                    let piece: Vec<char> = page[from..to].to_vec();
                    let at = random.usize(200..page.len());
                    page.splice(at..at, piece);
                }
                2 => page[from] = signs[random.usize(..signs.len())],
                _ => page.swap(from, to),
            }
        }
        let page: String = page.into_iter().collect();
        let reading = read(&[("a.html", page.as_bytes())]);
        marks += journal(&reading).marks.len();
    }
    assert!(marks > 10_000, "the pages were read: {marks} marks");
}
