//! `letopis check`: reads and checks, writes nothing.

use std::collections::BTreeMap;

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::problems::ProblemSeverity;
use crate::base::said::Lang;
use crate::commands::cli::CheckArgs;
use crate::ingest::{TableRows, read_bundle};
use crate::model::Roster;
use crate::pipeline::{self, Opening};
use crate::reports::gaps;
use crate::rules::{self, Checked, RuleContext};

/// Checks every bundle.
pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    let mut exit = Exit::Done;
    for path in bundles(&args.bundles, lang)? {
        let bundle = read_bundle(&path);
        let opening = Opening::of(&bundle);
        let reading = &opening.reading;
        terminal.line(&path.display().to_string());
        let rows = |count: fn(&TableRows) -> usize| reading.rows.iter().map(count).sum::<usize>();
        terminal.count(lang.pick("прочитано строк", "rows read"), rows(|rows| rows.kept));
        let left_out = rows(|rows| rows.left_out);
        if left_out > 0 {
            terminal.count(lang.pick("НЕ ПРОЧИТАНО строк", "rows LEFT OUT"), left_out);
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
            report(&mut terminal, &rules::check(&context), lang);
        }
    }
    Ok(exit)
}

/// Rules that did not run come first: silence must not look like a clean result.
fn report(terminal: &mut Terminal, checked: &Checked, lang: Lang) {
    for rule in &checked.not_run {
        let label = if rule.in_part {
            lang.pick("проверялось не полностью", "checked in part")
        } else {
            lang.pick("не проверялось", "not checked")
        };
        terminal.line(&format!(
            "  ! {label}: {}: {}",
            rule.rule,
            lang.pick(&gaps::reason(rule), &rule.reason.en)
        ));
    }
    for one in &checked.reweighted {
        let label = lang.pick("вес изменён школой (policy.toml)", "weight changed in policy.toml");
        terminal.line(&format!("  ! {label}: {}: {} ({})", one.rule, one.severity.code(), one.reason));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &checked.findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    for examined in &checked.examined {
        let found = counts.get(examined.rule).copied().unwrap_or(0);
        let of = lang.pick("из", "of");
        let unjudged = match examined.unjudged {
            0 => String::new(),
            count => format!(", {}: {count}", lang.pick("без данных для суждения", "could not be judged")),
        };
        terminal.line(&format!("  {:<26} {found:>6} {of} {}{unjudged}", examined.rule, examined.examined));
    }
}
