//! What the checks did not examine and why, for the head of every report: silence must not look like a clean
//! result.

use std::collections::BTreeSet;

use crate::base::severity::Severity;
use crate::model::{Id, Journal, Table, Term};
use crate::reports::labels;
use crate::rules::{Checked, NotRun, RULES};
use crate::stats::Figure;
use crate::stats::analytics::Filled;

/// The sentence for every report in which something was not checked.
pub(crate) const NO_ORDER: &str =
    "Отсутствие замечаний там, где проверка не выполнялась, порядка не означает.";

/// Returns a line for every reason, with the checks that it stopped: complete ones first, then partial ones.
pub(crate) fn lines(checked: &Checked) -> Vec<String> {
    let mut reasons: Vec<(bool, String, Vec<String>)> = Vec::new();
    for one in &checked.not_run {
        let (title, why) = (format!("«{}»", title_of(one.rule)), reason(one));
        match reasons.iter_mut().find(|(part, reason, _)| *part == one.in_part && *reason == why) {
            Some((_, _, rules)) => rules.push(title),
            None => reasons.push((one.in_part, why, vec![title])),
        }
    }
    reasons.sort_by_key(|(in_part, _, rules)| (*in_part, std::cmp::Reverse(rules.len())));
    let line = |(in_part, reason, rules): (bool, String, Vec<String>)| {
        let extent = if in_part {
            "проверено не полностью"
        } else {
            "не проверялось"
        };
        format!("{reason} — {extent}: {}", rules.join(", "))
    };
    reasons.into_iter().map(line).collect()
}

/// Explains why a check was not run, with the names of tables and columns that people know.
pub(crate) fn reason(one: &NotRun) -> String {
    let mut lacks: Vec<(Table, Vec<&str>)> = Vec::new();
    for (table, column) in &one.absent {
        match lacks.iter_mut().find(|(known, columns)| known == table && !columns.is_empty()) {
            Some((_, columns)) if column.is_some() => columns.extend(column),
            _ => lacks.push((*table, column.iter().copied().collect())),
        }
    }
    let lacks: Vec<String> = lacks.iter().map(lack).collect();
    if lacks.is_empty() { one.reason.ru.clone() } else { lacks.join("; ") }
}

/// Names a missing table, or its missing columns.
fn lack((table, columns): &(Table, Vec<&str>)) -> String {
    match columns.as_slice() {
        [] => labels::lack_of(*table).to_owned(),
        columns => labels::lack_of_columns(*table, columns),
    }
}

/// Returns a line for every ended term of which the inputs have nothing: it has no documents.
pub(crate) fn of_terms(journal: &Journal, figures: &[Figure]) -> Vec<String> {
    let ended: BTreeSet<Id<Term>> = figures.iter().map(|figure| figure.term).collect();
    let empty = ended.into_iter().filter(|term| !journal.has_anything_of(*term));
    let titles: Vec<String> = empty.map(|term| format!("«{}»", journal.terms[term].title)).collect();
    let line = |titles: &[String]| {
        format!(
            "{}: в исходных данных нет ни уроков, ни отметок за период, документов за него нет",
            titles.join(", ")
        )
    };
    if titles.is_empty() { Vec::new() } else { vec![line(&titles)] }
}

/// Returns a line for every table of the analytics that has only a header, because its sources are missing.
pub(crate) fn of_analytics(analytics: &[Filled]) -> impl Iterator<Item = String> {
    analytics.iter().filter(|one| !one.absent.is_empty()).map(|one| {
        let lacks: Vec<String> = one.absent.iter().map(|table| lack(&(*table, Vec::new()))).collect();
        format!("{} — нет данных: «{}»", lacks.join("; "), one.table.title)
    })
}

/// Returns one sentence on how much was not checked; empty if everything was.
pub(crate) fn summary_sentence(checked: &Checked) -> Option<String> {
    let whole = checked.not_run.iter().filter(|one| !one.in_part).count();
    let in_part = checked.not_run.len() - whole;
    let parts = [(whole, "не выполнено"), (in_part, "выполнено не полностью")];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} {count}")).collect();
    (!said.is_empty()).then(|| format!("Проверок по регламенту {}: {}.", RULES.len(), said.join(", ")))
}

/// Names the rules whose severity the school changed, with its reason.
pub(crate) fn reweighted(checked: &Checked) -> Vec<String> {
    let line = |one: &crate::rules::Reweighted| {
        let weight = severity(one.severity);
        format!("вес изменён школой ({weight}): «{}» — {}", title_of(one.rule), one.reason)
    };
    checked.reweighted.iter().map(line).collect()
}

/// Returns a rule's title.
pub(crate) fn title_of(rule: &str) -> &'static str {
    RULES.iter().find(|one| one.id == rule).map_or("", |rule| rule.title_ru)
}

/// Returns the word for a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "нарушение",
        Severity::Notice => "к сведению",
    }
}
