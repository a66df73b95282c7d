//! `letopis archive`: puts the packages of built years into the long-term archive as editions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Said, refuse, said};
use crate::commands::cli::ArchiveArgs;
use crate::pipeline::places;
use crate::register::Register;
use crate::store::{self, Archived, Change, Detail, Place, Request, What, page_list};

/// How many changed files are shown; the edition's `изменения.csv` lists all.
const SHOWN: usize = 12;

/// How many rows and cells of a table are shown.
const SHOWN_CELLS: usize = 3;

/// Archives every year. A year that cannot be archived does not stop the others.
pub(super) fn run(args: &ArchiveArgs, terminal: &mut Terminal) -> Result<Exit> {
    let mut exit = Exit::Done;
    let by = Some(store::posts(&args.by)?).filter(|by| !by.is_empty());
    places::refuse_archive_in_year(&args.to)?;
    places::refuse_in_bag_or_bundle(&args.to)?;
    let years = years(&args.years)?;
    let schools: BTreeSet<String> = years.iter().filter_map(|year| places::owner(year)).collect();
    if schools.len() > 1 {
        let schools = Vec::from_iter(schools).join(", ");
        refuse!(
            "{schools}: это годы разных школ, у каждой школы свой архив; назовите годы одной школы и её архив: --to",
            "{schools}: these are years of several schools, each has an archive of its own; name years of one and --to"
        );
    }
    for year in years {
        let request = Request {
            year,
            archive: args.to.clone(),
            reason: args.reason.clone(),
            by: by.clone(),
            incomplete: args.incomplete.clone(),
        };
        for archived in store::archive(&request)? {
            exit = exit.max(report(terminal, &archived));
        }
    }
    head(terminal, &store::sound_register(&args.to)?);
    Ok(exit)
}

/// Prints the head, the figure to write down on paper.
pub(super) fn head(terminal: &mut Terminal, register: &Register) {
    terminal.say(said!(
        "голова реестра, запишите на бумагу: {}",
        "head of the register, for the paper: {}",
        register.head()
    ));
}

fn years(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let outputs = Path::new("outputs");
    let mut years = places::years_below(outputs);
    // Schools with shared outputs have a folder each.
    years.extend(places::subfolders(outputs).iter().flat_map(|school| places::years_below(school)));
    if years.is_empty() {
        refuse!(
            "{}: здесь нет собранных лет, сначала letopis build",
            "{}: no built year here; run letopis build",
            outputs.display()
        );
    }
    Ok(years)
}

fn report(terminal: &mut Terminal, archived: &Archived) -> Exit {
    match archived {
        Archived::Same { bag } => {
            terminal
                .say(said!("{bag}: без изменений, нового издания нет", "{bag}: unchanged, no new edition"));
            Exit::Done
        }
        Archived::Made { bag, changes } => {
            terminal.say(said!("{bag}: положен в архив", "{bag}: archived"));
            show(terminal, changes);
            Exit::Done
        }
        Archived::NeedsReason { bag, changes } => {
            terminal.say(said!(
                "{bag}: отличается от прежнего издания; назовите причину: --reason \"…\"",
                "{bag}: differs from the newest edition; give a reason: --reason \"…\""
            ));
            show(terminal, changes);
            Exit::CouldNot
        }
        Archived::Signed { bag, signatures } => {
            let count = signatures.len();
            terminal.say(said!(
                "{bag}: подписей внесено в реестр: {count}",
                "{bag}: signatures entered in the register: {count}"
            ));
            signatures.iter().for_each(|path| terminal.line(&format!("  {path}")));
            Exit::Done
        }
        Archived::UnfitSignatures(unfit) => {
            for signature in unfit {
                terminal.say(said!(
                    "{}: подпись не подходит, пакет в архив не положен: {}",
                    "{}: the signature does not fit, the package was not archived: {}",
                    signature.path.display(),
                    signature.reason
                ));
            }
            terminal.say(said!(
                "подпишите документ заново или уберите файл подписи, затем повторите",
                "sign the document again or remove the signature file, then run again"
            ));
            Exit::DataAtFault
        }
        Archived::Incomplete(found) => {
            terminal.report(found);
            terminal.say(said!(
                "в архив не положен: нет документов; если их не будет, назовите причину: --incomplete \"…\"",
                "not archived: documents are lacking; where they cannot be had, give the reason: --incomplete \"…\""
            ));
            Exit::DataAtFault
        }
        Archived::Unsound(found) => {
            terminal.report(found);
            Exit::DataAtFault
        }
    }
}

/// Describes one file: its change, its pages, its rows and cells.
fn told_change(change: &Change) -> Said {
    let mut parts = vec![said!("  {} {}", "  {} {}", change.word(), change.path)];
    if let (Some(before), Some(after)) = change.pages {
        let pages = page_list(&change.differing_pages);
        parts.push(if pages.is_empty() {
            said!("страниц {before} → {after}", "pages {before} → {after}")
        } else {
            said!(
                "страниц {before} → {after} (изменены: {pages})",
                "pages {before} → {after} (changed: {pages})"
            )
        });
    }
    if let Some(cells) = change.cells {
        parts.push(said!("строк +{} −{}", "rows +{} −{}", cells.added, cells.removed));
        parts.push(said!("клеток изменено {}", "cells changed {}", cells.changed));
    }
    Said::join(parts, ", ")
}

fn show(terminal: &mut Terminal, changes: &[Change]) {
    // Cells say more than documents, all of which name the build they came from.
    let (tables, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.cells.is_some());
    for change in tables.into_iter().chain(others).take(SHOWN) {
        terminal.say(told_change(change));
        for detail in change.details.iter().take(SHOWN_CELLS) {
            terminal.line(&format!("    {}", told(detail)));
        }
        if change.details.len() > SHOWN_CELLS {
            terminal.line(&format!("    … {}", change.details.len()));
        }
    }
    if changes.len() > SHOWN {
        let count = changes.len();
        terminal.say(said!(
            "  … {count} все — в изменения.csv издания",
            "  … {count} all stand in the edition's изменения.csv"
        ));
    }
}

/// Describes one row or cell: its place, the former and the present value. A person is a file number.
fn told(detail: &Detail) -> String {
    let Detail { what, place, column, before, after } = detail;
    let Place { class, subject, date, term, file_number } = place;
    let parts = [class, subject, date, term, file_number, column].map(String::as_str);
    let place = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    match what {
        What::Added => format!("+ {place}: {after}"),
        What::Removed => format!("− {place}: {before}"),
        What::Changed => format!("{place}: {before} → {after}"),
    }
}
