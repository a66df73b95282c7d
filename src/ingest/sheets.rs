//! The files of a bundle as sheets, and who reads each: a journal system, or the tables of the exchange format.

use rayon::prelude::*;

use super::aliases::Aliases;
use super::builder::Builder;
use super::file_names::{is_export, is_readme};
use super::formats::{self, Contents};
use super::problems::{Problems, Spot};
use super::raw::RawSheet;
use super::reading::{SourceNote, TableRows};
use super::received::Bundle;
use super::systems::{Pointers, Systems, Taken};
use super::tables::{self, Among, Placed, is_named_as_table};
use super::wanted::Wanted;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::model::schema::schema_of;
use crate::model::{Journal, Table, Text};

/// The sheets of a bundle.
#[derive(Default)]
pub(super) struct Sheets<'a> {
    /// Sheets of the exchange format, those that profiles made at the end.
    pub(super) tables: Vec<Placed<'a>>,
    /// Sheets of journal systems.
    pub(super) taken: Taken<'a>,
    /// How each was recognised.
    pub(super) sources: Vec<SourceNote>,
    /// The places of the records of JSON files.
    pub(super) pointers: Pointers,
    /// Rows that profiles could not make.
    left_out: Vec<(Table, usize)>,
}

impl<'a> Sheets<'a> {
    /// Reads every requested file in its format and decides who reads each sheet.
    pub(super) fn read(
        bundle: &'a Bundle,
        wanted: &Wanted<'_>,
        systems: &Systems,
        problems: &mut Problems,
    ) -> Self {
        let read: Vec<_> = bundle
            .files
            .par_iter()
            .filter(|file| is_export(file.path()) && (wanted.file)(file.path()))
            .map(|file| match systems.match_json(&file.export) {
                Some(json) => (file, Err(json)),
                None => {
                    let format = formats::format_of(file.path(), file.bytes());
                    (file, Ok(format.map(|format| formats::read(format, &file.export))))
                }
            })
            .collect();
        let mut sheets = Self::default();
        for (file, contents) in read {
            let path = file.path();
            match contents {
                Err(json) => sheets.taken.add_json(path, json),
                Ok(None) if is_readme(path) => {}
                Ok(None) => unknown_file(problems, path, file.bytes()),
                Ok(Some(Err(refusal))) => {
                    problems.add_file("J102", ProblemSeverity::Error, path, refusal.message, refusal.hint);
                }
                Ok(Some(Ok(contents))) => sheets.add(path, contents, systems, problems),
            }
        }
        sheets
    }

    /// Adds the sheets of a file, and reports its unreadable rows.
    fn add(&mut self, path: &str, contents: Contents<'a>, systems: &Systems, problems: &mut Problems) {
        for (row, message) in contents.faults {
            let origin = Origin { file: path.to_owned(), sheet: String::new() };
            let spot = Spot { row: (row > 0).then_some(row), ..Spot::default() };
            let hint = said!("выгрузите файл снова", "export the file again");
            problems.add("J103", ProblemSeverity::Error, (&origin, spot), message, hint);
        }
        for note in contents.notes {
            problems.add_note(path, note);
        }
        let among = Among::of(path, &contents.sheets);
        for sheet in contents.sheets {
            if let Some(sheet) = systems.take(sheet, &mut self.taken, &mut self.sources) {
                self.place(sheet, among, problems);
            }
        }
    }

    /// Places a sheet that no system took as a table of the exchange format.
    fn place(&mut self, sheet: RawSheet<'a>, among: Among, problems: &mut Problems) {
        let Some(placed) = tables::place(sheet, among, problems) else { return };
        let why = said!(
            "имя и заголовки таблицы формата обмена",
            "the name and headers of a table of the exchange format"
        );
        let table = placed.positions.0;
        let taken_for =
            Said::new(format!("таблица «{}»", schema_of(table).title), format!("table {}", table.id()));
        self.sources.push(SourceNote::new(&placed.sheet.origin, taken_for, why));
        self.tables.push(placed);
    }

    /// Adds the tables that profiles make of the files they took.
    pub(super) fn convert(
        &mut self,
        systems: &Systems,
        head: &Journal,
        aliases: &Aliases,
        problems: &mut Problems,
    ) {
        let own = self.tables.iter().map(|placed| {
            let (table, positions) = &placed.positions;
            (*table, &placed.sheet, positions.places.as_slice(), placed.header_row)
        });
        let given = systems.convert(&self.taken, &own.collect::<Vec<_>>(), (head, aliases), problems);
        for (table, system) in given.tables {
            self.left_out.push((table.table, table.left_out));
            self.tables.extend(tables::place_as(table.table, table.sheet, &system, problems));
        }
        self.sources.extend(given.sources);
        self.pointers = given.pointers;
    }

    /// Numbers the sheets as origins, tables before reports.
    pub(super) fn number(&mut self, builder: &mut Builder) {
        for (index, placed) in self.tables.iter_mut().enumerate() {
            placed.positions.1.origin_index = u32::try_from(index).unwrap_or(u32::MAX);
        }
        let tables = self.tables.iter().map(|placed| (placed.positions.1.system.clone(), &placed.sheet));
        let reports = self.taken.reports().map(|(system, sheet)| (Text::from(system), sheet));
        let (systems, origins) =
            tables.chain(reports).map(|(system, sheet)| (system, sheet.origin.clone())).unzip();
        (builder.sources.systems, builder.journal.origins) = (systems, origins);
    }

    /// Returns the sheets of a table.
    pub(super) fn of_table(&self, table: Table) -> Vec<&Placed<'a>> {
        self.tables.iter().filter(|placed| placed.positions.0 == table).collect()
    }

    /// Adds the rows that profiles could not make to the counts of rows left out.
    pub(super) fn count_left_out(&self, rows: &mut [TableRows]) {
        for (table, count) in &self.left_out {
            if let Some(counts) = rows.iter_mut().find(|counts| counts.table == *table) {
                counts.left_out += count;
            }
        }
    }
}

/// Reports what a file without a table is, if that is known.
fn unknown_file(problems: &mut Problems, path: &str, bytes: &[u8]) {
    let (message, hint) = match formats::foreign_kind(bytes) {
        Some(refusal) => (refusal.message, refusal.hint),
        None => (
            said!("файл такого вида не читается", "a file of this kind is not read"),
            said!(
                "если в нём таблица, подойдут csv, xlsx, xls, ods, json, jsonl, parquet",
                "if it holds a table, csv, xlsx, xls, ods, json, jsonl and parquet are read"
            ),
        ),
    };
    let message = Said::new(
        format!("{}; он оставлен без внимания", message.ru),
        format!("{}; it was passed over", message.en),
    );
    // A file named like a table is missed; others are letters and pictures beside the export.
    let severity = if is_named_as_table(path) { ProblemSeverity::Error } else { ProblemSeverity::Notice };
    problems.add_file("J104", severity, path, message, hint);
}
