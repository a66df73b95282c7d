//! What the checks did not look at and why, for the head of every report: silence is never order.

use crate::findings::Severity;
use crate::rules::{Checked, NotRun, RULES};

/// Said wherever something was not checked.
pub(crate) const NO_ORDER: &str =
    "Отсутствие замечаний там, где проверка не выполнялась, порядка не означает.";

/// Returns a line for every reason, with the checks it stopped: whole ones first, then those run in part.
pub(crate) fn lines(checked: &Checked) -> Vec<String> {
    let mut reasons: Vec<(bool, &str, Vec<String>)> = Vec::new();
    for NotRun { rule, in_part, reason_ru, .. } in &checked.not_run {
        let title = format!("«{}»", title_of(rule));
        match reasons.iter_mut().find(|(part, reason, _)| part == in_part && reason == reason_ru) {
            Some((_, _, rules)) => rules.push(title),
            None => reasons.push((*in_part, reason_ru, vec![title])),
        }
    }
    reasons.sort_by_key(|(in_part, _, rules)| (*in_part, std::cmp::Reverse(rules.len())));
    let line = |(in_part, reason, rules): (bool, &str, Vec<String>)| {
        let extent = if in_part {
            "проверено не полностью"
        } else {
            "не проверялось"
        };
        format!("{reason} — {extent}: {}", rules.join(", "))
    };
    reasons.into_iter().map(line).collect()
}

/// Says in one sentence how much was not checked; nothing where all was.
pub(crate) fn in_short(checked: &Checked) -> Option<String> {
    let whole = checked.not_run.iter().filter(|one| !one.in_part).count();
    let in_part = checked.not_run.len() - whole;
    let parts = [(whole, "не выполнено"), (in_part, "выполнено не полностью")];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} {count}")).collect();
    (!said.is_empty()).then(|| format!("Проверок по регламенту {}: {}.", RULES.len(), said.join(", ")))
}

/// Names the rules whose weight the school changed, with its reason.
pub(crate) fn reweighted(checked: &Checked) -> Vec<String> {
    let line = |one: &crate::rules::Reweighted| {
        let weight = severity(one.severity);
        format!("вес изменён в policy.toml ({weight}): «{}» — {}", title_of(one.rule), one.reason)
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
