//! Reports of NetSchool with something amiss: what is not understood is named with its place and the row that settles it, and
//! everything else is read.

use std::path::{Path, PathBuf};

use letopis::base::problems::{Problem, ProblemSeverity};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::Journal;
use tempfile::TempDir;

use crate::bundle::build;

const SCHOOL: &str = "[school]\nname = \"Школа посёлка Выдуманного\"\n\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";
const LEGEND: &str = "<p>Н — Неуважительная; Б — Болезнь</p>";

/// A bundle laid out in a temporary folder.
struct Bundle(TempDir);

#[allow(clippy::disallowed_methods)]
impl Bundle {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder")).file("school.toml", SCHOOL)
    }

    /// Copies a public case.
    fn case(name: &str) -> Self {
        let bundle = Self(tempfile::tempdir().expect("a folder"));
        std::fs::create_dir(bundle.path()).expect("a folder");
        let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public-cases").join(name).join("bundle");
        for entry in std::fs::read_dir(case).expect("the case is there") {
            let path = entry.expect("a file").path();
            std::fs::copy(&path, bundle.path().join(path.file_name().expect("a name"))).expect("a copy");
        }
        bundle
    }

    fn file(self, name: &str, text: &str) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        self
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("bundle")
    }

    fn outputs(&self) -> PathBuf {
        self.0.path().join("out")
    }

    fn read(&self) -> Reading {
        read_journal(&read_bundle(&self.path()))
    }
}

fn journal(reading: &Reading) -> &Journal {
    reading.journal.as_ref().expect("school.toml is whole")
}

fn of<'a>(reading: &'a Reading, code: &str) -> Vec<&'a Problem> {
    reading.problems.iter().filter(|problem| problem.code == code).collect()
}

fn errors(reading: &Reading) -> Vec<&'static str> {
    let errors = reading.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error);
    errors.map(|problem| problem.code).collect()
}

/// Every mark and absence as «name subject day sign».
fn signs(journal: &Journal) -> Vec<String> {
    let shown = |pupil, lesson, sign: &str| {
        let lesson = &journal.lessons[lesson];
        let subject = &journal.subjects[journal.courses[lesson.course].subject].title;
        format!("{} {subject} {} {sign}", journal.pupils[pupil].surname, lesson.date.strftime("%d.%m"))
    };
    let marks = journal.marks.values().map(|mark| shown(mark.pupil, mark.lesson, mark.value.code()));
    let absences = journal.absences.values().map(|row| shown(row.pupil, row.lesson, row.reason.code()));
    let mut signs: Vec<String> = marks.chain(absences).collect();
    signs.sort();
    signs
}

/// A report of one pupil: class, days, month, cells of two days.
fn report(class: &str, pupil: &str, (from, to): (&str, &str), month: &str, [one, two]: [&str; 2]) -> String {
    format!(
        "<h1>Отчет об успеваемости и посещаемости ученика</h1><p>Учебный год: 2024/2025</p><p>Класс: {class}</p>\
         <p>Период: с {from} по {to}</p><p>Ученик: {pupil}</p><table><tr><th rowspan=2>Предмет<th colspan=2>{month}\
         <th rowspan=2>Итоговая оценка за период<tr><th>9<th>16<tr><td>Физика<td>{one}<td>{two}<td>4</table>{LEGEND}"
    )
}

const FIRST: (&str, &str) = ("02.09.24", "25.10.24");
const SECOND: (&str, &str) = ("05.11.24", "27.12.24");

#[test]
fn marks_that_became_dates_are_named_and_the_rest_is_read() {
    let bundle = Bundle::case("61-netschool-marks-became-dates");
    let reading = bundle.read();
    let said = of(&reading, "J621");
    let cells: Vec<&str> =
        said.iter().map(|problem| problem.message.ru.split(':').next().unwrap_or("")).collect();
    assert_eq!(cells, ["D12", "E13"]);
    assert!(said[0].message.ru.contains("вероятно, была отметка 3/4"), "{said:#?}");
    assert!(said[1].message.ru.contains("вероятно, была отметка 4/5"), "{said:#?}");
    assert_eq!(journal(&reading).pupils.len(), 1);
    let run = build(&bundle.path(), &bundle.outputs(), &[]);
    assert_eq!(run.code, 1, "{}", run.text);
}

#[test]
fn a_report_of_nobody_and_a_pupil_without_a_name_do_not_stop_the_others() {
    let reading = Bundle::case("62-netschool-two-sheets-one-empty").read();
    let empty = of(&reading, "J611");
    assert_eq!(empty.iter().map(|problem| problem.file.as_str()).collect::<Vec<_>>(), ["9А.html"]);
    let nameless = of(&reading, "J612");
    assert_eq!(nameless.iter().map(|problem| problem.file.as_str()).collect::<Vec<_>>(), ["9Б.html"]);
    assert_eq!(journal(&reading).pupils.len(), 3);
    assert_eq!(errors(&reading), ["J611", "J612"]);
}

#[test]
fn the_legend_of_the_server_says_what_its_letters_mean() {
    let name = "74-netschool-html-legend";
    let asked = Bundle::case(name).read();
    let said = of(&asked, "J638");
    assert_eq!(said.len(), 1);
    assert!(
        said[0].message.ru.contains("Кленовый Пётр Ильич") && said[0].file == "Кленовый Пётр.html",
        "{said:#?}"
    );
    assert!(said[0].hint.ru.contains("pupils;Кленовый Пётр Ильич;"), "{said:#?}");
    let settled = [
        Bundle::case(name)
            .file("aliases.csv", "table,name,class_id,source,id\npupils,Кленовый Пётр Ильич,8А,,у1\n"),
        Bundle::case(name)
            .file("pupils.csv", "pupil_id,surname,given_name,patronymic\nу1,Кленовый,Пётр,Ильич\n")
            .file("enrolment.csv", "pupil_id,class_id,from\nу1,8А,2025-09-01\n")
            .file("classes.csv", "class_id,grade\n8А,8\n8Б,8\n"),
    ];
    for bundle in settled {
        let reading = bundle.read();
        assert_eq!(errors(&reading), [""; 0], "{:#?}", reading.problems);
        let journal = journal(&reading);
        let titles: Vec<&str> = journal.subjects.values().map(|subject| subject.title.as_str()).collect();
        let mut sorted = titles.clone();
        sorted.sort_unstable();
        assert_eq!(
            sorted,
            ["Алгебра", "Биология", "Разговоры о важном", "Русский язык", "Физика", "Физкультура"]
        );
        let expected = [
            "Кленовый Алгебра 04.09 5",
            "Кленовый Алгебра 11.09 3",
            "Кленовый Биология 16.09 5",
            "Кленовый Русский язык 02.09 4",
            "Кленовый Русский язык 02.09 оп",
            "Кленовый Русский язык 08.09 ?",
            "Кленовый Физика 09.09 ну",
            "Кленовый Физика 10.09 б",
            "Кленовый Физкультура 09.09 н",
            "Осинкина Алгебра 04.09 4",
            "Осинкина Физика 09.09 ну",
        ];
        assert_eq!(signs(journal), expected);
        let moments: Vec<String> = journal.snapshots.iter().map(|taken| taken.first.to_string()).collect();
        assert_eq!(moments, ["2025-09-16T17:40:20"]);
        assert_eq!(of(&reading, "J655").len(), 1);
    }
}

#[test]
fn letters_without_a_legend_are_not_guessed_and_an_alias_tells_them() {
    let page = report("7А", "Ольхина Вера", FIRST, "Сентябрь", ["Н 4", "К"]).replace(LEGEND, "");
    let reading = Bundle::new().file("а.html", &page).read();
    assert_eq!(of(&reading, "J629").len(), 2, "{:#?}", reading.problems);
    assert_eq!(signs(journal(&reading)), ["Ольхина Физика 09.09 4"]);
    let told = "table,name,id\nattendance,Н,н\nattendance,К,нет\n";
    let reading = Bundle::new().file("а.html", &page).file("aliases.csv", told).read();
    assert_eq!(errors(&reading), [""; 0]);
    assert_eq!(signs(journal(&reading)), ["Ольхина Физика 09.09 4", "Ольхина Физика 09.09 н"]);
    let wrong = "table,name,id\nattendance,Н,прогул\n";
    let reading = Bundle::new().file("а.html", &page).file("aliases.csv", wrong).read();
    assert_eq!(of(&reading, "J633").len(), 1);
    // Words that name no known reason are said with them.
    let page = page + "<p>Н — Неуважительная; К — Карантин</p>";
    let reading = Bundle::new().file("а.html", &page).read();
    assert!(of(&reading, "J629")[0].message.ru.contains("«К — карантин»"), "{:#?}", reading.problems);
}

#[test]
fn reports_of_another_year_are_asked_about_once_and_nothing_is_built() {
    let school =
        SCHOOL.replace("2024-2025", "2025-2026").replace("2025-05", "2026-05").replace("2024-09", "2025-09");
    let bundle = (0..5).fold(Bundle::new().file("school.toml", &school), |bundle, number| {
        let page = report("7А", &format!("Ольхина Вера{number}"), FIRST, "Сентябрь", ["5", "Н"]);
        bundle.file(&format!("{number}.html"), &page)
    });
    let reading = bundle.read();
    assert_eq!((errors(&reading), of(&reading, "J119").len()), (vec!["J612"], 1));
    let said = of(&reading, "J612")[0];
    assert!(said.message.ru.contains("2024/2025") && said.message.ru.contains("2025-2026"), "{said:#?}");
    assert!(
        said.hint.ru.contains("title = \"2024-2025\", start = 2024-09-01, end = 2025-05-31"),
        "{said:#?}"
    );
    let run = build(&bundle.path(), &bundle.outputs(), &["--lang", "ru"]);
    assert_eq!(run.code, 1);
    assert!(run.text.contains("не собрано") && !run.text.contains(": собрано"), "{}", run.text);
    assert!(!bundle.outputs().join("2025-2026").exists(), "nothing is made");
    // One report among others of the right year is said, the others are read.
    let other = report("7Б", "Рябинин Пётр", FIRST, "Сентябрь", ["4", ""]).replace("2024/2025", "2023/2024");
    let right = report("7А", "Ольхина Вера", FIRST, "Сентябрь", ["5", "Н"]);
    let reading = Bundle::new().file("а.html", &right).file("б.html", &other).read();
    assert_eq!(errors(&reading), ["J612"]);
    assert_eq!(journal(&reading).marks.len(), 1);
}

#[test]
fn one_name_in_two_classes_is_asked_about_until_a_row_settles_it() {
    let name = "Ольхина Вера Львовна";
    let two = || {
        Bundle::new()
            .file("а.html", &report("7А", name, FIRST, "Сентябрь", ["5", "Н"]))
            .file("б.html", &report("7Б", name, SECOND, "Декабрь", ["4", "3"]))
            .file("в.html", &report("7Б", "Рябинин Пётр", SECOND, "Декабрь", ["4", ""]))
    };
    let reading = two().read();
    let said = of(&reading, "J639");
    assert_eq!(said.len(), 1, "{:#?}", reading.problems);
    for part in ["7А (09.09.2024 — 16.09.2024)", "7Б (09.12.2024 — 16.12.2024)", name] {
        assert!(said[0].message.ru.contains(part), "{said:#?}");
    }
    assert_eq!(journal(&reading).pupils.len(), 3);
    // The rows of the hint make them one, who moved.
    let rows: Vec<&str> =
        said[0].hint.ru.split(['«', '»']).filter(|part| part.starts_with("pupils;")).take(2).collect();
    let aliases = format!("table;name;class_id;source;id\n{}\n", rows.join("\n"));
    let enrolled = two()
        .file("pupils.csv", "pupil_id,surname,given_name,patronymic\nР1,Ольхина,Вера,Львовна\n")
        .file("enrolment.csv", "pupil_id,class_id,from,to\nР1,7А,2024-09-01,2024-10-27\nР1,7Б,2024-10-28,\n")
        .file("classes.csv", "class_id,grade\n7А,7\n7Б,7\n");
    for (bundle, count) in [(two().file("aliases.csv", &aliases), 2), (enrolled, 2)] {
        let reading = bundle.read();
        let others = errors(&reading);
        // A table that enrols one of two is taken for a list of the class: the other is asked about.
        assert!(others.iter().all(|code| *code == "J631"), "{:#?}", reading.problems);
        let journal = journal(&reading);
        assert_eq!(journal.pupils.len() + others.len(), count);
        let vera =
            journal.pupils.iter().find(|(_, pupil)| pupil.surname == "Ольхина").expect("she is there").0;
        let mut stays: Vec<String> = journal
            .enrolment
            .iter()
            .filter(|stay| stay.pupil == vera)
            .map(|stay| format!("{} {}", journal.classes[stay.class].key, stay.span.from))
            .collect();
        stays.sort();
        assert!(stays[0].starts_with("7А 2024-09-01") && stays[1].starts_with("7Б 2024-1"), "{stays:?}");
        assert_eq!(journal.marks.values().filter(|mark| mark.pupil == vera).count(), 3);
    }
    // Namesakes who both have signs on the same days are two, and no question.
    let same = Bundle::new()
        .file("а.html", &report("7А", name, FIRST, "Сентябрь", ["5", "Н"]))
        .file("б.html", &report("7Б", name, FIRST, "Сентябрь", ["4", "3"]));
    assert_eq!(errors(&same.read()), [""; 0]);
    // A row that gives the second an id of its own settles it the other way.
    let told = "table,name,class_id,id\npupils,Ольхина Вера Львовна,7Б,другая\n";
    let reading = two().file("aliases.csv", told).read();
    assert_eq!((errors(&reading).len(), journal(&reading).pupils.len()), (0, 3));
}

#[test]
fn a_part_of_the_year_has_no_sums_of_the_year() {
    let bundle = Bundle::new()
        .file("а.html", &report("7А", "Ольхина Вера", SECOND, "Декабрь", ["5", "Н"]))
        .file("б.html", &report("7А", "Рябинин Пётр", SECOND, "Декабрь", ["4", "Б"]));
    let reading = bundle.read();
    let terms: Vec<&str> = journal(&reading).terms.values().map(|term| term.title.as_str()).collect();
    assert_eq!(terms, ["2 четверть"], "no year is made of one quarter");
    let card = "<h1>Табель успеваемости учащегося</h1><p>Учебный год: 2024/2025</p><p>Класс: 7А</p><p>Ученик: Ольхина Вера</p><table>\
                <tr><th>Предмет<th>1 четверть<th>2 четверть<th>3 четверть<th>4 четверть<th>Год. оценка\
                <tr><td>Физика<td>5<td>4<td>4<td>5<td>5</table>";
    let bundle = bundle.file("табель.html", card);
    let reading = bundle.read();
    let journal = journal(&reading);
    assert_eq!(journal.terms.len(), 5);
    let class = journal.classes.ids().next().expect("a class");
    let unseen: Vec<&str> = journal
        .terms
        .iter()
        .filter(|(id, _)| journal.presence.is_unseen(class, *id))
        .map(|(_, term)| term.title.as_str())
        .collect();
    assert_eq!(unseen, ["1 четверть", "3 четверть", "4 четверть", "Год"]);
    let out = bundle.outputs();
    let run = build(&bundle.path(), &out, &["--as-of", "2025-06-30"]);
    assert_eq!(run.code, 0, "{}", run.text);
    let figures = std::fs::read_to_string(out.join("2024-2025/data/metrics.csv")).expect("the figures");
    let missed = |term: &str| {
        let start = format!("{term},absence_lessons,class,7А,,");
        figures.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
    };
    assert!(missed("Q2").is_some_and(|rest| rest.starts_with("2,")), "{:?}", missed("Q2"));
    for term in ["Q1", "Q3", "Y1"] {
        assert!(missed(term).is_none_or(|rest| rest.starts_with(',')), "{term}: {:?}", missed(term));
    }
}

#[test]
fn a_snapshot_is_of_the_moment_its_reports_say() {
    let page = |moment: &str, two: &str| {
        report("7А", "Ольхина Вера", FIRST, "Сентябрь", ["5", two]) + &format!("<p>Состояние на{moment}</p>")
    };
    let bundle = Bundle::new()
        .file("snapshots/2024-09-17/а.html", &page("17.09.2024 08:15:00", ""))
        .file("snapshots/2024-09-20/а.html", &page("21.09.2024 18:00:01", "4"));
    let reading = bundle.read();
    let moments: Vec<String> =
        journal(&reading).snapshots.iter().map(|taken| format!("{} {}", taken.first, taken.last)).collect();
    assert_eq!(
        moments,
        ["2024-09-17T08:15:00 2024-09-17T08:15:00", "2024-09-21T18:00:01 2024-09-21T18:00:01"]
    );
    let said = of(&reading, "J654");
    assert_eq!(
        said.iter().map(|problem| problem.file.as_str()).collect::<Vec<_>>(),
        ["snapshots/2024-09-20/"]
    );
    // Of two exports side by side the later one is right.
    let both = Bundle::new()
        .file("а.html", &page("17.09.2024 08:15:00", "3"))
        .file("б.html", &page("21.09.2024 18:00:01", "4"));
    assert_eq!(signs(journal(&both.read())), ["Ольхина Физика 09.09 5", "Ольхина Физика 16.09 4"]);
}
