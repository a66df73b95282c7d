//! `letopis policy`: the figures in force, each with its clause and origin.

use anyhow::Result;
use serde_json::{Value, json};

use super::bundles::bundles;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::problems::Problem;
use crate::base::said::{Said, refuse, said};
use crate::base::severity::Severity;
use crate::commands::cli::{Format, PolicyArgs};
use crate::ingest::{POLICY_TOML, read_bundle, read_head};
use crate::policy::{DEFAULT_TEXT, FIGURES, Policy, PolicyFigure, PolicyReading, RuleChange, read_policy};
use crate::reports::labels;
use crate::rules::{rule_ids, title};

/// Prints the policy of every bundle, or the default file.
pub(super) fn run(args: &PolicyArgs, terminal: &mut Terminal) -> Result<Exit> {
    if args.default {
        terminal.line(DEFAULT_TEXT.trim_end());
        return Ok(Exit::Done);
    }
    let mut exit = Exit::Done;
    let mut documents = Vec::new();
    for path in bundles(&args.bundles)? {
        let bundle = read_bundle(&path);
        let text = bundle.text(POLICY_TOML);
        if text.is_none() && read_head(&bundle).is_none() {
            refuse!(
                "{}: нет ни school.toml, ни policy.toml; показатели по умолчанию: letopis policy --default",
                "{}: neither school.toml nor policy.toml; for the default figures: letopis policy --default",
                path.display()
            );
        }
        let reading = read_policy(text.as_deref().unwrap_or_default(), &rule_ids());
        let problems = match &reading {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().cloned().map(Problem::from).collect(),
        };
        if !problems.is_empty() {
            exit = Exit::DataAtFault;
        }
        let name = path.display().to_string();
        match args.format {
            Format::Json => documents.push(document(&name, reading.as_ref().ok(), &problems)),
            Format::Text => {
                terminal.line(&name);
                terminal.problems(&problems);
                if let Ok(reading) = &reading {
                    lines(reading).into_iter().for_each(|line| terminal.say(line));
                }
            }
        }
    }
    if args.format == Format::Json {
        terminal.line(&serde_json::to_string_pretty(&documents)?);
    }
    Ok(exit)
}

/// Returns the text for people: every figure in two lines, then the rules that were changed.
fn lines(reading: &PolicyReading) -> Vec<Said> {
    let mut lines = Vec::new();
    for figure in FIGURES {
        let value = figure.show(&reading.policy);
        lines.push(said!(
            "  {} = {value}   [{}]",
            "  {} = {value}   [{}]",
            figure.key,
            origin(reading, figure)
        ));
        lines.push(said!(
            "      {} — {} ({})",
            "      {} — {} ({})",
            figure.title,
            labels::cited(figure.clause),
            figure.clause
        ));
    }
    if reading.policy.changes.is_empty() {
        lines.push(said!(
            "  все проверки включены, вес ни одной не изменён",
            "  every rule is on, none has another severity"
        ));
    }
    for (rule, change) in &reading.policy.changes {
        let line = reading.changed.get(rule).map(|line| place(*line)).unwrap_or_default();
        lines.push(said!("  {rule}: {}   [{}]", "  {rule}: {}   [{}]", effect(change), line));
        let reason = change.reason.trim();
        lines.push(said!("      {} — причина: {reason}", "      {} — reason: {reason}", title(rule)));
    }
    lines
}

/// Returns the origin of a figure; one that differs from the default also shows the default.
fn origin(reading: &PolicyReading, figure: &PolicyFigure) -> Said {
    let Some(line) = reading.given.get(figure.key) else {
        return said!("по умолчанию", "default");
    };
    let (default, place) = (figure.show(&Policy::default()), place(*line));
    if default == figure.show(&reading.policy) {
        said!("{}, как по умолчанию", "{}, same as the default", place)
    } else {
        said!("{}, по умолчанию {default}", "{}, default {default}", place)
    }
}

fn place(line: u32) -> Said {
    said!("{POLICY_TOML}, строка {line}", "{POLICY_TOML}, line {line}")
}

fn effect(change: &RuleChange) -> Said<&'static str> {
    match change.severity {
        _ if change.off => Said::fixed("выключена", "switched off"),
        Some(Severity::Violation) => {
            Said::fixed("каждое замечание — нарушение", "every finding is a violation")
        }
        Some(Severity::Notice) => Said::fixed("каждое замечание — к сведению", "every finding is a notice"),
        None => Said::fixed("без изменений", "unchanged"),
    }
}

/// Returns the output for programs; for a wrong policy only its faults.
fn document(name: &str, reading: Option<&PolicyReading>, problems: &[Problem]) -> Value {
    let figures = reading.map(|reading| FIGURES.iter().map(|figure| figure_json(reading, figure)).collect());
    let rules = reading.map(|reading| {
        let changes = reading.policy.changes.iter();
        changes.map(|(rule, change)| rule_json(reading, rule, change)).collect()
    });
    let problems: Vec<Value> = problems.iter().map(problem_json).collect();
    let (figures, rules): (Vec<Value>, Vec<Value>) = (figures.unwrap_or_default(), rules.unwrap_or_default());
    json!({ "bundle": name, "figures": figures, "rules": rules, "problems": problems })
}

fn figure_json(reading: &PolicyReading, figure: &PolicyFigure) -> Value {
    let line = reading.given.get(figure.key);
    json!({
        "key": figure.key,
        "clause": figure.clause,
        "clause_ru": labels::clause(figure.clause),
        "title": figure.title.ru,
        "value": value(figure.show(&reading.policy)),
        "default": value(figure.show(&Policy::default())),
        "source": if line.is_some() { POLICY_TOML } else { "default" },
        "line": line,
    })
}

fn rule_json(reading: &PolicyReading, rule: &str, change: &RuleChange) -> Value {
    json!({
        "rule": rule,
        "title": title(rule).ru,
        "off": change.off,
        "severity": change.severity.map(|severity| severity.code()),
        "reason": change.reason,
        "line": reading.changed.get(rule),
    })
}

fn problem_json(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "line": problem.row,
        "message": problem.message.ru,
        "message_en": problem.message.en,
    })
}

/// Numbers, lists and strings have one form in TOML and JSON; a time is a string in JSON.
fn value(toml: String) -> Value {
    serde_json::from_str(&toml).unwrap_or(Value::String(toml))
}
