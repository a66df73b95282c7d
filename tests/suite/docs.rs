//! The texts for people: the lists that the program writes itself, and what every text keeps to.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use letopis::base::series::Series;
use letopis::commands::cli::Cli;
use letopis::model::schema::{Column, Kind, TABLES, TableSchema};
use letopis::reports::labels;
use letopis::rules::{RULES, Rule};
use letopis::stats::METRICS;
use letopis::stats::analytics::ANALYTICS;
use regex::Regex;

use crate::accept::assert_file;

/// Characters of a line of Markdown; what stands between fences is data or code.
const WIDTH: usize = 120;

/// Lines of the README: a newcomer reads it at one sitting.
const README_LINES: usize = 150;

/// Folders that hold others' texts or what a run leaves.
const NOT_OURS: [&str; 6] = ["tests/bags", "target", "fuzz/target", "outputs", "archive", ".git"];

const RULES_HEAD: &str = "\
# Rules

Every check that `letopis check` and `letopis build` make, in the order of `data/findings.csv`. The list is written from
`RULES` in `src/rules/mod.rs` by `ACCEPT=1 cargo test`; a test keeps it up to date. A rule links its example.

- The *requirement* (C1 to C25) groups rules that answer one demand.
- The *severity* is what a finding usually weighs. Some rules compare with two clauses: past the stricter deadline their
  finding is a notice, past the laxer a violation. `policy.toml` may give a rule another weight, or switch it off with a
  reason (`letopis policy`).
- *Needs*: without these tables and columns the rule is not run, and every report says so. Of those in brackets the rule
  uses each that is there.

";

const TABLES_HEAD: &str = "\
# Tables

Every table of the exchange format with its columns. The list is written from the records in `src/model/records/` by
`ACCEPT=1 cargo test`; a test keeps it up to date. A header has the id of a column or its Russian title. A column in
bold must be there. [Inputs](inputs.md) says in which files the tables may stand.
";

const FIGURES_HEAD: &str = "\
# Figures

What `data/metrics.csv` and `data/analytics/` hold. The list is written from `METRICS` in `src/stats/mod.rs` and
`ANALYTICS` in `src/stats/analytics/mod.rs` by `ACCEPT=1 cargo test`; a test keeps it up to date.

## `data/metrics.csv`

A line is one figure: term, metric, scope (school, level, parallel, class, group, pupil, teacher, course) and subject,
with its value, numerator and denominator, and what was left out of it.

";

const ANALYTICS_HEAD: &str = "
## `data/analytics/`

Each table stands there as CSV and as Parquet. Without the tables behind «from» it has a header only, and the index page
and `build.json` say so.
";

/// Sets words in lines of [`WIDTH`] characters after the beginning of the first; the others stand two blanks to the right.
fn filled(beginning: &str, text: &str) -> String {
    let mut lines = vec![beginning.to_owned()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("  {word}"));
        } else {
            *line += if line == beginning { "" } else { " " };
            *line += word;
        }
    }
    lines.join("\n") + "\n"
}

fn rule_item(rule: &Rule) -> String {
    let Rule { id, requirement, title, .. } = rule;
    let clauses: Vec<_> =
        rule.clauses.iter().map(|clause| format!("{clause} ({})", labels::clause(clause))).collect();
    let (clauses, severity) = (clauses.join("; "), rule.severity.code());
    let head = format!("[`{id}`](../tests/cases/{id}.md) ({requirement}, {severity}): {}.", title.ru);
    filled("- ", &head) + &filled("  ", &format!("{clauses}. Needs {}", needs(rule)))
}

fn needs(rule: &Rule) -> String {
    let name = |(table, columns): &(letopis::model::Table, &[&str])| {
        let table = table.id();
        match columns {
            [] => vec![format!("`{table}`")],
            columns => columns.iter().map(|column| format!("`{table}.{column}`")).collect(),
        }
    };
    let needs = rule.needs.iter().flat_map(name);
    // A part that is needed anyway only tells that the rule runs without the others.
    let own = rule.parts.iter().filter(|part| !rule.needs.contains(part));
    let parts = own.flat_map(|part| name(part).into_iter().map(|name| format!("({name})")));
    needs.chain(parts).collect::<Vec<_>>().join(" ")
}

fn table_section(schema: &TableSchema) -> String {
    let columns: String = schema.columns.iter().map(column_item).collect();
    format!("\n## `{}` — {}\n\n{columns}", schema.table.id(), schema.title)
}

fn column_item(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Moment => "date and time",
        Kind::Time => "time of day",
        Kind::Whole => "whole number",
        Kind::Decimal => "number",
        Kind::Flag => "yes or no",
    };
    let weight = if column.required { "**" } else { "" };
    filled("- ", &format!("{weight}`{}`{weight} «{}», {kind}", column.id, column.title))
}

/// Returns every Markdown file that is ours.
fn texts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_ours = |entry: &walkdir::DirEntry| {
        let inside = entry.path().strip_prefix(root).expect("everything stands below the root");
        !NOT_OURS.iter().any(|folder| inside == Path::new(folder))
    };
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_ours);
    let paths = entries.map(|entry| entry.expect("the repository is readable").into_path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a text of the repository")
}

#[test]
fn the_list_of_rules_is_up_to_date() {
    let items: String = RULES.iter().copied().map(rule_item).collect();
    assert_file("docs/rules.md", &format!("{RULES_HEAD}{items}"));
}

#[test]
fn the_list_of_tables_is_up_to_date() {
    let sections: String = TABLES.iter().map(table_section).collect();
    assert_file("docs/tables.md", &format!("{TABLES_HEAD}{sections}"));
}

#[test]
fn the_list_of_figures_is_up_to_date() {
    let figures: String =
        METRICS.iter().map(|metric| filled("- ", &format!("`{}` — {}", metric.id, metric.title))).collect();
    let tables = ANALYTICS.iter().map(|table| {
        let sources: Vec<_> = table.sources.iter().map(|source| format!("`{}`", source.id())).collect();
        let columns: Vec<_> = table.columns.iter().map(|(id, _)| format!("`{id}`")).collect();
        let item = format!("`{}` — {}, from {}:", table.name, table.title, sources.join(" "));
        filled("- ", &item) + &filled("  ", &columns.join(" "))
    });
    let tables: String = tables.collect();
    assert_file("docs/figures.md", &format!("{FIGURES_HEAD}{figures}{ANALYTICS_HEAD}\n{tables}"));
}

#[test]
fn the_readme_is_read_at_one_sitting() {
    let lines = read("README.md").lines().count();
    assert!(lines <= README_LINES, "README.md has {lines} lines; the rest belongs in docs/");
}

/// Years of keeping belong to the packages: a text that names other years for them is out of date.
#[test]
fn the_years_of_keeping_in_texts_are_those_of_the_packages() {
    let years = Regex::new(r"\b(\d+)[ -](?:years?|лет|года?)\b").expect("a pattern");
    let texts = texts().into_iter().filter(|path| !path.ends_with("CHANGELOG.md"));
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/new_bundle/school.toml");
    let mut count = 0;
    for path in texts.chain([bundle]) {
        for line in fs::read_to_string(&path).expect("a text is UTF-8").lines() {
            let is_about = |words: [&str; 2]| words.iter().any(|word| line.contains(word));
            let named = [
                (Series::Journals, is_about(["ournals", "журнал"])),
                (Series::SummarySheets, is_about(["heets", "едомост"])),
            ];
            let named = named.into_iter().filter(|(_, is_named)| *is_named).map(|(series, _)| series);
            let named: Vec<Series> = named.collect();
            let said: Vec<&str> = years
                .captures_iter(line)
                .map(|found| found.get(1).map_or("", |years| years.as_str()))
                .collect();
            // A sentence may name the other package in the line before.
            let known = if named.len() == said.len() { named.as_slice() } else { &Series::ALL };
            for years in said.iter().filter(|_| !named.is_empty()) {
                count += 1;
                let is_right = known.iter().any(|series| series.years_kept().to_string() == *years);
                assert!(is_right, "{}: {line}", path.display());
            }
        }
    }
    assert!(count >= 8, "only {count} lines of texts say how long a package is kept");
}

#[test]
fn lines_of_texts_fit_a_window() {
    let texts = texts();
    assert!(texts.len() > 50, "{texts:?}");
    let mut long = Vec::new();
    for path in texts {
        let text = fs::read_to_string(&path).expect("a text is UTF-8");
        let mut is_fenced = false;
        for (index, line) in text.lines().enumerate() {
            is_fenced ^= line.trim_start().starts_with("```");
            if !is_fenced && line.chars().count() > WIDTH {
                long.push(format!("{}:{}", path.display(), index + 1));
            }
        }
    }
    assert!(long.is_empty(), "longer than {WIDTH} characters:\n{}", long.join("\n"));
}

#[test]
fn every_command_and_option_is_in_the_manual() {
    let manual = read("docs/commands.md");
    let sections: Vec<(&str, &str)> =
        manual.split("\n## `letopis ").skip(1).filter_map(|section| section.split_once('`')).collect();
    let cli = Cli::command();
    let commands: Vec<&clap::Command> = cli.get_subcommands().collect();
    for command in &commands {
        let name = command.get_name();
        let section = sections.iter().find(|(title, _)| title.split(' ').next() == Some(name));
        let (title, text) = section.unwrap_or_else(|| panic!("docs/commands.md has no section on {name}"));
        for option in command.get_arguments().filter_map(clap::Arg::get_long) {
            let is_named = [*title, *text].iter().any(|text| text.contains(&format!("--{option}")));
            assert!(is_named, "docs/commands.md does not say what {name} --{option} is");
        }
    }
    assert_eq!(
        sections.len(),
        commands.len(),
        "docs/commands.md has a section on a command that is not there"
    );
}

#[test]
fn every_text_of_docs_is_linked_from_the_readme() {
    let readme = read("README.md");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let texts = texts();
    let names: Vec<_> = texts.iter().filter_map(|path| path.strip_prefix(&docs).ok()).collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        let link = format!("](docs/{})", name.display());
        assert!(readme.contains(&link), "README.md does not link docs/{}", name.display());
    }
}
