//! The exchange format itself: finds the tables in a bundle and reads them, parents before children.

mod address;
mod foreign;
mod identity;
mod kin;
mod names;
mod overlap;
mod places;
mod reader;
mod rows;
pub(crate) mod same;
mod titles;
mod twice;
mod walk;
mod wanted;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::aliases::{self, Aliases};
use crate::ingest::builder::Builder;
use crate::ingest::bundle::{Bundle, POLICY_TOML, SCHOOL_TOML};
use crate::ingest::formats::{self, Contents};
use crate::ingest::positions::Positions;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::RawSheet;
use crate::ingest::school_toml::{self, Settings};
use crate::ingest::selection::is_deputys;
use crate::ingest::systems::profile::{self, Profiles};
use crate::ingest::systems::{LAYOUTS, layout_of};
use crate::ingest::text::Refusal;
use crate::ingest::trust::Sources;
use crate::ingest::{consistency, unprintable};
use crate::model::{Journal, School, SchoolYear, Table, Text};

pub(crate) use address::letters as column_letters;
pub use walk::EXAMPLE_PREFIX;
pub(crate) use walk::is_example;
pub(crate) use wanted::Wanted;

/// The result of reading a bundle.
pub struct Reading {
    /// The journal; `None` if `school.toml` is missing or cannot be understood.
    pub journal: Option<Journal>,
    /// The date that the bundle itself asks to be built for.
    pub as_of: Option<Date>,
    /// The problems, errors first.
    pub problems: Vec<Problem>,
    /// Rows read and rows left out, for each table that was given.
    pub rows: Vec<TableRows>,
    /// How each file or sheet was recognised, and why.
    pub sources: Vec<SourceNote>,
}

/// How a file or sheet was recognised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceNote {
    /// File inside the bundle.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// The table of the exchange format, or the title of the profile.
    pub taken_for: String,
    /// What it was recognised by.
    pub why: Said,
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
    /// The school.
    pub school: School,
    /// The school year.
    pub year: SchoolYear,
    /// The date that the bundle itself asks to be built for.
    pub as_of: Option<Date>,
}

/// Reads the head of a bundle; `None` if `school.toml` is missing or cannot be understood.
pub fn read_head(bundle: &Bundle) -> Option<Head> {
    let mut journal = Journal::default();
    let settings = school_toml::read(&bundle.text(SCHOOL_TOML)?, &mut journal, &mut Problems::default())?;
    Some(Head { school: journal.school, year: journal.year, as_of: settings.as_of })
}

/// The result of reading some of a bundle's files.
pub(crate) struct Part {
    pub(crate) reading: Reading,
    /// The system of each origin of the journal.
    pub(crate) systems: Vec<Text>,
}

/// Reads the requested part of a bundle. Never fails: every fault is among the problems.
pub(crate) fn read_part<F: Fn(&str) -> bool + Sync>(bundle: &Bundle, wanted: &Wanted<F>) -> Part {
    let mut problems = Problems::default();
    bundle.problems.iter().cloned().for_each(|problem| problems.push(problem));
    let mut journal = Journal::default();
    let head = match bundle.text(SCHOOL_TOML) {
        Some(text) => school_toml::read(&text, &mut journal, &mut problems),
        // A file that is not text was reported when it was read.
        None if bundle.has(SCHOOL_TOML) => None,
        None => {
            no_school(&mut problems);
            None
        }
    };
    let (has_head, Settings { as_of, trust }) = (head.is_some(), head.unwrap_or_default());
    let profiles = Profiles::load(&bundle.files, &mut problems);
    let (mut sheets, taken) = read_sheets((bundle, &wanted.file), &profiles, &mut problems);
    let mut builder = Builder::new(journal, problems, Sources { trust, systems: Vec::new() });
    let mut rows = read_aliases(&mut sheets, &mut builder);
    taken.convert(&builder.journal, &builder.aliases, &mut sheets, &mut builder.problems);
    if sheets.tables.is_empty() && sheets.reports.is_empty() {
        no_tables(&mut builder.problems);
    }
    sheets.number(&mut builder);
    let Sheets { tables, reports, sources, left_out, pointers } = sheets;
    for table in Table::ALL.iter().filter(|table| **table != Table::Aliases && wanted.has(**table)) {
        rows.extend(walk::read_table(*table, &of_table(&tables, *table), &mut builder));
    }
    foreign::count_left_out(&mut rows, &left_out);
    read_reports(tables.len(), &reports, &mut builder, &mut rows);
    if !reports.is_empty() && rows.iter().all(|table| table.kept == 0) {
        no_rows(&mut builder.problems);
    }
    let Builder { journal, mut problems, keys, sources: known, .. } = builder;
    aliases::check(&journal, |table, id| keys.has(table, id), &mut problems);
    let named = journal.origins.iter().zip(&known.systems);
    known.trust.check(
        &named.map(|(origin, system)| (system.as_str(), origin.file.as_str())),
        SCHOOL_TOML,
        &mut problems,
    );
    if !wanted.only_entries {
        unprintable::check(&journal, bundle.text(SCHOOL_TOML).as_deref(), &mut problems);
        consistency::check(&journal, &mut problems);
    }
    let reading = Reading {
        journal: has_head.then_some(journal),
        as_of,
        problems: address::point(pointers.point(problems.into_sorted()), &tables),
        rows,
        sources: sorted(sources),
    };
    Part { reading, systems: known.systems }
}

fn sorted(mut sources: Vec<SourceNote>) -> Vec<SourceNote> {
    sources.sort();
    sources
}

fn of_table<'t, 'a>(tables: &'t [Placed<'a>], table: Table) -> Vec<&'t Placed<'a>> {
    tables.iter().filter(|placed| placed.positions.0 == table).collect()
}

/// Reads the table of aliases before every other, because all of them may need it.
fn read_aliases(sheets: &mut Sheets, builder: &mut Builder) -> Vec<TableRows> {
    sheets.number(builder);
    let rows = walk::read_table(Table::Aliases, &of_table(&sheets.tables, Table::Aliases), builder);
    builder.aliases = Arc::new(Aliases::new(&builder.journal));
    rows.into_iter().collect()
}

fn no_school(problems: &mut Problems) {
    let message = said!(
        "в папке нет school.toml и нет папок с ним",
        "neither the folder nor one in it has a school.toml"
    );
    let hint = said!(
        "положите сюда выгрузку года и school.toml с названием школы и учебным годом; образец — inputs/2025-2026",
        "put the year's export and a school.toml with the school and its year here; there is a sample in inputs/2025-2026"
    );
    problems.add_file("J110", ProblemSeverity::Error, SCHOOL_TOML, message, hint);
}

fn no_tables(problems: &mut Problems) {
    let message = said!("в папке нет ни одной таблицы", "the folder has no table at all");
    let hint = said!(
        "положите выгрузку: файлы или листы с именами таблиц, например marks.csv",
        "put the export here: files or sheets named after tables, such as marks.csv"
    );
    problems.add_file("J113", ProblemSeverity::Error, "", message, hint);
}

fn no_rows(problems: &mut Problems) {
    let message = said!(
        "не прочитано ни одной строки: собирать нечего",
        "not one row was read: there is nothing to build"
    );
    let hint = said!(
        "исправьте остальные ошибки этого списка и соберите снова",
        "mend the other errors of this list and build again"
    );
    problems.add_file("J119", ProblemSeverity::Notice, "", message, hint);
}

/// The sheets of a bundle: those of the exchange format, and those of a layout by its position in `LAYOUTS`.
#[derive(Default)]
struct Sheets<'a> {
    tables: Vec<Placed<'a>>,
    reports: Vec<(usize, RawSheet<'a>)>,
    sources: Vec<SourceNote>,
    /// Rows that profiles could not make.
    left_out: Vec<(Table, usize)>,
    pointers: foreign::Pointers,
}

impl<'a> Sheets<'a> {
    /// Numbers the sheets as origins, tables before reports.
    fn number(&mut self, builder: &mut Builder) {
        let system = |placed: &Placed| placed.positions.1.system.clone();
        let report = |(layout, _): &(usize, RawSheet)| Text::from(LAYOUTS[*layout].id);
        builder.sources.systems =
            self.tables.iter().map(system).chain(self.reports.iter().map(report)).collect();
        for (index, placed) in self.tables.iter_mut().enumerate() {
            placed.positions.1.origin_index = u32::try_from(index).unwrap_or(u32::MAX);
        }
        let sheets = self.tables.iter().map(|placed| &placed.sheet);
        let sheets = sheets.chain(self.reports.iter().map(|(_, sheet)| sheet));
        builder.journal.origins = sheets.map(|sheet| sheet.origin.clone()).collect();
    }

    /// Gives a sheet to the first that recognises it: the school's own profiles, the layouts, the shipped
    /// profiles, the exchange format.
    fn take(
        &mut self,
        sheet: RawSheet<'a>,
        among: places::Among,
        taken: &mut foreign::Taken<'a>,
        problems: &mut Problems,
    ) {
        let found = taken.profiles().match_sheet(&sheet);
        let is_own = found.as_ref().is_some_and(|found| taken.profiles().is_own(found));
        match (layout_of(&sheet).filter(|_| !is_own), found) {
            (Some(layout), _) => {
                self.sources.push(foreign::layout_note(&sheet.origin, LAYOUTS[layout].title));
                self.reports.push((layout, sheet));
            }
            (None, Some(found)) => taken.add(found, profile::Data::Sheet(sheet)),
            (None, None) => {
                if let Some(found) = places::place(sheet, among, problems) {
                    self.sources.push(foreign::exchange_note(&found));
                    self.tables.push(found);
                }
            }
        }
    }
}

/// Lets every layout read its sheets, and counts the results as rows of the exchange tables.
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

/// A sheet, its table, the positions of its columns, and the row after which its data begin.
struct Placed<'a> {
    sheet: RawSheet<'a>,
    positions: (Table, Positions),
    header_row: u32,
    /// Cells of the header.
    width: usize,
    twice: twice::Twice,
}

/// Reads every file and decides who takes each sheet; those of profiles are converted later.
fn read_sheets<'a>(
    (bundle, is_wanted): (&'a Bundle, &(dyn Fn(&str) -> bool + Sync)),
    profiles: &'a Profiles,
    problems: &mut Problems,
) -> (Sheets<'a>, foreign::Taken<'a>) {
    let read: Vec<_> = bundle
        .files
        .par_iter()
        .filter(|file| !matches!(file.path(), SCHOOL_TOML | POLICY_TOML) && !profile::is_profile(file.path()))
        .filter(|file| !is_deputys(file.path()) && is_wanted(file.path()))
        .map(|file| match profiles.match_json(&file.export) {
            Some(taken) => ((file.path(), file.bytes()), Err(taken)),
            None => {
                let format = formats::format_of(file.path(), file.bytes());
                ((file.path(), file.bytes()), Ok(format.map(|format| formats::read(format, &file.export))))
            }
        })
        .collect();
    let mut sheets = Sheets::default();
    let mut taken = foreign::Taken::new(profiles);
    for ((path, bytes), contents) in read {
        match contents {
            Err((found, root)) => taken.add(found, profile::Data::Json(path.to_owned(), root)),
            Ok(None) if is_readme(path) => {}
            Ok(None) => foreign::unknown_file(problems, path, bytes),
            Ok(Some(Err(refusal))) => damaged_file(problems, path, refusal),
            Ok(Some(Ok(contents))) => {
                place_sheets(problems, path, contents, (&mut sheets, &mut taken));
            }
        }
    }
    (sheets, taken)
}

fn place_sheets<'a>(
    problems: &mut Problems,
    path: &str,
    contents: Contents<'a>,
    (sheets, taken): (&mut Sheets<'a>, &mut foreign::Taken<'a>),
) {
    for (row, message) in contents.faults {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        let spot = Spot { row: (row > 0).then_some(row), ..Spot::default() };
        problems.add("J103", ProblemSeverity::Error, (&origin, spot), message, again());
    }
    for note in contents.notes {
        problems.add_note(path, note);
    }
    let among = places::Among::of(path, &contents.sheets);
    for sheet in contents.sheets {
        sheets.take(sheet, among, taken, problems);
    }
}

fn again() -> Said {
    said!("выгрузите файл снова", "export the file again")
}

fn damaged_file(problems: &mut Problems, path: &str, refusal: Refusal) {
    problems.add_file("J102", ProblemSeverity::Error, path, refusal.message, refusal.hint);
}

/// Texts for people among the data, as `letopis init` leaves them.
fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.starts_with("readme") || name.starts_with("читай")
}
