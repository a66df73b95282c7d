//! The journal's own log: corrections, edits after the term mark, entries of breached accounts.

use crate::small_year::{SmallYear, small_year};

/// The small year with a mark, a term mark of 24 October 12:00:00, two accounts and one change.
fn changed(change: &str) -> SmallYear {
    small_year()
        .table("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,4")
        .table("accounts", "account,staff_id,role\nu1,T1,teacher\nu2,T1,deputy\nu3,T2,")
        .table(
            "term_marks",
            "pupil_id,subject_id,term_id,kind,value,recorded_at\nP1,math,Q1,term,4,2024-10-24T12:00:00\n\
             P2,math,Q1,term,5,2024-10-25T12:00:00",
        )
        .table("changes", &format!("at,account,staff_id,action,table,record_id,field,old,new\n{change}"))
        .on(2024, 12, 31)
}

#[test]
fn updates_and_deletions_of_marks_topics_and_homework_are_corrections() {
    let count = |change: &str| changed(&format!("2024-09-05T10:00:00,u1,,{change}")).count("correction");
    assert_eq!(count("update,marks,M1,value,3,4"), 1);
    assert_eq!(count("create,marks,M1,value,,4"), 0);
    assert_eq!(count("delete,marks,gone,value,4,"), 1);
    assert_eq!(count("update,lessons,L1,topic,а,б"), 1);
    assert_eq!(count("update,lessons,L1,room,1,2"), 0);
    assert_eq!(count("update,homework,L1,text,а,б"), 1);
    assert_eq!(count("update,attendance,L1:P1,reason,н,б"), 0);
}

#[test]
fn a_correction_says_where_and_by_whom() {
    let found = |change: &str| changed(change).found("correction").join("");
    let line = "D.13 notice 2024-09-05 2024-09-05T10:00:00 Q1 5А math C1 L1 P1 T1";
    assert_eq!(found("2024-09-05T10:00:00,u1,,update,marks,M1,value,3,4"), line, "the account's owner");
    assert_eq!(
        found("2024-09-05T10:00:00,u1,T2,delete,marks,gone,value,3,"),
        "D.13 notice 2024-09-05 2024-09-05T10:00:00 T2"
    );
}

#[test]
fn an_edit_is_after_the_term_mark_of_its_pupil_or_of_its_course() {
    let found = |at: &str, what: &str| {
        changed(&format!("2024-10-{at},u1,,update,{what},а,б")).found("edit-after-term-mark")
    };
    let mark = "marks,M1,value";
    assert_eq!(found("24T12:00:00", mark), [""; 0]);
    let line = "T.rights violation 2024-10-24 2024-10-24T12:00:00 2024-10-24T12:00:01 Q1 5А math C1 L1 P1 T1";
    assert_eq!(found("24T12:00:01", mark), [line]);
    assert_eq!(found("24T12:00:01", "attendance,L1:P1,reason").len(), 1);
    assert_eq!(found("24T12:00:01", "attendance,L1:P2,reason").len(), 0, "that pupil's term mark came later");
    assert_eq!(found("25T12:00:00", "lessons,L1,topic").len(), 0, "the course's last term mark");
    assert_eq!(found("25T12:00:01", "lessons,L1,topic").len(), 1);
    assert_eq!(found("25T12:00:01", "homework,L1,text").len(), 1);
    assert_eq!(found("25T12:00:01", "lessons,L1,room").len(), 0);
}

#[test]
fn only_teachers_edits_are_judged() {
    let by = |author: &str| {
        changed(&format!("2024-11-01T10:00:00,{author},create,marks,M1,value,,4"))
            .count("edit-after-term-mark")
    };
    assert_eq!(by("u1,"), 1, "creating counts too");
    assert_eq!(by("u2,"), 0, "a deputy's account");
    assert_eq!(by("u3,"), 0, "teaches no course");
    assert_eq!(by("u3,T1"), 1, "an account without a role");
    assert_eq!(by("unknown,T1"), 1);
}

#[test]
fn entries_of_a_breached_account_are_void_from_the_second_notice_to_the_closing() {
    let weight = |told: &str, at: &str| {
        let breach = format!(
            "account,detected_at,director_told_at,support_told_at,closed_at\nu1,2024-09-05T10:00:00,{told}"
        );
        let year =
            changed(&format!("2024-09-05T{at},u1,,update,lessons,L1,room,1,2")).table("breaches", &breach);
        let found = year.found("entry-void");
        found.iter().map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect::<String>()
    };
    let told = "2024-09-05T10:10:00,2024-09-05T10:20:00,2024-09-05T12:00:00";
    assert_eq!(weight(told, "10:09:59"), "");
    assert_eq!(weight(told, "10:10:00"), "notice");
    assert_eq!(weight(told, "10:19:59"), "notice");
    assert_eq!(weight(told, "10:20:00"), "violation");
    assert_eq!(weight(told, "11:59:59"), "violation");
    assert_eq!(weight(told, "12:00:00"), "");
    assert_eq!(weight("2024-09-05T10:10:00,,", "23:00:00"), "notice", "still open, support not told");
}

#[test]
fn a_breach_is_told_within_the_hour() {
    let found = |told: &str| {
        let table = format!(
            "account,detected_at,director_told_at,support_told_at,closed_at\nu1,2024-09-05T10:00:00,{told},"
        );
        changed("").table("breaches", &table).found("breach-told-late").join("")
    };
    assert_eq!(found("2024-09-05T11:00:00,2024-09-05T11:00:00"), "");
    let line = "R.4.3 violation 2024-09-05 2024-09-05T11:00:00 2024-09-05T11:00:01 T1";
    assert_eq!(found("2024-09-05T10:05:00,2024-09-05T11:00:01"), line);
    assert_eq!(found("2024-09-05T11:00:01,2024-09-05T10:05:00"), line);
    assert_eq!(found(","), "R.4.3 violation 2024-09-05 2024-09-05T11:00:00 T1");
}

#[test]
fn a_deferral_without_a_mark_closes_nothing() {
    let edits = |value: &str| {
        let header = "pupil_id,subject_id,term_id,kind,value,course_id,deferred_until,recorded_at";
        let table = format!("{header}\nP1,math,Q1,term,{value},,2024-12-01,2024-10-24T12:00:00");
        let change = "2024-11-05T10:00:00,u1,,create,marks,M1,value,,4";
        changed(change).table("term_marks", &table).count("edit-after-term-mark")
    };
    assert_eq!((edits(""), edits("4")), (0, 1));
}

#[test]
fn without_the_moments_of_telling_nothing_is_said_of_void_entries() {
    let not_run = |header: &str, row: &str| {
        let table = format!("account,detected_at{header}\nu1,2024-09-05T10:00:00{row}");
        let (_, checked) =
            changed("2024-09-05T12:00:00,u1,,update,marks,M1,value,3,4").table("breaches", &table).check();
        checked.not_run.into_iter().find(|line| line.rule == "entry-void").map(|line| line.in_part)
    };
    assert_eq!(not_run("", ""), Some(false));
    assert_eq!(not_run(",director_told_at", ",2024-09-05T10:30:00"), Some(true));
    assert_eq!(
        not_run(",director_told_at,support_told_at", ",2024-09-05T10:30:00,2024-09-05T10:40:00"),
        None
    );
}
