//! Homework: given, in time, and not too much.

use crate::small_year::{SmallYear, small_year};

/// Homework of the lesson of 2 September.
fn homework(at: &str) -> SmallYear {
    small_year()
        .table("homework", &format!("lesson_id,text,minutes,due_date,recorded_at\nL1,Задача,10,,{at}"))
}

fn line(start: &str, due: &str, at: &str) -> String {
    format!("{start} 2024-09-02 2024-09-02T{due} 2024-09-02T{at} Q1 5А math C1 L1 T1")
}

#[test]
fn homework_has_two_deadlines_and_the_later_is_the_laxer() {
    // The class's last lesson ends at 09:15: an hour and a half later is 10:45.
    let found = |time: &str| homework(&format!("2024-09-02T{time}")).found("homework-late");
    assert_eq!(found("10:45:00"), [""; 0]);
    assert_eq!(found("10:45:01"), [line("T.4 notice", "10:45:00", "10:45:01")]);
    assert_eq!(found("17:00:00"), [line("T.4 notice", "10:45:00", "17:00:00")]);
    assert_eq!(found("17:00:01"), [line("R.2.8 violation", "17:00:00", "17:00:01")]);
}

#[test]
fn with_late_lessons_the_hour_is_the_stricter() {
    let found = |time: &str| {
        let year = homework(&format!("2024-09-02T{time}"));
        year.rows("lessons", "L8,C1,2024-09-02,8,held,,T1,,Дроби,,,").found("homework-late")
    };
    assert_eq!(found("17:00:00"), [""; 0]);
    assert_eq!(found("17:00:01"), [line("R.2.8 notice", "17:00:00", "17:00:01")]);
    assert_eq!(found("17:30:00"), [line("R.2.8 notice", "17:00:00", "17:30:00")]);
    assert_eq!(found("17:30:01"), [line("T.4 violation", "17:30:00", "17:30:01")]);
}

#[test]
fn only_held_lessons_of_the_curriculum_end_a_day() {
    let found = |row: &str| {
        let year = homework("2024-09-02T10:45:01").rows("courses", "C2,math,5А,,T2,1,extracurricular");
        year.rows("lessons", row).count("homework-late")
    };
    assert_eq!(found("L8,C1,2024-09-02,8,held,,T1,,Дроби,,,"), 0);
    assert_eq!(found("L8,C1,2024-09-02,8,cancelled,,T1,,,,,"), 1);
    assert_eq!(found("L8,C2,2024-09-02,8,held,,T2,,Кружок,,,"), 1);
}

#[test]
fn with_no_bell_the_hour_stands_alone() {
    let found = |time: &str| homework(&format!("2024-09-02T{time}")).without("bells").found("homework-late");
    assert_eq!(found("17:00:00"), [""; 0]);
    assert_eq!(found("17:00:01"), [line("R.2.8 violation", "17:00:00", "17:00:01")]);
}

#[test]
fn on_suspended_days_homework_is_given_by_ten() {
    let found = |time: &str| {
        let year = homework(&format!("2024-09-02T{time}"));
        let year = year.table("suspensions", "start,end,class_ids\n2024-09-02,2024-09-02,");
        (year.found("homework-late-suspended"), year.count("homework-late"))
    };
    assert_eq!(found("10:00:00"), (Vec::new(), 0));
    assert_eq!(found("18:00:00"), (vec![line("R.2.8 violation", "10:00:00", "18:00:00")], 0));
    assert_eq!(found("10:00:01").0.len(), 1);
}

#[test]
fn every_held_lesson_of_the_curriculum_has_homework() {
    let year = small_year().table("homework", "lesson_id,text");
    assert_eq!(year.found("homework-missing"), ["R.2.8 notice 2024-09-02 Q1 5А math C1 L1 T1"]);
    assert_eq!(homework("").count("homework-missing"), 0);
    let courses = "course_id,subject_id,class_id,teacher_id,kind\nC1,math,5А,T1,elective";
    assert_eq!(year.clone().table("courses", courses).count("homework-missing"), 0);
    assert_eq!(year.clone().table("classes", "class_id,grade\n5А,1").count("homework-missing"), 0);
    assert_eq!(year.table("subjects", "subject_id,title,grading\nmath,М,none").count("homework-missing"), 0);
}

#[test]
fn grade_1_is_given_no_homework() {
    let first = homework("").table("classes", "class_id,grade\n5А,1");
    assert_eq!(first.found("homework-in-grade-1"), ["D.14 notice 2024-09-02 Q1 5А math C1 L1 T1"]);
    assert_eq!(homework("").count("homework-in-grade-1"), 0);
}

/// Homework rows of two group lessons and one of the class; P1 is in group G1, P2 in G2.
fn groups(rows: &str) -> SmallYear {
    small_year()
        .table("groups", "group_id,title,class_ids,kind\nG1,Англ. 1,5А,group\nG2,Англ. 2,5А,group")
        .table("group_members", "group_id,pupil_id,from,to\nG1,P1,,2024-09-09\nG2,P2,,")
        .rows("courses", "C2,math,,G1,T1,1,lesson\nC3,math,,G2,T2,1,lesson")
        .rows("lessons", "L2,C2,2024-09-02,2,held,,T1,,Дроби,,,\nL3,C3,2024-09-02,2,held,,T2,,Дроби,,,")
        .table("homework", &format!("lesson_id,text,minutes,due_date,pupil_id\n{rows}"))
}

#[test]
fn an_overload_is_what_one_pupil_gets_above_the_norm() {
    let count = |rows: &str| groups(rows).count("homework-overload");
    assert_eq!(
        count("L1,А,60,2024-09-03,\nL2,Б,60,2024-09-03,\nL3,В,60,2024-09-03,"),
        0,
        "120 in grade 5 is the norm"
    );
    let over = groups("L1,А,60,2024-09-03,\nL2,Б,61,2024-09-03,");
    assert_eq!(over.found("homework-overload"), ["D.14 violation 2024-09-03 Q1 5А"]);
    assert_eq!(
        count("L1,А,60,2024-09-03,\nL2,Б,61,2024-09-03,\nL3,В,,2024-09-03,"),
        0,
        "a row without minutes"
    );
    assert_eq!(count("L1,А,60,2024-09-10,\nL2,Б,61,2024-09-10,"), 0, "P1 has left the group by then");
    assert_eq!(count("L1,А,60,2024-09-03,\nL2,Б,61,,"), 0, "not due on any day");
    assert_eq!(count("L1,А,60,2024-09-03,\nL1,Б,61,2024-09-03,P2"), 1, "one pupil's own homework");
    assert_eq!(count("L1,А,60,2024-09-03,P1\nL1,Б,61,2024-09-03,P2"), 0);
}
