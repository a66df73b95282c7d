//! Rows in several files: a repeated fact counts once, one file fills the empty cells of another, and if they
//! differ both are reported and the more trusted one is kept.
//!
//! Within one file a second row with the same id is still an error. Rows are compared by meaning:
//! `02.09.2024` is `2024-09-02`.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::same::{self, Sameness};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::ingest::aliases::Aliases;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::{Cell, RowCells, Value};
use crate::ingest::tables::{Chosen, Placed, RowAt, cell, each_row};
use crate::ingest::trust::{TABLES, Trust, trust_hint};
use crate::model::schema::{Column, schema_of};
use crate::model::{Table, Text};

/// One of several rows of a fact.
struct Twin {
    at: RowAt,
    cells: Vec<Value>,
    /// The cells by meaning.
    meant: Vec<Text>,
}

/// Compares the files of a table.
pub(super) fn choose(
    table: Table,
    sheets: &[&Placed],
    (aliases, trust): (&Aliases, &Trust),
    problems: &mut Problems,
) -> Chosen {
    let mut chosen = Chosen::default();
    let files: BTreeSet<&str> = sheets.iter().map(|placed| placed.file()).collect();
    if files.len() < 2 {
        return chosen;
    }
    let mut work =
        Work { table, sheets, aliases, trust, problems, chosen: &mut chosen, equal: BTreeMap::new() };
    for sameness in same::of(table) {
        for group in work.groups(sameness) {
            if sameness.between_systems { work.choose(group) } else { work.merge(sameness, group) }
        }
    }
    work.say_equal();
    chosen
}

struct Work<'a> {
    table: Table,
    sheets: &'a [&'a Placed<'a>],
    aliases: &'a Aliases,
    trust: &'a Trust,
    problems: &'a mut Problems,
    chosen: &'a mut Chosen,
    /// Rows without anything new, by sheet.
    equal: BTreeMap<usize, usize>,
}

impl Work<'_> {
    /// Returns the rows that more than one file (or system) has, by key, the most trusted first.
    fn groups(&self, sameness: &Sameness) -> Vec<Vec<Twin>> {
        let owners: BTreeSet<&str> = self.sheets.iter().map(|placed| sameness.owner(placed)).collect();
        if owners.len() < 2 {
            return Vec::new();
        }
        let columns: Vec<(usize, &Column)> = schema_of(self.table)
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| sameness.has(column.id))
            .collect();
        let hashes: Vec<Vec<(u64, u32)>> = self
            .sheets
            .par_iter()
            .map(|placed| {
                let mut rows = Vec::new();
                each_row(placed, |number, row| {
                    let mut hasher = FxHasher::default();
                    self.key(&columns, placed, row).for_each(|cell| cell.hash(&mut hasher));
                    rows.push((hasher.finish(), number));
                });
                rows
            })
            .collect();
        let mut owner: FxHashMap<u64, &str> = FxHashMap::default();
        let mut shared: FxHashSet<u64> = FxHashSet::default();
        for (placed, rows) in self.sheets.iter().zip(&hashes) {
            let own = sameness.owner(placed);
            shared.extend(
                rows.iter()
                    .filter(|(hash, _)| *owner.entry(*hash).or_insert(own) != own)
                    .map(|(hash, _)| hash),
            );
        }
        if shared.is_empty() {
            return Vec::new();
        }
        let mut groups: BTreeMap<Vec<Text>, Vec<Twin>> = BTreeMap::new();
        for (index, (placed, rows)) in self.sheets.iter().zip(&hashes).enumerate() {
            let wanted: FxHashSet<u32> =
                rows.iter().filter(|(hash, _)| shared.contains(hash)).map(|(_, row)| *row).collect();
            if wanted.is_empty() {
                continue;
            }
            each_row(placed, |number, row| {
                let at = (index, number);
                if wanted.contains(&number) && !self.chosen.skips(at) {
                    let key = self.key(&columns, placed, row).collect();
                    groups.entry(key).or_default().push(self.twin(placed, at, row));
                }
            });
        }
        let mut groups: Vec<Vec<Twin>> =
            groups.into_values().filter(|group| self.is_shared(sameness, group)).collect();
        for group in &mut groups {
            group.sort_by_key(|twin| {
                let placed = self.sheets[twin.at.0];
                let system = &placed.positions.1.system;
                // The school's own tables identify people, whatever the order of trust.
                let is_foreign = !self.table.is_fact() && system != TABLES;
                (is_foreign, self.trust.rank(system, placed.file()), twin.at)
            });
        }
        groups
    }

    fn is_shared(&self, sameness: &Sameness, group: &[Twin]) -> bool {
        let owners: BTreeSet<&str> =
            group.iter().map(|twin| sameness.owner(self.sheets[twin.at.0])).collect();
        owners.len() > 1
    }

    /// Returns the cells of some columns by meaning.
    fn key(
        &self,
        columns: &[(usize, &Column)],
        placed: &Placed,
        row: &RowCells<'_>,
    ) -> impl Iterator<Item = Text> {
        columns
            .iter()
            .map(|(place, column)| self.meant(placed, column, cell(&placed.positions.1, *place, row)))
    }

    fn meant(&self, placed: &Placed, column: &Column, cell: Cell<'_>) -> Text {
        same::meaning(column, cell, self.aliases, placed.positions.1.source())
    }

    fn twin(&self, placed: &Placed, at: RowAt, row: &RowCells<'_>) -> Twin {
        let columns = schema_of(self.table).columns.iter().enumerate();
        let cells = columns.map(|(place, column)| {
            let cell = cell(&placed.positions.1, place, row);
            (owned(cell), self.meant(placed, column, cell))
        });
        let (cells, meant) = cells.unzip();
        Twin { at, cells, meant }
    }

    /// Combines the rows of a fact into one row.
    fn merge(&mut self, sameness: &Sameness, group: Vec<Twin>) {
        let files: Vec<&str> = group.iter().map(|twin| self.sheets[twin.at.0].file()).collect();
        let is_one_each = files.iter().collect::<BTreeSet<_>>().len() == files.len();
        if sameness.is_id {
            // A second row with an id in its own file is refused when rows are read.
            let mut seen = BTreeSet::new();
            let firsts = group.into_iter().zip(&files).filter(|(_, file)| seen.insert(**file));
            let firsts: Vec<Twin> = firsts.map(|(twin, _)| twin).collect();
            self.join(firsts);
        } else if is_one_each
            && !sameness.is_history(self.table, &group.iter().map(|twin| &twin.meant[..]).collect::<Vec<_>>())
        {
            self.join(group);
        } else {
            self.drop_equal(group);
        }
    }

    /// Skips rows that another file has literally.
    fn drop_equal(&mut self, group: Vec<Twin>) {
        let mut kept: Vec<Twin> = Vec::new();
        for twin in group {
            let file = self.sheets[twin.at.0].file();
            let is_other =
                |other: &&Twin| self.sheets[other.at.0].file() != file && other.meant == twin.meant;
            if kept.iter().any(|other| is_other(&other)) {
                self.pass_over(twin.at, true);
            } else {
                kept.push(twin);
            }
        }
    }

    fn join(&mut self, group: Vec<Twin>) {
        let mut twins = group.into_iter();
        let Some(mut base) = twins.next() else { return };
        let mut is_filled = false;
        for other in twins {
            if !self.table.is_fact() && self.system(&other) != self.system(&base) {
                self.pass_over(other.at, true);
                continue;
            }
            let differing: Vec<usize> = (0..base.meant.len())
                .filter(|place| {
                    let (own, others) = (&base.meant[*place], &other.meant[*place]);
                    !own.is_empty() && !others.is_empty() && own != others
                })
                .collect();
            for place in &differing {
                self.say_conflict((&base, *place), &other);
            }
            for (place, column) in schema_of(self.table).columns.iter().enumerate().take(base.meant.len()) {
                // Who entered the other value, and when, does not apply to this one.
                let is_of_entry = matches!(column.id, "recorded_at" | "recorded_by" | "comment");
                let is_open = base.meant[place].is_empty() && !other.meant[place].is_empty();
                if is_open && (differing.is_empty() || !is_of_entry) {
                    base.cells[place] = other.cells[place].clone();
                    base.meant[place] = other.meant[place].clone();
                    is_filled = true;
                }
            }
            self.pass_over(other.at, differing.is_empty());
        }
        if is_filled {
            self.chosen.filled.insert(base.at, base.cells);
        }
    }

    /// Chooses the rows of the most trusted system for a cell of the journal; other systems use other ids for
    /// it.
    fn choose(&mut self, group: Vec<Twin>) {
        let system = |twin: &Twin| self.system(twin).clone();
        let Some(first) = group.first().map(system) else { return };
        let (own, others): (Vec<Twin>, Vec<Twin>) = group.into_iter().partition(|twin| system(twin) == first);
        let mut by_system: BTreeMap<Text, Vec<Twin>> = BTreeMap::new();
        for twin in others {
            by_system.entry(system(&twin)).or_default().push(twin);
        }
        let value = schema_of(self.table).columns.iter().position(|column| column.id == "value").unwrap_or(0);
        let values = |twins: &[Twin]| {
            let mut values: Vec<Text> = twins.iter().map(|twin| twin.meant[value].clone()).collect();
            values.sort();
            values
        };
        for twins in by_system.into_values() {
            let is_same = values(&twins) == values(&own);
            if !is_same {
                let joined = |values: Vec<Text>| values.join(" ");
                let (kept, lost) = (joined(values(&own)), joined(values(&twins)));
                self.say((own[0].at, &kept), (twins[0].at, &lost), value);
            }
            twins.iter().for_each(|twin| self.pass_over(twin.at, is_same));
        }
    }

    fn system(&self, twin: &Twin) -> &Text {
        &self.sheets[twin.at.0].positions.1.system
    }

    fn pass_over(&mut self, at: RowAt, is_equal: bool) {
        self.chosen.skipped.insert(at);
        if is_equal {
            *self.equal.entry(at.0).or_default() += 1;
        }
    }

    fn say_conflict(&mut self, (base, place): (&Twin, usize), other: &Twin) {
        let (kept, lost) = (base.cells[place].to_text(), other.cells[place].to_text());
        self.say((base.at, &kept), (other.at, &lost), place);
    }

    fn say(&mut self, (kept_at, kept): (RowAt, &str), (lost_at, lost): (RowAt, &str), place: usize) {
        let column = schema_of(self.table).columns[place];
        let there = &self.sheets[kept_at.0].sheet.origin;
        let row = kept_at.1;
        let message = Said::new(
            format!(
                "{}: здесь «{lost}», а в {}, строка {row}, — «{kept}»; взято второе",
                column.title, there.file
            ),
            format!(
                "{}: \"{lost}\" here, \"{kept}\" in {}, row {row}; the latter was taken",
                column.id, there.file
            ),
        );
        let spot = Spot { row: Some(lost_at.1), column: column.id.to_owned(), value: lost.to_owned() };
        let origin = &self.sheets[lost_at.0].sheet.origin;
        self.problems.add("J641", ProblemSeverity::Warning, (origin, spot), message, trust_hint());
    }

    fn say_equal(&mut self) {
        for (sheet, count) in &self.equal {
            let table = self.table.id();
            let message = said!(
                "строк таблицы {table}, которые есть и в других файлах: {count}; учтены один раз",
                "rows of {table} that other files have too: {count}; counted once"
            );
            let hint = said!("ничего делать не нужно", "nothing needs doing");
            let origin = &self.sheets[*sheet].sheet.origin;
            self.problems.add("J640", ProblemSeverity::Notice, (origin, Spot::default()), message, hint);
        }
    }
}

fn owned(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Text("") => Value::Empty,
        Cell::Text(text) => Value::Text(text.into()),
        Cell::Typed(value) => value.clone(),
    }
}
