//! Marks for terms and the year: when, whether, by how many marks.

use crate::small_year::{SmallYear, small_year};

const HEADER: &str = "pupil_id,subject_id,term_id,kind,value,course_id,deferred_until,recorded_at";

/// Term marks of 5А after the first quarter.
fn term_marks(rows: &str) -> SmallYear {
    small_year().table("term_marks", &format!("{HEADER}\n{rows}")).on(2024, 10, 31)
}

/// A mark of P1 at each of some values, on the days from 2 September.
fn with_marks(year: SmallYear, values: &[u8]) -> SmallYear {
    let (mut lessons, mut marks) = (Vec::new(), Vec::new());
    for (day, value) in (3..).zip(values) {
        lessons.push(format!("D{day},C1,2024-09-{day:02},1,held,,T1,,Дроби,,,"));
        marks.push(format!("M{day},D{day},P1,{value}"));
    }
    let marks = format!("mark_id,lesson_id,pupil_id,value\n{}", marks.join("\n"));
    year.rows("lessons", &lessons.join("\n")).table("marks", &marks)
}

#[test]
fn term_marks_are_set_in_the_last_seven_days() {
    let at = |at: &str| {
        let year = term_marks(&format!("P1,math,Q1,term,4,,,{at}"));
        (year.found("term-mark-early"), year.found("term-mark-late"))
    };
    let none: Vec<String> = Vec::new();
    let ids = "Q1 5А math C1 P1 T1";
    assert_eq!(at("2024-10-19T00:00:00"), (none.clone(), none.clone()));
    assert_eq!(at("2024-10-25T23:59:59"), (none.clone(), none.clone()));
    let early = format!("R.2.14 notice 2024-10-25 2024-10-19T00:00:00 2024-10-18T23:59:59 {ids}");
    assert_eq!(at("2024-10-18T23:59:59"), (vec![early], none.clone()));
    let late = format!("R.2.14 violation 2024-10-25 2024-10-25T23:59:59 2024-10-26T00:00:00 {ids}");
    assert_eq!(at("2024-10-26T00:00:00"), (none, vec![late]));
}

#[test]
fn deferred_marks_and_pupils_who_left_are_not_bound_to_the_week() {
    assert_eq!(term_marks("P1,math,Q1,term,4,,2024-10-30,2024-10-30T10:00:00").count("term-mark-late"), 0);
    let left = term_marks("P1,math,Q1,term,4,C1,,2024-10-01T10:00:00");
    let until = |day: &str| {
        let table = format!("pupil_id,class_id,from,to\nP1,5А,2024-09-01,{day}\nP2,5А,2024-09-01,");
        left.clone().table("enrolment", &table).count("term-mark-early")
    };
    assert_eq!((until("2024-10-24"), until("2024-10-25")), (0, 1));
}

#[test]
fn exam_marks_are_not_bound_to_the_week() {
    assert_eq!(term_marks("P1,math,Y,exam,4,,,2024-09-10T10:00:00").count("term-mark-early"), 0);
    assert_eq!(term_marks("P1,math,Y,year,4,,,2024-09-10T10:00:00").count("term-mark-early"), 1);
}

#[test]
fn every_pupil_has_a_mark_for_an_ended_term() {
    let year = term_marks("P1,math,Q1,term,4,,,2024-10-25T12:00:00");
    let line = "R.2.9 violation 2024-10-25 2024-10-25T23:59:59 Q1 5А math C1 P2 T1";
    assert_eq!(year.found("term-mark-missing"), [line]);
    assert_eq!(year.clone().on(2024, 10, 24).count("term-mark-missing"), 0, "the term has not ended");
    assert_eq!(year.clone().on(2024, 10, 25).count("term-mark-missing"), 1);
    let late =
        term_marks("P1,math,Q1,term,4,,,2024-11-01T00:00:00\nP2,math,Q1,term,н/а,,,2024-10-31T23:59:59");
    assert_eq!(late.count("term-mark-missing"), 1, "marks entered after as_of are not seen");
    assert_eq!(year.table("subjects", "subject_id,title,grading\nmath,М,none").count("term-mark-missing"), 0);
}

#[test]
fn a_deferral_stands_until_its_day() {
    let until = |row: &str| term_marks(&format!("P2,math,Q1,term,5,,,\n{row}")).count("term-mark-missing");
    assert_eq!(until("P1,math,Q1,term,,,2024-10-31,2024-10-25T12:00:00"), 0);
    assert_eq!(until("P1,math,Q1,term,,,2024-10-30,2024-10-25T12:00:00"), 1);
    assert_eq!(until("P1,math,Q1,term,3,,2024-10-30,2024-10-25T12:00:00"), 0);
}

#[test]
fn the_year_asks_for_year_marks() {
    let rows = "P1,math,Q1,term,4,,,\nP2,math,Q1,term,4,,,\nP1,math,Y,year,4,,,\nP2,math,Y,term,4,,,";
    let year = term_marks(rows).on(2025, 6, 30);
    let line = "R.2.9 violation 2025-05-26 2025-05-26T23:59:59 Y 5А math C1 P2 T1";
    assert_eq!(year.found("term-mark-missing"), [line]);
}

#[test]
fn grade_1_owes_no_term_marks() {
    let grade = |grade: u8| {
        let classes = format!("class_id,grade,letter\n5А,{grade},А");
        term_marks("").table("classes", &classes).count("term-mark-missing")
    };
    assert_eq!((grade(1), grade(2)), (0, 2));
}

#[test]
fn a_pupil_taught_alone_owes_the_mark_in_that_course() {
    let year = term_marks("P2,math,Q1,term,5,,,")
        .table("groups", "group_id,title,class_ids,kind\nG1,ИУП,5А,individual")
        .table("group_members", "group_id,pupil_id,from,to\nG1,P1,,")
        .rows("courses", "C2,math,,G1,T2,1,lesson");
    let line = "R.2.9 violation 2024-10-25 2024-10-25T23:59:59 Q1 5А math C2 P1 T2";
    assert_eq!(year.found("term-mark-missing"), [line]);
}

#[test]
fn the_fewest_marks_depend_on_weekly_hours() {
    let few = |hours: &str, marks: usize| {
        let courses =
            format!("course_id,subject_id,class_id,teacher_id,hours_week,kind\nC1,math,5А,T1,{hours},lesson");
        let year = term_marks("P1,math,Q1,term,4,,,").table("courses", &courses);
        let found = with_marks(year, &[4; 7][..marks]).found("marks-too-few");
        found.iter().map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(few("1", 3), [""; 0]);
    assert_eq!(few("1", 2), ["violation"]);
    assert_eq!(few("2", 5), [""; 0]);
    assert_eq!(few("2", 4), ["notice"]);
    assert_eq!(few("2", 3), ["notice"]);
    assert_eq!(few("2", 2), ["violation"]);
    assert_eq!(few("2.5", 7), [""; 0]);
    assert_eq!(few("2.5", 6), ["notice"]);
}

#[test]
fn a_drift_is_one_or_more_from_the_mean_rounded_half_up() {
    let drift = |value: u8, marks: &[u8]| {
        let year = term_marks(&format!("P1,math,Q1,term,{value},C1,,"));
        with_marks(year, marks).count("term-mark-drift")
    };
    assert_eq!(drift(4, &[3, 4]), 0, "3.5 rounds up to 4");
    assert_eq!(drift(3, &[3, 4]), 1);
    assert_eq!(drift(3, &[3, 3, 4]), 0);
    assert_eq!(drift(5, &[]), 0, "no marks, no mean");
}

#[test]
fn the_row_entered_last_counts_and_two_values_conflict() {
    let rows = "P1,math,Q1,term,3,,,2024-10-24T12:00:00\nP1,math,Q1,term,4,,,2024-10-23T12:00:00";
    let year = with_marks(term_marks(rows), &[4, 4, 4]);
    assert_eq!(year.found("term-mark-conflict"), ["S.5 violation 2024-10-25 Q1 5А math C1 P1 T1"]);
    assert_eq!(year.count("term-mark-drift"), 1, "the 3 entered last drifts from 4");
    let same = "P1,math,Q1,term,4,,,2024-10-24T12:00:00\nP1,math,Q1,term,4,,,2024-10-23T12:00:00";
    assert_eq!(term_marks(same).count("term-mark-conflict"), 0);
    let kinds = "P1,math,Y,year,4,,,\nP1,math,Y,exam,3,,,";
    assert_eq!(term_marks(kinds).count("term-mark-conflict"), 0);
}

#[test]
fn a_course_with_its_own_kind_of_terms_takes_those_of_its_grade() {
    let missing = |grades: &str| {
        let terms = format!(
            "term_id,kind,title,start,end,grades\nH1,half_year,1 полугодие,2024-09-02,2024-10-20,10;11\n\
             B1,half_year,1 полугодие,2024-09-02,2024-10-25,{grades}"
        );
        let courses = "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind,term_kind\n\
                       C1,math,5А,,T1,1,lesson,half_year";
        let year = term_marks("P1,math,B1,term,4,,,").table("terms", &terms).table("courses", courses);
        year.found("term-mark-missing").iter().map(|line| line.contains("B1")).collect::<Vec<_>>()
    };
    assert_eq!(missing("5"), [true], "P2 alone, in the half-year of grade 5 alone");
    assert_eq!(missing("9"), [false, false, true], "no half-year is the grade's: all of the kind");
}

#[test]
fn without_the_flag_of_the_schedule_no_control_mark_is_judged() {
    let not_run = |works: &str| {
        let (_, checked) = small_year()
            .table("works", works)
            .table(
                "marks",
                "mark_id,lesson_id,pupil_id,value,work_id,recorded_at\nM1,L1,P1,4,W1,2024-09-20T10:00:00",
            )
            .check();
        checked.not_run.iter().any(|line| line.rule == "control-mark-late")
    };
    assert!(not_run("work_id,course_id,kind\nW1,C1,control"));
    assert!(!not_run("work_id,course_id,kind,control\nW1,C1,control,1"));
}
