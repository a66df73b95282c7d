//! Converts rows to records: each is read as its columns say, and kept unless a cell is wrong or its id
//! exists already.

use super::identity::Identity;
use super::reader::RowReader;
use super::titles::{column_of, table_of};
use crate::base::said::said;
use crate::ingest::aliases::Aliases;
use crate::ingest::builder::Builder;
use crate::ingest::fields::Fields;
use crate::ingest::keys::AllKeys;
use crate::ingest::parse;
use crate::ingest::positions::Positions;
use crate::ingest::raw::RowCells;
use crate::model::rows::{Keyed, Records, Row, Stored, Visit};
use crate::model::*;

/// Makes room for the rows of a large table.
pub(super) fn reserve(builder: &mut Builder, table: Table, rows: usize) {
    if matches!(table, Table::Lessons | Table::Marks | Table::Attendance | Table::Changes) {
        table.visit(Reserve { journal: &mut builder.journal, rows });
    }
    if matches!(table, Table::Lessons | Table::Works) {
        builder.keys.of_mut(table).reserve(rows);
    }
}

struct Reserve<'a> {
    journal: &'a mut Journal,
    rows: usize,
}

impl Visit for Reserve<'_> {
    type Given = ();

    fn visit<R: Stored>(self) {
        R::list_mut(self.journal).make_room(self.rows);
    }
}

/// Reads one row of a table; false: it was left out.
pub(super) fn read_row(
    builder: &mut Builder,
    table: Table,
    (row, number): (RowCells<'_>, u32),
    at: (&Positions, &Aliases),
) -> bool {
    let Builder { journal, keys, problems, .. } = builder;
    let mut fields = Fields::new(row, number, at, problems);
    let row = ReadRow { fields: &mut fields, journal, keys };
    match table {
        Table::Staff => row.keyed::<Staff>(),
        Table::Terms => row.keyed::<Term>(),
        Table::Subjects => row.keyed::<Subject>(),
        Table::Classes => row.keyed::<Class>(),
        Table::Pupils => row.keyed::<Pupil>(),
        Table::Groups => row.keyed::<Group>(),
        Table::Courses => row.keyed::<Course>(),
        Table::Lessons => row.keyed::<Lesson>(),
        Table::Works => row.keyed::<Work>(),
        Table::Marks => row.mark(),
        Table::Changes => row.plain(|change, _, _| by_ids(change)),
        Table::Aliases => row.plain(unambiguous),
        _ => table.visit(row),
    }
}

/// A row during reading.
struct ReadRow<'r, 'a> {
    fields: &'r mut Fields<'a>,
    journal: &'r mut Journal,
    keys: &'r mut AllKeys,
}

impl Visit for ReadRow<'_, '_> {
    type Given = bool;

    fn visit<R: Stored>(self) -> bool {
        self.plain(|record: R, _, _| record)
    }
}

impl<'a> ReadRow<'_, 'a> {
    #[inline]
    fn read<R: Row>(&mut self) -> R {
        R::read(&mut RowReader { fields: self.fields, keys: self.keys, journal: self.journal })
    }

    /// Adds a record that nothing refers to, after `finish` has checked it.
    fn plain<R: Stored>(mut self, finish: impl FnOnce(R, &mut Fields<'a>, &Journal) -> R) -> bool {
        let record = self.read();
        let record = finish(record, self.fields, self.journal);
        let is_kept = !self.fields.is_bad();
        if is_kept {
            R::list_mut(self.journal).add(record);
        }
        is_kept
    }

    /// Adds a record with an id of its own, or remembers that it was left out.
    fn keyed<R: Keyed + Identity>(mut self) -> bool {
        let record: R = self.read();
        let Self { fields, journal, keys } = self;
        let keys = keys.of_mut(R::TABLE);
        let key = record.key().clone();
        if fields.is_bad() {
            keys.leave_out(key);
            return false;
        }
        if let Some(first) = keys.get(&key).and_then(|position| R::list(journal).get(Id::new(position))) {
            let other = (!first.is_same(&record)).then_some(first.row());
            fields.reject_twin(&key, other);
            if other.is_some() {
                keys.make_ambiguous(&key);
            }
            return false;
        }
        if keys.is_ambiguous(&key) {
            fields.reject_twin(&key, None);
            return false;
        }
        let id = R::list_mut(journal).push(record);
        keys.insert(key, id.index());
        true
    }

    /// Adds a mark; marks are the largest table by far, and no other table refers to them.
    fn mark(mut self) -> bool {
        let mark: Mark = self.read();
        let Self { fields, journal, keys } = self;
        if fields.is_bad() {
            return false;
        }
        if !keys.marks.is_new(&mark.key, journal.marks.values().map(|mark| &mark.key)) {
            fields.reject_twin(&mark.key, None);
            return false;
        }
        journal.marks.push(mark);
        true
    }
}

/// Replaces a change's table and field titles with ids, because people write the titles of the form. Other
/// names stay.
fn by_ids(change: Change) -> Change {
    match table_of(&change.table) {
        Some(table) => Change { field: column_of(table, &change.field), table: table.id().into(), ..change },
        None => change,
    }
}

/// Refuses an alias that contradicts an earlier one. Its id is not looked up: reports may bring the record,
/// and tables come after this one.
fn unambiguous(alias: Alias, fields: &mut Fields<'_>, journal: &Journal) -> Alias {
    let id = if alias.table == Table::Classes { parse::class_name(&alias.id) } else { alias.id.clone() };
    let alias = Alias { id, ..alias };
    let is_same = |other: &&Alias| {
        (other.table, &other.name, &other.class, &other.source)
            == (alias.table, &alias.name, &alias.class, &alias.source)
    };
    let other = journal.aliases.iter().find(is_same).filter(|other| other.id != alias.id);
    if let Some(other) = other.filter(|_| !fields.is_bad()) {
        let message = said!(
            "«{}» уже значит «{}» (строка {})",
            "\"{}\" already means \"{}\" (row {})",
            alias.name,
            other.id,
            other.place.row
        );
        let hint = said!("оставьте одну из строк", "leave one of the rows");
        fields.reject("J303", &alias.id, message, hint);
    }
    alias
}
