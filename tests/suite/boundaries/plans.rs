//! Lesson plans and the schedule of control works.

use letopis::base::severity::Severity;

use crate::small_year::{SmallYear, small_year};

/// The small year with 3 hours of mathematics in the curriculum, for 11 September.
fn planned(plan: &str) -> SmallYear {
    small_year()
        .table("curriculum", "subject_id,class_id,term_id,hours\nmath,5А,Q1,1\nmath,5А,,3")
        .table("lesson_plans", &format!("course_id,seq,topic,hours\n{plan}"))
        .on(2024, 9, 11)
}

#[test]
fn a_course_of_the_curriculum_has_a_plan_once_the_tenth_of_september_has_passed() {
    let line = "D.10 violation 2024-09-10 2024-09-10T23:59:59 Y 5А math C1 T1";
    assert_eq!(planned("").found("lesson-plan-missing"), [line]);
    assert_eq!(planned("").on(2024, 9, 10).count("lesson-plan-missing"), 0, "its day has not passed");
    assert_eq!(planned("C1,1,Дроби,0").count("lesson-plan-missing"), 0, "one row is a plan");
    assert_eq!(planned("").count("lesson-plan-short"), 0, "what is missing is not also short");
}

#[test]
fn only_courses_with_hours_in_the_curriculum_need_a_plan() {
    let curriculum = |rows: &str| {
        let table = format!("subject_id,class_id,group_id,term_id,hours\n{rows}");
        planned("").table("curriculum", &table).count("lesson-plan-missing")
    };
    assert_eq!((curriculum("math,5А,,,1"), curriculum("math,5А,,,0"), curriculum("")), (1, 0, 0));
    assert_eq!(curriculum("math,5А,,Q1,1"), 1, "the year is the sum of its terms");
}

#[test]
fn a_plan_has_no_fewer_hours_than_the_year_of_the_curriculum() {
    let line = "R.2.3 notice 2024-09-10 2024-09-10T23:59:59 Y 5А math C1 T1";
    let short = planned("C1,1,Дроби,1\nC1,2,Дроби,1.5");
    assert_eq!(short.found("lesson-plan-short"), [line]);
    assert_eq!(short.on(2024, 9, 10).count("lesson-plan-short"), 0);
    assert_eq!(planned("C1,1,Дроби,1\nC1,2,Дроби,2").count("lesson-plan-short"), 0);
    let tenths: Vec<_> = (1..=30).map(|seq| format!("C1,{seq},Дроби,0.1")).collect();
    assert_eq!(planned(&tenths.join("\n")).count("lesson-plan-short"), 0, "thirty tenths are three");
    assert_eq!(planned("C1,1,Дроби,4").count("lesson-plan-short"), 0, "more is no defect");
}

/// The small year with a control work in the schedule; a lesson on 2 September, L1, is held.
fn control(planned: &str, lesson: &str) -> SmallYear {
    let header = "work_id,course_id,kind,control,planned_date,lesson_id";
    let works = format!("{header}\nW1,C1,control,1,{planned},{lesson}\nW2,C1,control,0,2024-09-03,");
    small_year()
        .table("works", &works)
        .table("marks", "mark_id,lesson_id,pupil_id,value,work_id")
        .rows("lessons", "L2,C1,2024-09-09,1,held,,T1,,Дроби,,,\nL3,C1,2024-09-16,1,missed,,T1,,,,,")
}

/// Counts the works not held and the works held on another day.
fn defects(year: &SmallYear) -> (usize, usize) {
    (year.count("control-work-not-held"), year.count("control-work-moved"))
}

#[test]
fn a_control_work_is_held_by_the_day_it_is_planned_for() {
    let nothing = control("2024-09-16", "");
    assert_eq!(defects(&nothing.clone().on(2024, 9, 15)), (0, 0), "not due yet");
    let line = "Z.11 violation 2024-09-16 2024-09-16T23:59:59 Q1 5А math C1 T1";
    assert_eq!(nothing.on(2024, 9, 16).found("control-work-not-held"), [line]);
    assert_eq!(control("2024-09-16", "L3").count("control-work-not-held"), 1, "its lesson was missed");
    assert_eq!(defects(&control("2024-09-09", "L2")), (0, 0));
}

#[test]
fn a_mark_or_a_point_shows_that_a_control_work_was_held() {
    let marked = |row: &str| defects(&control("2024-09-09", "").rows("marks", row));
    assert_eq!(marked("M1,L2,P1,4,W1"), (0, 0));
    assert_eq!(marked("M1,L2,P1,.,W1"), (0, 0));
    assert_eq!(marked("M1,L2,P1,4,W2"), (1, 0), "another work's");
    assert_eq!(marked("M1,L1,P1,4,W1"), (0, 1), "on another day");
    assert_eq!(marked("M1,L1,P1,4,W1\nM2,L2,P2,4,W1"), (0, 0), "of several days the planned one");
}

#[test]
fn a_lesson_on_the_day_without_a_link_proves_nothing_and_weighs_less() {
    let line = "Z.11 notice 2024-09-09 2024-09-09T23:59:59 Q1 5А math C1 L2 T1";
    assert_eq!(control("2024-09-09", "").found("control-work-not-held"), [line]);
}

#[test]
fn a_control_work_on_another_day_than_planned_is_moved() {
    let line = "Z.5 notice 2024-09-09 2024-09-06T23:59:59 Q1 5А math C1 L2 T1";
    assert_eq!(control("2024-09-06", "L2").found("control-work-moved"), [line]);
    assert_eq!(defects(&control("2024-09-06", "L2")), (0, 1));
    assert_eq!(defects(&control("2024-09-10", "L2")), (0, 1), "ahead of its day");
    assert_eq!(defects(&control("2024-09-10", "L2").on(2024, 9, 9)), (0, 0), "its day has not come");
}

#[test]
fn a_control_work_put_off_beyond_the_date_is_a_notice() {
    let (_, checked) = control("2024-09-06", "L2").on(2024, 9, 8).check();
    let finding = checked.findings.iter().find(|finding| finding.rule == "control-work-not-held");
    let finding = finding.map(|finding| (finding.severity, finding.message.as_str()));
    let message = "контрольная работа по графику на 06.09.2024 отложена на 09.09.2024";
    assert_eq!(finding, Some((Severity::Notice, message)));
}

#[test]
fn the_work_of_a_moved_lesson_is_held_with_the_lesson_it_went_to() {
    let moved = |to: &str| {
        let lesson = format!("L4,C1,2024-09-05,1,moved,{to},T1,,,,,");
        control("2024-09-05", "L4").rows("lessons", &lesson)
    };
    assert_eq!(
        moved("2024-09-09").found("control-work-moved"),
        ["Z.5 notice 2024-09-09 2024-09-05T23:59:59 Q1 5А math C1 L2 T1"]
    );
    assert_eq!(defects(&moved("2024-09-10")), (1, 0), "no lesson was held there");
    assert_eq!(defects(&moved("")), (1, 0));
    let ahead = moved("2024-10-01");
    assert_eq!(
        ahead.found("control-work-not-held"),
        ["Z.11 notice 2024-09-05 2024-09-05T23:59:59 Q1 5А math C1 L4 T1"]
    );
}

#[test]
fn a_control_work_without_a_day_is_not_judged() {
    let (_, checked) = control("", "L2").check();
    let line = checked.examined.iter().find(|line| line.rule == "control-work-not-held");
    assert_eq!(line.map(|line| (line.examined, line.unjudged)), Some((0, 1)));
}

#[test]
fn without_any_link_between_works_and_lessons_the_schedule_is_not_judged() {
    let year = small_year().table("works", "work_id,course_id,kind,control,planned_date");
    let reason = |year: SmallYear| {
        let (_, checked) = year.check();
        let line = checked.not_run.into_iter().find(|line| line.rule == "control-work-not-held");
        line.map(|line| (line.in_part, line.reason.ru))
    };
    let lesson = "в таблице works нет столбца lesson_id";
    assert_eq!(reason(year.clone()), Some((false, format!("{lesson}, нет таблицы marks"))));
    let marks = year.table("marks", "mark_id,lesson_id,pupil_id,value,work_id");
    assert_eq!(reason(marks), Some((true, lesson.to_owned())));
}
