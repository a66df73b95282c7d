//! What differs between two editions: documents with their pages, tables with their rows and cells.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::{CHANGES, is_about_bag};
use crate::archive::stored::StoredBag;
use crate::files::Document;
use crate::inventory::INVENTORY;

/// One file that is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Path in the bag.
    pub path: String,
    /// SHA-256 before; `None` where the file is new.
    pub before: Option<String>,
    /// SHA-256 now; `None` where the file is gone.
    pub after: Option<String>,
    /// Pages before and now, where the inventories tell.
    pub pages: (Option<usize>, Option<usize>),
    /// Rows and cells, for tables that are in both.
    pub cells: Option<CellChanges>,
}

/// What differs inside a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellChanges {
    /// Rows that are new.
    pub added: usize,
    /// Rows that are gone.
    pub removed: usize,
    /// Cells with another value in rows that are in both.
    pub changed: usize,
}

impl Change {
    /// Returns the Russian word for what happened.
    pub fn word(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "добавлен",
            (_, None) => "удалён",
            _ => "изменён",
        }
    }
}

/// Compares the payloads of two bags, but for what is written about the bag itself.
///
/// # Errors
/// When a table or an inventory cannot be read.
pub fn changes(earlier: &StoredBag, later: &StoredBag) -> Result<Vec<Change>> {
    let digests = |bag: &StoredBag| -> BTreeMap<String, String> {
        let own = bag.payload.iter().filter(|entry| !is_about_bag(&entry.path));
        own.map(|entry| (entry.path.clone(), entry.checksums.sha256.clone())).collect()
    };
    let (before, after) = (digests(earlier), digests(later));
    let (pages_before, pages_after) = (pages_of(earlier)?, pages_of(later)?);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    differing
        .map(|path| {
            let is_table = path.starts_with("data/tables/") && path.ends_with(".csv");
            let is_in_both = before.contains_key(path) && after.contains_key(path);
            let cells = match is_table && is_in_both {
                true => Some(compare_tables(&earlier.read(path)?, &later.read(path)?).context(path.clone())?),
                false => None,
            };
            Ok(Change {
                path: path.clone(),
                before: before.get(path).cloned(),
                after: after.get(path).cloned(),
                pages: (pages_before.get(path).copied(), pages_after.get(path).copied()),
                cells,
            })
        })
        .collect()
}

/// Returns the pages of documents by the bag's inventory.
///
/// # Errors
/// When the inventory cannot be read.
pub(super) fn pages_of(bag: &StoredBag) -> Result<BTreeMap<String, usize>> {
    if bag.entry(INVENTORY).is_none() {
        return Ok(BTreeMap::new());
    }
    let table = Table::read(&bag.read(INVENTORY)?).context(INVENTORY)?;
    let column = |name: &str| table.header.iter().position(|header| header == name);
    let (Some(file), Some(pages)) = (column("файл"), column("страниц")) else {
        return Ok(BTreeMap::new());
    };
    let known = table.rows.iter().filter_map(|row| Some((row[file].clone(), row[pages].parse().ok()?)));
    Ok(known.collect())
}

/// Writes the list of what differs.
pub(super) fn document(changes: &[Change]) -> Result<Document> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "файл",
        "что произошло",
        "страниц было",
        "страниц стало",
        "строк добавлено",
        "строк удалено",
        "клеток изменено",
        "sha256 было",
        "sha256 стало",
    ])?;
    let shown = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    for change in changes {
        csv.write_record([
            change.path.clone(),
            change.word().to_owned(),
            shown(change.pages.0),
            shown(change.pages.1),
            shown(change.cells.map(|cells| cells.added)),
            shown(change.cells.map(|cells| cells.removed)),
            shown(change.cells.map(|cells| cells.changed)),
            change.before.clone().unwrap_or_default(),
            change.after.clone().unwrap_or_default(),
        ])?;
    }
    Ok(Document::new(CHANGES, csv.into_inner()?))
}

/// A table in memory.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers()?.iter().map(str::to_owned).collect();
        let rows: Result<_, csv::Error> =
            reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect();
        Ok(Self { header, rows: rows? })
    }

    /// Returns the rows by their first columns; `None` where those do not tell every row apart.
    fn keyed(&self, columns: usize) -> Option<BTreeMap<&[String], &[String]>> {
        let rows: BTreeMap<_, _> = self.rows.iter().map(|row| (&row[..columns], row.as_slice())).collect();
        (rows.len() == self.rows.len()).then_some(rows)
    }
}

/// Compares two states of a table. Rows are told apart by as few of the first columns as it takes.
fn compare_tables(before: &[u8], after: &[u8]) -> Result<CellChanges> {
    let (before, after) = (Table::read(before)?, Table::read(after)?);
    let shared = before.header.iter().zip(&after.header).take_while(|(a, b)| a == b).count();
    let keyed = (1..=shared).find_map(|columns| Some((before.keyed(columns)?, after.keyed(columns)?)));
    let Some((old, new)) = keyed else { return Ok(compare_rows(&before, &after)) };
    let mut found = CellChanges {
        added: new.keys().filter(|key| !old.contains_key(*key)).count(),
        removed: old.keys().filter(|key| !new.contains_key(*key)).count(),
        changed: 0,
    };
    let columns: BTreeSet<&String> = before.header.iter().chain(&after.header).collect();
    let place = |table: &Table, name: &String| table.header.iter().position(|header| header == name);
    let places: Vec<_> = columns.iter().map(|name| (place(&before, name), place(&after, name))).collect();
    for (key, row) in &old {
        let Some(other) = new.get(key) else { continue };
        let cell = |row: &[String], at: Option<usize>| at.map(|at| row[at].clone()).unwrap_or_default();
        found.changed += places.iter().filter(|(a, b)| cell(row, *a) != cell(other, *b)).count();
    }
    Ok(found)
}

/// Compares tables whose rows repeat: only whole rows can be counted.
fn compare_rows(before: &Table, after: &Table) -> CellChanges {
    let mut counts: BTreeMap<&[String], (usize, usize)> = BTreeMap::new();
    before.rows.iter().for_each(|row| counts.entry(row).or_default().0 += 1);
    after.rows.iter().for_each(|row| counts.entry(row).or_default().1 += 1);
    let counts = || counts.values();
    CellChanges {
        added: counts().map(|(old, new)| new.saturating_sub(*old)).sum(),
        removed: counts().map(|(old, new)| old.saturating_sub(*new)).sum(),
        changed: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(before: &str, after: &str) -> (usize, usize, usize) {
        let found = compare_tables(before.as_bytes(), after.as_bytes()).expect("tables are well-formed");
        (found.added, found.removed, found.changed)
    }

    #[test]
    fn cells_are_counted_in_rows_that_stayed() {
        assert_eq!(cells("id,a,b\n1,x,y\n2,x,y\n", "id,a,b\n1,x,z\n3,x,y\n"), (1, 1, 1));
        // Two columns make the key, so one changed value is one cell, not two rows.
        assert_eq!(cells("p,d,v\n1,1,5\n1,2,4\n", "p,d,v\n1,1,5\n1,2,3\n"), (0, 0, 1));
        // A new column changes the cells that are not empty.
        assert_eq!(cells("id,a\n1,x\n2,y\n", "id,a,n\n1,x,9\n2,y,\n"), (0, 0, 1));
        assert_eq!(cells("a\nx\nx\n", "a\nx\ny\n"), (1, 1, 0));
    }
}
