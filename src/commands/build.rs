//! `letopis build`: the main job for every bundle, and the summary on the terminal.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::own_templates;
use super::terminal::{Terminal, peak_memory_mib};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::cms::signed_name;
use crate::commands::cli::BuildArgs;
use crate::outputs::Carried;
use crate::pipeline::{self, Built, Comparison, Outcome, Request, places};
use crate::render::pdf::TemplateFault;
use crate::reports::REPORTS;

/// Builds every bundle. One that cannot be built does not stop the others.
pub(super) fn run(args: &BuildArgs, threads: usize, terminal: &mut Terminal) -> Result<Exit> {
    let mut exit = Exit::Done;
    let bundles = bundles(&args.bundles)?;
    // All of this runs before any file is touched.
    places::refuse_outputs_in_bundles(&args.output, &bundles)?;
    let schools = schools_of(&bundles)?;
    let own = own_templates::named(args.templates.as_deref())?;
    exit = exit.max(own.tell(terminal));
    let mut comparison = if args.compare { Comparison::among(&bundles) } else { Comparison::default() };
    let bundles = comparison.in_order(bundles);
    for bundle in bundles {
        let request = Request {
            bundle: bundle.clone(),
            outputs: args.output.clone(),
            as_of: args.as_of,
            is_strict: args.strict,
            threads,
            is_forced: args.force,
            reports: REPORTS,
            templates: Arc::clone(&own.templates),
            keeps_views: args.keep_data,
            choice: args.chosen.choice(),
        };
        match pipeline::build_beside(&request, &schools, &mut comparison)? {
            Built::Refused(problems) => {
                terminal.say(said!("{}: не собрано", "{}: not built", bundle.display()));
                terminal.problems(&problems);
                exit = exit.max(Exit::DataAtFault);
            }
            Built::Done(outcome) => {
                report(terminal, &outcome);
                exit = exit.max(outcome_exit(&outcome));
            }
        }
    }
    if let Some(peak) = peak_memory_mib() {
        terminal.say(said!("наибольшая память: {peak} МиБ", "peak memory: {peak} MiB"));
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
    if !outcome.record.failed.is_empty() || !outcome.record.template_faults.is_empty() {
        Exit::CouldNot
    } else if outcome.record.problems.errors > 0 {
        Exit::DataAtFault
    } else {
        Exit::Done
    }
}

/// Says what is wrong with the school's own templates: by the line of the file, once, however many documents fail by it.
fn template_lines(terminal: &mut Terminal, outcome: &Outcome) {
    for one in &outcome.record.template_faults {
        let fault = TemplateFault { file: one.file.clone(), place: one.place, message: one.message.clone() };
        terminal.say(said!("  ! {}", "  ! {}", fault.said()));
    }
}

/// A bundle with few tables switches off most rules. The index page lists them; the terminal gives their
/// number.
fn left_out_lines(terminal: &mut Terminal, left_out: &[Said]) {
    const SHOWN: usize = 8;
    for line in left_out.iter().take(SHOWN) {
        terminal.say(said!("  ! {}", "  ! {}", line));
    }
    let hidden = left_out.len().saturating_sub(SHOWN);
    if hidden > 0 {
        terminal.say(said!(
            "  ! … и ещё {hidden} не сделано или не проверялось, причины — в index.html",
            "  ! … and {hidden} more not made or not checked, reasons in index.html"
        ));
    }
}

/// Lists files in the year's folder that the program did not make, and their places.
fn carried_lines(terminal: &mut Terminal, carried: &Carried) {
    const SHOWN: usize = 8;
    for (was, now) in &carried.signatures {
        terminal.say(said!(
            "  ! {}: подписанный файл изменился, подпишите заново; прежняя подпись теперь здесь: {}",
            "  ! {}: the signed file has changed, sign again; the earlier signature is now here: {}",
            was.display(),
            now.display()
        ));
    }
    for (was, now) in &carried.changed {
        terminal.say(said!(
            "  ! {}: файл правили после сборки, он сохранён здесь: {}",
            "  ! {}: the file was edited after the build, it is kept here: {}",
            was.display(),
            now.display()
        ));
    }
    for (place, why) in &carried.stuck {
        terminal.say(said!(
            "  ! {}: не удалось вернуть на место; файл цел и лежит здесь, перенесите его сами ({})",
            "  ! {}: cannot be moved to its place, is whole and stands here; move it yourself ({})",
            place.display(),
            why
        ));
    }
    let is_signature = |path: &&PathBuf| signed_name(&path.to_string_lossy()).is_some();
    let foreign: Vec<&PathBuf> = carried.kept.iter().filter(|path| !is_signature(path)).collect();
    if !foreign.is_empty() {
        let shown: Vec<String> = foreign.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
        let rest = if foreign.len() > SHOWN { ", …" } else { "" };
        let (count, shown) = (foreign.len(), shown.join(", "));
        terminal.say(said!(
            "  создано не программой и оставлено на месте: {count} ({shown}{rest})",
            "  not made by the program and left in its place: {count} ({shown}{rest})"
        ));
    }
}

fn report(terminal: &mut Terminal, outcome: &Outcome) {
    let record = &outcome.record;
    let state = if outcome.is_unchanged {
        Said::fixed("без изменений, всё на месте", "unchanged, everything in place")
    } else {
        Said::fixed("собрано", "built")
    };
    terminal.say(said!("{} ({}): {}", "{} ({}): {}", record.year, record.fingerprint.as_of, state));
    counts(terminal, outcome);
    template_lines(terminal, outcome);
    left_out_lines(terminal, &record.left_out.lines().collect::<Vec<_>>());
    carried_lines(terminal, &outcome.carried);
    let errors: Vec<_> =
        outcome.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).cloned().collect();
    terminal.problems(&errors);
    for (stage, time) in &outcome.stages.0 {
        terminal.say(said!("  {:>8.2} с {}", "  {:>8.2} s {}", time.as_secs_f64(), stage));
    }
    let index = outcome.target.join("index.html");
    terminal.say(said!("откройте: {}", "open: {}", index.display()));
}

fn counts(terminal: &mut Terminal, outcome: &Outcome) {
    let record = &outcome.record;
    let rows: usize = record.tables.iter().map(|table| table.rows).sum();
    let left_out: usize = record.tables.iter().map(|table| table.left_out).sum();
    terminal.count(Said::fixed("прочитано строк", "rows read"), rows);
    if left_out > 0 {
        terminal.count(Said::fixed("НЕ ПРОЧИТАНО строк", "rows LEFT OUT"), left_out);
    }
    let (problems, findings) = (record.problems, record.findings);
    terminal.say(said!(
        "  замечания к данным (ошибки / сомнения / к сведению): {} / {} / {}",
        "  input problems (errors / warnings / notices): {} / {} / {}",
        problems.errors,
        problems.warnings,
        problems.notices
    ));
    terminal.say(said!(
        "  замечания к журналу (нарушения / к сведению): {} / {}",
        "  findings (violations / notices): {} / {}",
        findings.violations,
        findings.notices
    ));
    let pages: usize = record.documents.iter().map(|document| document.pages).sum();
    terminal.count(Said::fixed("документов", "documents"), record.documents.len());
    terminal.count(Said::fixed("страниц", "pages"), pages);
    terminal.count(Said::fixed("файлов", "files"), record.products.len() + 1);
    if !outcome.taken_over.is_empty() {
        let label =
            Said::fixed("из них взято из прежней сборки", "of these taken over from the earlier build");
        terminal.count(label, outcome.taken_over.len());
    }
}
