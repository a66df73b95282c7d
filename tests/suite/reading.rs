//! Reading bundles: every row of the examples arrives, in plain and in mixed forms.

use std::path::Path;

use letopis::base::problems::ProblemSeverity;
use letopis::ingest::{Reading, read_bundle, read_journal};

/// Reads one of the example years under `tests/journals`.
pub(crate) fn example(name: &str) -> Reading {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name).join("inputs");
    read_journal(&read_bundle(&root))
}

#[test]
fn the_plain_year_is_read_whole() {
    let reading = example("year");
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let journal = reading.journal.expect("school.toml is whole");
    assert_eq!(journal.marks.len(), 10_833);
    assert_eq!(journal.lessons.len(), 7_579);
    assert_eq!(journal.term_marks.len(), 2_489);
    assert_eq!(reading.rows.iter().map(|rows| rows.left_out).sum::<usize>(), 0);
}

#[test]
fn the_mixed_year_is_read_whole() {
    let reading = example("year-mixed");
    let errors: Vec<_> =
        reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).take(20).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(reading.rows.iter().all(|rows| rows.kept > 0), "{:?}", reading.rows);
}

/// Two cells at the ends of a sheet span 17 thousand million others, none of which is there.
#[test]
#[allow(clippy::disallowed_methods)]
fn a_workbook_with_far_cells_takes_no_memory_for_what_is_between() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("pupils").expect("a name");
    for (column, text) in (0..).zip(["pupil_id", "surname", "given_name"]) {
        sheet.write_string(0, column, text).expect("a cell");
    }
    for (column, text) in (0..).zip(["P1", "Ольхин", "Пётр"]) {
        sheet.write_string(1_048_575, column, text).expect("a cell");
    }
    sheet.write_string(1_048_575, 16_383, "x").expect("a cell");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("школа.xlsx"), book.save_to_buffer().expect("memory")).expect("a file");
    std::fs::write(
        folder.path().join("school.toml"),
        "[school]\nname = \"Ш\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n",
    )
    .expect("a file");
    let journal = read_journal(&read_bundle(folder.path())).journal.expect("school.toml is whole");
    let rows: Vec<_> = journal.pupils.values().map(|pupil| (pupil.full_name(), pupil.place.row)).collect();
    assert_eq!(rows, [("Ольхин Пётр".to_owned(), 1_048_576)]);
}

/// Lays out a bundle with one file beside the plainest `school.toml`.
#[allow(clippy::disallowed_methods)]
fn with_file(name: &str, content: &[u8]) -> Reading {
    let folder = tempfile::tempdir().expect("a folder");
    let school =
        "[school]\nname = \"Ш\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";
    std::fs::write(folder.path().join("school.toml"), school).expect("a file");
    std::fs::write(folder.path().join(name), content).expect("a file");
    read_journal(&read_bundle(folder.path()))
}

/// Lines of old programs end with CR alone: none of them may be taken for the header's.
#[test]
fn whatever_ends_a_line_the_rows_are_read() {
    for end in ["\n", "\r\n", "\r", "\n\n", "\r\r"] {
        let text = ["staff_id,name", "с1,Лапина О. П.", "\"с2\",\"Осипов, Я.\""].join(end);
        let reading = with_file("staff.csv", text.as_bytes());
        assert_eq!(reading.problems, [], "{end:?}");
        assert_eq!(reading.rows.iter().map(|rows| rows.kept).sum::<usize>(), 2, "{end:?}");
    }
    let reading = with_file("staff.csv", b"staff_id,name\r1,A\r1,B\r");
    assert_eq!(reading.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [Some(3)]);
}

/// Written by another library: ids past 2^53, a dictionary of texts, texts as bytes, lists, a moment in a zone, and two
/// columns of kinds that are not read.
#[test]
fn parquet_of_another_library_is_read_by_its_columns() {
    let reading = with_file("pupils.parquet", include_bytes!("../journals/formats/kinds.parquet"));
    let journal = reading.journal.expect("school.toml is whole");
    let rows: Vec<String> = journal
        .pupils
        .values()
        .map(|pupil| format!("{} {} {} {}", pupil.key, pupil.full_name(), pupil.parents, pupil.address))
        .collect();
    let expected = [
        "9223372036854775001 Ольхин Пётр Ольхина М.;Ольхин Т. 2024-09-04T05:20:00Z",
        "9223372036854775002 Ивушкина Анна  2024-09-04T05:20:00Z",
        "3 Ольхин Лев  2024-09-04T05:20:00Z",
    ];
    assert_eq!(rows, expected);
    let faults: Vec<_> = reading.problems.iter().filter(|problem| problem.code == "J103").collect();
    assert_eq!(faults.len(), 2, "{faults:#?}");
    assert!(
        faults[0].message.ru.contains("столбец health_group")
            || faults[1].message.ru.contains("столбец health_group")
    );
}

/// Workbooks of old Macs count days from 1904; times are floats a hair beside the second.
#[test]
fn dates_count_from_the_epoch_of_their_workbook() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("pupils").expect("a name");
    let date = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
    let headers = ["pupil_id", "surname", "given_name", "birth_date"];
    for (column, text) in (0..).zip(headers) {
        sheet.write_string(0, column, text).expect("a cell");
    }
    for (column, text) in (0..).zip(["P1", "Ольхин", "Пётр"]) {
        sheet.write_string(1, column, text).expect("a cell");
    }
    sheet.write_number_with_format(1, 3, 40_182.999_999_99, &date).expect("a cell");
    let bytes = book.save_to_buffer().expect("memory");
    let birth = |bytes: &[u8]| {
        let journal = with_file("школа.xlsx", bytes).journal.expect("school.toml is whole");
        journal.pupils.values().next().and_then(|pupil| pupil.birth_date)
    };
    assert_eq!(birth(&bytes), Some(jiff::civil::date(2010, 1, 5)));
    let from_1904 = crate::robustness::with_parts_changed(&bytes, |name, part| match name {
        "xl/workbook.xml" => {
            String::from_utf8_lossy(part).replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes()
        }
        _ => part.to_vec(),
    });
    assert_eq!(birth(&from_1904), Some(jiff::civil::date(2014, 1, 6)));
}
