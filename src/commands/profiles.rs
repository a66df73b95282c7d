//! `letopis profiles`: which journal systems are read by a profile, and how each file of a bundle was
//! recognised and why.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, refuse, said};
use crate::commands::cli::ProfilesArgs;
use crate::ingest::{Bundle, ProfileNote, profiles_of, read_bundle, read_journal, shipped_profile};

/// Lists the profiles, or explains a bundle, or prints a shipped profile.
pub(super) fn run(args: &ProfilesArgs, terminal: &mut Terminal) -> Result<Exit> {
    if let Some(id) = &args.show {
        return show(id, terminal);
    }
    let bundle = args.bundle.as_deref().map(read_bundle);
    let (profiles, faults) = profiles_of(bundle.as_ref());
    for profile in &profiles {
        terminal.say(title(profile));
        terminal.say(profile.about.as_ref().map(|about| indented(about)));
    }
    if let Some(bundle) = &bundle {
        explain(bundle, terminal);
    }
    terminal.problems(&faults);
    Ok(if faults.is_empty() { Exit::Done } else { Exit::DataAtFault })
}

fn show(id: &str, terminal: &mut Terminal) -> Result<Exit> {
    let Some(text) = shipped_profile(id) else {
        refuse!(
            "{id}: такого профиля нет; letopis profiles покажет все",
            "{id}: no such profile; letopis profiles lists them"
        );
    };
    terminal.line(text.trim_end());
    Ok(Exit::Done)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn title(profile: &ProfileNote) -> Said {
    let from = profile.file.as_ref().map(Said::same);
    let from = from.unwrap_or_else(|| said!("поставляется с программой", "shipped"));
    said!("{} — {} ({})", "{} — {} ({})", profile.id, profile.title, from)
}

/// Reports how every file was recognised; for an unrecognised file the reason.
fn explain(bundle: &Bundle, terminal: &mut Terminal) {
    let reading = read_journal(bundle);
    terminal.line("");
    for source in &reading.sources {
        let place = place(&source.file, &source.sheet);
        terminal.say(said!("{place}: {} — {}", "{place}: {} — {}", source.taken_for, source.why));
    }
    for problem in reading.problems.iter().filter(|problem| is_about_a_file(problem)) {
        let place = place(&problem.file, &problem.sheet);
        terminal.say(said!("{place}: {}", "{place}: {}", problem.message));
    }
}

/// Problems of files and sheets that were skipped: J101 to J105, J201, J203.
fn is_about_a_file(problem: &Problem) -> bool {
    let is_passed_over = problem.severity == ProblemSeverity::Notice || problem.row.is_none();
    match problem.code {
        "J101" | "J102" | "J104" | "J105" | "J203" => is_passed_over,
        "J201" => true,
        _ => false,
    }
}

fn place(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file} «{sheet}»") }
}
