//! Tables over several pages: order, heads, rows that stay together, rows higher than a page.

use super::*;

const ROOM: f64 = 50.0;

fn table(rows: Vec<Row>) -> Table {
    let columns = vec![Column::new("№", 10.0, Align::Middle), Column::new("Текст", 40.0, Align::Left)];
    Table { columns, spans: Vec::new(), rows, size_pt: 8.0, row_height: 8.0, family: Family::Sans, lead: 1 }
}

fn row(number: usize, text: &str, joins: bool) -> Row {
    Row { cells: vec![number.to_string(), text.to_owned()], joins, ..Row::default() }
}

#[test]
fn the_head_is_repeated_and_rows_keep_their_order() {
    let pages = table((1..=12).map(|number| row(number, "а", false)).collect()).leaves(ROOM);
    assert_eq!(pages.len(), 3);
    assert!(pages.iter().all(|page| page.texts()[..2] == ["№", "Текст"]));
    let numbers: Vec<String> = pages
        .iter()
        .flat_map(|page| page.texts().into_iter().filter_map(|text| text.parse::<usize>().ok()))
        .map(|number| number.to_string())
        .collect();
    assert_eq!(numbers, (1..=12).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn joined_rows_stay_on_one_page() {
    let rows = (1..=9).map(|number| row(number, "а", number % 3 != 1)).collect();
    let pages = table(rows).leaves(ROOM);
    let firsts: Vec<&str> = pages.iter().map(|page| page.texts()[2]).collect();
    assert_eq!(firsts, ["1", "4", "7"]);
}

#[test]
fn a_row_higher_than_a_page_goes_on_upon_the_next() {
    let long = "слово ".repeat(200);
    let pages = table(vec![row(1, "до", false), row(2, &long, false), row(3, "после", false)]).leaves(ROOM);
    assert!(pages.len() > 3, "{}", pages.len());
    let all: String = pages.iter().flat_map(TableLeaf::texts).collect::<Vec<_>>().join(" ");
    assert_eq!(all.matches("слово").count(), 200);
    let highest = pages.iter().map(TableLeaf::height).fold(0.0, f64::max);
    assert!(highest <= ROOM + 1e-6, "{highest}");
}

#[test]
fn a_table_without_rows_is_its_head() {
    let pages = table(Vec::new()).leaves(ROOM);
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].texts(), ["№", "Текст"]);
}

#[test]
fn a_head_higher_than_its_page_is_cut_and_the_table_ends() {
    for upwards in [false, true] {
        let mut table = table((1..=3).map(|number| row(number, "а", false)).collect());
        table.columns[1].title = "Щ".repeat(600);
        table.columns[1].width = 8.0;
        table.columns[1].upwards = upwards;
        let pages = table.leaves(ROOM);
        assert!(pages.len() <= 3, "{}", pages.len());
        let all: Vec<&str> = pages.iter().flat_map(TableLeaf::texts).collect();
        assert!(["1", "2", "3"].iter().all(|number| all.contains(number)), "{all:?}");
    }
}
