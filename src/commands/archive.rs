//! `letopis archive`: puts the packages of built years into the long-term archive as editions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::commands::cli::ArchiveArgs;
use crate::pipeline::places;
use crate::register::Register;
use crate::store::{self, Archived, Change, Detail, Place, Request, What, page_list};

/// How many changed files are shown; the edition's `изменения.csv` lists all.
const SHOWN: usize = 12;

/// How many rows and cells of a table are shown.
const SHOWN_CELLS: usize = 3;

/// Archives every year. A year that cannot be archived does not stop the others.
pub(super) fn run(args: &ArchiveArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    let mut exit = Exit::Done;
    let by = Some(store::posts(&args.by)?).filter(|by| !by.is_empty());
    places::keep_off_years(&args.to)?;
    places::keep_off_bags_and_bundles(&args.to)?;
    let years = years(&args.years, lang)?;
    let schools: BTreeSet<String> = years.iter().filter_map(|year| places::owner(year)).collect();
    if schools.len() > 1 {
        let ru =
            "это годы разных школ, у каждой школы свой архив; назовите годы одной школы и её архив: --to";
        let en =
            "these are years of several schools, each has an archive of its own; name years of one and --to";
        bail!("{}: {}", Vec::from_iter(schools).join(", "), lang.pick(ru, en));
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
            exit = exit.max(report(&mut terminal, &archived, lang));
        }
    }
    head(&mut terminal, &store::sound_register(&args.to)?, lang);
    Ok(exit)
}

/// Prints the head, the figure to write down on paper.
pub(super) fn head(terminal: &mut Terminal, register: &Register, lang: Lang) {
    let label = lang.pick("голова реестра, запишите на бумагу", "head of the register, for the paper");
    terminal.line(&format!("{label}: {}", register.head()));
}

fn years(named: &[PathBuf], lang: Lang) -> Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let outputs = Path::new("outputs");
    let mut years = places::years_below(outputs);
    // Schools with shared outputs have a folder each.
    years.extend(places::subfolders(outputs).iter().flat_map(|school| places::years_below(school)));
    if years.is_empty() {
        let (ru, en) =
            ("здесь нет собранных лет, сначала letopis build", "no built year here; run letopis build");
        bail!("{}: {}", outputs.display(), lang.pick(ru, en));
    }
    Ok(years)
}

fn report(terminal: &mut Terminal, archived: &Archived, lang: Lang) -> Exit {
    match archived {
        Archived::Same { bag } => {
            let text = lang.pick("без изменений, нового издания нет", "unchanged, no new edition");
            terminal.line(&format!("{bag}: {text}"));
            Exit::Done
        }
        Archived::Made { bag, changes } => {
            terminal.line(&format!("{bag}: {}", lang.pick("положен в архив", "archived")));
            show(terminal, changes, lang);
            Exit::Done
        }
        Archived::NeedsReason { bag, changes } => {
            let ru = "отличается от прежнего издания; назовите причину: --reason \"…\"";
            let en = "differs from the newest edition; give a reason: --reason \"…\"";
            terminal.line(&format!("{bag}: {}", lang.pick(ru, en)));
            show(terminal, changes, lang);
            Exit::CouldNot
        }
        Archived::Signed { bag, signatures } => {
            let text = lang.pick("подписей внесено в реестр", "signatures entered in the register");
            terminal.line(&format!("{bag}: {text}: {}", signatures.len()));
            signatures.iter().for_each(|path| terminal.line(&format!("  {path}")));
            Exit::Done
        }
        Archived::UnfitSignatures(unfit) => {
            for signature in unfit {
                let reason = signature.reason.as_ref().pick(lang);
                let ru = "подпись не подходит, пакет в архив не положен";
                let en = "the signature does not fit, the package was not archived";
                terminal.line(&format!("{}: {}: {reason}", signature.path.display(), lang.pick(ru, en)));
            }
            let ru = "подпишите документ заново или уберите файл подписи, затем повторите";
            let en = "sign the document again or remove the signature file, then run again";
            terminal.line(lang.pick(ru, en));
            Exit::DataAtFault
        }
        Archived::Incomplete(found) => {
            let text = found.to_text().pick(lang);
            terminal.line(text.trim_end());
            let ru =
                "в архив не положен: нет документов; если их не будет, назовите причину: --incomplete \"…\"";
            let en = "not archived: documents are lacking; where they cannot be had, give the reason: --incomplete \"…\"";
            terminal.line(lang.pick(ru, en));
            Exit::DataAtFault
        }
        Archived::Unsound(found) => {
            let text = found.to_text().pick(lang);
            terminal.line(text.trim_end());
            Exit::DataAtFault
        }
    }
}

fn show(terminal: &mut Terminal, changes: &[Change], lang: Lang) {
    // Cells say more than documents, all of which name the build they came from.
    let (tables, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.cells.is_some());
    for change in tables.into_iter().chain(others).take(SHOWN) {
        let mut line = format!("  {} {}", change.word(), change.path);
        if let (Some(before), Some(after)) = change.pages {
            line += &format!(", {} {before} → {after}", lang.pick("страниц", "pages"));
            if !change.differing_pages.is_empty() {
                line += &format!(
                    " ({}: {})",
                    lang.pick("изменены", "changed"),
                    page_list(&change.differing_pages)
                );
            }
        }
        if let Some(cells) = change.cells {
            let (rows, changed) = (lang.pick("строк", "rows"), lang.pick("клеток изменено", "cells changed"));
            line += &format!(", {rows} +{} −{}, {changed} {}", cells.added, cells.removed, cells.changed);
        }
        terminal.line(&line);
        for detail in change.details.iter().take(SHOWN_CELLS) {
            terminal.line(&format!("    {}", told(detail)));
        }
        if change.details.len() > SHOWN_CELLS {
            terminal.line(&format!("    … {}", change.details.len()));
        }
    }
    if changes.len() > SHOWN {
        let rest = lang.pick("все — в изменения.csv издания", "all stand in the edition's изменения.csv");
        terminal.line(&format!("  … {} {rest}", changes.len()));
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
