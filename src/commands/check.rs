//! `letopis check`: reads and checks, writes nothing.

use std::collections::BTreeMap;

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::commands::cli::CheckArgs;
use crate::ingest::{TableRows, read_bundle};
use crate::model::Roster;
use crate::pipeline::{self, Opening};
use crate::reports::gaps;
use crate::rules::{self, Checked, RuleContext};

/// Checks every bundle.
pub(super) fn run(args: &CheckArgs, terminal: &mut Terminal) -> Result<Exit> {
    let mut exit = Exit::Done;
    for path in bundles(&args.bundles)? {
        let bundle = read_bundle(&path);
        let opening = Opening::of(&bundle);
        let reading = &opening.reading;
        terminal.line(&path.display().to_string());
        let rows = |count: fn(&TableRows) -> usize| reading.rows.iter().map(count).sum::<usize>();
        terminal.count(Said::fixed("прочитано строк", "rows read"), rows(|rows| rows.kept));
        let left_out = rows(|rows| rows.left_out);
        if left_out > 0 {
            terminal.count(Said::fixed("НЕ ПРОЧИТАНО строк", "rows LEFT OUT"), left_out);
        }
        let problems = opening.problems();
        terminal.all_problems(problems);
        if problems.iter().any(|problem| problem.severity == ProblemSeverity::Error) {
            exit = exit.max(Exit::DataAtFault);
        }
        if let Some(journal) = opening.journal() {
            let as_of = pipeline::as_of(args.as_of, reading.as_of, &journal.school, &journal.year);
            let roster = Roster::new(journal);
            let context = RuleContext::new(journal, &roster, &opening.policy, as_of);
            report(terminal, &rules::check(&context));
        }
    }
    Ok(exit)
}

/// Rules that did not run come first: silence must not look like a clean result.
fn report(terminal: &mut Terminal, checked: &Checked) {
    for rule in &checked.not_run {
        let (extent, title) = (gaps::extent(rule.in_part), rules::title(rule.rule));
        terminal.say(said!(
            "  ! {}: «{}» ({}): {}",
            "  ! {}: \"{}\" ({}): {}",
            extent,
            title,
            rule.rule,
            gaps::reason(rule)
        ));
    }
    for one in &checked.reweighted {
        terminal.say(said!(
            "  ! вес изменён школой (policy.toml): {}: {} ({})",
            "  ! weight changed in policy.toml: {}: {} ({})",
            one.rule,
            one.severity.code(),
            one.reason
        ));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &checked.findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    for examined in &checked.examined {
        let found = counts.get(examined.rule).copied().unwrap_or(0);
        let unjudged = match examined.unjudged {
            0 => Said::default(),
            count => said!(", не хватило данных: {count}", ", could not be judged: {count}"),
        };
        terminal.say(said!(
            "  {:<26} {found:>6} из {}{}",
            "  {:<26} {found:>6} of {}{}",
            examined.rule,
            examined.examined,
            unjudged
        ));
    }
}
