//! How a bundle becomes a journal, step by step.
//!
//! `school.toml` gives the head. Profiles describe the files of other systems. Every file is read in its
//! format, and each of its sheets goes to the system that recognises it, or is a table of the exchange
//! format. Aliases come first, because all other rows may use their names; then profiles make tables of their
//! files. Of several rows for one fact, trust chooses one. Tables are read parents before children, and
//! reports of systems add to them. Contradictions are reported at the end. Older snapshots are read in the
//! same way, but only for their entries.

use std::sync::Arc;

use super::aliases::{self, Aliases};
use super::builder::Builder;
use super::file_names::SCHOOL_TOML;
use super::problems::Problems;
use super::reading::{Head, Part, Reading, TableRows};
use super::received::Bundle;
use super::school_toml::{self, Settings};
use super::sheets::Sheets;
use super::systems::Systems;
use super::trust::Sources;
use super::wanted::Wanted;
use super::{consistency, merge, snapshots, tables, unprintable};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::model::{Journal, Table};

/// Reads the head of a bundle; `None` if `school.toml` is missing or cannot be understood.
pub fn read_head(bundle: &Bundle) -> Option<Head> {
    let mut journal = Journal::default();
    let settings = school_toml::read(&bundle.text(SCHOOL_TOML)?, &mut journal, &mut Problems::default())?;
    let Settings { as_of, compare, .. } = settings;
    Some(Head { school: journal.school, year: journal.year, as_of, compare })
}

/// Reads a bundle, with its snapshots if it has any. Never fails: every fault is among the problems.
pub fn read_journal(bundle: &Bundle) -> Reading {
    snapshots::read(bundle, &|wanted| read_part(bundle, wanted))
}

/// Reads the requested part of a bundle.
fn read_part(bundle: &Bundle, wanted: &Wanted<'_>) -> Part {
    let mut problems = Problems::default();
    bundle.problems.iter().cloned().for_each(|problem| problems.push(problem));
    let mut journal = Journal::default();
    let head = read_school(bundle, &mut journal, &mut problems);
    let (has_head, Settings { as_of, trust, .. }) = (head.is_some(), head.unwrap_or_default());
    let systems = Systems::load(&bundle.files, &mut problems);
    let mut sheets = Sheets::read(bundle, wanted, &systems, &mut problems);
    let mut builder = Builder::new(journal, problems, Sources { trust, systems: Vec::new() });
    let mut rows = read_aliases(&mut sheets, &mut builder);
    sheets.convert(&systems, &builder.journal, &builder.aliases, &mut builder.problems);
    sheets.number(&mut builder);
    let has_reports = sheets.taken.reports().next().is_some();
    if sheets.tables.is_empty() && !has_reports {
        no_tables(&mut builder.problems);
    }
    for table in Table::ALL.iter().filter(|table| **table != Table::Aliases && wanted.has(**table)) {
        rows.extend(read_table(*table, &sheets, &mut builder));
    }
    sheets.count_left_out(&mut rows);
    sheets.taken.read_reports(sheets.tables.len(), &mut builder, &mut rows);
    if has_reports && rows.iter().all(|table| table.kept == 0) {
        no_rows(&mut builder.problems);
    }
    check(bundle, wanted, &mut builder);
    let Builder { journal, problems, sources: known, .. } = builder;
    let problems = tables::point(sheets.pointers.point(problems.into_sorted()), &sheets.tables);
    sheets.sources.sort();
    let journal = has_head.then_some(journal);
    Part {
        reading: Reading { journal, as_of, problems, rows, sources: sheets.sources },
        systems: known.systems,
    }
}

fn read_school(bundle: &Bundle, journal: &mut Journal, problems: &mut Problems) -> Option<Settings> {
    match bundle.text(SCHOOL_TOML) {
        Some(text) => school_toml::read(&text, journal, problems),
        // A file that is not text was reported when it was read.
        None if bundle.has(SCHOOL_TOML) => None,
        None => {
            no_school(problems);
            None
        }
    }
}

/// Reads the table of aliases before every other, because all of them may need it.
fn read_aliases(sheets: &mut Sheets, builder: &mut Builder) -> Vec<TableRows> {
    sheets.number(builder);
    let rows = read_table(Table::Aliases, sheets, builder);
    builder.aliases = Arc::new(Aliases::new(&builder.journal));
    rows.into_iter().collect()
}

/// Reads a table from all sheets that have it; `None` if it was not given.
fn read_table(table: Table, sheets: &Sheets, builder: &mut Builder) -> Option<TableRows> {
    let sheets = sheets.of_table(table);
    let chosen = merge::choose_rows(table, &sheets, builder);
    tables::read_table(table, &sheets, &chosen, builder)
}

/// Reports what no single row shows: aliases and orders of trust that lead nowhere, unprintable texts,
/// records that contradict each other.
fn check(bundle: &Bundle, wanted: &Wanted<'_>, builder: &mut Builder) {
    let Builder { journal, problems, keys, sources, .. } = builder;
    aliases::check(journal, |table, id| keys.has(table, id), problems);
    let named = journal.origins.iter().zip(&sources.systems);
    let named = named.map(|(origin, system)| (system.as_str(), origin.file.as_str()));
    sources.trust.check(&named, SCHOOL_TOML, problems);
    if !wanted.only_entries {
        unprintable::check(journal, bundle.text(SCHOOL_TOML).as_deref(), problems);
        consistency::check(journal, problems);
    }
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
