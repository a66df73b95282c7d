//! A class's own sources: what another class corrects leaves them as they were.

use crate::small_year::{SmallYear, small_year};

/// Two classes with a course each and one together, a pupil and a mark in each.
fn two_classes() -> SmallYear {
    small_year()
        .rows("classes", "5Б,5,Б")
        .rows("pupils", "P3,Иная,Ева")
        .rows("enrolment", "P3,5Б,2024-09-01,")
        .rows("courses", "C2,math,5Б,,T2,1,lesson\nC3,math,,G,T2,1,lesson")
        .table("groups", "group_id,title,class_ids,kind\nG,подгруппа,5А;5Б,stream")
        .table(
            "group_members",
            "group_id,pupil_id,from,to\nG,P1,2024-09-01,2025-05-31\nG,P3,2024-09-01,2025-05-31",
        )
        .rows(
            "lessons",
            "L2,C2,2024-09-03,1,held,,T2,,Дроби,1,2024-09-03T09:00:00,T2\n\
             L3,C3,2024-09-04,1,held,,T2,,Вместе,1,2024-09-04T09:00:00,T2",
        )
        .table("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,4\nM2,L2,P3,4\nM3,L3,P1,4\nM4,L3,P3,4")
}

/// Tells for each class whether its rows differ from those of the year as it was.
fn changed(year: &SmallYear) -> Vec<bool> {
    let (before, after) = (two_classes().class_rows(), year.class_rows());
    before.iter().zip(&after).map(|(one, other)| one.sha256 != other.sha256).collect()
}

#[test]
fn a_corrected_mark_changes_the_rows_of_its_class_alone() {
    let marks = |m1: &str, m2: &str, m3: &str, m4: &str| {
        two_classes().table(
            "marks",
            &format!(
                "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,{m1}\nM2,L2,P3,{m2}\nM3,L3,P1,{m3}\nM4,L3,P3,{m4}"
            ),
        )
    };
    assert_eq!(changed(&marks("4", "4", "4", "4")), [false, false]);
    assert_eq!(changed(&marks("5", "4", "4", "4")), [true, false]);
    assert_eq!(changed(&marks("4", "5", "4", "4")), [false, true]);
    // In a group of two classes a mark stands in the journal of the pupil's own.
    assert_eq!(changed(&marks("4", "4", "5", "4")), [true, false]);
    assert_eq!(changed(&marks("4", "4", "4", "5")), [false, true]);
}

#[test]
fn what_classes_share_changes_those_that_have_it() {
    let pupils = "pupil_id,surname,given_name\nP1,Заречный,Лев\nP2,Полевая,Ася\nP3,Другая,Ева";
    assert_eq!(changed(&two_classes().table("pupils", pupils)), [false, true]);
    let staff =
        |t1: &str, t2: &str| two_classes().table("staff", &format!("staff_id,name\nT1,{t1}\nT2,{t2}"));
    assert_eq!(changed(&staff("Иная Анна", "Вторая Вера")), [true, false]);
    assert_eq!(changed(&staff("Первая Анна", "Иная Вера")), [true, true]);
    assert_eq!(
        changed(&two_classes().table("subjects", "subject_id,title,grading\nmath,Алгебра,five")),
        [true, true]
    );
    // Nobody teaches or marks it: no journal prints it.
    assert_eq!(changed(&two_classes().rows("staff", "T9,Посторонняя Яна")), [false, false]);
}

#[test]
fn a_column_that_is_new_changes_only_rows_that_fill_it() {
    let marks =
        "mark_id,lesson_id,pupil_id,value,comment\nM1,L1,P1,4,\nM2,L2,P3,4,устно\nM3,L3,P1,4,\nM4,L3,P3,4,";
    assert_eq!(changed(&two_classes().table("marks", marks)), [false, true]);
    // What is kept beside the journal is no source of its pages.
    let consents = "pupil_id,parent,given,at,channels\nP1,Заречная Яна,1,2024-09-01T10:00:00,phone";
    assert_eq!(changed(&two_classes().table("consents", consents)), [false, false]);
}
