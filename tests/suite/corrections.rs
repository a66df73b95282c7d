//! Corrections of the log in the report: held against the export, the term mark, and the log itself.

use letopis::reports::timeliness::{Agreement, Timeliness};

use crate::small_year::small_year;

#[test]
fn corrections_are_held_against_the_export_and_the_term_mark() {
    let year = small_year()
        .table("works", "work_id,course_id,kind\nW1,C1,oral")
        .table("marks", "mark_id,lesson_id,pupil_id,value,work_id,recorded_at\nM1,L1,P1,5,W1,2024-09-02T09:00:00\nM2,L1,P2,4,W1,2024-09-02T09:00:00")
        .table("term_marks", "pupil_id,subject_id,term_id,kind,value,recorded_at\nP1,math,Q1,term,5,2024-09-20T09:00:00")
        .table(
            "changes",
            "at,account,staff_id,action,table,record_id,field,old,new\n\
             2024-09-03T09:00:00,u,T1,update,marks,M1,value,3,4\n\
             2024-09-21T09:00:00,u,T1,update,marks,M1,value,4,5\n\
             2024-09-04T09:00:00,u,T1,update,marks,M2,value,4,3\n\
             2024-09-05T09:00:00,u,T1,delete,marks,M9,value,3,\n\
             2024-09-06T09:00:00,u,T1,update,lessons,L1,topic,Повторение,Дроби\n\
             2024-09-07T09:00:00,u,T1,delete,marks,M2,value,4,",
        );
    year.report(|context| {
        let found = Timeliness::new(context).corrections;
        let said: Vec<_> =
            found.iter().map(|one| (one.agreement.clone(), one.is_after_term_mark())).collect();
        let expected = [
            (Agreement::ChangedLater, false),
            (Agreement::ChangedLater, false),
            (Agreement::Agrees, false),
            (Agreement::Agrees, false),
            (Agreement::StillThere, false),
            (Agreement::Agrees, true),
        ];
        assert_eq!(said, expected);
    });
}

#[test]
fn a_log_that_contradicts_itself_is_shown_and_so_is_an_entry_made_after_the_term_mark() {
    let year = small_year()
        .table("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\nM3,L1,P1,3")
        .table(
            "term_marks",
            "pupil_id,subject_id,term_id,kind,value,recorded_at\nP1,math,Q1,term,5,2024-09-20T09:00:00",
        )
        .table(
            "changes",
            "at,account,staff_id,action,table,record_id,field,old,new\n\
             2024-09-03T09:00:00,u,T1,update,marks,M1,value,2,3\n\
             2024-09-04T09:00:00,u,T1,update,marks,M1,value,4,5\n\
             2024-09-05T09:00:00,u,T1,update,marks,M2,value,3,2\n\
             2024-09-06T09:00:00,u,T1,delete,marks,M2,,,\n\
             2024-09-07T09:00:00,u,T1,create,marks,M2,value,,4\n\
             2024-09-21T09:00:00,u,T1,create,marks,M3,value,,3\n\
             2024-10-01T09:00:00,u,T1,update,marks,M3,value,3,4",
        );
    year.report(|context| {
        let found = Timeliness::new(context).corrections;
        let said: Vec<_> = found
            .iter()
            .map(|one| (one.change.record_key.as_str(), one.action(), one.agreement.clone(), one.gap.clone()))
            .collect();
        let expected = [
            ("M1", "исправлено", Agreement::ChangedLater, None),
            ("M1", "исправлено", Agreement::Agrees, Some("3".to_owned())),
            ("M2", "исправлено", Agreement::ChangedLater, None),
            ("M2", "удалено", Agreement::ChangedLater, None),
            // The change after the build's date is not shown, but explains what the export has.
            ("M3", "внесено", Agreement::ChangedLater, None),
        ];
        assert_eq!(said, expected);
        assert!(found[1].is_contradiction() && found[1].verdict().contains("стояло «3»"));
        assert!(found[4].is_after_term_mark());
    });
}
