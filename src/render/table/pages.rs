//! Divides a long table into tables of a page each, for templates that break the texts themselves. A typesetter needs twice the
//! time and memory for one table over all pages.

use super::{Column, Row, Table};
use crate::render::measure::{MM_PER_PT, Style};

/// Space around the text of a cell in `blocks.typ`, in millimetres.
const INSET: f64 = 0.9;
const HEAD_INSET: f64 = 1.0;
/// From line to line, and the height of a single one, in sizes of text: the letters of Liberation are 0.69 high, and lines are
/// 0.4 apart.
const PITCH: f64 = 1.09;
const FIRST: f64 = 0.69;
/// For rounding, in millimetres.
const SPARE: f64 = 2.0;

impl Table {
    /// Divides the table: the first part is at most `first` millimetres high, the others `room`. No row is lost, and every part
    /// has one at least. The typesetter hyphenates and so needs no more lines than are counted here.
    pub fn pages(&self, first: f64, room: f64) -> Vec<Self> {
        let head = self.flowed_head();
        let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
        let mut left = first - head - SPARE;
        let mut heading: Option<&Row> = None;
        for (at, row) in self.rows.iter().enumerate() {
            let height = self.flowed(row);
            // A heading does not stand alone at the foot of a page.
            let below =
                self.rows.get(at + 1).filter(|_| row.is_heading).map_or(0.0, |next| self.flowed(next));
            heading = if row.is_heading { None } else { heading };
            if height + below > left && pages.last().is_some_and(|page| !page.is_empty()) {
                pages.push(heading.into_iter().cloned().collect());
                left = room - head - SPARE - heading.map_or(0.0, |heading| self.flowed(heading));
            }
            heading = if row.is_heading { Some(row) } else { heading };
            left -= height;
            if let Some(page) = pages.last_mut() {
                page.push(row.clone());
            }
        }
        let part = |rows| Self { columns: self.columns.clone(), spans: self.spans.clone(), rows, ..*self };
        pages.into_iter().map(part).collect()
    }

    fn flowed(&self, row: &Row) -> f64 {
        let style = if row.is_bold { self.bold_style() } else { self.plain_style() };
        let lines = |(column, text): (&Column, &String)| style.wrap(text, column.width - 2.0 * INSET).len();
        let most = if row.is_heading {
            1
        } else {
            self.columns.iter().zip(&row.cells).map(lines).max().unwrap_or(0)
        };
        flowed_height(style, most, INSET)
    }

    fn flowed_head(&self) -> f64 {
        let over = if self.spans.is_empty() { 0.0 } else { flowed_height(self.bold_style(), 1, INSET) };
        let column = |column: &Column| {
            let style = self.title_style(column);
            if column.upwards {
                return self.turned_height() + 2.0 * HEAD_INSET;
            }
            flowed_height(style, style.wrap(&column.title, column.width - 2.0 * HEAD_INSET).len(), HEAD_INSET)
        };
        over + self.columns.iter().map(column).fold(0.0, f64::max)
    }
}

fn flowed_height(style: Style, lines: usize, inset: f64) -> f64 {
    // Counts of lines are far below 2^52: exact.
    let further = lines.saturating_sub(1) as f64;
    (FIRST + PITCH * further) * style.size_pt * MM_PER_PT + 2.0 * inset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::drawing::Align;

    fn table(rows: usize) -> Table {
        let columns =
            vec![Column::new("№", 12.0, Align::Right), Column::new("Тема урока", 40.0, Align::Left)];
        let text = |at: usize| "Правописание безударных гласных ".repeat(at % 4 + 1);
        let rows = (0..rows).map(|at| Row::from(vec![at.to_string(), text(at)])).collect();
        Table::plain(columns, rows, 7.5)
    }

    #[test]
    fn the_parts_fit_their_pages_and_together_are_the_table() {
        let whole = table(300);
        let parts = whole.pages(60.0, 100.0);
        let height =
            |part: &Table| part.flowed_head() + part.rows.iter().map(|row| part.flowed(row)).sum::<f64>();
        assert!(parts.len() > 10 && height(&parts[0]) <= 60.0);
        assert!(parts[1..].iter().all(|part| height(part) <= 100.0));
        // No page is left half empty: the highest row has five lines.
        assert!(parts[1..parts.len() - 1].iter().all(|part| height(part) > 80.0));
        let numbers: Vec<&str> =
            parts.iter().flat_map(|part| &part.rows).map(|row| row.cells[0].as_str()).collect();
        assert!(numbers.iter().enumerate().all(|(at, number)| *number == at.to_string()));
        assert_eq!(numbers.len(), 300);
    }

    #[test]
    fn a_heading_stands_over_its_rows_on_every_page_and_never_at_the_foot() {
        let mut whole = table(100);
        (0..100).step_by(10).rev().for_each(|at| {
            whole.rows.insert(at, Row { is_heading: true, ..Row::from(vec![format!("Курс {at}")]) });
        });
        let parts = whole.pages(60.0, 60.0);
        assert!(parts.len() > 10);
        for part in &parts {
            assert!(part.rows[0].is_heading && part.rows.last().is_some_and(|row| !row.is_heading));
        }
        let plain = parts.iter().flat_map(|part| &part.rows).filter(|row| !row.is_heading);
        assert_eq!(plain.count(), 100);
    }

    #[test]
    fn a_row_higher_than_a_page_has_a_part_of_its_own_and_no_rows_are_one_part() {
        let mut tall = table(3);
        tall.rows[1].cells[1] = "слово ".repeat(500);
        assert_eq!(tall.pages(50.0, 50.0).len(), 3);
        assert_eq!(table(0).pages(50.0, 50.0).len(), 1);
    }
}
