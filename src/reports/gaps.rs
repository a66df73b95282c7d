//! What the checks did not examine and why, for the head of every report: silence must not look like a clean
//! result.

use std::collections::BTreeSet;

use crate::base::said::{Said, said};
use crate::base::severity::Severity;
use crate::model::{Id, Journal, Table, Term};
use crate::reports::labels;
use crate::rules::{self, Checked, NotRun, RULES};
use crate::stats::Figure;
use crate::stats::analytics::Filled;

/// The sentence for every report in which something was not checked.
pub(crate) const NO_ORDER: &str =
    "Отсутствие замечаний там, где проверка не выполнялась, порядка не означает.";

/// Returns a line for every reason, with the checks that it stopped: complete ones first, then partial ones.
pub(crate) fn lines(checked: &Checked) -> Vec<Said> {
    let mut reasons: Vec<(bool, Said, Vec<Said>)> = Vec::new();
    for one in &checked.not_run {
        let (title, why) = (said!("«{}»", "\"{}\"", rules::title(one.rule)), reason(one));
        match reasons.iter_mut().find(|(part, reason, _)| *part == one.in_part && *reason == why) {
            Some((_, _, rules)) => rules.push(title),
            None => reasons.push((one.in_part, why, vec![title])),
        }
    }
    reasons.sort_by_key(|(in_part, _, rules)| (*in_part, std::cmp::Reverse(rules.len())));
    let line = |(in_part, reason, rules): (bool, Said, Vec<Said>)| {
        let rules = Said::join(rules, ", ");
        said!("{} — {}: {}", "{} — {}: {}", reason, extent(in_part), rules)
    };
    reasons.into_iter().map(line).collect()
}

/// Says how much of a check was not run.
pub(crate) fn extent(in_part: bool) -> Said<&'static str> {
    if in_part {
        Said::fixed("проверено не полностью", "checked in part")
    } else {
        Said::fixed("не проверялось", "not checked")
    }
}

/// Explains why a check was not run. The Russian names of tables and columns are those that people know.
pub(crate) fn reason(one: &NotRun) -> Said {
    let mut lacks: Vec<(Table, Vec<&str>)> = Vec::new();
    for (table, column) in &one.absent {
        match lacks.iter_mut().find(|(known, columns)| known == table && !columns.is_empty()) {
            Some((_, columns)) if column.is_some() => columns.extend(column),
            _ => lacks.push((*table, column.iter().copied().collect())),
        }
    }
    let lacks: Vec<String> = lacks.iter().map(lack).collect();
    if lacks.is_empty() { one.reason.clone() } else { Said::new(lacks.join("; "), one.reason.en.as_str()) }
}

/// Names a missing table, or its missing columns.
fn lack((table, columns): &(Table, Vec<&str>)) -> String {
    match columns.as_slice() {
        [] => labels::lack_of(*table).to_owned(),
        columns => labels::lack_of_columns(*table, columns),
    }
}

/// Returns a line for every ended term of which the inputs have nothing: it has no documents.
pub(crate) fn of_terms(journal: &Journal, figures: &[Figure]) -> Option<Said> {
    let ended: BTreeSet<Id<Term>> = figures.iter().map(|figure| figure.term).collect();
    let empty = ended.into_iter().filter(|term| !journal.has_anything_of(*term));
    let titles = empty.map(|term| {
        let Term { title, key, .. } = &journal.terms[term];
        Said::new(format!("«{title}»"), key.as_str())
    });
    let titles = Said::join(titles, ", ");
    (!titles.is_empty()).then(|| {
        said!(
            "{}: в исходных данных нет ни уроков, ни отметок за период, документов за него нет",
            "{}: the inputs have neither lessons nor term marks, there are no documents for this term",
            titles
        )
    })
}

/// Returns a line for every table of the analytics that has only a header, because its sources are missing.
pub(crate) fn of_analytics(analytics: &[Filled]) -> impl Iterator<Item = Said> {
    analytics.iter().filter(|one| !one.absent.is_empty()).map(|one| {
        let lacks = one
            .absent
            .iter()
            .map(|table| Said::new(labels::lack_of(*table), format!("no table {}", table.id())));
        let (lacks, title, name) = (Said::join(lacks, "; "), one.table.title, one.table.name);
        said!("{} — нет данных: «{}»", "{} — no data: {}", lacks, Said::new(title, name))
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
    rules::title(rule).ru
}

/// Returns the word for a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "нарушение",
        Severity::Notice => "к сведению",
    }
}
