//! The checks: exact against the examples, at their boundaries, and as a registry.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use letopis::data::csv_files::findings_csv;
use letopis::model::{Roster, Table};
use letopis::policy::Policy;
use letopis::rules::{Checked, RULES, Rule, RuleContext, check, rule_ids};

use crate::reading::example;
use crate::small_year::{SmallYear, small_year};

/// Counts the lines of a findings table without their messages.
fn counted(bytes: &[u8]) -> BTreeMap<String, i64> {
    let mut lines = BTreeMap::new();
    for record in csv::Reader::from_reader(bytes).into_records() {
        let record = record.expect("the table is whole");
        let line = record.iter().take(13).collect::<Vec<_>>().join(",");
        *lines.entry(line).or_insert(0) += 1;
    }
    lines
}

fn check_example(name: &str) -> (Vec<u8>, Checked) {
    let reading = example(name);
    let journal = reading.journal.expect("school.toml is whole");
    let roster = Roster::new(&journal);
    let policy = Policy::default();
    let as_of = reading.as_of.expect("the example gives its date");
    let checked = check(&RuleContext::new(&journal, &roster, &policy, as_of));
    let table = findings_csv(&journal, &checked.findings).expect("memory takes every write");
    (table.bytes, checked)
}

/// Compares the findings of the specified rules, and of no other, with the expected table as multisets: `+` found and
/// not expected, `-` expected and not found.
fn differences(name: &str) -> Vec<String> {
    let (found, _) = check_example(name);
    let expected =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name).join("expected/findings.csv");
    let mut counts = counted(&found);
    counts.retain(|line, _| line.split(',').next().is_some_and(is_specified));
    for (line, count) in counted(&std::fs::read(expected).expect("the answer is in the repository")) {
        *counts.entry(line).or_insert(0) -= count;
    }
    let differing = counts.into_iter().filter(|(_, count)| *count != 0);
    differing.map(|(line, count)| format!("{}{line}", if count > 0 { '+' } else { '-' })).collect()
}

#[test]
fn the_plain_year_has_exactly_its_findings() {
    let differences = differences("year");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn the_mixed_year_has_exactly_its_findings() {
    let differences = differences("year-mixed");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn rules_have_ids_of_their_own_clauses_and_titles() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        let is_kebab = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(rule.id.chars().all(is_kebab), "{}", rule.id);
        assert!(
            !rule.clauses.is_empty() && rule.clauses.iter().all(|clause| clause.contains('.')),
            "{}",
            rule.id
        );
        assert!(rule.title.ru.chars().next().is_some_and(char::is_uppercase), "{}", rule.id);
        assert!(!rule.title.ru.ends_with('.'), "{}", rule.id);
        // What is late cannot be made up for: the remedy speaks of the time to come.
        assert_eq!(rule.is_about_timing, rule.remedy.starts_with("впредь"), "{}", rule.id);
        assert!(rule.requirement.starts_with('C'), "{}", rule.id);
        assert!(!rule.needs.is_empty() || !rule.parts.is_empty(), "{}", rule.id);
    }
}

/// Rules for C23 to C25, of which the specification's table says nothing: the examples' answers do not cover them.
const FURTHER: [&str; 5] = [
    "lesson-plan-missing",
    "lesson-plan-short",
    "control-work-not-held",
    "control-work-moved",
    "pupil-card-incomplete",
];

/// Tells whether the specification's table has the rule.
fn is_specified(rule: &str) -> bool {
    !FURTHER.contains(&rule)
}

#[test]
fn the_further_rules_find_in_the_examples_what_was_counted_apart() {
    let counts = |name: &str| {
        let (_, checked) = check_example(name);
        let of = |rule: &str| checked.findings.iter().filter(|finding| finding.rule == rule).count();
        let examined = |rule: &str| {
            let line = checked.examined.iter().find(|line| line.rule == rule);
            line.map(|line| (line.examined, line.unjudged))
        };
        FURTHER.map(|rule| (of(rule), examined(rule).expect("it ran")))
    };
    assert_eq!(counts("year"), [(0, (108, 0)), (3, (108, 0)), (0, (290, 0)), (0, (290, 0)), (0, (49, 0))]);
    assert_eq!(
        counts("year-mixed"),
        [(0, (109, 0)), (3, (109, 0)), (0, (290, 0)), (0, (290, 0)), (0, (49, 0))]
    );
}

#[test]
fn every_specified_rule_that_can_be_run_finds_something_in_the_example() {
    assert!(rule_ids().ends_with(&FURTHER), "the specification's rules stand first");
    let journal = example("year").journal.expect("school.toml is whole");
    let (_, checked) = check_example("year");
    for one in &checked.not_run {
        let has = |table: &Table| journal.presence.has(*table);
        assert!(!one.absent.is_empty() && !one.absent.iter().any(|(table, _)| has(table)), "{one:?}");
    }
    let ran = |rule: &&&Rule| checked.not_run.iter().all(|one| one.rule != rule.id);
    let specified: Vec<_> = RULES.iter().filter(|rule| is_specified(rule.id)).filter(ran).collect();
    assert!(specified.len() >= 36);
    for rule in specified {
        assert!(checked.findings.iter().any(|finding| finding.rule == rule.id), "{}", rule.id);
        let line = checked.examined.iter().find(|line| line.rule == rule.id).expect("it ran");
        let count = checked.findings.iter().filter(|finding| finding.rule == rule.id).count();
        assert!(line.examined >= count, "{line:?} with {count} findings");
    }
}

#[test]
fn findings_quote_a_clause_of_their_rule_in_one_sentence_without_names() {
    let reading = example("year");
    let journal = reading.journal.expect("school.toml is whole");
    let (_, checked) = check_example("year");
    let surnames: Vec<_> = journal.pupils.values().map(|pupil| pupil.surname.as_str()).collect();
    for finding in &checked.findings {
        let rule = RULES.iter().find(|rule| rule.id == finding.rule).expect("findings come from rules");
        assert!(rule.clauses.contains(&finding.clause), "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
        assert!(surnames.iter().all(|surname| !finding.message.contains(surname)), "{finding:?}");
    }
}

#[test]
fn findings_stand_by_rule_then_by_date() {
    let (_, checked) = check_example("year");
    let order = |id: &str| RULES.iter().position(|rule| rule.id == id);
    assert!(checked.findings.is_sorted_by_key(|finding| (order(finding.rule), finding.date)));
}

#[test]
fn an_absent_table_or_column_is_reported_as_not_run() {
    let reason = |year: &SmallYear, rule: &str| {
        let (_, checked) = year.check();
        let line = checked.not_run.into_iter().find(|line| line.rule == rule)?;
        Some((line.in_part, line.reason.ru))
    };
    let bare = small_year();
    assert_eq!(reason(&bare, "lesson-missing"), Some((false, "нет таблицы timetable".to_owned())));
    assert_eq!(reason(&bare, "lesson-lost"), None);
    let marks = small_year().table("marks", "mark_id,lesson_id,pupil_id,value");
    assert_eq!(
        reason(&marks, "work-kind-missing"),
        Some((false, "в таблице marks нет столбца work_id".to_owned()))
    );
    let (in_part, _) = reason(&bare, "foreign-entry").expect("marks, attendance and homework are absent");
    assert!(in_part, "lessons are still looked at");
}

#[test]
fn a_rule_not_run_has_examined_nothing() {
    let (_, checked) = small_year().check();
    for line in checked.not_run.iter().filter(|line| !line.in_part) {
        assert!(checked.examined.iter().all(|examined| examined.rule != line.rule), "{line:?}");
    }
    assert_eq!(
        checked.examined.len() + checked.not_run.iter().filter(|line| !line.in_part).count(),
        RULES.len()
    );
}
