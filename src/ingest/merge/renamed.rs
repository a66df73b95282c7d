//! Courses and lessons of a profile's files with ids of their own: they mean the bundle's own record of the
//! same subject and class, or of the same course, day and number.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::same;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::ingest::aliases::Aliases;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::RowCells;
use crate::ingest::tables::{Placed, cell, each_row};
use crate::ingest::trust::TABLES;
use crate::model::schema::schema_of;
use crate::model::{Table, Text};

/// The columns that identify a record besides its id, which is the first column.
fn natural(table: Table) -> &'static [&'static str] {
    match table {
        Table::Courses => &["subject_id", "class_id", "group_id"],
        Table::Lessons => &["course_id", "date", "number"],
        _ => &[],
    }
}

/// Adds to the aliases the meaning of other systems' records; an ambiguous record gets none.
pub(super) fn note_renamed(table: Table, sheets: &[&Placed], aliases: &mut Aliases, problems: &mut Problems) {
    let columns = natural(table);
    let (own, others): (Vec<&Placed>, Vec<&Placed>) =
        sheets.iter().copied().partition(|placed| placed.positions.1.system == TABLES);
    if columns.is_empty() || own.is_empty() || others.is_empty() {
        return;
    }
    let read = |placed: &Placed, row: &RowCells<'_>, aliases: &Aliases| {
        let positions = &placed.positions.1;
        let meant = |at: usize| {
            let column = &schema_of(table).columns[at];
            same::meaning(column, cell(positions, at, row), aliases, positions.source())
        };
        let all = schema_of(table).columns.iter().enumerate();
        let key: Vec<Text> =
            all.filter(|(_, column)| columns.contains(&column.id)).map(|(at, _)| meant(at)).collect();
        (meant(0), key)
    };
    let mut known: BTreeMap<Vec<Text>, Vec<Text>> = BTreeMap::new();
    let mut own_ids: FxHashSet<Text> = FxHashSet::default();
    for placed in own {
        each_row(placed, |_, row| {
            let (id, key) = read(placed, row, aliases);
            own_ids.insert(id.clone());
            let ids = known.entry(key).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        });
    }
    let mut meant: BTreeMap<(Text, Text), Text> = BTreeMap::new();
    let mut open: BTreeMap<(Text, Text), (&Placed, u32, String)> = BTreeMap::new();
    for placed in others {
        each_row(placed, |number, row| {
            let (id, key) = read(placed, row, aliases);
            let of = (placed.positions.1.system.clone(), id.clone());
            match known.get(&key).map_or(&[][..], Vec::as_slice) {
                [] => {}
                _ if own_ids.contains(&id) => {}
                [one] => drop(meant.insert(of, one.clone())),
                several => drop(open.entry(of).or_insert_with(|| (placed, number, several.join(", ")))),
            }
        });
    }
    for ((system, id), one) in meant {
        aliases.add(table, id, system, one);
    }
    for ((_, id), (placed, row, listed)) in open {
        report_ambiguous((table, &id), (placed, row), &listed, problems);
    }
}

fn report_ambiguous(
    (table, id): (Table, &str),
    (placed, row): (&Placed, u32),
    listed: &str,
    problems: &mut Problems,
) {
    let (name, title) = (table.id(), schema_of(table).title);
    let message = said!(
        "{title}: «{id}» может быть любой из записей {listed}: считается ещё одной",
        "{name}: \"{id}\" may be any of the records {listed}: taken for one more"
    );
    let hint = said!(
        "добавьте в таблицу aliases строку «{name};{id};;;…» с кодом нужной записи",
        "add the row \"{name};{id};;;…\" with the right id to the table aliases"
    );
    let spot =
        Spot { row: Some(row), column: schema_of(table).columns[0].id.to_owned(), value: id.to_owned() };
    problems.add("J637", ProblemSeverity::Warning, (&placed.sheet.origin, spot), message, hint);
}
