//! Set-up of the year, consents and acquaintance.

use crate::small_year::small_year;

#[test]
fn the_setup_is_done_by_the_5th_10th_and_15th_of_september() {
    let found = |rows: &str, day: i8| {
        let table = format!("section,done_at,due_clause\n{rows}");
        small_year().table("setup", &table).on(2024, 9, day).found("setup-late")
    };
    let done = "План,2024-09-05T23:59:59,Z.5\nИУП,2024-09-10T23:59:59,D.10\nВсё,2024-09-15T23:59:59,R.2.2";
    assert_eq!(found(done, 30), [""; 0]);
    let late = done.replace("23:59:59,D.10", "23:59:59,Z.5");
    let z5 = "Z.5 violation 2024-09-05 2024-09-05T23:59:59 2024-09-10T23:59:59";
    let d10 = "D.10 violation 2024-09-10 2024-09-10T23:59:59";
    assert_eq!(found(&late, 30), [z5, d10], "a late row, and a clause with no row");
    assert_eq!(found(&late, 10), [z5], "its day has not passed");
    assert_eq!(found(&late, 11), [z5, d10]);
}

#[test]
fn every_pupil_has_a_consent_or_a_refusal_by_the_date() {
    let found = |row: &str| {
        let table = format!("pupil_id,parent,given,at\nP1,мать,0,2024-09-03T10:00:00\n{row}");
        small_year().table("consents", &table).found("consent-missing").join("; ")
    };
    assert_eq!(found("P2,отец,1,2024-09-30T23:59:59"), "");
    assert_eq!(found("P2,отец,1,2024-10-01T00:00:00"), "S.1 violation 5А P2");
    assert_eq!(found(""), "S.1 violation 5А P2");
}

#[test]
fn acquaintance_is_asked_of_whoever_is_there_on_the_terms_last_day() {
    let year =
        small_year().table("acknowledgements", "pupil_id,parent,at,term_id\nP1,мать,2024-10-28T19:00:00,Q1");
    assert_eq!(year.clone().on(2024, 10, 24).count("acquaintance-missing"), 0, "the term has not ended");
    let ended = year.on(2024, 10, 31);
    assert_eq!(ended.found("acquaintance-missing"), ["D.21 notice 2024-10-25 Q1 5А P2"]);
    let left = |day: &str| {
        let table = format!("pupil_id,class_id,from,to\nP1,5А,2024-09-01,\nP2,5А,2024-09-01,{day}");
        ended.clone().table("enrolment", &table).count("acquaintance-missing")
    };
    assert_eq!((left("2024-10-24"), left("2024-10-25")), (0, 1));
}
