//! The key of a workbook: everything that decides its bytes. A new field or kind of cell has to be named here before the
//! program compiles.

use super::book::{Bars, Book, Cell, Column, Drawn, Row, Rows, Sheet};
use crate::base::draft::{Key, KeyMaker};

impl Book {
    /// Returns the key.
    pub fn key(&self) -> Key {
        let Self { title, created_on, sheets } = self;
        let mut key = KeyMaker::new("xlsx");
        key.text(title);
        key.text(&created_on.to_string());
        key.number(sheets.len() as u64);
        sheets.iter().for_each(|sheet| add_sheet(&mut key, sheet));
        key.finish()
    }
}

fn add_sheet(key: &mut KeyMaker, sheet: &Sheet) {
    let Sheet { name, title, notes, columns, frozen_columns, printed_columns, rows, chart } = sheet;
    key.text(name);
    key.text(title);
    key.number(notes.len() as u64);
    notes.iter().for_each(|note| key.text(note));
    key.number(columns.len() as u64);
    for Column { title, width, is_turned } in columns {
        key.text(title);
        key.measure(*width);
        key.number(u64::from(*is_turned));
    }
    key.number(u64::from(*frozen_columns));
    key.number(printed_columns.map_or(u64::MAX, u64::from));
    key.number(rows.len() as u64);
    for Row { cells, is_total } in rows {
        key.number(u64::from(*is_total));
        key.number(cells.len() as u64);
        cells.iter().for_each(|cell| add_cell(key, cell));
    }
    key.number(match chart {
        None => 0,
        Some(Drawn::Bars(_)) => 1,
        Some(Drawn::Charts(_)) => 2,
    });
    match chart {
        Some(Drawn::Bars(Bars { title, heights, rows })) => {
            key.text(title);
            key.number(u64::from(*rows));
            key.number(heights.len() as u64);
            heights.iter().for_each(|column| key.number(u64::from(*column)));
        }
        Some(Drawn::Charts(charts)) => {
            key.number(charts.len() as u64);
            // Every field of a description, numbers to the last digit.
            charts.iter().for_each(|chart| key.text(&format!("{chart:?}")));
        }
        None => {}
    }
}

fn add_cell(key: &mut KeyMaker, cell: &Cell) {
    match cell {
        Cell::Empty => key.number(0),
        Cell::Text(text) => add_text(key, 1, text),
        Cell::Link(text, target) => {
            add_text(key, 2, text);
            key.text(target);
        }
        Cell::Count(number) => add_number(key, 3, *number),
        Cell::Hours(number) => add_number(key, 4, *number),
        Cell::Decimal(number) => add_number(key, 5, *number),
        Cell::Share(number) => add_number(key, 6, *number),
        Cell::Date(date) => add_text(key, 7, &date.to_string()),
        Cell::Moment(moment) => add_text(key, 8, &moment.to_string()),
        Cell::Shaded(number, shade) => {
            add_number(key, 9, *number);
            key.number(u64::from(shade.luma()));
        }
        Cell::Heat(number, ground) => {
            add_number(key, 10, *number);
            key.number(u64::from(ground.number()));
        }
        Cell::To(shown, Rows { sheet, first, count }) => {
            add_text(key, 11, sheet);
            key.number(*first as u64);
            key.number(*count as u64);
            add_cell(key, shown);
        }
    }
}

fn add_text(key: &mut KeyMaker, kind: u64, text: &str) {
    key.number(kind);
    key.text(text);
}

fn add_number(key: &mut KeyMaker, kind: u64, number: f64) {
    key.number(kind);
    key.measure(number);
}
