//! Set-up of the year, consents and acquaintance.

use letopis::policy::read_policy;
use letopis::rules::rule_ids;

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

const CARDS: &str = "pupil_id,surname,given_name,birth_date,file_number,address,phone,parents\n\
                     P1,Заречный,Лев,2013-05-06,З-1,ул. Луговая,000,Заречная Вера\n\
                     P2,Полевая,Ася,2013-05-07,,ул. Луговая, ,Полевой Глеб";

#[test]
fn a_card_without_what_the_journal_prints_is_one_finding_that_names_the_fields() {
    let year = small_year().table("pupils", CARDS);
    assert_eq!(year.found("pupil-card-incomplete"), ["P.17 notice 5А P2"]);
    let (_, checked) = year.check();
    let finding = checked.findings.iter().find(|finding| finding.rule == "pupil-card-incomplete");
    let message = finding.map(|finding| finding.message.as_str());
    assert_eq!(message, Some("в карточке не заполнено: номер личного дела, телефон"));
}

#[test]
fn a_card_is_asked_for_while_its_pupil_is_enrolled() {
    let left = |day: &str| {
        let table = format!("pupil_id,class_id,from,to\nP1,5А,2024-09-01,\nP2,5А,2024-09-01,{day}");
        small_year().table("pupils", CARDS).table("enrolment", &table)
    };
    assert_eq!(left("2024-09-29").count("pupil-card-incomplete"), 0);
    assert_eq!(left("2024-09-30").count("pupil-card-incomplete"), 1);
    let june = |day: &str| left(day).on(2025, 6, 30).count("pupil-card-incomplete");
    assert_eq!((june("2025-05-30"), june("2025-05-31")), (0, 1), "after the year's end, its last day counts");
}

#[test]
fn the_policy_says_which_fields_a_card_has() {
    let check = |policy: &str| {
        let reading = read_policy(policy, &rule_ids()).expect("the policy is right");
        let (_, checked) = small_year().table("pupils", CARDS).policy(reading.policy).check();
        let count = checked.findings.iter().filter(|finding| finding.rule == "pupil-card-incomplete").count();
        let not_run = checked.not_run.into_iter().find(|line| line.rule == "pupil-card-incomplete");
        (count, not_run.map(|line| (line.in_part, line.reason.ru)))
    };
    assert_eq!(check("[pupil_cards]\nrequired = [\"address\", \"birth_date\"]\n"), (0, None));
    let absent = "в таблице pupils нет столбца sex".to_owned();
    assert_eq!(check("[pupil_cards]\nrequired = [\"sex\", \"phone\"]\n"), (1, Some((true, absent.clone()))));
    assert_eq!(check("[pupil_cards]\nrequired = [\"sex\"]\n"), (0, Some((false, absent))));
}
