//! The part of the director's page that asks for attention: the gravest kinds of violations, and who has to
//! act.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::people::{answerable, by_need, by_staff, per_hundred};
use super::super::phrases::{out_of, share};
use super::super::{Counts, RuleLine, Timeliness};
use super::parts::{count, row, table, text};
use crate::base::severity::Severity;
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::render::table::Table;

/// How many kinds are chosen by weight; the others are chosen by number.
const GRAVE: usize = 4;

/// Names the rules with the gravest findings.
pub(super) fn lay(report: &Timeliness<'_>, paper: &mut Paper, shown: usize) {
    let mut table = table_of(report);
    if table.rows.is_empty() {
        paper.paragraph(Look::Strong, "Нарушений не найдено.");
        return;
    }
    paper.heading(2, "На что обратить внимание");
    if let Some(said) = first_to_act(report) {
        paper.paragraph(Look::Text, &said);
    }
    let hidden = table.rows.len().saturating_sub(shown);
    table.rows.truncate(shown);
    if shown > 0 {
        paper.table(&table);
    }
    if hidden > 0 {
        paper.paragraph(Look::Note, &format!("И ещё видов нарушений: {hidden}, см. страницы по правилам."));
    }
}

/// Returns the table of the rules with violations, the gravest first.
pub(in super::super) fn table_of(report: &Timeliness<'_>) -> Table {
    let lines = gravest(report);
    let rows = lines.iter().map(|line| {
        let counts: Counts = line.counts;
        row(vec![
            line.rule.title.ru.to_owned(),
            format!("{} ({})", out_of(counts.violations, line.examined.examined), line.rule.counted),
            share(counts.violations, line.examined.examined),
            format::thousands(counts.causes),
            who(report, line.rule.id),
            line.rule.remedy.to_owned(),
        ])
    });
    let columns = vec![
        text("Нарушение", 38.0),
        text("Сколько из проверенных", 32.0),
        count("Доля", 14.0),
        count("Случаев", 14.0),
        text("Кто устраняет", 42.0),
        text("Что сделать", 40.0),
    ];
    table(columns, rows.collect(), 8.0)
}

/// Names who has to correct the violations of a rule, with counts, the largest first.
fn who(report: &Timeliness<'_>, rule: &str) -> String {
    const NAMED: usize = 3;
    let journal = report.context.journal;
    let mut counts: BTreeMap<Option<Id<Staff>>, usize> = BTreeMap::new();
    let violations = report.context.checked.findings.iter();
    for one in violations.filter(|one| one.rule == rule && one.severity == Severity::Violation) {
        *counts.entry(answerable(journal, one)).or_default() += 1;
    }
    let mut named: Vec<(Reverse<usize>, String)> =
        counts.into_iter().map(|(staff, count)| (Reverse(count), name(journal, staff))).collect();
    named.sort();
    let rest = named.len().saturating_sub(NAMED);
    let said = named.iter().take(NAMED).map(|(Reverse(count), name)| format!("{name} — {count}"));
    let said = said.collect::<Vec<_>>().join("; ");
    if rest > 0 { format!("{said}; и ещё {rest}") } else { said }
}

fn name(journal: &Journal, staff: Option<Id<Staff>>) -> String {
    staff.map_or("администрация".to_owned(), |id| {
        format::initials(&clean(&journal.staff[id].name))
    })
}

/// Names who has to act, the greatest need first; empty if nothing is missing.
fn first_to_act(report: &Timeliness<'_>) -> Option<String> {
    const NAMED: usize = 5;
    let journal = report.context.journal;
    let lines = by_need(by_staff(report.context, &report.causes));
    let undone: Vec<_> = lines.iter().filter(|line| line.undone().violations > 0).collect();
    let said = undone.iter().take(NAMED).map(|line| {
        let rate = match per_hundred(line.undone().violations, line.lessons) {
            rate if rate.is_empty() => String::new(),
            rate => format!(" ({rate} на 100 уроков)"),
        };
        format!("{} — {}{rate}", name(journal, line.of), format::thousands(line.undone().violations))
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let rest = match undone.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!("; и ещё {rest}, см. «По учителям»"),
    };
    (!said.is_empty()).then(|| format!("Не сделано, устраняют в первую очередь: {said}{rest}."))
}

/// Returns rules with violations: first a few about the record itself, then by number of violations.
fn gravest<'a>(report: &'a Timeliness<'_>) -> Vec<&'a RuleLine> {
    let mut lines: Vec<&RuleLine> = report.rules.iter().filter(|line| line.counts.violations > 0).collect();
    lines
        .sort_by_key(|line| (std::cmp::Reverse(line.rule.weight), std::cmp::Reverse(line.counts.violations)));
    let grave = GRAVE.min(lines.len());
    lines[grave..].sort_by_key(|line| std::cmp::Reverse(line.counts.violations));
    lines
}
