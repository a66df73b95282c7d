//! The differences between two editions: documents with their pages, tables with their rows and cells. Each
//! cell has its class, subject, date, and its former and present value.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::names::is_about_bag;
use super::places::{Place, Places, telling_column, title};
use super::tables::{Difference, Table, compare};
use crate::bagit::stored::StoredBag;
use crate::base::files::{Document, table_to_open};
use crate::base::folders::{self, CHANGES, INVENTORY, PAGES, inside};
use crate::base::said::{AtPlace, Said};
use crate::base::shown;

/// One file that has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Path in the bag.
    pub path: String,
    /// SHA-256 before; `None` if the file is new.
    pub before: Option<String>,
    /// SHA-256 now; `None` if the file is gone.
    pub after: Option<String>,
    /// Pages before and now, if the inventories have them.
    pub pages: (Option<usize>, Option<usize>),
    /// Numbers of the pages with changed content, if both editions list theirs.
    pub differing_pages: Vec<usize>,
    /// Rows and cells, for tables in both editions.
    pub cells: Option<CellChanges>,
    /// The same changes one by one.
    pub details: Vec<Detail>,
}

/// One row or cell of a table that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What happened.
    pub what: What,
    /// What the row is about.
    pub place: Place,
    /// The column's title. For a whole row, the column that says most about it; empty if none does.
    pub column: String,
    /// The former value, but never one that says something about a person.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// A change inside a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A row is new.
    Added,
    /// A row is gone.
    Removed,
    /// A cell has another value.
    Changed,
}

impl What {
    /// Returns the Russian words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Added => "строка добавлена",
            Self::Removed => "строка удалена",
            Self::Changed => "клетка изменена",
        }
    }
}

/// Counts of the changes inside a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellChanges {
    /// Rows that are new.
    pub added: usize,
    /// Rows that are gone.
    pub removed: usize,
    /// Cells with another value in rows that both editions have.
    pub changed: usize,
}

impl Change {
    /// Returns the Russian word for the change.
    pub fn word(&self) -> Said<&'static str> {
        match (&self.before, &self.after) {
            (None, _) => Said::fixed("добавлен", "added"),
            (_, None) => Said::fixed("удалён", "removed"),
            _ => Said::fixed("изменён", "changed"),
        }
    }
}

/// Compares the payloads of two bags, except files about the bag itself.
///
/// # Errors
/// When a table or an inventory cannot be read.
pub fn changes(earlier: &StoredBag, later: &StoredBag) -> Result<Vec<Change>> {
    let digests = |bag: &StoredBag| -> BTreeMap<String, String> {
        let own = bag.payload.iter().filter(|entry| !is_about_bag(&entry.path) && entry.path != PAGES);
        own.map(|entry| (entry.path.clone(), entry.checksums.sha256.clone())).collect()
    };
    let (before, after) = (digests(earlier), digests(later));
    let (pages_before, pages_after) = (pages_of(earlier)?, pages_of(later)?);
    let marks = (page_marks_of(earlier)?, page_marks_of(later)?);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    let mut changes: Vec<Change> = differing
        .map(|path| Change {
            path: path.clone(),
            before: before.get(path).cloned(),
            after: after.get(path).cloned(),
            pages: (pages_before.get(path).copied(), pages_after.get(path).copied()),
            differing_pages: differing_pages(marks.0.get(path), marks.1.get(path)),
            ..Change::default()
        })
        .collect();
    let is_table = |change: &&mut Change| {
        let is_in_both = change.before.is_some() && change.after.is_some();
        is_in_both && table_name(&change.path).is_some()
    };
    let tables: Vec<&mut Change> = changes.iter_mut().filter(is_table).collect();
    if !tables.is_empty() {
        let places = (Places::of(earlier)?, Places::of(later)?);
        for change in tables {
            let read = |bag: &StoredBag| Table::read(&bag.read(&change.path)?).at(&change.path);
            let (before, after) = (read(earlier)?, read(later)?);
            let found = compare(&before, &after);
            let name = table_name(&change.path).unwrap_or_default();
            let tell = |difference| detail(name, (&before, &after), &places, difference);
            change.details = found.iter().map(tell).collect();
            change.cells = Some(count(&change.details));
        }
    }
    Ok(changes)
}

/// Returns the name of a table by its path in the bag.
fn table_name(path: &str) -> Option<&str> {
    inside(folders::TABLES, path)?.strip_suffix(".csv")
}

fn count(details: &[Detail]) -> CellChanges {
    let of = |what: What| details.iter().filter(|detail| detail.what == what).count();
    CellChanges { added: of(What::Added), removed: of(What::Removed), changed: of(What::Changed) }
}

/// Describes the subject of a difference. A row that is gone is described by the former tables.
fn detail(
    name: &str,
    (before, after): (&Table, &Table),
    (then, now): &(Places, Places),
    difference: &Difference<'_>,
) -> Detail {
    let of_row = |row: &[String], table: &Table, places: &Places| {
        let column = telling_column(name).and_then(|column| Some((column, table.column(column)?)));
        let place = places.place(&table.header, row);
        let is_of_pupil = !place.file_number.is_empty();
        let value =
            column.and_then(|(column, at)| Some(places.shown(name, column, row.get(at)?, is_of_pupil)));
        (place, column.map(|(column, _)| title(name, column)).unwrap_or_default(), value.unwrap_or_default())
    };
    match *difference {
        Difference::Added(row) => {
            let (place, column, after) = of_row(row, after, now);
            Detail { what: What::Added, place, column, before: String::new(), after }
        }
        Difference::Removed(row) => {
            let (place, column, before) = of_row(row, before, then);
            Detail { what: What::Removed, place, column, before, after: String::new() }
        }
        Difference::Cell { row, column, before: was, after: is } => {
            let place = now.place(&after.header, row);
            let is_of_pupil = !place.file_number.is_empty();
            let before = then.shown(name, column, was, is_of_pupil);
            let after = now.shown(name, column, is, is_of_pupil);
            Detail { what: What::Changed, place, column: title(name, column), before, after }
        }
    }
}

/// Returns the pages of documents from the bag's inventory.
///
/// # Errors
/// When the inventory cannot be read.
pub(super) fn pages_of(bag: &StoredBag) -> Result<BTreeMap<String, usize>> {
    if bag.entry(INVENTORY).is_none() {
        return Ok(BTreeMap::new());
    }
    let table = Table::read(&bag.read(INVENTORY)?).at(INVENTORY)?;
    let column = |name: &str| table.header.iter().position(|header| header == name);
    let (Some(file), Some(pages)) = (column("файл"), column("страниц")) else {
        return Ok(BTreeMap::new());
    };
    let known = table.rows.iter().filter_map(|row| Some((row[file].clone(), row[pages].parse().ok()?)));
    Ok(known.collect())
}

/// Returns the content marks of the documents' pages, from the bag's list of pages.
fn page_marks_of(bag: &StoredBag) -> Result<BTreeMap<String, Vec<String>>> {
    let mut marks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if bag.entry(PAGES).is_none() {
        return Ok(marks);
    }
    let table = Table::read(&bag.read(PAGES)?).at(PAGES)?;
    let (document, mark) = (table.column("document"), table.column("mark"));
    if let (Some(document), Some(mark)) = (document, mark) {
        for row in &table.rows {
            marks.entry(row[document].clone()).or_default().push(row[mark].clone());
        }
    }
    Ok(marks)
}

/// Returns the numbers of changed pages, including new and dropped ones.
fn differing_pages(before: Option<&Vec<String>>, after: Option<&Vec<String>>) -> Vec<usize> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    (0..before.len().max(after.len()))
        .filter(|page| before.get(*page) != after.get(*page))
        .map(|page| page + 1)
        .collect()
}

/// Writes page numbers in the usual form: `1, 5–7`.
pub fn page_list(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let shown =
        runs.into_iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") });
    shown.collect::<Vec<_>>().join(", ")
}

/// Columns of the list.
const COLUMNS: usize = HEADER.len();
const HEADER: [&str; 18] = [
    "файл",
    "что произошло",
    "класс",
    "предмет",
    "дата урока",
    "период",
    "личное дело №",
    "столбец",
    "было",
    "стало",
    "страниц было",
    "страниц стало",
    "страницы",
    "строк добавлено",
    "строк удалено",
    "клеток изменено",
    "sha256 было",
    "sha256 стало",
];

/// Writes the list of differences for people: a line for each file, and the rows and cells below a table's
/// line.
pub(super) fn document(changes: &[Change]) -> Result<Document> {
    let mut csv = table_to_open(b',');
    csv.write_record(HEADER)?;
    for change in changes {
        csv.write_record(file_row(change).iter().map(|cell| shown::cell(cell).into_owned()))?;
        for detail in &change.details {
            let row = detail_row(&change.path, detail);
            csv.write_record(row.iter().map(|cell| shown::cell(cell).into_owned()))?;
        }
    }
    Ok(Document::new(CHANGES, csv.into_inner()?))
}

fn file_row(change: &Change) -> [String; COLUMNS] {
    let shown = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    let own = [change.path.clone(), change.word().ru.to_owned()];
    let figures = [
        shown(change.pages.0),
        shown(change.pages.1),
        page_list(&change.differing_pages),
        shown(change.cells.map(|cells| cells.added)),
        shown(change.cells.map(|cells| cells.removed)),
        shown(change.cells.map(|cells| cells.changed)),
        change.before.clone().unwrap_or_default(),
        change.after.clone().unwrap_or_default(),
    ];
    // The columns between belong to rows and cells.
    let mut row = std::array::from_fn(|_| String::new());
    row[..own.len()].clone_from_slice(&own);
    row[COLUMNS - figures.len()..].clone_from_slice(&figures);
    row
}

fn detail_row(path: &str, detail: &Detail) -> [String; COLUMNS] {
    let Detail { what, place, column, before, after } = detail;
    let told = [
        path,
        what.words(),
        &place.class,
        &place.subject,
        &place.date,
        &place.term,
        &place.file_number,
        column,
        before,
        after,
    ];
    std::array::from_fn(|at| told.get(at).copied().unwrap_or_default().to_owned())
}
