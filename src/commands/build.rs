//! `letopis build`: the main job for every bundle, and the summary on the terminal.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::terminal::{Terminal, peak_memory_mib};
use crate::base::problems::ProblemSeverity;
use crate::base::said::Lang;
use crate::cms::signed_name;
use crate::commands::cli::BuildArgs;
use crate::outputs::Carried;
use crate::pipeline::{self, Built, Outcome, Request, places};
use crate::reports::REPORTS;

/// Builds every bundle. One that cannot be built does not stop the others.
pub(super) fn run(args: &BuildArgs, threads: usize, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    let mut exit = Exit::Done;
    let bundles = bundles(&args.bundles, lang)?;
    // All of this runs before any file is touched.
    places::keep_off_bundles(&args.output, &bundles)?;
    let schools = schools_of(&bundles)?;
    for bundle in bundles {
        let request = Request {
            bundle: bundle.clone(),
            outputs: args.output.clone(),
            as_of: args.as_of,
            is_strict: args.strict,
            threads,
            is_forced: args.force,
            reports: REPORTS,
        };
        match pipeline::build_among(&request, &schools)? {
            Built::Refused(problems) => {
                terminal.line(&format!("{}: {}", bundle.display(), lang.pick("не собрано", "not built")));
                terminal.problems(&problems);
                exit = exit.max(Exit::DataAtFault);
            }
            Built::Done(outcome) => {
                report(&mut terminal, &outcome, lang);
                exit = exit.max(outcome_exit(&outcome));
            }
        }
    }
    if let Some(peak) = peak_memory_mib() {
        terminal.line(&format!(
            "{}: {peak} {}",
            lang.pick("наибольшая память", "peak memory"),
            lang.pick("МиБ", "MiB")
        ));
    }
    Ok(exit)
}

/// Returns the schools of a run by their short names; the same school and year twice is refused.
fn schools_of(bundles: &[PathBuf]) -> Result<BTreeSet<String>> {
    if bundles.len() < 2 {
        return Ok(BTreeSet::new());
    }
    let read = |bundle: &PathBuf| Some((bundle.clone(), places::school_of(bundle)?));
    let years: Vec<_> = bundles.iter().filter_map(read).collect();
    places::each_once(&years)?;
    Ok(years.into_iter().map(|(_, school)| school.short).collect())
}

fn outcome_exit(outcome: &Outcome) -> Exit {
    if !outcome.record.failed.is_empty() {
        Exit::CouldNot
    } else if outcome.record.problems.errors > 0 {
        Exit::DataAtFault
    } else {
        Exit::Done
    }
}

/// A bundle with few tables switches off most rules. The index page lists them; the terminal gives their
/// number.
fn left_out_lines(terminal: &mut Terminal, left_out: &[String], lang: Lang) {
    const SHOWN: usize = 8;
    for line in left_out.iter().take(SHOWN) {
        terminal.line(&format!("  ! {line}"));
    }
    let hidden = left_out.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let rest = lang.pick(
            format!("и ещё {hidden} не сделано или не проверялось, причины — в index.html"),
            format!("and {hidden} more not made or not checked, reasons in index.html"),
        );
        terminal.line(&format!("  ! … {rest}"));
    }
}

/// Lists files in the year's folder that the program did not make, and their places.
fn carried_lines(terminal: &mut Terminal, carried: &Carried, lang: Lang) {
    const SHOWN: usize = 8;
    for (was, now) in &carried.signatures {
        let ru = "подписанный файл изменился, подпишите заново; прежняя подпись теперь здесь";
        let en = "the signed file has changed, sign again; the earlier signature is now here";
        terminal.line(&format!("  ! {}: {}: {}", was.display(), lang.pick(ru, en), now.display()));
    }
    for (was, now) in &carried.changed {
        let ru = "файл правили после сборки, он сохранён здесь";
        let en = "the file was edited after the build, it is kept here";
        terminal.line(&format!("  ! {}: {}: {}", was.display(), lang.pick(ru, en), now.display()));
    }
    for (place, why) in &carried.stuck {
        let ru = "не переносится на место, цело, лежит здесь; перенесите сами";
        let en = "cannot be moved to its place, is whole and stands here; move it yourself";
        terminal.line(&format!(
            "  ! {}: {} ({})",
            place.display(),
            lang.pick(ru, en),
            why.as_ref().pick(lang)
        ));
    }
    let is_signature = |path: &&PathBuf| signed_name(&path.to_string_lossy()).is_some();
    let foreign: Vec<&PathBuf> = carried.kept.iter().filter(|path| !is_signature(path)).collect();
    if !foreign.is_empty() {
        let label = lang.pick(
            "создано не программой и оставлено на месте",
            "not made by the program and left in its place",
        );
        let shown: Vec<String> = foreign.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
        let rest = if foreign.len() > SHOWN { ", …" } else { "" };
        terminal.line(&format!("  {label}: {} ({}{rest})", foreign.len(), shown.join(", ")));
    }
}

fn report(terminal: &mut Terminal, outcome: &Outcome, lang: Lang) {
    let record = &outcome.record;
    let state = if outcome.is_unchanged {
        lang.pick("без изменений, всё на месте", "unchanged, everything in place")
    } else {
        lang.pick("собрано", "built")
    };
    terminal.line(&format!("{} ({}): {state}", record.year, record.fingerprint.as_of));
    let rows: usize = record.tables.iter().map(|table| table.rows).sum();
    let left_out: usize = record.tables.iter().map(|table| table.left_out).sum();
    terminal.count(lang.pick("прочитано строк", "rows read"), rows);
    if left_out > 0 {
        terminal.count(lang.pick("НЕ ПРОЧИТАНО строк", "rows LEFT OUT"), left_out);
    }
    let problems = record.problems;
    terminal.line(&format!(
        "  {}: {} / {} / {}",
        lang.pick(
            "замечания к данным (ошибки / сомнения / к сведению)",
            "input problems (errors / warnings / notices)"
        ),
        problems.errors,
        problems.warnings,
        problems.notices
    ));
    let findings = record.findings;
    terminal.line(&format!(
        "  {}: {} / {}",
        lang.pick("замечания к журналу (нарушения / к сведению)", "findings (violations / notices)"),
        findings.violations,
        findings.notices
    ));
    let pages: usize = record.documents.iter().map(|document| document.pages).sum();
    terminal.count(lang.pick("документов", "documents"), record.documents.len());
    terminal.count(lang.pick("страниц", "pages"), pages);
    terminal.count(lang.pick("файлов", "files"), record.products.len() + 1);
    if !outcome.taken_over.is_empty() {
        let label = lang.pick("из них взято из прежней сборки", "of these taken over from the earlier build");
        terminal.count(label, outcome.taken_over.len());
    }
    left_out_lines(terminal, &record.left_out, lang);
    carried_lines(terminal, &outcome.carried, lang);
    let errors: Vec<_> =
        outcome.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).cloned().collect();
    terminal.problems(&errors);
    for (stage, time) in &outcome.stages.0 {
        let stage = stage.pick(lang);
        terminal.line(&format!("  {:>8.2} {} {stage}", time.as_secs_f64(), lang.pick("с", "s")));
    }
    let index = outcome.target.join("index.html");
    terminal.line(&format!("{}: {}", lang.pick("откройте", "open"), index.display()));
}
