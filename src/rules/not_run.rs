//! Why a rule, or a part of one, was not run.

use super::rule::{Need, Rule};
use crate::base::said::{Said, said};
use crate::model::{Journal, Table};
use crate::policy::Policy;

impl Rule {
    /// Returns what the rule needs and the inputs do not have.
    pub(super) fn absent(&self, journal: &Journal, policy: &Policy) -> Vec<(Table, Option<&'static str>)> {
        let mut absent: Vec<_> = self.needs.iter().flat_map(|need| missing(journal, need)).collect();
        if !absent.is_empty() {
            return absent;
        }
        let parts: Vec<_> = asked(self, policy).map(|part| missing(journal, part)).collect();
        if !parts.is_empty() && parts.iter().all(|part| !part.is_empty()) {
            absent.extend(parts.into_iter().flatten());
        }
        let none_of = self.needs_any.iter().all(|need| !missing(journal, need).is_empty());
        if none_of {
            absent.extend(self.needs_any.iter().flat_map(|need| missing(journal, need)));
        }
        absent
    }
}

/// Returns the rule as not run if it needs a whole table and the inputs have only some of its rows, or if
/// they have none of the rows it needs.
pub(super) fn without_rows(rule: &Rule, journal: &Journal) -> Option<NotRun> {
    let partial = rule.needs_whole.filter(|table| journal.presence.is_partial(*table)).map(|table| {
        Said::new(
            "в источнике только уроки, по которым есть отметки или пропуски",
            format!("table {} has only lessons with marks or absences", table.id()),
        )
    });
    let rows = rule.needs_rows.as_ref().filter(|rows| !(rows.are_there)(journal));
    let none = || rows.map(|rows| rows.lack.owned());
    let reason = partial.or_else(none)?;
    Some(NotRun { rule: rule.id, in_part: false, absent: Vec::new(), reason })
}

/// Returns the parts of a rule that cannot be run while the rest of it can.
pub(super) fn missing_parts(rule: &Rule, journal: &Journal, policy: &Policy) -> Vec<NotRun> {
    let absent: Vec<_> = asked(rule, policy).flat_map(|part| missing(journal, part)).collect();
    if absent.is_empty() {
        Vec::new()
    } else {
        vec![NotRun { in_part: true, ..NotRun::without(rule, &absent) }]
    }
}

/// Walks the parts of a rule, without those that the policy does not require: their absence is not a gap.
fn asked<'r>(rule: &'r Rule, policy: &Policy) -> impl Iterator<Item = &'r Need> {
    rule.parts.iter().filter(|(table, columns)| columns.iter().all(|column| policy.asks_for(*table, column)))
}

fn missing(journal: &Journal, (table, columns): &Need) -> Vec<(Table, Option<&'static str>)> {
    if !journal.presence.has(*table) {
        return vec![(*table, None)];
    }
    let has = |column: &str| match column {
        "recorded_at" => journal.presence.has_moments(*table),
        column => journal.presence.has_column(*table, column),
    };
    let columns = columns.iter().filter(|column| !has(column));
    columns.map(|column| (*table, Some(*column))).collect()
}

/// A rule, or a part of one, that was not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRun {
    /// The rule's id.
    pub rule: &'static str,
    /// The rest of the rule was run.
    pub in_part: bool,
    /// What the inputs lack: tables, or columns of them; empty if there is another reason.
    pub absent: Vec<(Table, Option<&'static str>)>,
    /// Why.
    pub reason: Said,
}

impl NotRun {
    pub(super) fn switched_off(rule: &Rule, reason: &str) -> Self {
        Self {
            rule: rule.id,
            in_part: false,
            absent: Vec::new(),
            reason: said!("выключена школой: {reason}", "switched off in policy.toml: {reason}"),
        }
    }

    pub(super) fn without(rule: &Rule, absent: &[(Table, Option<&'static str>)]) -> Self {
        let reasons = absent.iter().map(|(table, column)| match (table.id(), column) {
            (table, None) => said!("нет таблицы {table}", "no table {table}"),
            (table, Some(column)) => {
                said!("в таблице {table} нет столбца {column}", "no column {column} in table {table}")
            }
        });
        Self { rule: rule.id, in_part: false, absent: absent.to_vec(), reason: Said::join(reasons, ", ") }
    }
}
