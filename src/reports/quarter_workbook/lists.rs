//! Where the rows behind a number stand.
//!
//! A list notes what each of its rows is about. Where the rows about something stand together and are as many as a number
//! says, the number leads to them; where they do not, it leads nowhere, for a list of another length would be a lie.

use rustc_hash::FxHashMap;

use crate::render::workbook::{Cell, Row, Rows};
use crate::stats::Scope;

/// A row of a list, and what it is about.
pub(super) struct Entry {
    /// What it is about.
    pub(super) keys: Vec<String>,
    /// The row.
    pub(super) row: Row,
}

impl Entry {
    /// Returns a row that is about these things.
    pub(super) fn new(keys: Vec<String>, cells: Vec<Cell>) -> Self {
        Self { keys, row: Row { cells, is_total: false } }
    }
}

/// Returns what something of a whole is called: `failing|class:5А`.
pub(super) fn key(what: &str, scope: Scope, id: &str) -> String {
    format!("{what}|{}:{id}", scope.code())
}

/// Rows about one thing.
#[derive(Clone, Copy)]
struct Run {
    rows: Rows,
    /// None stands apart from the others.
    is_whole: bool,
}

/// What the lists have noted so far.
#[derive(Default)]
pub(super) struct Lists {
    runs: FxHashMap<String, Vec<Run>>,
    /// Sheets that the workbook does not have: their rows are counted, and nothing leads to them.
    hidden: Vec<&'static str>,
}

impl Lists {
    /// Returns lists of which some are in no workbook.
    pub(super) fn without(hidden: Vec<&'static str>) -> Self {
        Self { runs: FxHashMap::default(), hidden }
    }

    /// Tells whether a list is shown: the cells of one that is not need not be made.
    pub(super) fn shows(&self, sheet: &str) -> bool {
        !self.hidden.contains(&sheet)
    }

    /// Takes the rows of a list.
    pub(super) fn take(&mut self, sheet: &'static str, entries: Vec<Entry>) -> Vec<Row> {
        self.note_rows(sheet, entries.iter().map(|entry| entry.keys.as_slice()));
        entries.into_iter().map(|entry| entry.row).collect()
    }

    /// Notes what the rows of a sheet are about, from the first; before its cells are made where they lead to each other.
    pub(super) fn note_rows<'k>(&mut self, sheet: &'static str, keys: impl Iterator<Item = &'k [String]>) {
        for (at, keys) in keys.enumerate() {
            keys.iter().for_each(|key| self.note(sheet, key, at));
        }
    }

    fn note(&mut self, sheet: &'static str, key: &str, at: usize) {
        let runs = self.runs.entry(key.to_owned()).or_default();
        match runs.iter_mut().find(|run| run.rows.sheet == sheet) {
            Some(run) => {
                run.is_whole &= run.rows.first + run.rows.count == at;
                run.rows.count += 1;
            }
            None => runs.push(Run { rows: Rows { sheet, first: at, count: 1 }, is_whole: true }),
        }
    }

    fn whole(&self, key: &str) -> impl Iterator<Item = Rows> {
        let runs = self.runs.get(key).into_iter().flatten();
        let shown = runs.filter(move |run| run.is_whole && self.shows(run.rows.sheet));
        shown.map(|run| run.rows)
    }

    /// Returns a count that leads to the rows it counts, in the list that stands foremost.
    pub(super) fn count(&self, number: usize, key: &str) -> Cell {
        let found = self.whole(key).filter(|rows| rows.count == number).last();
        lead(number_cell(number), found)
    }

    /// Returns how many rows are about something, leading to them.
    pub(super) fn all(&self, key: &str) -> Cell {
        let noted = self.runs.get(key).and_then(|runs| runs.last());
        self.count(noted.map_or(0, |run| run.rows.count), key)
    }

    /// Returns a count that leads to what it counts, or else to the rows of a sheet that it sums up.
    pub(super) fn count_or_sum(&self, number: usize, key: &str, (sheet, of): (&str, &str)) -> Cell {
        let counted = self.whole(key).filter(|rows| rows.count == number).last();
        let summed = self.whole(of).find(|rows| rows.sheet == sheet);
        lead(number_cell(number), if number == 0 { None } else { counted.or(summed) })
    }

    /// Returns a cell that leads to the rows of a sheet that are about the same thing, whatever it says of them.
    pub(super) fn about(&self, cell: Cell, place: (&str, &str)) -> Cell {
        self.about_any(cell, &[place])
    }

    /// Returns a cell that leads to the first of several places that there is.
    pub(super) fn about_any(&self, cell: Cell, places: &[(&str, &str)]) -> Cell {
        let found = |(sheet, key): &(&str, &str)| self.whole(key).find(|rows| rows.sheet == *sheet);
        let rows = if cell == Cell::Empty { None } else { places.iter().find_map(found) };
        lead(cell, rows)
    }
}

fn lead(cell: Cell, rows: Option<Rows>) -> Cell {
    match rows {
        Some(rows) => cell.to(rows),
        None => cell,
    }
}

/// Returns a count.
pub(super) fn number_cell(number: usize) -> Cell {
    // Counts are far below 2^52: exact.
    Cell::Count(number as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(keys: &[&str]) -> Entry {
        Entry::new(keys.iter().map(|key| (*key).to_owned()).collect(), Vec::new())
    }

    #[test]
    fn a_count_leads_only_to_rows_that_stand_together_and_are_as_many() {
        let mut lists = Lists::default();
        lists.take(
            "Лист",
            vec![entry(&["a", "all"]), entry(&["b", "all"]), entry(&["a", "all"]), entry(&["c"])],
        );
        let to = |first, count| Cell::Count(count as f64).to(Rows { sheet: "Лист", first, count });
        assert_eq!(lists.count(3, "all"), to(0, 3));
        assert_eq!(lists.count(2, "all"), Cell::Count(2.0), "the list has another length");
        assert_eq!(lists.count(2, "a"), Cell::Count(2.0), "another row stands between");
        assert_eq!(
            lists.count_or_sum(2, "a", ("Лист", "c")),
            Cell::Count(2.0).to(Rows { sheet: "Лист", first: 3, count: 1 })
        );
        assert_eq!(lists.count(1, "c"), to(3, 1));
        assert_eq!(lists.count(0, "d"), Cell::Count(0.0));
    }

    #[test]
    fn rows_of_a_hidden_list_are_counted_and_nothing_leads_to_them() {
        let mut lists = Lists::without(vec!["Лист"]);
        lists.take("Лист", vec![entry(&["a"]), entry(&["a"])]);
        assert_eq!(lists.all("a"), Cell::Count(2.0));
        lists.take("Другой", vec![entry(&["sum"])]);
        assert_eq!(lists.all("sum"), Cell::Count(1.0).to(Rows { sheet: "Другой", first: 0, count: 1 }));
    }

    #[test]
    fn the_list_that_stands_foremost_is_led_to() {
        let mut lists = Lists::default();
        // Sheets are made from the last to the first.
        lists.take("Второй", vec![entry(&["a"])]);
        lists.take("Первый", vec![entry(&["a"])]);
        assert_eq!(lists.count(1, "a"), Cell::Count(1.0).to(Rows { sheet: "Первый", first: 0, count: 1 }));
    }
}
