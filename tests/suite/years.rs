//! Years of one school compared: worked out by hand, pupil by pupil.

use letopis::stats::analytics::{Earlier, Filled, analyse};
use letopis::stats::compute;

use crate::small_year::{SmallYear, small_year};

const TERMS_2024: &str = "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
    Q2,quarter,2 четверть,2024-11-05,2024-12-28,1-9\nH1,half_year,1 полугодие,2024-09-02,2024-12-28,10;11\n\
    Y,year,Год,2024-09-02,2025-05-26,1-11";
const TERMS_2025: &str = "term_id,kind,title,start,end,grades\nI,quarter,1 четверть,2025-09-01,2025-10-24,1-9\n\
    II,quarter,2 четверть,2025-11-05,2025-12-30,1-9\nH1,half_year,1 полугодие,2025-09-01,2025-12-30,10;11\n\
    Y,year,Год,2025-09-01,2026-05-26,1-11";

/// 5А with three pupils in two subjects, 4А with one in one.
pub(crate) fn year_2024() -> SmallYear {
    small_year()
        .on(2025, 6, 30)
        .without("lessons")
        .table("terms", TERMS_2024)
        .table("subjects", "subject_id,title,grading\nmath,Математика,five\nrus,Русский язык,five\nlat,Латынь,five")
        .table("classes", "class_id,grade,letter\n5А,5,А\n4А,4,А")
        .table("pupils", "pupil_id,surname,given_name\nP1,Заречный,Лев\nP2,Полевая,Ася\nP3,Лугов,Ян\nP4,Рощина,Ия")
        .table(
            "enrolment",
            "pupil_id,class_id,from,to\nP1,5А,2024-09-01,\nP2,5А,2024-09-01,\nP3,5А,2024-09-01,\nP4,4А,2024-09-01,",
        )
        .table(
            "courses",
            "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind\nC1,math,5А,,T1,1,lesson\n\
             C2,rus,5А,,T2,1,lesson\nC3,math,4А,,T1,1,lesson",
        )
        .table("term_marks", &marks(&["P1 math Q1 5", "P1 rus Q1 4", "P2 math Q1 3", "P2 rus Q1 2", "P3 math Q1 4", "P3 rus Q1 4", "P4 math Q1 4", "P1 math Q2 4", "P2 math Q2 3", "P4 math Q2 5"]))
}

/// The same classes a year later: P3 has left, P5 has come.
pub(crate) fn year_2025() -> SmallYear {
    small_year()
        .in_year("2025-2026", "2025-09-01", "2026-05-31")
        .on(2025, 10, 30)
        .without("lessons")
        .table("terms", TERMS_2025)
        .table("subjects", "subject_id,title,grading\nrus,Русский язык,five\nmath,Математика,five")
        .table("classes", "class_id,grade,letter\n6А,6,А\n5А,5,А")
        .table("pupils", "pupil_id,surname,given_name\nP5,Новиков,Ян\nP2,Полевая,Ася\nP1,Заречный,Лев\nP4,Рощина,Ия")
        .table(
            "enrolment",
            "pupil_id,class_id,from,to\nP1,6А,2025-09-01,\nP2,6А,2025-09-01,\nP5,6А,2025-09-01,\nP4,5А,2025-09-01,",
        )
        .table(
            "courses",
            "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind\nK1,math,6А,,T1,1,lesson\n\
             K2,rus,6А,,T2,1,lesson\nK3,math,5А,,T1,1,lesson",
        )
        .table("term_marks", &marks(&["P1 math I 4", "P1 rus I 4", "P2 math I 4", "P2 rus I 3", "P5 math I 5", "P5 rus I 5", "P4 math I 5"]))
}

/// Writes term marks: pupil, subject, term, value.
fn marks(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let cells: Vec<&str> = row.split(' ').collect();
        let kind = if cells[2] == "Y" { "year" } else { "term" };
        format!("\n{},{},{},{kind},{}", cells[0], cells[1], cells[2], cells[3])
    };
    format!("pupil_id,subject_id,term_id,kind,value{}", rows.iter().map(row).collect::<String>())
}

/// Fills the tables of a year after earlier ones, the first first.
fn filled(years: &[SmallYear], last: &SmallYear) -> Vec<Filled> {
    let mut earlier = Earlier::default();
    for year in years {
        let before = std::mem::take(&mut earlier);
        earlier = year.report(|context| {
            let figures =
                compute(context.journal, context.roster, context.as_of).expect("figures are formed");
            before.with(context.journal, context.roster, &figures, context.as_of)
        });
    }
    last.report(|context| {
        let figures = compute(context.journal, context.roster, context.as_of).expect("figures are formed");
        analyse((context.journal, context.roster), &figures, context.as_of, &earlier).0
    })
}

/// Returns the rows of a table, cells joined with blanks, empty ones as `-`; numbers with two decimals.
fn rows(filled: &[Filled], table: &str) -> Vec<String> {
    let one = filled.iter().find(|one| one.table.name == table).expect("the table is there");
    let cell = |text: String| match text.parse::<f64>() {
        _ if text.is_empty() => "-".to_owned(),
        Ok(number) if text.contains('.') => format!("{number:.2}"),
        _ => text,
    };
    let row = |row: &Vec<letopis::stats::analytics::Cell>| {
        row.iter().map(|one| cell(one.text())).collect::<Vec<_>>().join(" ")
    };
    one.rows.iter().map(row).collect()
}

/// Returns the rows of `dynamics` against the year before that begin with a term, scope and whole.
fn compared(filled: &[Filled], beginning: &str) -> Vec<String> {
    let rows = rows(filled, "dynamics").into_iter();
    rows.filter(|row| row.starts_with(beginning) && row.contains(" 2024-2025/")).collect()
}

#[test]
fn wholes_are_compared_with_themselves_a_year_ago_over_the_same_pupils() {
    let filled = filled(&[year_2024()], &year_2025());
    // Then P2 failed of four pupils; P1, P2 and P4 are there both times.
    assert_eq!(
        compared(&filled, "I school - - "),
        [
            "I school - - attainment 100 2024-2025/Q1 75 25 3 100 66.67",
            "I school - - mean_mark 4.29 2024-2025/Q1 3.71 0.57 3 4 3.60",
            "I school - - quality 75 2024-2025/Q1 75 0 3 66.67 66.67",
            "I school - - sou 75.43 2024-2025/Q1 58.29 17.14 3 65.60 56",
        ]
    );
    assert_eq!(
        compared(&filled, "I school - math mean_mark"),
        ["I school - math mean_mark 4.50 2024-2025/Q1 4 0.50 3 4.33 4"]
    );
    // P4 was in the level 1-4.
    assert_eq!(
        compared(&filled, "I level 5-9 - attainment"),
        ["I level 5-9 - attainment 100 2024-2025/Q1 66.67 33.33 2 100 50"]
    );
    // The parallel of then is another one: nobody is in both.
    assert_eq!(
        compared(&filled, "I parallel 5 - attainment"),
        ["I parallel 5 - attainment 100 2024-2025/Q1 66.67 33.33 0 - -"]
    );
    assert_eq!(
        compared(&filled, "I parallel 6 - attainment"),
        ["I parallel 6 - attainment 100 2024-2025/Q1 - - 0 - -"]
    );
    assert_eq!(
        compared(&filled, "I teacher T2 rus quality"),
        ["I teacher T2 rus quality 66.67 2024-2025/Q1 66.67 0 2 50 50"]
    );
}

#[test]
fn a_class_is_compared_with_the_class_it_was_and_a_course_with_none() {
    let later = year_2025()
        .rows("classes", "5Б,5,Б")
        .rows("pupils", "P6,Озёрный,Глеб")
        .rows("enrolment", "P6,5Б,2025-09-01,")
        .rows("courses", "K4,math,5Б,,T1,1,lesson")
        .rows("term_marks", "P6,math,I,term,4");
    let filled = filled(&[year_2024()], &later);
    assert_eq!(
        compared(&filled, "I class 6А - attainment"),
        ["I class 6А - attainment 100 2024-2025/Q1 66.67 33.33 2 100 50"]
    );
    assert_eq!(
        compared(&filled, "I class 5А math mean_mark"),
        ["I class 5А math mean_mark 5 2024-2025/Q1 4 1 1 5 4"]
    );
    // There was no 4Б.
    assert_eq!(
        compared(&filled, "I class 5Б - quality"),
        ["I class 5Б - quality 100 2024-2025/Q1 - - 0 - -"]
    );
    assert_eq!(compared(&filled, "I course"), [] as [String; 0]);
    let all = compared(&filled, "");
    assert!(all.iter().all(|row| row.contains(" 2024-2025/Q1 ")), "the only term that has ended");
}

#[test]
fn a_subject_taught_no_more_counts_in_all_subjects_together() {
    let before = year_2024().rows("courses", "C4,lat,5А,,T1,1,lesson").rows("term_marks", "P1,lat,Q1,term,2");
    let filled = filled(&[before], &year_2025());
    // P1 failed Latin: of P1, P2 and P4 only P4 passed then.
    assert_eq!(
        compared(&filled, "I school - - attainment"),
        ["I school - - attainment 100 2024-2025/Q1 50 50 3 100 33.33"]
    );
    assert_eq!(compared(&filled, "I school - lat"), [] as [String; 0]);
}

#[test]
fn terms_are_alike_by_kind_and_order_and_the_year_with_the_year() {
    let before = year_2024().rows("term_marks", "P1,math,Y,year,5\nP2,math,Y,year,3");
    let later = year_2025()
        .on(2026, 6, 30)
        .rows("term_marks", "P1,math,II,term,5\nP2,math,II,term,5\nP1,math,Y,year,4\nP2,math,Y,year,4");
    let filled = filled(&[before], &later);
    let of_class = |term: &str| compared(&filled, &format!("{term} class 6А math mean_mark"));
    assert_eq!(of_class("I"), ["I class 6А math mean_mark 4.33 2024-2025/Q1 4 0.33 2 4 4"]);
    assert_eq!(of_class("II"), ["II class 6А math mean_mark 5 2024-2025/Q2 3.50 1.50 2 5 3.50"]);
    assert_eq!(of_class("Y"), ["Y class 6А math mean_mark 4 2024-2025/Y 4 0 2 4 4"]);
    // Beside them stands the comparison within the year.
    assert!(rows(&filled, "dynamics").contains(&"II class 6А math mean_mark 5 I 4.33 0.67 2 5 4".to_owned()));
}

#[test]
fn nothing_is_compared_without_a_year_or_with_one_that_is_not_the_year_before() {
    let alone = filled(&[], &year_2025());
    assert_eq!(compared(&alone, ""), [] as [String; 0]);
    let later = year_2025().in_year("2025-2026", "2025-09-01", "2026-05-31");
    let long_ago = year_2024().in_year("2022-2023", "2022-09-01", "2023-05-31");
    let filled = filled(&[long_ago], &later);
    assert!(rows(&filled, "dynamics").iter().all(|row| !row.contains("2022-2023")));
}

#[test]
fn the_first_forecast_of_a_year_rests_on_the_last_term_of_the_year_before() {
    let later = year_2025()
        .on(2025, 9, 20)
        .table(
            "lessons",
            "lesson_id,course_id,date,number,status,teacher_id\nL1,K1,2025-09-02,1,held,T1\nL2,K3,2025-09-02,2,held,T1",
        )
        .table("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,3\nM2,L1,P2,4\nM3,L1,P5,5")
        .table("attendance", "lesson_id,pupil_id,reason");
    let all = rows(&filled(&[year_2024()], &later), "forecast");
    let of_math: Vec<&str> = all.iter().map(String::as_str).filter(|row| row.contains(" math ")).collect();
    // Last term marks: P1 4, P2 3, P4 5; P5 was not there. Russian had no mark in the last term.
    assert_eq!(
        of_math,
        [
            "I 5А P4 math K3 0 - 5 5 1",
            "I 6А P1 math K1 1 3 4 4 1",
            "I 6А P2 math K1 1 4 3 4 1",
            "I 6А P5 math K1 1 5 - 5 -",
        ]
    );
    let alone = rows(&filled(&[], &later), "forecast");
    assert!(alone.contains(&"I 6А P1 math K1 1 3 - 3 1".to_owned()), "{alone:#?}");
}

#[test]
fn grades_with_terms_of_their_own_are_matched_by_their_own() {
    let terms = "term_id,kind,title,start,end,grades\nA1,quarter,1 четверть,2024-09-02,2024-10-25,1-4\n\
        B1,quarter,1 четверть,2024-09-02,2024-10-18,5-9\nY,year,Год,2024-09-02,2025-05-26,1-11";
    let before = year_2024()
        .table("terms", terms)
        .table("term_marks", &marks(&["P4 math A1 3", "P1 math B1 5", "P2 math B1 5", "P3 math B1 4"]));
    let filled = filled(&[before], &year_2025());
    // 5А was 4А, whose terms were others; the school has no term in common with then.
    assert_eq!(
        compared(&filled, "I class 5А math mean_mark"),
        ["I class 5А math mean_mark 5 2024-2025/A1 3 2 1 5 3"]
    );
    assert_eq!(
        compared(&filled, "I class 6А math mean_mark"),
        ["I class 6А math mean_mark 4.33 2024-2025/B1 4.67 -0.33 2 4 5"]
    );
    assert_eq!(
        compared(&filled, "I parallel 6 math mean_mark"),
        ["I parallel 6 math mean_mark 4.33 2024-2025/B1 - - 0 - -"]
    );
}
