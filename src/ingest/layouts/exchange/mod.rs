//! The exchange format itself: finds the tables in a bundle and reads them, parents before children.

pub(crate) mod builder;
mod places;
mod rows;
mod structure;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::findings::{Problem, ProblemSeverity};
use crate::ingest::bundle::{Bundle, POLICY_TOML, SCHOOL_TOML};
use crate::ingest::fields::{Fields, Positions};
use crate::ingest::formats::{self, Contents};
use crate::ingest::layouts::{LAYOUTS, layout_of};
use crate::ingest::problems::{Problems, Spot, Words, words};
use crate::ingest::raw::RawSheet;
use crate::ingest::{consistency, school_toml};
use crate::model::{Journal, SchoolYear, Table};
use crate::source::Origin;

use builder::Builder;

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
    let Sheets { tables, reports } = read_sheets(bundle, &mut problems);
    if tables.is_empty() && reports.is_empty() {
        no_tables(&mut problems);
    }
    let mut builder = Builder::new(journal, problems);
    let sheets = tables.iter().map(|placed| &placed.sheet).chain(reports.iter().map(|(_, sheet)| sheet));
    builder.journal.origins = sheets.map(|sheet| sheet.origin.clone()).collect();
    let mut rows = Vec::new();
    for table in Table::ALL {
        let own: Vec<&Placed> = tables.iter().filter(|placed| placed.positions.0 == *table).collect();
        if !own.is_empty() {
            rows.push(read_table(*table, &own, &mut builder));
        }
    }
    read_reports(tables.len(), &reports, &mut builder, &mut rows);
    let Builder { journal, mut problems, .. } = builder;
    consistency::check(&journal, &mut problems);
    Reading {
        journal: head.is_some().then_some(journal),
        as_of: head.flatten(),
        problems: problems.into_sorted(),
        rows,
    }
}

fn no_school(problems: &mut Problems) {
    let message = words(
        "в папке нет school.toml и нет папок с ним",
        "neither the folder nor one in it has a school.toml",
    );
    let hint = words(
        "положите сюда выгрузку года и school.toml с названием школы и учебным годом; образец — inputs/2025-2026",
        "put the year's export and a school.toml with the school and its year here; there is a sample in inputs/2025-2026",
    );
    problems.add_file("J110", ProblemSeverity::Error, SCHOOL_TOML, message, hint);
}

fn no_tables(problems: &mut Problems) {
    let message = words("в папке нет ни одной таблицы", "the folder has no table at all");
    let hint = words(
        "положите выгрузку: файлы или листы с именами таблиц, например marks.csv",
        "put the export here: files or sheets named after tables, such as marks.csv",
    );
    problems.add_file("J113", ProblemSeverity::Error, "", message, hint);
}

/// The sheets of a bundle: those of the exchange format, and those of a layout by its place in `LAYOUTS`.
#[derive(Default)]
struct Sheets {
    tables: Vec<Placed>,
    reports: Vec<(usize, RawSheet)>,
}

/// Lets every layout read its sheets, and counts what they gave as rows of the exchange tables.
fn read_reports(
    first_origin: usize,
    reports: &[(usize, RawSheet)],
    builder: &mut Builder,
    rows: &mut Vec<TableRows>,
) {
    for (position, layout) in LAYOUTS.iter().enumerate() {
        let sheets = reports.iter().enumerate().filter(|(_, (layout, _))| *layout == position);
        let origin = |index: usize| u32::try_from(first_origin + index).unwrap_or(u32::MAX);
        let sheets: Vec<_> = sheets.map(|(index, (_, sheet))| (origin(index), sheet)).collect();
        if !sheets.is_empty() {
            (layout.read)(&sheets, builder).into_iter().for_each(|counts| add_rows(rows, counts));
        }
    }
    rows.sort_by_key(|counts| counts.table);
}

fn add_rows(rows: &mut Vec<TableRows>, more: TableRows) {
    match rows.iter_mut().find(|counts| counts.table == more.table) {
        Some(counts) => {
            counts.kept += more.kept;
            counts.left_out += more.left_out;
        }
        None => rows.push(more),
    }
}

/// A sheet, the table it is, where its columns stand, and after which row its data begin.
struct Placed {
    sheet: RawSheet,
    positions: (Table, Positions),
    header_row: u32,
}

fn read_sheets(bundle: &Bundle, problems: &mut Problems) -> Sheets {
    let read: Vec<_> = bundle
        .files
        .par_iter()
        .filter(|file| !matches!(file.path(), SCHOOL_TOML | POLICY_TOML))
        .map(|file| {
            let format = formats::format_of(file.path(), file.bytes());
            (file.path(), format.map(|format| (format, (format.read)(&file.export))))
        })
        .collect();
    let mut sheets = Sheets::default();
    for (path, contents) in read {
        match contents {
            None => unknown_file(problems, path),
            Some((_, Err(message))) => damaged_file(problems, path, message),
            Some((format, Ok(contents))) => {
                place_sheets(problems, path, format.has_sheets, contents, &mut sheets);
            }
        }
    }
    for (index, sheet) in sheets.tables.iter_mut().enumerate() {
        sheet.positions.1.origin_index = u32::try_from(index).unwrap_or(u32::MAX);
    }
    sheets
}

fn place_sheets(
    problems: &mut Problems,
    path: &str,
    has_sheets: bool,
    contents: Contents,
    sheets: &mut Sheets,
) {
    for (row, message) in contents.faults {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        let spot = Spot { row: (row > 0).then_some(row), ..Spot::default() };
        problems.add("J103", ProblemSeverity::Error, (&origin, spot), message, again());
    }
    for sheet in contents.sheets {
        if let Some(layout) = layout_of(&sheet) {
            sheets.reports.push((layout, sheet));
        } else if let Some(found) = places::place(sheet, has_sheets, problems) {
            sheets.tables.push(found);
        }
    }
}

fn again() -> Words {
    words("выгрузите файл снова", "export the file again")
}

fn damaged_file(problems: &mut Problems, path: &str, message: Words) {
    problems.add_file("J102", ProblemSeverity::Error, path, message, again());
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

fn read_table(table: Table, sheets: &[&Placed], builder: &mut Builder) -> TableRows {
    let mut counts = TableRows { table, kept: 0, left_out: 0 };
    for placed in sheets {
        let positions = &placed.positions.1;
        for (column, place) in positions.columns.iter().zip(&positions.places) {
            if place.is_some() {
                builder.journal.presence.note(table, column.id);
            }
        }
        let walked = placed.sheet.rows.walk(|number, row| {
            if number > placed.header_row && !row.is_blank() {
                let mut problems = std::mem::take(&mut builder.problems);
                let is_kept =
                    builder.read_row(table, &mut Fields::new(row, number, positions, &mut problems));
                builder.problems = problems;
                *if is_kept { &mut counts.kept } else { &mut counts.left_out } += 1;
            }
            true
        });
        if let Err((row, error)) = walked {
            let spot = Spot { row: Some(row), ..Spot::default() };
            let message =
                words(format!("строка не читается: {error}"), format!("the line cannot be read: {error}"));
            builder.problems.add("J103", ProblemSeverity::Error, (&positions.origin, spot), message, again());
        }
    }
    counts
}
