//! Lessons: recorded, substituted, moved, lost, by plan and by programme.

use crate::small_year::{SmallYear, small_year};

/// The small year with mathematics on Mondays, first lesson.
fn mondays() -> SmallYear {
    small_year().table("timetable", "course_id,weekday,number,from,to,weeks\nC1,1,1,,,").on(2024, 9, 9)
}

fn lesson(row: &str) -> SmallYear {
    small_year().rows("lessons", row)
}

#[test]
fn a_timetabled_day_without_a_row_is_missing() {
    assert_eq!(mondays().found("lesson-missing"), ["D.14 violation 2024-09-09 Q1 5А math C1 T1"]);
    assert_eq!(mondays().on(2024, 9, 8).count("lesson-missing"), 0);
}

#[test]
fn any_row_for_the_day_and_number_is_a_record() {
    let other_number = mondays().rows("lessons", "L2,C1,2024-09-09,2,held,,T1,,Дроби,,,");
    assert_eq!(other_number.count("lesson-missing"), 1);
    let moved = mondays().rows("lessons", "L2,C1,2024-09-09,1,moved,2024-09-10,T1,,,,,");
    assert_eq!(moved.count("lesson-missing"), 0);
}

#[test]
fn a_double_lesson_in_one_row_stands_for_both_numbers() {
    let header = "lesson_id,course_id,date,number,status,teacher_id,topic,hours\n";
    let year = |hours: u8| {
        let table = format!("{header}L1,C1,2024-09-02,1,held,T1,Дроби,{hours}");
        let timetable = "course_id,weekday,number\nC1,1,1\nC1,1,2";
        small_year().table("lessons", &table).table("timetable", timetable).on(2024, 9, 2)
    };
    assert_eq!(year(1).count("lesson-missing"), 1);
    assert_eq!(year(2).count("lesson-missing"), 0);
}

#[test]
fn no_lesson_is_due_on_holidays_and_suspended_days() {
    let holiday = mondays().table("holidays", "title,start,end,grades\nДень,2024-09-09,2024-09-09,5");
    assert_eq!(holiday.count("lesson-missing"), 0);
    let of_others = mondays().table("holidays", "title,start,end,grades\nДень,2024-09-09,2024-09-09,1-4");
    assert_eq!(of_others.count("lesson-missing"), 1);
    let suspended = mondays().table("suspensions", "start,end,class_ids\n2024-09-09,2024-09-09,5А");
    assert_eq!(suspended.count("lesson-missing"), 0);
}

#[test]
fn a_group_has_school_days_of_any_of_its_classes() {
    let stream = small_year()
        .rows("classes", "5Б,5,Б")
        .table("groups", "group_id,title,class_ids,kind\nG1,Поток,5А;5Б,stream")
        .rows("courses", "C2,math,,G1,T2,1,lesson")
        .table("timetable", "course_id,weekday,number\nC2,1,2")
        .on(2024, 9, 2);
    let suspended = |classes: &str| {
        let table = format!("start,end,class_ids\n2024-09-02,2024-09-02,{classes}");
        stream.clone().table("suspensions", &table)
    };
    assert_eq!(suspended("5А").found("lesson-missing"), ["D.14 violation 2024-09-02 Q1 math C2 T2"]);
    assert_eq!(suspended("5А;5Б").count("lesson-missing"), 0);
}

#[test]
fn a_working_saturday_is_taught_by_its_weekday() {
    let saturday = mondays().on(2024, 9, 7).table("day_moves", "date,as_weekday,grades\n2024-09-07,1,5");
    assert_eq!(saturday.found("lesson-missing"), ["D.14 violation 2024-09-07 Q1 5А math C1 T1"]);
    let of_others = mondays().on(2024, 9, 7).table("day_moves", "date,as_weekday,grades\n2024-09-07,1,6");
    assert_eq!(of_others.count("lesson-missing"), 0);
}

#[test]
fn odd_and_even_weeks_alternate() {
    let weeks = |weeks: &str| {
        let table = format!("course_id,weekday,number,from,to,weeks\nC1,1,1,,,{weeks}");
        mondays().table("timetable", &table).count("lesson-missing")
    };
    assert_ne!(weeks("odd"), weeks("even"));
    assert_eq!(weeks("odd") + weeks("even"), weeks(""));
}

#[test]
fn a_lesson_is_recorded_by_the_days_end() {
    let recorded = |at: &str| lesson(&format!("L2,C1,2024-09-03,1,held,,T1,,Дроби,,{at},T1"));
    assert_eq!(recorded("2024-09-03T23:59:59").count("lesson-recorded-late"), 0);
    let late = "D.14 violation 2024-09-03 2024-09-03T23:59:59 2024-09-04T00:00:00 Q1 5А math C1 L2 T1";
    assert_eq!(recorded("2024-09-04T00:00:00").found("lesson-recorded-late"), [late]);
}

#[test]
fn a_row_without_a_moment_is_counted_as_not_judged() {
    let (_, checked) = lesson("L2,C1,2024-09-03,1,held,,T1,,Дроби,,,").check();
    let examined = checked.examined.iter().find(|line| line.rule == "lesson-recorded-late");
    assert_eq!(examined.map(|line| (line.examined, line.unjudged)), Some((1, 1)));
}

#[test]
fn a_strange_teacher_is_a_substitution_to_be_marked() {
    let unmarked = lesson("L2,C1,2024-09-03,1,held,,T2,,Дроби,,,");
    assert_eq!(unmarked.found("substitution-unmarked"), ["R.2.11 violation 2024-09-03 Q1 5А math C1 L2 T1"]);
    assert_eq!(lesson("L2,C1,2024-09-03,1,held,,T2,T1,Дроби,,,").count("substitution-unmarked"), 0);
    let second = |to: &str| {
        let table = format!("course_id,teacher_id,from,to,role\nC1,T2,2024-09-01,{to},second");
        unmarked.clone().table("course_teachers", &table).count("substitution-unmarked")
    };
    assert_eq!((second("2024-09-03"), second("2024-09-02")), (0, 1));
}

#[test]
fn a_moved_lesson_is_held_on_its_new_day() {
    let moved = |to: &str| lesson(&format!("L2,C1,2024-09-03,1,moved,{to},T1,,,,,"));
    let lost = ["R.2.11 violation 2024-09-03 Q1 5А math C1 L2 T1"];
    assert_eq!(moved("2024-09-04").found("moved-lesson-lost"), lost);
    assert_eq!(moved("").found("moved-lesson-lost"), lost);
    assert_eq!(moved("2024-10-01").count("moved-lesson-lost"), 0, "not due by 30 September");
    let held = moved("2024-09-04").rows("lessons", "L3,C1,2024-09-04,5,held,,T1,,Дроби,,,");
    assert_eq!(held.count("moved-lesson-lost"), 0);
}

#[test]
fn a_missed_lesson_is_lost_and_a_cancelled_one_is_not() {
    let status = |status: &str| lesson(&format!("L2,C1,2024-09-03,1,{status},,T1,,,,,"));
    assert_eq!(status("missed").found("lesson-lost"), ["D.14 notice 2024-09-03 Q1 5А math C1 L2 T1"]);
    assert_eq!(status("cancelled").count("lesson-lost"), 0);
    assert_eq!(status("missed").on(2024, 9, 2).count("lesson-lost"), 0);
}

#[test]
fn a_held_lesson_has_a_topic_and_only_then_one_off_plan() {
    let plan = "course_id,seq,topic,hours\nC1,1,Дроби,1\nC1,2,Счёт до ста,1";
    let topic = |topic: &str, seq: &str| {
        lesson(&format!("L2,C1,2024-09-03,1,held,,T1,,{topic},{seq},,")).table("lesson_plans", plan)
    };
    assert_eq!(topic("", "2").found("topic-missing"), ["R.2.7 violation 2024-09-03 Q1 5А math C1 L2 T1"]);
    assert_eq!(topic("", "2").count("topic-off-plan"), 0);
    assert_eq!(topic("СЧЕТ до «ста».", "2").count("topic-off-plan"), 0);
    assert_eq!(
        topic("Счёт до двух", "2").found("topic-off-plan"),
        ["T.3 notice 2024-09-03 Q1 5А math C1 L2 T1"]
    );
    assert_eq!(topic("Счёт до двух", "").count("topic-off-plan"), 0);
    assert_eq!(topic("Счёт до двух", "3").count("topic-off-plan"), 0);
}

#[test]
fn a_programme_is_behind_when_fewer_hours_are_given_than_planned() {
    let plan = |rows: &str| {
        let table = format!("subject_id,class_id,group_id,pupil_id,term_id,hours\n{rows}");
        small_year().table("curriculum", &table).on(2025, 5, 26)
    };
    assert_eq!(plan("math,5А,,,Q1,1").count("programme-behind"), 0);
    let term = "D.14 notice 2024-10-25 Q1 5А math C1 T1";
    let year = "D.14 violation 2025-05-26 Y 5А math C1 T1";
    assert_eq!(
        plan("math,5А,,,Q1,2").found("programme-behind"),
        [term, year],
        "the year is the sum of its terms"
    );
    assert_eq!(plan("math,5А,,,Q1,1\nmath,5А,,,,2").found("programme-behind"), [year]);
    assert_eq!(plan("math,5А,,,,2").on(2025, 5, 25).count("programme-behind"), 0);
}

#[test]
fn a_group_is_planned_by_its_own_row_then_its_pupils_then_its_class() {
    let plan = |rows: &str| {
        let year = small_year()
            .table("groups", "group_id,title,class_ids,kind\nG1,ИУП,5А,individual")
            .table("group_members", "group_id,pupil_id,from,to\nG1,P1,,")
            .rows("courses", "C2,math,,G1,T2,1,lesson")
            .table("curriculum", &format!("subject_id,class_id,group_id,pupil_id,term_id,hours\n{rows}"));
        year.on(2024, 10, 25).found("programme-behind")
    };
    let behind = ["D.14 notice 2024-10-25 Q1 math C2 T2"];
    assert_eq!(plan("math,5А,,,Q1,1"), behind);
    assert_eq!(plan("math,5А,,,Q1,1\nmath,,,P1,Q1,0"), [""; 0]);
    assert_eq!(plan("math,5А,,,Q1,1\nmath,,,P1,Q1,0\nmath,,G1,,Q1,1"), behind);
}
