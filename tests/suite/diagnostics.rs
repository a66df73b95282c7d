//! What a person is told of a wrong input: the place, the nearest known name, and a workbook that opens the source.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::io::Read;

use letopis::base::problems::{Cause, Problem, causes};
use letopis::ingest::{read_bundle, read_journal};
use letopis::package::sources::source_places;
use letopis::reports::problems_workbook::problems_workbook;

const SCHOOL: &str =
    "[school]\nname = \"Школа\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";

fn problems(files: &[(&str, &str)]) -> (tempfile::TempDir, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("school.toml is written");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("the file is written");
    }
    let problems = read_journal(&read_bundle(folder.path())).problems;
    (folder, problems)
}

fn find<'a>(problems: &'a [Problem], code: &str) -> &'a Problem {
    problems.iter().find(|problem| problem.code == code).unwrap_or_else(|| panic!("{code}: {problems:#?}"))
}

#[test]
fn a_misspelt_column_names_the_one_that_was_meant() {
    let (_folder, problems) = problems(&[("staff.csv", "staff_id,nmae,Должнсть\nс1,Лапина О. П.,учитель\n")]);
    let missing = find(&problems, "J201");
    assert_eq!((missing.column.as_str(), missing.row), ("name", Some(1)));
    assert!(missing.hint.ru.contains("«nmae»"), "{}", missing.hint.ru);
    let unknown = find(&problems, "J202");
    assert!(unknown.message.ru.contains("должнсть (возможно, «Должность»)"), "{}", unknown.message.ru);
    assert!(missing.hint.en.contains("\"nmae\""), "{}", missing.hint.en);
}

#[test]
fn a_misspelt_table_names_the_one_that_was_meant() {
    for (file, hint) in
        [("Сотрудникии.csv", "«Сотрудники» (staff)"), ("staf.csv", "(staff)"), ("mark.csv", "(marks)")]
    {
        let (_folder, problems) = problems(&[(file, "staff_id,name\nс1,Лапина О. П.\n")]);
        let unknown = find(&problems, "J105");
        assert!(unknown.hint.ru.contains(hint), "{file}: {}", unknown.hint.ru);
    }
    let (_folder, problems) = problems(&[("погода.csv", "день,градусы\n1,5\n")]);
    assert!(!find(&problems, "J105").hint.ru.contains("возможно"));
}

#[test]
fn a_record_of_json_has_its_pointer_and_a_line_its_number() {
    let record = r#"{"staff_id": "с1", "name": "Лапина О. П."}"#;
    let (_folder, problems) = problems(&[
        ("staff.json", &format!("[{record}, {record}, 5]")),
        ("staff.2.jsonl", "{\"staff_id\": \"с1\", \"name\": \"Осипов Я.\"}\n\n{\"staff_id\": 2"),
    ]);
    let places: Vec<_> = problems.iter().map(|problem| problem.place().ru).collect();
    let expected = [
        "staff.2.jsonl, строка 3",
        "staff.json, запись /2",
        // Two files say two names of one person.
        "staff.json, запись /0, столбец name",
        "staff.json, запись /1, столбец staff_id",
    ];
    for place in expected {
        assert!(places.iter().any(|found| found == place), "no {place} in {places:#?}");
    }
    let broken = problems.iter().find(|problem| problem.row == Some(3)).expect("the third line is broken");
    assert!(
        broken.message.ru.contains("знак 14") && !broken.message.ru.contains("line"),
        "{}",
        broken.message.ru
    );
}

#[test]
fn a_thousand_rows_with_one_cause_are_one_line() {
    let rows: String = (0..1_000).map(|number| format!("с{number},Ф,тогда-то {number}\n")).collect();
    let pupils =
        format!("pupil_id,surname,given_name,birth_date\nу,Ф,И,\n{}", rows.replace(",тогда", ",И,тогда"));
    let (_folder, problems) = problems(&[("pupils.csv", &pupils)]);
    assert_eq!(problems.len(), 1_000);
    let causes = causes(&problems);
    assert!(matches!(causes[..], [Cause { count: 1_000, kinds: 1_000, first }] if first.row == Some(3)));
}

#[test]
fn a_thousand_wrong_ids_in_a_big_table_take_no_hour() {
    let pupils: String = (0..3_000).map(|number| format!("ученик-{number:05},Ф,И\n")).collect();
    let members: String = (0..6_000).map(|number| format!("г1,учиник-{number:05}\n")).collect();
    let start = std::time::Instant::now();
    let (_folder, problems) = problems(&[
        ("classes.csv", "class_id,grade\n5А,5\n"),
        ("pupils.csv", &format!("pupil_id,surname,given_name\n{pupils}")),
        ("groups.csv", "group_id,title,class_ids,kind\nг1,Группа,5А,group\n"),
        ("group_members.csv", &format!("group_id,pupil_id\n{members}")),
    ]);
    assert_eq!(problems.iter().filter(|problem| problem.code == "J401").count(), 6_000);
    assert!(find(&problems, "J401").hint.ru.contains("возможно, имелось в виду «ученик-"));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// The table stands somewhere on its sheet, under a title line.
#[test]
fn a_fault_in_a_workbook_has_the_address_of_its_cell() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet().set_name("Ученики").expect("a name");
    page.write_string(0, 0, "Ученики школы").expect("a cell");
    let rows =
        [["Код ученика", "Фамилия", "Имя", "Пол"], ["у1", "Осипов", "Ян", "ж"], ["у2", "Панов", "Лев", "да"]];
    for (row, cells) in (3..).zip(rows) {
        for (column, cell) in (2..).zip(cells) {
            page.write_string(row, column, cell).expect("a cell");
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("school.toml is written");
    let bytes = book.save_to_buffer().expect("memory");
    std::fs::write(folder.path().join("книга.xlsx"), bytes).expect("the workbook is written");
    let problems = read_journal(&read_bundle(folder.path())).problems;
    let fault = find(&problems, "J302");
    assert_eq!((fault.cell.as_str(), fault.row), ("F6", Some(6)));
    assert_eq!(fault.place().en, "книга.xlsx, sheet «Ученики», cell F6, column sex");
}

#[test]
fn the_workbook_of_problems_opens_each_source() {
    let (folder, problems) = problems(&[("staff.csv", "staff_id,name\nс1,Лапина О. П.\nс1,Осипов Я. Л.\n")]);
    let bundle = read_bundle(folder.path());
    let journal = read_journal(&bundle).journal.expect("school.toml is whole");
    let mut places = source_places(&bundle, &journal);
    assert_eq!(places["staff.csv"], "archive/journals-2024-2025/data/sources/0002.csv");
    places.insert("Книга.xlsx".to_owned(), "archive/journals-2024-2025/data/sources/0001.xlsx".to_owned());
    let in_workbook = Problem {
        file: "Книга.xlsx".to_owned(),
        sheet: "Лист'1".to_owned(),
        row: Some(7),
        ..problems[0].clone()
    };
    let in_a_cell = Problem { cell: "D9".to_owned(), row: Some(9), ..in_workbook.clone() };
    assert_eq!(in_a_cell.place().ru, "Книга.xlsx, лист «Лист'1», ячейка D9, столбец staff_id");
    let all = [problems, vec![in_workbook, in_a_cell]].concat();
    let as_of = jiff::civil::date(2025, 6, 30);
    let document = problems_workbook(&all, &places, as_of).make().expect("the workbook is formed");
    let parts = parts(&document.bytes);
    let links = &parts["xl/worksheets/_rels/sheet1.xml.rels"];
    assert!(links.contains("../archive/journals-2024-2025/data/sources/0002.csv"), "{links}");
    assert!(links.contains("../archive/journals-2024-2025/data/sources/0001.xlsx"), "{links}");
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("'Лист''1'!A7") && sheet.contains("'Лист''1'!D9"), "{sheet}");
}

#[test]
fn the_workbook_of_problems_counts_them_even_where_there_are_none() {
    let as_of = jiff::civil::date(2025, 6, 30);
    let document = problems_workbook(&[], &BTreeMap::new(), as_of).make().expect("the workbook is formed");
    let counts = &parts(&document.bytes)["xl/worksheets/sheet2.xml"];
    for cell in ["B3", "C3", "B4", "C4", "B5", "C5"] {
        let written =
            counts.split(&format!("<c r=\"{cell}\"")).nth(1).and_then(|rest| rest.split("</c>").next());
        assert!(written.is_some_and(|cell| cell.ends_with("<v>0</v>")), "{cell} of {counts}");
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is a ZIP");
    let mut parts = BTreeMap::new();
    for index in 0..book.len() {
        let mut part = book.by_index(index).expect("a part");
        let name = part.name().expect("a name is text").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a part is text");
        parts.insert(name, text);
    }
    parts
}
