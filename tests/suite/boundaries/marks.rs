//! Marks and absences of lessons, and who entered them.

use crate::small_year::{SmallYear, small_year};

const WORKS: &str = "work_id,course_id,kind,title,control\nW1,C1,oral,Ответ,0\nW2,C1,oral,Зачёт,1\n\
                     W3,C1,control,Контрольная,0\nW4,C1,dictation,Диктант,0";

/// One mark at the lesson of 2 September.
fn mark(value: &str, work: &str, comment: &str, at: &str) -> SmallYear {
    let row = format!("M1,L1,P1,{value},{work},{comment},{at},T1");
    let header = "mark_id,lesson_id,pupil_id,value,work_id,comment,recorded_at,recorded_by";
    small_year().table("works", WORKS).table("marks", &format!("{header}\n{row}"))
}

/// One absence at the lesson of 2 September, 08:30.
fn absence(reason: &str, at: &str) -> SmallYear {
    absences(small_year(), reason, at)
}

fn absences(year: SmallYear, reason: &str, at: &str) -> SmallYear {
    let header = "lesson_id,pupil_id,reason,recorded_at,recorded_by";
    year.table("attendance", &format!("{header}\nL1,P1,{reason},{at},T1"))
}

#[test]
fn the_mark_of_an_answer_is_entered_on_the_day() {
    let late = "R.2.6 violation 2024-09-02 2024-09-02T23:59:59 2024-09-03T00:00:00 Q1 5А math C1 L1 P1 T1";
    for work in ["W1", ""] {
        assert_eq!(mark("4", work, "", "2024-09-02T23:59:59").count("mark-late"), 0);
        assert_eq!(mark("4", work, "", "2024-09-03T00:00:00").found("mark-late"), [late]);
    }
}

#[test]
fn the_mark_of_a_control_work_is_entered_within_three_days_whatever_its_kind() {
    assert_eq!(mark("4", "W2", "", "2024-09-05T23:59:59").count("control-mark-late"), 0);
    let late = mark("4", "W2", "", "2024-09-06T00:00:00");
    let line = "R.2.12 violation 2024-09-02 2024-09-05T23:59:59 2024-09-06T00:00:00 Q1 5А math C1 L1 P1 T1";
    assert_eq!(late.found("control-mark-late"), [line]);
    assert_eq!(late.count("mark-late"), 0);
    assert_eq!(late.on(2024, 9, 4).count("control-mark-late"), 0, "not due yet");
}

#[test]
fn any_other_mark_is_entered_within_a_week() {
    for work in ["W3", "W4"] {
        assert_eq!(mark("4", work, "", "2024-09-09T23:59:59").count("written-mark-late"), 0);
        let late = mark("4", work, "", "2024-09-10T00:00:00");
        let line =
            "R.2.13 violation 2024-09-02 2024-09-09T23:59:59 2024-09-10T00:00:00 Q1 5А math C1 L1 P1 T1";
        assert_eq!(late.found("written-mark-late"), [line]);
        assert_eq!(late.count("control-mark-late"), 0);
    }
}

#[test]
fn a_point_is_no_mark() {
    let point = mark(".", "", "", "2024-10-01T00:00:00");
    assert_eq!((point.count("mark-late"), point.count("work-kind-missing")), (0, 0));
    let one = mark("1", "", "", "2024-10-01T00:00:00");
    assert_eq!((one.count("mark-late"), one.count("work-kind-missing")), (1, 1));
}

#[test]
fn a_mark_of_an_absent_pupil_has_a_comment_and_is_then_never_late() {
    let late = |comment: &str, reason: &str| {
        let year = absences(mark("4", "W1", comment, "2024-09-20T12:00:00"), reason, "2024-09-02T08:31:00");
        (year.count("mark-late"), year.count("mark-while-absent"))
    };
    assert_eq!(late("сдал 20.09", "б"), (0, 0));
    assert_eq!(late("", "б"), (1, 1));
    assert_eq!(late("сдал 20.09", "оп"), (1, 0), "late is not absent");
    assert_eq!(late("", "оп"), (1, 0));
}

#[test]
fn an_absence_is_entered_within_ten_minutes_and_unexcused_within_twenty() {
    let found =
        |reason: &str, time: &str| absence(reason, &format!("2024-09-02T{time}")).found("absence-late");
    let line = |start: &str, due: &str, at: &str| {
        format!("{start} 2024-09-02 2024-09-02T{due} 2024-09-02T{at} Q1 5А math C1 L1 P1 T1")
    };
    for reason in ["б", "ну", "н"] {
        assert_eq!(found(reason, "08:40:00"), [""; 0]);
        assert_eq!(found(reason, "08:40:01"), [line("T.7 notice", "08:40:00", "08:40:01")]);
        assert_eq!(found(reason, "08:50:00"), [line("T.7 notice", "08:40:00", "08:50:00")]);
    }
    assert_eq!(found("н", "08:50:01"), [line("R.2.10 violation", "08:50:00", "08:50:01")]);
    assert_eq!(found("б", "08:50:01"), [line("T.7 notice", "08:40:00", "08:50:01")]);
    assert_eq!(found("оп", "12:00:00"), [""; 0]);
}

#[test]
fn a_lesson_without_a_bell_leaves_its_absences_not_judged() {
    let year = small_year().rows("lessons", "L2,C1,2024-09-02,5,held,,T1,,Дроби,,,");
    let year = year.table("attendance", "lesson_id,pupil_id,reason,recorded_at\nL2,P1,н,2024-09-09T12:00:00");
    let (_, checked) = year.check();
    let line = checked.examined.iter().find(|line| line.rule == "absence-late");
    assert_eq!(line.map(|line| (line.examined, line.unjudged)), Some((0, 1)));
}

#[test]
fn the_register_agrees_with_the_lessons() {
    let register = |lessons: &str, register: &str| {
        let year = small_year()
            .table("attendance", &format!("lesson_id,pupil_id,reason\n{lessons}"))
            .table("absence_register", &format!("date,pupil_id,reason\n{register}"));
        ["register-missing", "register-differs", "register-unconfirmed"].map(|rule| year.count(rule))
    };
    assert_eq!(register("L1,P1,б", "2024-09-02,P1,б"), [0, 0, 0]);
    assert_eq!(register("L1,P1,б", ""), [1, 0, 0]);
    assert_eq!(register("L1,P1,б", "2024-09-02,P1,н"), [0, 1, 0]);
    assert_eq!(register("", "2024-09-02,P1,н"), [0, 0, 1]);
    assert_eq!(register("L1,P1,оп", "2024-09-02,P1,н"), [0, 0, 1], "late is not absent");
    assert_eq!(register("L1,P1,?", "2024-09-02,P1,н"), [0, 0, 0], "absent, the reason unknown");
    assert_eq!(register("", "2024-09-03,P1,н"), [0, 0, 0], "no lessons that day");
}

#[test]
fn a_day_with_one_agreeing_reason_does_not_differ() {
    let year = small_year()
        .rows("lessons", "L2,C1,2024-09-02,2,held,,T1,,Дроби,,,\nL3,C1,2024-09-02,3,missed,,T1,,,,,")
        .table("attendance", "lesson_id,pupil_id,reason\nL1,P1,н\nL2,P1,б\nL3,P2,б")
        .table("absence_register", "date,pupil_id,reason\n2024-09-02,P1,б");
    assert_eq!(year.count("register-differs"), 0);
    assert_eq!(year.count("register-missing"), 0, "an absence from a lesson that was not held is none");
}

#[test]
fn entries_are_made_by_whoever_teaches_the_course_or_the_lesson() {
    let entry = |teacher: &str, author: &str| {
        small_year()
            .rows("lessons", &format!("L2,C1,2024-09-03,1,held,,{teacher},T1,Дроби,,,T1"))
            .table("marks", &format!("mark_id,lesson_id,pupil_id,value,recorded_by\nM1,L2,P1,5,{author}"))
            .table("attendance", &format!("lesson_id,pupil_id,reason,recorded_by\nL2,P2,оп,{author}"))
            .table("homework", "lesson_id,text,recorded_by\nL2,Задача,")
    };
    assert_eq!(entry("T1", "T1").count("foreign-entry"), 0);
    assert_eq!(entry("T2", "T2").count("foreign-entry"), 0, "the substitute");
    let foreign = entry("T1", "T2");
    assert_eq!(foreign.found("foreign-entry"), ["R.2.4 violation 2024-09-03 Q1 5А math C1 L2 P1 T2"]);
    let second = |to: &str| {
        let table = format!("course_id,teacher_id,from,to,role\nC1,T2,,{to},second");
        foreign.clone().table("course_teachers", &table).count("foreign-entry")
    };
    assert_eq!((second("2024-09-03"), second("2024-09-02")), (0, 1));
}
