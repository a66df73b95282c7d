//! A school's own form: values and lists are filled, what stands around moves with the rows, what cannot is refused.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use letopis::forms::book::fill;
use letopis::forms::school::{School, chosen_terms};
use letopis::forms::{Fixed, List, Refusal, Source, Value};
use letopis::model::Roster;
use letopis::stats;
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, Formula,
    Image, Note, Table, TableColumn, Workbook, Worksheet,
};

use crate::reading::example;

/// A year of three classes.
fn source() -> Fixed {
    let text = |text: &str| Value::Text(text.to_owned());
    let fields = ["класс", "учеников", "качество", "дата"].map(|name| vec![name.to_owned()]);
    let day = Value::Date(jiff::civil::date(2025, 10, 24));
    let rows =
        [("5А", 24.0, 50.0), ("5Б", 20.0, 37.5), ("6А", 10.0, 100.0)].map(|(class, count, quality)| {
            vec![text(class), Value::Number(count, 0), Value::Percent(quality), day.clone()]
        });
    let classes = List { fields: fields.to_vec(), rows: rows.to_vec() };
    let nobody = List { rows: Vec::new(), ..classes.clone() };
    let values = [
        ("школа", text("Школа № 1 <«Луч» & Ко>")),
        ("качество", Value::Percent(54.25)),
        ("период", text("1 четверть")),
        ("пусто", Value::Nothing),
        ("дата", day),
    ];
    Fixed {
        values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        lists: [("классы".to_owned(), classes), ("двоечники".to_owned(), nobody)].into(),
    }
}

/// Lays a form of one sheet out.
fn form(lay: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    book(|book| lay(book.add_worksheet().set_name("Форма").expect("a name")))
}

fn book(lay: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    lay(&mut book);
    book.save_to_buffer().expect("a workbook")
}

fn filled(form: &[u8]) -> Vec<u8> {
    fill(form, &source()).unwrap_or_else(|refusals| panic!("{refusals:#?}"))
}

fn refused(form: &[u8]) -> Vec<Refusal> {
    fill(form, &source()).expect_err("the form cannot be filled")
}

fn part(document: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).expect("an XLSX is a ZIP");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("a part is XML");
    text
}

fn names(document: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).expect("an XLSX is a ZIP");
    let name = |at| archive.by_index(at).expect("a part").name().expect("a name").into_owned();
    (0..zip::ZipArchive::new(Cursor::new(document)).expect("a ZIP").len()).map(name).collect()
}

fn sheet(document: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(document.to_vec())).expect("an XLSX")
}

fn cell(document: &[u8], row: u32, column: u32) -> Data {
    let range = sheet(document).worksheet_range_at(0).expect("a sheet").expect("it is read");
    range.get_value((row - 1, column)).cloned().unwrap_or(Data::Empty)
}

fn text(document: &[u8], row: u32, column: u32) -> String {
    cell(document, row, column).to_string()
}

/// The formulas of the first sheet as `C8 = SUM(C5:C7)`.
fn formulas(document: &[u8]) -> Vec<String> {
    let range = sheet(document).worksheet_formula("Форма").expect("formulas");
    let (top, left) = range.start().unwrap_or_default();
    let said = range.used_cells().map(|(row, column, formula)| {
        let letter = char::from(b'A' + u8::try_from(left as usize + column).expect("few columns"));
        format!("{letter}{} = {formula}", top as usize + row + 1)
    });
    said.collect()
}

/// A head, one row of a list, its sums and a note below.
fn report(page: &mut Worksheet) {
    page.write(0, 0, "Отчёт: {{школа}}, {{период}}").expect("written");
    page.write(1, 1, "{{качество}}").expect("written");
    for (column, title) in ["№", "Класс", "Учеников", "Качество", "Доля"].into_iter().enumerate()
    {
        page.write(3, column as u16, title).expect("written");
    }
    let bold = Format::new().set_bold().set_num_format("0.0%");
    page.write(4, 0, "{{№}}").expect("written");
    page.write(4, 1, "{{классы.класс}}").expect("written");
    page.write(4, 2, "{{классы; учеников}}").expect("written");
    page.write_with_format(4, 3, "{{ классы ; качество }}", &bold).expect("written");
    page.write_formula(4, 4, Formula::new("=C5/C$6+SUM(C$5:C$5)*0")).expect("written");
    page.write(5, 1, "Всего").expect("written");
    page.write_formula(5, 2, Formula::new("=SUM(C5:C5)")).expect("written");
    page.write(7, 0, "Подпись").expect("written");
}

#[test]
fn values_and_lists_are_filled_and_numbers_are_numbers() {
    let document = filled(&form(report));
    assert_eq!(text(&document, 1, 0), "Отчёт: Школа № 1 <«Луч» & Ко>, 1 четверть");
    assert_eq!(
        cell(&document, 2, 1),
        Data::Float(54.25),
        "a cell without a per cent format shows per cent as it is"
    );
    let classes: Vec<String> = (5..=7).map(|row| text(&document, row, 1)).collect();
    assert_eq!(classes, ["5А", "5Б", "6А"]);
    assert_eq!((5..=7).map(|row| text(&document, row, 0)).collect::<String>(), "123");
    assert_eq!(cell(&document, 6, 3), Data::Float(0.375), "a cell of per cent holds a share of one");
    assert_eq!((text(&document, 8, 1), text(&document, 10, 0)), ("Всего".to_owned(), "Подпись".to_owned()));
}

#[test]
fn formulas_go_with_their_rows_and_sums_take_in_the_whole_list() {
    let document = filled(&form(report));
    assert_eq!(
        formulas(&document),
        [
            "E5 = C5/C$8+SUM(C$5:C$7)*0",
            "E6 = C6/C$8+SUM(C$5:C$7)*0",
            "E7 = C7/C$8+SUM(C$5:C$7)*0",
            "C8 = SUM(C5:C7)",
        ]
    );
    let sheet = part(&document, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("</f><v>"), "old results are gone: {sheet}");
    assert!(part(&document, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn styles_merges_names_areas_conditions_and_charts_go_with_the_rows() {
    let form = book(|book| {
        let page = book.add_worksheet().set_name("Форма").expect("a name");
        report(page);
        page.merge_range(7, 0, 8, 2, "Подпись", &Format::new()).expect("merged");
        page.merge_range(4, 5, 4, 6, "", &Format::new()).expect("merged in the list's row");
        page.set_print_area(0, 0, 8, 6).expect("an area");
        page.set_repeat_rows(0, 3).expect("rows");
        page.set_page_breaks(&[6]).expect("a break");
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::LessThan(0.5));
        page.add_conditional_format(4, 3, 4, 3, &rule).expect("a condition");
        let choice = DataValidation::new().allow_list_formula("=$B$6:$B$8".into());
        page.add_data_validation(7, 4, 7, 4, &choice).expect("a check");
        page.insert_note(7, 4, &Note::new("вписать")).expect("a note");
        let mut chart = Chart::new(ChartType::Bar);
        chart.add_series().set_categories("Форма!$B$5:$B$5").set_values("Форма!$C$5:$C$5");
        page.insert_chart(10, 0, &chart).expect("a chart");
        page.set_freeze_panes(4, 0).expect("frozen above the list");
        page.autofilter(3, 0, 4, 4).expect("a filter");
        book.define_name("Итог", "=Форма!$C$6").expect("a name");
        book.define_name("Все", "=Форма!$C$5:$C$5").expect("a name");
    });
    let document = filled(&form);
    let sheet = part(&document, "xl/worksheets/sheet1.xml");
    for wanted in [
        "<mergeCell ref=\"A10:C11\"/>",
        "<mergeCell ref=\"F5:G5\"/>",
        "<mergeCell ref=\"F6:G6\"/>",
        "<mergeCell ref=\"F7:G7\"/>",
        "mergeCells count=\"4\"",
        "<brk id=\"8\"",
        "sqref=\"D5:D7\"",
        "<formula1>$B$8:$B$10</formula1>",
        "sqref=\"E10\"",
        "<autoFilter ref=\"A4:E7\"",
        "ySplit=\"4\"",
    ] {
        assert!(sheet.contains(wanted), "{wanted} is not in {sheet}");
    }
    let workbook = part(&document, "xl/workbook.xml");
    for wanted in ["Форма!$A$1:$G$11", "Форма!$1:$4", "Форма!$C$8<", "Форма!$C$5:$C$7<"] {
        assert!(workbook.contains(wanted), "{wanted} is not in {workbook}");
    }
    let chart = part(&document, "xl/charts/chart1.xml");
    assert!(chart.contains("Форма!$C$5:$C$7") && chart.contains("Форма!$B$5:$B$7"), "{chart}");
    assert!(part(&document, "xl/drawings/drawing1.xml").contains("<xdr:row>12</xdr:row>"));
    assert!(part(&document, "xl/comments1.xml").contains("ref=\"E10\""));
    assert!(part(&document, "xl/drawings/vmlDrawing1.vml").contains("<x:Row>9</x:Row>"));
    let styles = |row: u32| {
        let at = sheet.find(&format!("<c r=\"D{row}\"")).expect("the cell is there");
        sheet[at..].split('>').next().expect("a tag").split("s=").nth(1).expect("a style").to_owned()
    };
    assert!(styles(5) == styles(6) && styles(6) == styles(7), "each row looks like the form's");
    assert_eq!(names(&form), names(&document), "no part is lost");
}

#[test]
fn what_needs_no_change_stays_byte_for_byte() {
    let form = book(|book| {
        report(book.add_worksheet().set_name("Форма").expect("a name"));
        let other = book.add_worksheet().set_name("Справка").expect("a name");
        other.write(0, 0, "не трогать").expect("written");
        let image = Image::new_from_buffer(PNG).expect("a picture");
        other.insert_image(2, 2, &image).expect("a picture");
    });
    let document = filled(&form);
    for name in [
        "xl/styles.xml",
        "xl/theme/theme1.xml",
        "xl/sharedStrings.xml",
        "[Content_Types].xml",
        "xl/drawings/drawing1.xml",
    ] {
        assert_eq!(part(&form, name), part(&document, name), "{name}");
    }
    assert_eq!(filled(&form), document, "the same bytes each time");
}

/// A picture of one point.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31,
    21, 196, 137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 248, 255, 255, 255, 127, 0, 9, 251, 3, 253, 5,
    67, 69, 202, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

#[test]
fn formulas_of_other_sheets_follow_and_shared_ones_are_written_out() {
    let form = book(|book| {
        report(book.add_worksheet().set_name("Форма").expect("a name"));
        let other = book.add_worksheet().set_name("Свод 2").expect("a name");
        other.write_formula(0, 0, Formula::new("=Форма!C6+SUM(Форма!C5:C6)+'Свод 2'!B6")).expect("written");
    });
    let document = filled(&form);
    let range = sheet(&document).worksheet_formula("Свод 2").expect("formulas");
    assert_eq!(range.get((0, 0)).map(String::as_str), Some("Форма!C8+SUM(Форма!C5:C8)+'Свод 2'!B6"));
}

#[test]
fn names_of_ranges_are_filled_too() {
    let form = book(|book| {
        let page = book.add_worksheet().set_name("Форма").expect("a name");
        page.write(4, 0, "{{класс}}").expect("written");
        page.write(4, 1, "{{учеников}} чел.").expect("written");
        page.write(5, 0, "Конец").expect("written");
        book.define_name("летопись.качество", "=Форма!$C$2").expect("a name");
        book.define_name("letopis.классы", "=Форма!$A$5:$B$5").expect("a name");
    });
    let document = filled(&form);
    assert_eq!(cell(&document, 2, 2), Data::Float(54.25));
    assert_eq!((text(&document, 7, 0), text(&document, 7, 1)), ("6А".to_owned(), "10 чел.".to_owned()));
    assert_eq!(text(&document, 8, 0), "Конец");
}

#[test]
fn nothing_is_an_empty_cell_and_an_empty_list_is_an_empty_row() {
    let document = filled(&form(|page| {
        page.write(0, 0, "{{пусто}}").expect("written");
        page.write(0, 1, "было {{пусто}}").expect("written");
        page.write(2, 0, "{{двоечники; класс}}").expect("written");
        page.write(2, 1, "всего {{двоечники; всего}} из {{классы; всего}}").expect("written");
        page.write(3, 0, "Конец").expect("written");
        page.write(5, 0, "{{дата}}").expect("written");
        page.write_with_format(5, 1, "{{дата}}", &Format::new().set_num_format("dd.mm.yyyy"))
            .expect("written");
    }));
    assert_eq!((cell(&document, 1, 0), text(&document, 1, 1)), (Data::Empty, "было —".to_owned()));
    assert_eq!((cell(&document, 3, 0), text(&document, 3, 1)), (Data::Empty, "всего 0 из 3".to_owned()));
    assert_eq!(text(&document, 4, 0), "Конец");
    assert_eq!(text(&document, 6, 0), "24.10.2025");
    assert!(
        matches!(cell(&document, 6, 1), Data::DateTime(day) if day.as_f64() == 45_954.0),
        "{:?}",
        cell(&document, 6, 1)
    );
}

#[test]
fn a_wrong_name_is_said_with_its_cell_and_the_nearest() {
    let refusals = refused(&form(|page| {
        page.write(2, 1, "{{качетсво}}").expect("written");
        page.write(3, 1, "{{классы; учинеков}}").expect("written");
        page.write(4, 1, "{{классы}}").expect("written");
        page.write(5, 1, "{{качество").expect("written");
        page.write(6, 1, "{{классы; класс}} {{двоечники; класс}}").expect("written");
    }));
    let said: Vec<(String, String)> = refusals.iter().map(|one| (one.cell.clone(), one.line().ru)).collect();
    let has = |cell: &str, words: &str| {
        assert!(
            said.iter().any(|(at, text)| at == cell && text.contains(words)),
            "{cell} {words}: {said:#?}"
        );
    };
    has("B3", "ближе всего «качество»");
    has("B4", "ближе всего «учеников»");
    has("B5", "назовите его поле");
    has("B6", "не закрыты");
    has("B7", "два списка");
    assert_eq!(said.len(), 5);
    assert!(refusals.iter().all(|one| one.sheet == "Форма" && !one.line().en.is_empty()));
}

#[test]
fn what_could_only_be_moved_by_guessing_is_refused_with_its_cell() {
    let with = |row: u32, formula: &str| {
        let formula = Formula::new(formula);
        refused(&form(|page| {
            report(page);
            page.write_formula(row, 7, formula).expect("written");
        }))
    };
    let cases = [
        (9, "=C5*2", "H10", "C5:C5"),
        (4, "=C4+1", "H5", "№"),
        (4, "=SUM(C$5:C5)", "H5", "неясно"),
        (9, "=SUM(INDIRECT(\"C5:C6\"))", "H10", "ДВССЫЛ"),
    ];
    for (row, formula, cell, words) in cases {
        let refusals = with(row, formula);
        let found = refusals.iter().find(|one| one.cell == cell);
        assert!(found.is_some_and(|one| one.said.ru.contains(words)), "{formula}: {refusals:#?}");
    }
    let merged = refused(&form(|page| {
        report(page);
        page.merge_range(4, 7, 5, 7, "", &Format::new()).expect("merged");
    }));
    assert_eq!(merged[0].cell, "H5:H6");
    let frozen = refused(&form(|page| {
        report(page);
        page.set_freeze_panes(6, 0).expect("frozen");
    }));
    assert!(frozen[0].said.ru.contains("закреплена"));
}

#[test]
fn a_table_grows_with_the_list_and_its_head_may_not() {
    let table = |first: u32| {
        move |page: &mut Worksheet| {
            let columns =
                vec![TableColumn::new().set_header("Класс"), TableColumn::new().set_header("Учеников")];
            page.add_table(first, 0, first + 2, 1, &Table::new().set_columns(&columns)).expect("a table");
            page.write(first + 1, 0, "{{классы; класс}}").expect("written");
            page.write(first + 1, 1, "{{классы; учеников}}").expect("written");
        }
    };
    let document = filled(&form(table(3)));
    assert!(part(&document, "xl/tables/table1.xml").contains("ref=\"A4:B8\""));
}

#[test]
fn what_is_no_workbook_is_refused_in_words() {
    for bytes in [&b"PK"[..], b"", b"{{}}", &[0xD0, 0xCF, 0x11, 0xE0]] {
        let refusals = fill(bytes, &source()).expect_err("no workbook");
        assert!(refusals[0].line().ru.contains("не книга XLSX"), "{refusals:?}");
    }
    let whole = form(report);
    for cut in [whole.len() / 2, whole.len() - 10] {
        fill(&whole[..cut], &source()).expect_err("cut off");
    }
}

#[test]
fn hostile_values_stay_texts() {
    let mut source = source();
    source
        .values
        .insert("школа".to_owned(), Value::Text("=1+1]]><f>HYPERLINK()</f>\u{1}\u{202e}".to_owned()));
    let document = fill(
        &form(|page| {
            page.write(0, 0, "{{школа}}").expect("written");
        }),
        &source,
    )
    .expect("filled");
    assert_eq!(text(&document, 1, 0), "=1+1]]><f>HYPERLINK()</f>U+0001U+202E");
    assert!(formulas(&document).is_empty());
}

#[test]
fn the_figures_of_a_year_have_names() {
    let reading = example("year");
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the example says its date");
    let roster = Roster::new(&journal);
    let figures = stats::compute(&journal, &roster, as_of).expect("figures are formed");
    let analytics = stats::analytics::fill(&journal, &roster, &figures, as_of);
    let terms = chosen_terms(&journal, &[], as_of).expect("the last term");
    assert!(!terms.is_empty());
    let school = School::new(&journal, &figures, &analytics, terms.clone(), as_of);
    let class = journal.classes.values().find(|class| class.grade > 1).expect("a class").key.to_string();
    let quality = figures.iter().find(|figure| {
        figure.metric == "quality"
            && terms.contains(&figure.term)
            && figure.scope_id.as_str() == class
            && figure.subject.is_none()
    });
    let value = quality.and_then(|figure| figure.value).map_or(Value::Nothing, Value::Percent);
    assert_eq!(school.value(&["качество", &class]), Ok(value));
    // Every name of the catalogue can stand in a form, and every field of every list.
    for (name, fields) in school.catalogue() {
        if fields.is_empty() {
            school.value(&[&name]).unwrap_or_else(|said| panic!("{name}: {said:?}"));
        }
        let list = school.list(&name);
        assert!(fields.iter().all(|field| list.is_some_and(|list| list.field(field).is_some())), "{name}");
    }
    for (name, list) in ["классы", "ученики", "неуспевающие", "с одной 4", "контрольные"]
        .map(|name| (name, school.list(name)))
    {
        let list = list.unwrap_or_else(|| panic!("{name} is a list"));
        assert!(list.rows.iter().all(|row| row.len() == list.fields.len()), "{name}");
    }
    let pupils = school.list("ученики").expect("a list");
    let failing = school.list("неуспевающие").expect("a list");
    let Ok(Value::Number(count, _)) = school.value(&["неуспевающие"]) else { panic!("a count") };
    assert_eq!(failing.rows.len() as f64, count, "a count and its list agree");
    assert!(pupils.rows.len() > failing.rows.len());
    assert!(school.value(&["качество", "5Ъ"]).is_err() && school.value(&["качесво"]).is_err());
    assert!(chosen_terms(&journal, &["пятая четверть".to_owned()], as_of).is_err());
}
