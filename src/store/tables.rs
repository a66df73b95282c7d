//! Compares two states of a table: new or removed rows, and changed cells in rows that stayed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

/// A table in memory.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Difference<'a> {
    /// A new row.
    Added(&'a [String]),
    /// A removed row.
    Removed(&'a [String]),
    /// Another value in a row that stayed, with the row as it is now.
    Cell { row: &'a [String], column: &'a str, before: &'a str, after: &'a str },
}

impl Table {
    /// Reads a CSV table.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers()?.iter().map(str::to_owned).collect();
        let rows: Result<_, csv::Error> =
            reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect();
        Ok(Self { header, rows: rows? })
    }

    /// Returns the position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| header == name)
    }

    /// Returns the rows by their first columns; `None` if those do not distinguish all rows.
    fn keyed(&self, columns: usize) -> Option<BTreeMap<&[String], &[String]>> {
        let rows: BTreeMap<_, _> = self.rows.iter().map(|row| (&row[..columns], row.as_slice())).collect();
        (rows.len() == self.rows.len()).then_some(rows)
    }
}

/// Compares two states of a table. Rows are distinguished by as few of the first columns as possible.
pub(super) fn compare<'a>(before: &'a Table, after: &'a Table) -> Vec<Difference<'a>> {
    let shared = before.header.iter().zip(&after.header).take_while(|(a, b)| a == b).count();
    let keyed = (1..=shared).find_map(|columns| Some((before.keyed(columns)?, after.keyed(columns)?)));
    let Some((old, new)) = keyed else { return compare_rows(before, after) };
    let columns: BTreeSet<&String> = before.header.iter().chain(&after.header).collect();
    let places: Vec<_> =
        columns.into_iter().map(|name| (name, before.column(name), after.column(name))).collect();
    let mut found = Vec::new();
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        match (old.get(key), new.get(key)) {
            (None, Some(row)) => found.push(Difference::Added(row)),
            (Some(row), None) => found.push(Difference::Removed(row)),
            (Some(was), Some(row)) => found.extend(places.iter().filter_map(|(column, old, new)| {
                let (before, after) = (cell(was, *old), cell(row, *new));
                (before != after).then_some(Difference::Cell { row, column, before, after })
            })),
            (None, None) => {}
        }
    }
    found
}

fn cell(row: &[String], at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).map(String::as_str).unwrap_or_default()
}

/// Compares tables with repeated rows: only whole rows can be compared.
fn compare_rows<'a>(before: &'a Table, after: &'a Table) -> Vec<Difference<'a>> {
    let mut counts: BTreeMap<&[String], (usize, usize)> = BTreeMap::new();
    before.rows.iter().for_each(|row| counts.entry(row).or_default().0 += 1);
    after.rows.iter().for_each(|row| counts.entry(row).or_default().1 += 1);
    let mut found = Vec::new();
    for (row, (old, new)) in counts {
        found.extend((new..old).map(|_| Difference::Removed(row)));
        found.extend((old..new).map(|_| Difference::Added(row)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(before: &str, after: &str) -> (usize, usize, usize) {
        let [before, after] =
            [before, after].map(|text| Table::read(text.as_bytes()).expect("the table is well-formed"));
        let found = compare(&before, &after);
        let count = |wanted: fn(&Difference<'_>) -> bool| found.iter().filter(|one| wanted(one)).count();
        (
            count(|one| matches!(one, Difference::Added(_))),
            count(|one| matches!(one, Difference::Removed(_))),
            count(|one| matches!(one, Difference::Cell { .. })),
        )
    }

    #[test]
    fn cells_are_counted_in_rows_that_stayed() {
        assert_eq!(counted("id,a,b\n1,x,y\n2,x,y\n", "id,a,b\n1,x,z\n3,x,y\n"), (1, 1, 1));
        // Two columns make the key, so one changed value is one cell, not two rows.
        assert_eq!(counted("p,d,v\n1,1,5\n1,2,4\n", "p,d,v\n1,1,5\n1,2,3\n"), (0, 0, 1));
        // A new column changes the cells that are not empty.
        assert_eq!(counted("id,a\n1,x\n2,y\n", "id,a,n\n1,x,9\n2,y,\n"), (0, 0, 1));
        assert_eq!(counted("a\nx\nx\n", "a\nx\ny\n"), (1, 1, 0));
    }
}
