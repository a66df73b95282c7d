//! Workbooks and what calls itself one.

use letopis::base::problems::ProblemSeverity;

use super::{errors, journal, read, read_case, read_whole, said};
use crate::bundle::TinyBundle;

#[test]
fn a_workbook_with_a_password_is_said_as_that() {
    let reading = read_case("26-xlsx-password");
    let refused = said(&reading, "J102");
    assert!(
        refused[0].message.ru.contains("паролем") && refused[0].hint.ru.contains("без пароля"),
        "{refused:#?}"
    );
    assert!(!refused[0].message.ru.contains("поврежд"));
}

#[test]
fn cells_without_a_true_value_are_named_and_are_no_topics() {
    let reading = read_case("20-xlsx-error-cells");
    let faults: Vec<_> =
        said(&reading, "J309").iter().map(|one| (one.cell.as_str(), one.value.as_str())).collect();
    assert_eq!(faults, [("G2", "#N/A"), ("G3", "#REF!")]);
    assert!(
        journal(&reading)
            .lessons
            .values()
            .all(|lesson| !lesson.topic.is_empty() && !lesson.topic.contains('#'))
    );
}

/// The same in text, where a spreadsheet saved it, and in Russian.
#[test]
fn errors_of_formulas_in_a_text_are_named_too() {
    for error in ["#Н/Д", "#ССЫЛКА!", "#ЗНАЧ!", "#DIV/0!"] {
        let bundle = TinyBundle::new();
        bundle.change("lessons.csv", "Дроби", error);
        let reading = read(&bundle.root());
        assert_eq!(said(&reading, "J309")[0].value, error);
        assert_eq!(journal(&reading).lessons.len(), 1);
    }
}

#[test]
fn a_formula_that_nobody_computed_is_no_empty_cell() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in
        ["lesson_id", "course_id", "date", "number", "status", "teacher_id", "topic"].iter().enumerate()
    {
        let column = u16::try_from(column).expect("few columns");
        sheet.write_string(0, column, *title).expect("a cell");
    }
    for (column, text) in ["L1", "C1", "2024-09-03", "1", "held", "S1"].iter().enumerate() {
        sheet.write_string(1, u16::try_from(column).expect("few columns"), *text).expect("a cell");
    }
    sheet.write_formula(1, 6, rust_xlsxwriter::Formula::new("=A1").set_result("77")).expect("a cell");
    let bundle = TinyBundle::new();
    bundle.remove("lessons.csv");
    bundle.put("lessons.xlsx", without_value(&book.save_to_buffer().expect("memory"), "<v>77</v>"));
    let reading = read(&bundle.root());
    let fault = said(&reading, "J309")[0];
    assert_eq!((fault.file.as_str(), fault.cell.as_str()), ("lessons.xlsx", "G2"));
}

/// Takes a computed value out of the first sheet, as programs leave it that only write formulas.
fn without_value(book: &[u8], value: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a workbook");
    let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let (name, mut content) = (entry.name().expect("a name").to_string(), String::new());
        entry.read_to_string(&mut content).expect("text");
        made.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new name");
        made.write_all(content.replace(value, "").as_bytes()).expect("memory");
    }
    made.finish().expect("memory").into_inner()
}

#[test]
fn marks_that_became_dates_are_named_with_what_they_were() {
    let reading = read_case("21-xlsx-marks-became-dates");
    let dates: Vec<_> =
        said(&reading, "J302").iter().map(|one| (one.cell.as_str(), one.message.ru.as_str())).collect();
    assert!(dates.iter().any(|(cell, message)| *cell == "D2" && message.contains("«5/4»")), "{dates:?}");
    assert_eq!(journal(&reading).marks.len(), 46);
}

#[test]
fn dates_are_right_and_never_turned() {
    for name in ["17-xlsx-strict-iso-dates", "46-xls-biff8-real"] {
        read_whole(name);
    }
    let reading = read_case("73-columns-swapped-dates-us");
    assert_eq!(said(&reading, "J302").iter().filter(|one| one.column == "date").count(), 8);
    let reading = read_case("44-utc-lesson-dates");
    let zones = said(&reading, "J302");
    assert!(zones.iter().all(|one| one.message.ru.contains("часовой пояс")), "{zones:#?}");
    assert_eq!(zones.len(), 10);
}

#[test]
fn a_sheet_hidden_from_every_menu_is_passed_over_and_said() {
    let reading = read_whole("47-xlsx-hidden-rows-and-sheets");
    let hidden = said(&reading, "J105");
    assert_eq!(hidden[0].severity, ProblemSeverity::Warning);
    assert!(hidden[0].message.ru.contains("«marks»"));
}

/// What no table can be read from is named by its kind, whatever its name says.
#[test]
fn other_files_are_named_by_their_kind() {
    for (bytes, kind) in [
        (b"%PDF-1.7\n".as_slice(), "PDF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "изображение"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "MHT"),
        (b"PK\x03\x04 cut off", "неполон"),
        (b"<?xml version=\"1.0\"?><a><b/></a>", "XML"),
    ] {
        for name in ["marks.csv", "marks.xlsx", "marks.xls", "marks.json"] {
            let bundle = TinyBundle::new();
            bundle.remove("marks.csv");
            bundle.put(name, bytes);
            let reading = read(&bundle.root());
            let refused = said(&reading, "J102");
            assert!(refused[0].message.ru.contains(kind), "{name} {kind}: {}", refused[0].message.ru);
            assert!(!refused[0].message.ru.contains("поврежд"), "{name} {kind}: {}", refused[0].message.ru);
        }
    }
}

/// Every kind of table is read under every name a table may have.
#[test]
fn a_table_is_read_by_what_it_is_under_any_name() {
    let text = "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\nM3,L2,P3,.\n";
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let tagged = |open: &str, cell: (&str, &str), close: &str| -> String {
        let line = |row: &Vec<&str>| {
            row.iter().map(|text| format!("{}{text}{}", cell.0, cell.1)).collect::<String>()
        };
        rows.iter().map(|row| format!("{open}{}{close}", line(row))).collect()
    };
    let page = format!(
        "<!-- saved --><meta charset=utf-8><table>{}</table>",
        tagged("<tr>", ("<td>", "</td>"), "</tr>")
    );
    let sheet = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Лист1\"><Table>{}</Table></Worksheet></Workbook>",
        tagged("<Row>", ("<Cell><Data ss:Type=\"String\">", "</Data></Cell>"), "</Row>")
    );
    let objects: Vec<String> = rows[1..]
        .iter()
        .map(|row| {
            format!(
                "{{\"mark_id\":\"{}\",\"lesson_id\":\"{}\",\"pupil_id\":\"{}\",\"value\":\"{}\"}}",
                row[0], row[1], row[2], row[3]
            )
        })
        .collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    let first = book.add_worksheet();
    for (row, cells) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(cells) {
            first.write_string(row, column, *cell).expect("a cell");
        }
    }
    let book = book.save_to_buffer().expect("memory");
    let contents = [
        text.as_bytes().to_vec(),
        text.replace(',', "\t").into_bytes(),
        page.into_bytes(),
        sheet.into_bytes(),
        format!("[{}]", objects.join(",")).into_bytes(),
        format!("{{\"данные\": [{}]}}", objects.join(",")).into_bytes(),
        objects.join("\n").into_bytes(),
        book,
    ];
    for content in &contents {
        for name in [
            "marks.csv",
            "marks.txt",
            "marks.xls",
            "marks.xlsx",
            "marks.ods",
            "marks.json",
            "marks.html",
            "marks (2).tsv",
        ] {
            let bundle = TinyBundle::new();
            bundle.remove("marks.csv");
            bundle.put(name, content);
            let reading = read(&bundle.root());
            let head = String::from_utf8_lossy(&content[..content.len().min(40)]).into_owned();
            assert!(errors(&reading).is_empty(), "{name} {head}: {:#?}", reading.problems);
            assert_eq!(journal(&reading).marks.len(), 3, "{name} {head}: {:#?}", reading.problems);
        }
    }
}

#[test]
fn a_true_in_a_cell_is_no_mark_and_no_number() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("marks").expect("a name");
    for (row, cells) in (0..).zip([
        ["mark_id", "lesson_id", "pupil_id", "value"],
        ["M1", "L1", "P1", "5"],
        ["M2", "L1", "P2", ""],
        ["M3", "L2", "P3", "4"],
    ]) {
        sheet.write_row(row, 0, cells).expect("cells");
    }
    sheet.write_boolean(2, 3, true).expect("a cell");
    let bundle = TinyBundle::new();
    bundle.remove("marks.csv");
    bundle.put("marks.xlsx", book.save_to_buffer().expect("memory"));
    let reading = read(&bundle.root());
    let refused = said(&reading, "J302")[0];
    assert_eq!((refused.cell.as_str(), refused.value.as_str()), ("D3", "TRUE"));
    assert_eq!(journal(&reading).marks.len(), 2);
}

#[test]
fn a_hidden_sheet_that_is_read_is_said() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (table, cells, hidden) in [
        ("pupils", vec![["pupil_id", "surname", "given_name", ""], ["P4", "Осокин", "Ян", ""]], false),
        ("marks", vec![["mark_id", "lesson_id", "pupil_id", "value"], ["M9", "L1", "P1", "2"]], true),
    ] {
        let sheet = book.add_worksheet().set_name(table).expect("a name").set_hidden(hidden);
        for (row, cells) in (0..).zip(cells) {
            sheet.write_row(row, 0, cells).expect("cells");
        }
    }
    let bundle = TinyBundle::new();
    bundle.put("year.xlsx", book.save_to_buffer().expect("memory"));
    let reading = read(&bundle.root());
    let hidden = said(&reading, "J105");
    assert_eq!((hidden.len(), hidden[0].severity), (1, ProblemSeverity::Warning));
    assert!(
        hidden[0].message.ru.contains("«marks»") && hidden[0].message.ru.contains("прочитан"),
        "{hidden:#?}"
    );
    assert_eq!(journal(&reading).marks.len(), 4);
}

/// Workbooks keep fifteen digits: what stands there is the id of another pupil.
#[test]
fn an_id_that_a_workbook_keeps_as_a_number_takes_no_mark_to_the_pupil_it_looks_like() {
    let ids = ["1000012345678900", "1000012345678901", "1000012345678902"];
    let bundle = TinyBundle::new();
    for table in ["pupils.csv", "enrolment.csv", "attendance.csv", "term_marks.csv"] {
        let path = bundle.root().join(table);
        let mut text = std::fs::read_to_string(path).expect("a table");
        for (short, id) in ["P1,", "P2,", "P3,"].iter().zip(ids) {
            text = text.replace(short, &format!("{id},"));
        }
        bundle.put(table, text);
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("marks").expect("a name");
    for (row, cells) in (0..).zip([
        ["mark_id", "lesson_id", "pupil_id", "value"],
        ["M1", "L1", "", "5"],
        ["M2", "L1", "", "4"],
        ["M3", "L2", "", "3"],
    ]) {
        sheet.write_row(row, 0, cells).expect("cells");
    }
    sheet.write_string(0, 2, "pupil_id").expect("a cell");
    sheet.write_string(1, 2, ids[0]).expect("a cell");
    for row in 2..4 {
        sheet.write_number(row, 2, 1_000_012_345_678_900.0).expect("a cell");
    }
    bundle.remove("marks.csv");
    bundle.put("marks.xlsx", book.save_to_buffer().expect("memory"));
    let reading = read(&bundle.root());
    let cut: Vec<_> = said(&reading, "J310").iter().map(|one| one.cell.as_str()).collect();
    assert_eq!(cut, ["C3", "C4"], "{:#?}", reading.problems);
    assert_eq!(
        super::marks(journal(&reading)).iter().map(|mark| mark.0.as_str()).collect::<Vec<_>>(),
        ["M1"]
    );
}
