//! Numbers of the quarter workbook and the rows behind them: what a number leads to is as long as it says, or adds up to it, in
//! schools of any size; and no number of pupils, marks or lessons is without its rows.

use std::fmt::Write as _;

use letopis::render::workbook::{Book, Cell, Rows, Sheet};
use letopis::reports::{Form, REPORTS, ReportContext};

use crate::quarter::with_example;
use crate::small_year::{SmallYear, small_year};

/// Returns the workbook of every term, with its path's last part.
fn books(context: &ReportContext<'_>) -> Vec<Book> {
    let report = REPORTS.iter().find(|report| report.kind == "quarter").expect("the report is there");
    let Form::Workbook(make) = &report.forms[0] else { panic!("the report is a workbook") };
    report
        .each
        .abouts(context)
        .iter()
        .map(|about| make(context, about).expect("the workbook is made"))
        .collect()
}

fn number(cell: &Cell) -> Option<f64> {
    match cell.shown() {
        Cell::Count(number) | Cell::Hours(number) => Some(*number),
        _ => None,
    }
}

fn sheet<'b>(book: &'b Book, name: &str) -> &'b Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("there is no sheet {name}"))
}

/// Tells whether a number counts rows, or one of their columns adds up to it.
fn is_borne_out(book: &Book, number: f64, rows: Rows) -> bool {
    let target = sheet(book, rows.sheet);
    let own = &target.rows[rows.first..rows.first + rows.count];
    let sum = |at: usize| own.iter().filter_map(|row| row.cells.get(at).and_then(self::number)).sum::<f64>();
    number == rows.count as f64 || (0..target.columns.len()).any(|at| (sum(at) - number).abs() < 1e-9)
}

/// Sheets and columns whose every number has its rows.
const LINKED: &[(&str, &[usize])] = &[
    ("Итоги по классам", &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("Сводка", &[1, 2, 3, 6, 12]),
    ("Классы", &[2, 3, 4, 7, 9, 11, 13]),
    ("Предметы", &[2, 3, 4, 7, 9, 11, 13]),
    ("Классы × предметы", &[2, 3, 4, 7, 9, 11, 13]),
    ("Посещаемость", &[5]),
    ("Успеваемость поимённо", &[3, 4, 5, 6, 7, 8, 11]),
    ("Пропуски", &[2, 3, 4, 5, 6]),
    ("Контрольные", &[6, 7, 8, 9, 10, 11, 12, 13]),
    ("Программа", &[9, 10, 11, 12]),
    ("Нагрузка", &[4, 5, 6]),
    ("Движение", &[1, 2, 3, 4, 5, 6, 7, 8]),
];

/// Checks every workbook of a school; returns how many numbers lead somewhere.
fn check(context: &ReportContext<'_>, about: &str) -> usize {
    let mut checked = 0;
    for book in books(context) {
        for page in &book.sheets {
            let cells = page
                .rows
                .iter()
                .enumerate()
                .flat_map(|(row, of)| of.cells.iter().map(move |cell| (row, cell)));
            for (row, cell) in cells {
                if let (Cell::To(_, rows), Some(number)) = (cell, number(cell)) {
                    let place = format!(
                        "{about}, {}, {}, row {row}: {number} leads to {rows:?}",
                        book.title, page.name
                    );
                    assert!(is_borne_out(&book, number, *rows), "{place}");
                    checked += 1;
                }
            }
        }
        for (name, columns) in LINKED {
            for (row, of) in sheet(&book, name).rows.iter().enumerate() {
                for at in *columns {
                    let cell = &of.cells[*at];
                    let is_bare =
                        !matches!(cell, Cell::To(..)) && number(cell).is_some_and(|number| number > 0.0);
                    assert!(!is_bare, "{about}, {}, {name}, row {row}, column {at}: {cell:?}", book.title);
                }
            }
        }
    }
    checked
}

#[test]
fn every_number_of_the_example_years_leads_to_its_rows() {
    for name in ["year", "year-mixed"] {
        with_example(name, |context| assert!(check(context, name) > 5_000, "{name}"));
    }
}

/// Draws a school: two to four classes of any grades, groups, transfers, every kind of mark, absence and lesson.
fn drawn(seed: u64) -> SmallYear {
    let random = &mut fastrand::Rng::with_seed(seed);
    let grades: Vec<u8> = (0..random.usize(2..5)).map(|_| random.u8(1..10)).collect();
    let keys: Vec<String> = grades.iter().enumerate().map(|(at, grade)| format!("{grade}К{at}")).collect();
    let mut classes = String::from("class_id,grade,letter");
    let mut courses = String::from("course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind");
    let mut lessons = String::from("lesson_id,course_id,date,number,status,teacher_id,topic");
    let mut works = String::from("work_id,course_id,kind,title,control,planned_date,lesson_id");
    for (class, (key, grade)) in keys.iter().zip(&grades).enumerate() {
        write!(classes, "\n{key},{grade},К{class}").expect("a text grows");
        for (at, subject) in ["math", "rus"].iter().enumerate() {
            let course = format!("C{class}{at}");
            let teacher = random.usize(1..3);
            write!(courses, "\n{course},{subject},{key},,T{teacher},2,lesson").expect("a text grows");
            for day in 2..8 {
                let status = ["held", "held", "held", "held", "missed", "cancelled"][random.usize(0..6)];
                let by = random.usize(1..3);
                let number = at + 1;
                write!(
                    lessons,
                    "\nL{class}{at}{day},{course},2024-09-{:02},{number},{status},T{by},Тема {day}",
                    day + 7
                )
                .expect("a text grows");
            }
            let late = random.usize(9..14);
            write!(
                works,
                "\nW{class}{at},{course},control,Работа,1,2024-09-{late:02},L{class}{at}{}",
                random.usize(2..8)
            )
            .expect("a text grows");
        }
    }
    let people = people(random, &keys);
    small_year()
        .table("classes", &classes)
        .table("subjects", "subject_id,title,grading\nmath,Математика,five\nrus,Русский язык,five")
        .table("courses", &courses)
        .table("lessons", &lessons)
        .table("works", &works)
        .table("pupils", &people[0])
        .table("enrolment", &people[1])
        .table("attendance", &people[2])
        .table("marks", &people[3])
        .table("term_marks", &people[4])
        .on(2025, 5, 30)
}

/// Draws pupils: their stays, absences, marks and term marks.
fn people(random: &mut fastrand::Rng, keys: &[String]) -> [String; 5] {
    let mut tables = [
        "pupil_id,surname,given_name",
        "pupil_id,class_id,from,to,in_kind,out_kind",
        "pupil_id,lesson_id,reason",
        "mark_id,pupil_id,lesson_id,value,work_id",
        "pupil_id,subject_id,term_id,kind,value",
    ]
    .map(str::to_owned);
    let [pupils, enrolment, attendance, marks, term_marks] = &mut tables;
    for (class, key) in keys.iter().enumerate() {
        for at in 0..random.usize(1..9) {
            let pupil = format!("P{class}{at}");
            write!(pupils, "\n{pupil},Ученик{class}{at},Имя").expect("a text grows");
            let stay = match random.u8(0..8) {
                0 => format!("{pupil},{key},2024-09-10,,arrived,"),
                1 => format!("{pupil},{key},2024-09-01,2024-09-12,,left"),
                2 if keys.len() > 1 => {
                    let other = &keys[(class + 1) % keys.len()];
                    format!(
                        "{pupil},{key},2024-09-01,2024-09-11,,transferred\n{pupil},{other},2024-09-12,,transferred,"
                    )
                }
                _ => format!("{pupil},{key},2024-09-01,,,"),
            };
            write!(enrolment, "\n{stay}").expect("a text grows");
            for (subject, title) in ["math", "rus"].iter().enumerate() {
                for day in 2..8 {
                    let lesson = format!("L{class}{subject}{day}");
                    match random.u8(0..4) {
                        0 => write!(
                            attendance,
                            "\n{pupil},{lesson},{}",
                            ["б", "ну", "н", "?"][random.usize(0..4)]
                        ),
                        1 => {
                            let work =
                                if random.bool() { format!("W{class}{subject}") } else { String::new() };
                            write!(marks, "\nM{pupil}{lesson},{pupil},{lesson},{},{work}", random.u8(2..6))
                        }
                        _ => Ok(()),
                    }
                    .expect("a text grows");
                }
                let value = ["5", "4", "4", "3", "2", "н/а", "осв", ""][random.usize(0..8)];
                if !value.is_empty() {
                    write!(term_marks, "\n{pupil},{title},Q1,term,{value}").expect("a text grows");
                }
            }
        }
    }
    tables
}

#[test]
fn every_number_of_any_school_leads_to_as_many_rows_as_it_says() {
    let checked: usize =
        (0..60).map(|seed| drawn(seed).analysed(|context| check(context, &format!("school {seed}")))).sum();
    assert!(checked > 10_000, "only {checked} numbers lead somewhere");
}

#[test]
fn a_school_without_marks_or_works_has_reasons_and_no_zero_for_what_is_not_known() {
    small_year().on(2025, 5, 30).analysed(|context| {
        for book in books(context) {
            let said = |name: &str| sheet(&book, name).notes.join(" ");
            assert!(said("Итоги по классам").contains("Не сформировано"), "{}", book.title);
            assert!(said("Контрольные").contains("Не сформировано"), "{}", book.title);
            let main = sheet(&book, "Главное");
            let absent = main.rows.iter().any(|row| row.cells[0] == Cell::text("Пропущено уроков"));
            assert!(!absent, "absences are not counted where there are none to count");
        }
    });
}

#[test]
fn the_workbook_opens_on_the_main_page_and_ends_with_the_definitions() {
    with_example("year", |context| {
        for book in books(context) {
            assert_eq!(book.sheets.first().map(|sheet| sheet.name), Some("Главное"));
            assert_eq!(book.sheets.last().map(|sheet| sheet.name), Some("Как считали"));
            let named: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name).collect();
            for name in [
                "Успеваемость поимённо",
                "Резерв",
                "Не успевают",
                "Пропуски",
                "Темы",
                "Контрольные",
                "Программа",
                "Замены",
                "Движение",
                "Нагрузка",
                "Прогноз",
                "Графики",
            ] {
                assert!(named.contains(&name), "{name}");
            }
            let bytes = letopis::render::workbook::write(&book).expect("the workbook is written");
            assert!(!bytes.is_empty());
        }
    });
}

/// Checks that the workbooks of a year open, with a reason wherever nothing could be counted, and no number that is none.
fn opens(year: &SmallYear, about: &str) {
    year.analysed(|context| {
        let books = books(context);
        assert!(!books.is_empty(), "{about}: no workbook");
        for book in &books {
            let bytes = letopis::render::workbook::write(book).expect("the workbook is written");
            let opened: Result<calamine::Xlsx<_>, _> =
                calamine::open_workbook_from_rs(std::io::Cursor::new(bytes));
            assert!(opened.is_ok(), "{about}: {} does not open", book.title);
            for page in book.sheets.iter().filter(|page| page.chart.is_none()) {
                let numbers =
                    page.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell.shown() {
                        Cell::Count(number)
                        | Cell::Hours(number)
                        | Cell::Decimal(number)
                        | Cell::Share(number) => Some(*number),
                        _ => None,
                    });
                let is_sound = numbers.into_iter().all(f64::is_finite);
                assert!(is_sound, "{about}, {}, {}: a number is none", book.title, page.name);
                assert!(!page.notes.is_empty(), "{about}, {}: nothing is said above the table", page.name);
            }
        }
        check(context, about);
    });
}

#[test]
fn poor_inputs_give_workbooks_that_open_with_the_reason() {
    let pupils = "pupil_id,subject_id,term_id,kind,value";
    let marked = format!("{pupils}\nP1,math,Q1,term,4\nP2,math,Q1,term,2");
    let work =
        "work_id,course_id,kind,title,control,planned_date,lesson_id\nW1,C1,control,Дроби,1,2024-09-16,";
    let marks = "mark_id,pupil_id,lesson_id,value,work_id";
    let days = "L2,C1,2024-09-09,1,held,,T1,,Дроби,2,,\nL3,C1,2024-09-16,1,held,,T1,,Дроби,3,,";
    let year = || small_year().on(2025, 5, 30);
    let two_classes = "P1,5А,2024-09-01,2024-09-30\nP1,5Б,2024-10-01,";
    let cases = [
        ("no term marks", year()),
        ("term marks of the year alone", year().table("term_marks", &format!("{pupils}\nP1,math,Y,year,4"))),
        ("no previous term, no works, no weights", year().table("term_marks", &marked)),
        (
            "a class of one",
            year()
                .table("enrolment", "pupil_id,class_id,from,to\nP1,5А,2024-09-01,")
                .table("pupils", "pupil_id,surname,given_name\nP1,Заречный,Лев")
                .table("term_marks", &format!("{pupils}\nP1,math,Q1,term,4")),
        ),
        (
            "a subject nobody is marked in",
            year()
                .rows("subjects", "music,Музыка,five")
                .rows("courses", "C2,music,5А,,T2,1,lesson")
                .table("term_marks", &marked),
        ),
        ("a control work without a lesson", year().table("works", work).table("term_marks", &marked)),
        (
            "a work whose marks lie on three lessons",
            year()
                .rows("lessons", days)
                .table("works", work)
                .table("marks", &format!("{marks}\nM1,P1,L1,2,W1\nM2,P1,L2,3,W1\nM3,P2,L3,4,W1"))
                .table("term_marks", &marked),
        ),
        (
            "a pupil in two classes of one term",
            year()
                .rows("classes", "5Б,5,Б")
                .table("enrolment", &format!("pupil_id,class_id,from,to\n{two_classes}\nP2,5А,2024-09-01,"))
                .table("term_marks", &marked),
        ),
    ];
    for (about, year) in cases {
        opens(&year, about);
    }
}

#[test]
fn a_term_without_marks_says_so_and_has_no_share() {
    small_year().on(2025, 5, 30).analysed(|context| {
        for book in books(context) {
            let main = sheet(&book, "Главное");
            let titles: Vec<&Cell> = main.rows.iter().map(|row| &row.cells[0]).collect();
            assert!(!titles.contains(&&Cell::text("Успеваемость, %")), "{}: a share of nothing", book.title);
            assert!(main.notes.join(" ").contains("не сформированы"), "{}: no reason", book.title);
        }
    });
}

#[test]
fn a_year_of_which_one_quarter_was_exported_has_no_figures_of_the_others() {
    let terms = "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
                 Q2,quarter,2 четверть,2024-11-05,2024-12-27,1-9\nY,year,Год,2024-09-02,2025-05-26,1-11";
    let marks = "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,4\nP2,math,Q1,term,3";
    let year = small_year().on(2025, 5, 30).table("terms", terms).table("term_marks", marks);
    opens(&year, "one quarter of the year");
    year.analysed(|context| {
        for book in books(context) {
            let main = sheet(&book, "Главное");
            let said = main.notes.join(" ");
            assert!(said.contains("2 четверть"), "{}: {said}", book.title);
            let has_shares = main.rows.iter().any(|row| row.cells[0] == Cell::text("Успеваемость, %"));
            let is_first = book.title.contains("1 четверть");
            assert_eq!(has_shares, is_first, "{}: shares without marks", book.title);
        }
    });
}
