//! The exchange format itself: finds the tables in a bundle and reads them, parents before children.

mod builder;
mod foreign;
mod places;
mod rows;
mod structure;
mod walk;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::findings::{Problem, ProblemSeverity};
use crate::ingest::bundle::{Bundle, POLICY_TOML, SCHOOL_TOML};
use crate::ingest::fields::Positions;
use crate::ingest::formats::{self, Contents};
use crate::ingest::layouts::profile::{self, Profiles};
use crate::ingest::problems::{Problems, Spot, Words, words};
use crate::ingest::raw::RawSheet;
use crate::ingest::{consistency, school_toml};
use crate::model::{Journal, SchoolYear, Table};
use crate::source::Origin;

use builder::Builder;
pub use walk::EXAMPLE_PREFIX;
pub(crate) use walk::is_example;

/// What reading a bundle gave.
pub struct Reading {
    /// The journal; `None` where `school.toml` is missing or cannot be understood.
    pub journal: Option<Journal>,
    /// The date the bundle itself asks to speak for.
    pub as_of: Option<Date>,
    /// What was wrong, errors first.
    pub problems: Vec<Problem>,
    /// Rows read and rows left out, per table that was given.
    pub rows: Vec<TableRows>,
    /// What each file or sheet was taken for, and why.
    pub sources: Vec<SourceNote>,
}

/// What a file or sheet was taken for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceNote {
    /// File inside the bundle.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// The table of the exchange format, or the title of the profile.
    pub taken_for: String,
    /// What it was recognised by, Russian.
    pub why: String,
    /// The same in English.
    pub why_en: String,
}

/// How many rows of a table were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRows {
    /// Which table.
    pub table: Table,
    /// Rows kept.
    pub kept: usize,
    /// Rows left out because of an error.
    pub left_out: usize,
}

/// What `school.toml` says about the year, without reading any table.
pub struct Head {
    /// The school year.
    pub year: SchoolYear,
    /// The date the bundle itself asks to speak for.
    pub as_of: Option<Date>,
}

/// Reads the head of a bundle; `None` where `school.toml` is missing or cannot be understood.
pub fn read_head(bundle: &Bundle) -> Option<Head> {
    let mut journal = Journal::default();
    let as_of = school_toml::read(&bundle.text(SCHOOL_TOML)?, &mut journal, &mut Problems::default())?;
    Some(Head { year: journal.year, as_of })
}

/// Reads a bundle of the exchange format. Never fails: whatever is wrong is among the problems.
pub fn read_journal(bundle: &Bundle) -> Reading {
    let mut problems = Problems::default();
    bundle.problems.iter().cloned().for_each(|problem| problems.push(problem));
    let mut journal = Journal::default();
    let head = match bundle.text(SCHOOL_TOML) {
        Some(text) => school_toml::read(&text, &mut journal, &mut problems),
        None => {
            no_school(&mut problems);
            None
        }
    };
    let Sheets { placed: sheets, sources, left_out, pointers } = read_sheets(bundle, &journal, &mut problems);
    let mut builder = Builder::new(journal, problems);
    let mut rows = Vec::new();
    for table in Table::ALL {
        let own: Vec<&Placed> = sheets.iter().filter(|placed| placed.positions.0 == *table).collect();
        rows.extend(walk::read_table(*table, &own, &mut builder));
    }
    foreign::count_left_out(&mut rows, &left_out);
    let Builder { mut journal, mut problems, .. } = builder;
    journal.origins = sheets.into_iter().map(|placed| placed.sheet.origin).collect();
    consistency::check(&journal, &mut problems);
    Reading {
        journal: head.is_some().then_some(journal),
        as_of: head.flatten(),
        problems: pointers.point(problems.into_sorted()),
        rows,
        sources,
    }
}

fn no_school(problems: &mut Problems) {
    let message = words("в папке нет school.toml", "the folder has no school.toml");
    let hint = words(
        "добавьте school.toml с названием школы и учебным годом",
        "add school.toml with the school and its year",
    );
    problems.add_file("J110", ProblemSeverity::Error, SCHOOL_TOML, message, hint);
}

/// A sheet, the table it is, where its columns stand, and after which row its data begin.
struct Placed {
    sheet: RawSheet,
    positions: (Table, Positions),
    header_row: u32,
}

/// Everything that was found in a bundle, before any row is read.
#[derive(Default)]
struct Sheets {
    placed: Vec<Placed>,
    sources: Vec<SourceNote>,
    /// Rows that profiles could not make.
    left_out: Vec<(Table, usize)>,
    pointers: foreign::Pointers,
}

fn read_sheets(bundle: &Bundle, head: &Journal, problems: &mut Problems) -> Sheets {
    let profiles = Profiles::load(&bundle.files, problems);
    let read: Vec<_> = bundle
        .files
        .par_iter()
        .filter(|file| !matches!(file.path(), SCHOOL_TOML | POLICY_TOML) && !profile::is_profile(file.path()))
        .map(|file| match profiles.match_json(&file.export) {
            Some(taken) => (file.path(), Err(taken)),
            None => {
                let format = formats::format_of(file.path());
                (file.path(), Ok(format.map(|format| (format, (format.read)(&file.export)))))
            }
        })
        .collect();
    let mut sheets = Sheets::default();
    let mut taken = foreign::Taken::new(&profiles);
    for (path, contents) in read {
        match contents {
            Err((found, root)) => taken.add(found, profile::Data::Json(path.to_owned(), root)),
            Ok(None) if is_readme(path) => {}
            Ok(None) => unknown_file(problems, path),
            Ok(Some((_, Err(message)))) => damaged_file(problems, path, message),
            Ok(Some((format, Ok(contents)))) => {
                place_sheets(problems, path, format.has_sheets, contents, (&mut sheets, &mut taken));
            }
        }
    }
    taken.convert(head, &mut sheets, problems);
    sheets.sources.sort();
    for (index, sheet) in sheets.placed.iter_mut().enumerate() {
        sheet.positions.1.origin_index = u32::try_from(index).unwrap_or(u32::MAX);
    }
    sheets
}

fn place_sheets(
    problems: &mut Problems,
    path: &str,
    has_sheets: bool,
    contents: Contents,
    (sheets, taken): (&mut Sheets, &mut foreign::Taken<'_>),
) {
    for (row, message) in contents.faults {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        let spot = Spot { row: (row > 0).then_some(row), ..Spot::default() };
        problems.add("J103", ProblemSeverity::Error, (&origin, spot), message, again());
    }
    for sheet in contents.sheets {
        if let Some(found) = taken.profiles().match_sheet(&sheet) {
            taken.add(found, profile::Data::Sheet(sheet));
        } else if let Some(found) = places::place(sheet, has_sheets, problems) {
            sheets.sources.push(foreign::exchange_note(&found));
            sheets.placed.push(found);
        }
    }
}

fn again() -> Words {
    words("выгрузите файл снова", "export the file again")
}

fn damaged_file(problems: &mut Problems, path: &str, message: Words) {
    problems.add_file("J102", ProblemSeverity::Error, path, message, again());
}

/// Words for people that lie among the data, as `letopis init` leaves them.
fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.starts_with("readme") || name.starts_with("читай")
}

fn unknown_file(problems: &mut Problems, path: &str) {
    let message = words(
        "файл такого вида не читается и оставлен без внимания",
        "a file of this kind is not read and was passed over",
    );
    let hint = words(
        "подойдут csv, xlsx, xls, ods, json, jsonl, parquet",
        "csv, xlsx, xls, ods, json, jsonl and parquet are read",
    );
    problems.add_file("J104", ProblemSeverity::Notice, path, message, hint);
}
