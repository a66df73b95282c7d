//! Ids as spreadsheets and databases leave them, and ids that two records have.

use super::{errors, journal, read, read_case, read_whole, said};
use crate::bundle::TinyBundle;

#[test]
fn ids_that_excel_has_cut_take_no_mark() {
    let reading = read_case("10-ids-by-excel");
    assert_eq!(said(&reading, "J310").len(), 6);
    assert_eq!((journal(&reading).pupils.len(), journal(&reading).marks.len()), (0, 0));
}

#[test]
fn lost_zeros_are_named_with_the_id_that_is_meant() {
    let reading = read_case("11-ids-apostrophe-zeros");
    let lost = said(&reading, "J401");
    assert_eq!(lost.len(), 48);
    assert!(
        lost.iter().all(|one| one.hint.ru.contains("нули") && one.hint.ru.contains("00001")),
        "{:#?}",
        lost[0]
    );
    assert_eq!(said(&reading, "J311")[0].value, "'0000101");
    assert_eq!(journal(&reading).enrolment.len(), 6);
}

#[test]
fn numbers_that_pandas_wrote_are_read_and_nan_is_no_remark() {
    let reading = read_whole("12-numbers-by-pandas");
    assert!(said(&reading, "J311")[0].value.ends_with(".0"));
    assert!(journal(&reading).marks.values().all(|mark| mark.comment.is_empty()));
}

#[test]
fn an_id_that_two_pupils_have_takes_no_reference() {
    let bundle = TinyBundle::new();
    bundle.change("pupils.csv", "P2,Ивушкина,Анна", "P1,Ивушкина,Анна");
    let reading = read(&bundle.root());
    let twin = said(&reading, "J303")[0];
    assert_eq!((twin.row, twin.value.as_str()), (Some(3), "P1"));
    assert!(twin.message.ru.contains("строка 2"), "{}", twin.message.ru);
    // Marks, places in classes, absences and term marks of «P1» are nobody's.
    let ambiguous = said(&reading, "J403");
    assert_eq!(ambiguous.len(), 4, "{ambiguous:#?}");
    let marks = super::marks(journal(&reading));
    assert_eq!(marks.iter().map(|mark| mark.0.as_str()).collect::<Vec<_>>(), ["M3"]);
}

#[test]
fn a_row_that_stands_twice_is_one_record() {
    let bundle = TinyBundle::new();
    bundle.change("pupils.csv", "P2,Ивушкина,Анна\n", "P2,Ивушкина,Анна\nP2,Ивушкина,Анна\n");
    bundle.change("staff.csv", "staff_id,name\n", "staff_id,name,position\n");
    bundle.change(
        "staff.csv",
        "S1,Берёзкин Тит Титович\n",
        "S1,Берёзкин Тит Титович,учитель\nS1,Берёзкин Тит Титович,завуч\n",
    );
    let reading = read(&bundle.root());
    assert_eq!(said(&reading, "J303").len(), 2);
    assert_eq!(errors(&reading).len(), 2, "{:#?}", reading.problems);
    assert_eq!(journal(&reading).marks.len(), 3);
}

#[test]
fn invisible_signs_in_ids_are_none_of_them_and_are_shown() {
    for sign in ['\u{200b}', '\u{ad}', '\u{feff}', '\u{a0}', '\u{200e}', '\u{2060}'] {
        let bundle = TinyBundle::new();
        bundle.change("marks.csv", "L1,P1,5", &format!("L1,P1{sign},5"));
        let reading = read(&bundle.root());
        assert_eq!(journal(&reading).marks.len(), 3, "{sign:?}: {:#?}", reading.problems);
        // A mark of the encoding is taken out of a text before ids are looked at.
        if sign == '\u{feff}' {
            continue;
        }
        bundle.change("marks.csv", "L1,P2,4", &format!("L1,P{sign}9,4"));
        let reading = read(&bundle.root());
        let unknown = said(&reading, "J401")[0];
        let code = format!("[U+{:04X}]", u32::from(sign));
        assert!(unknown.message.ru.contains(&code) && unknown.value.contains(&code), "{unknown:#?}");
    }
}

#[test]
fn classes_keep_their_names_and_look_alikes_are_one_class() {
    let reading = read_case("43-class-names");
    assert_eq!(said(&reading, "J303")[0].value, "6А");
    let classes: Vec<_> = journal(&reading).classes.values().map(|class| class.key.to_string()).collect();
    assert_eq!(classes, ["5А", "5/1", "5.1", "10ФМ", "11А", "1АДОП.", "6А"]);
    assert!(reading.problems.iter().all(|problem| problem.code != "J403"), "{:#?}", reading.problems);
}

/// `NaN` in a column that must be filled is an empty cell, and no code, date or number stands in for it.
#[test]
fn a_programs_word_for_nothing_in_a_required_cell_invents_nothing() {
    for word in ["NaN", "nan", "None", "NULL", "<NA>"] {
        for (table, row, column) in [
            ("marks.csv", "M1,L1,P1,5", "value"),
            ("attendance.csv", "L2,P1,б", "reason"),
            ("term_marks.csv", "P1,math,Q1,term", "kind"),
            ("lessons.csv", "L1,C1,2024-09-03", "date"),
            ("lessons.csv", "L1,C1,2024-09-03,1", "number"),
            ("courses.csv", "C1,math,5А,S1,5", "hours_week"),
        ] {
            let bundle = TinyBundle::new();
            let (start, _) = row.rsplit_once(',').expect("cells");
            bundle.change(table, row, &format!("{start},{word}"));
            let reading = read(&bundle.root());
            let optional = column == "hours_week";
            let missing =
                reading.problems.iter().filter(|one| (one.code, one.column.as_str()) == ("J301", column));
            assert_eq!(missing.count(), usize::from(!optional), "{row} {word}: {:#?}", reading.problems);
        }
    }
}

/// P02 is not P01: whoever follows such a hint gives marks to another pupil.
#[test]
fn a_hint_names_no_record_of_another_number_or_letter() {
    for (id, hint) in [("P9", None), ("P12", None), ("p2", Some("«P2»")), ("Р2", Some("«P2»"))] {
        let bundle = TinyBundle::new();
        bundle.change("marks.csv", "L1,P2,4", &format!("L1,{id},4"));
        let reading = read(&bundle.root());
        let unknown = said(&reading, "J401")[0];
        assert_eq!(unknown.hint.ru.contains("имелось в виду"), hint.is_some(), "{id}: {unknown:#?}");
        assert!(unknown.hint.ru.contains(hint.unwrap_or_default()), "{id}: {unknown:#?}");
    }
    let bundle = TinyBundle::new();
    bundle.change("enrolment.csv", "P2,5А", "P2,5В");
    let reading = read(&bundle.root());
    assert!(!said(&reading, "J401")[0].hint.ru.contains("5А"), "{:#?}", reading.problems);
}
