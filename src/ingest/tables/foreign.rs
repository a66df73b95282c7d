//! Files of other systems in the bundle: their profiles convert them after all of the bundle's own tables are
//! known.

use std::collections::BTreeMap;

use super::{Placed, Sheets, SourceNote, TableRows, names, places};
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::aliases::Aliases;
use crate::ingest::formats;
use crate::ingest::problems::Problems;
use crate::ingest::systems::profile::{Data, Match, Profiles};
use crate::model::{Journal, Table};

/// Files and sheets that profiles take, until they are converted.
pub(super) struct Taken<'a> {
    profiles: &'a Profiles,
    files: Vec<(Match, Data<'a>)>,
}

impl<'a> Taken<'a> {
    pub(super) fn new(profiles: &'a Profiles) -> Self {
        Self { profiles, files: Vec::new() }
    }

    pub(super) fn profiles(&self) -> &'a Profiles {
        self.profiles
    }

    pub(super) fn add(&mut self, found: Match, data: Data<'a>) {
        self.files.push((found, data));
    }

    /// Converts every file in name order; records that the bundle's own tables have are not added again.
    pub(super) fn convert(
        self,
        head: &Journal,
        aliases: &Aliases,
        sheets: &mut Sheets<'_>,
        problems: &mut Problems,
    ) {
        let own: Vec<_> = sheets
            .tables
            .iter()
            .map(|placed| {
                let (table, positions) = &placed.positions;
                (*table, &placed.sheet, positions.places.as_slice(), placed.header_row)
            })
            .collect();
        let (directory, mut seen) = self.profiles.note_known(self.files.iter().map(|(found, _)| found), &own);
        self.profiles.note_lacks(self.files.iter().map(|(found, data)| (found, data)), problems);
        let passes =
            [false, true].into_iter().flat_map(|is_weak| self.files.iter().map(move |file| (file, is_weak)));
        for ((found, data), is_weak) in passes {
            let known = (&directory, aliases);
            let given = self.profiles.convert((found, is_weak), data, head, known, &mut seen, problems);
            let origin = data.origin();
            if !is_weak {
                sheets.sources.push(self.note(found, &origin));
            }
            for (title, pointers) in given.pointers {
                sheets.pointers.0.insert((origin.file.clone(), title), pointers);
            }
            for converted in given.converted {
                sheets.left_out.push((converted.table, converted.left_out));
                let system = self.profiles.id(found);
                sheets.tables.extend(places::place_as(converted.table, converted.sheet, system, problems));
            }
        }
    }

    fn note(&self, found: &Match, origin: &Origin) -> SourceNote {
        SourceNote {
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            taken_for: self.profiles.title(found).to_owned(),
            why: found.why.clone(),
        }
    }
}

/// The places of the records of JSON files, by file and source; row numbers count from 1.
#[derive(Default)]
pub(super) struct Pointers(BTreeMap<(String, String), Vec<String>>);

impl Pointers {
    /// Gives every problem of a JSON record its pointer (RFC 6901) in place of the source's title.
    pub(super) fn point(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        for problem in &mut problems {
            let Some(row) = problem.row.and_then(|row| usize::try_from(row).ok()) else { continue };
            let pointers = self.0.get(&(problem.file.clone(), problem.sheet.clone()));
            if let Some(pointer) = pointers.and_then(|pointers| pointers.get(row.wrapping_sub(1))) {
                problem.sheet.clone_from(pointer);
                // The rest of the pointer, if the value is deeper than its record.
                if problem.column.starts_with('/') {
                    problem.sheet += &std::mem::take(&mut problem.column);
                }
            }
        }
        problems
    }
}

/// Notes which table of the exchange format a sheet is.
pub(super) fn exchange_note(placed: &Placed) -> SourceNote {
    let origin = &placed.sheet.origin;
    let table = placed.positions.0;
    SourceNote {
        file: origin.file.clone(),
        sheet: origin.sheet.clone(),
        taken_for: table.id().to_owned(),
        why: said!(
            "имя и заголовки таблицы формата обмена",
            "the name and headers of a table of the exchange format"
        ),
    }
}

/// Notes the layout of a sheet.
pub(super) fn layout_note(origin: &Origin, title: &str) -> SourceNote {
    SourceNote {
        file: origin.file.clone(),
        sheet: origin.sheet.clone(),
        taken_for: title.to_owned(),
        why: said!("заголовок и строки отчёта этой системы", "the title and lines of this system's report"),
    }
}

/// Reports what a file without a table is, if that is known.
pub(super) fn unknown_file(problems: &mut Problems, path: &str, bytes: &[u8]) {
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
    let severity =
        if names::is_named_as_table(path) { ProblemSeverity::Error } else { ProblemSeverity::Notice };
    problems.add_file("J104", severity, path, message, hint);
}

/// Adds the rows that profiles could not make to the counts of rows left out.
pub(super) fn count_left_out(rows: &mut [TableRows], left_out: &[(Table, usize)]) {
    for (table, count) in left_out {
        if let Some(counts) = rows.iter_mut().find(|counts| counts.table == *table) {
            counts.left_out += count;
        }
    }
}
