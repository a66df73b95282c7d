//! Entries made with a breached account, and breaches reported late.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::about::About;
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use super::wording::{due_by, moment};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::{Breach, Id, Staff, Table};

/// Entries made after a breach was reported (R.4.3). The act of the breach lists them.
pub static ENTRY_VOID: Rule = Rule {
    id: "entry-void",
    requirement: "C18",
    clauses: &["R.4.3"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Запись сделана под скомпрометированной учётной записью",
        "entry made under a compromised account",
    ),
    counted: "изменений под этой учётной записью",
    weight: 3,
    fold: Fold::Alone,
    direction: Direction::Corrections,
    quotes: &[(
        "R.4.3",
        "Все операции… с момента получения информации директором школы и службой технической поддержки о нарушении… \
             признаются недействительными путем составления Акта о фиксации нарушения конфиденциальности.",
    )],
    remedy: "подписать акт, запись восстановить по прежнему значению",
    finds_log_lines: true,
    needs: &[(Table::Changes, &[]), (Table::Breaches, &[])],
    parts: &[(Table::Breaches, &["director_told_at"]), (Table::Breaches, &["support_told_at"])],
    check: entry_void,
    ..Rule::USUAL
};

pub(super) static BREACH_TOLD_LATE: Rule = Rule {
    id: "breach-told-late",
    requirement: "C18",
    clauses: &["R.4.3"],
    severity: Severity::Violation,
    title: Said::fixed("О нарушении доступа сообщено с опозданием", "breach of access reported late"),
    counted: "нарушений доступа",
    weight: 3,
    fold: Fold::Alone,
    direction: Direction::Corrections,
    quotes: &[(
        "R.4.3",
        "…уведомляют в течение не более чем 1 часа с момента обнаружения факта нарушения директора школы, службу \
             технической поддержки информационной системы.",
    )],
    remedy: "дать письменное объяснение",
    needs: &[(Table::Breaches, &["director_told_at", "support_told_at"])],
    check: breach_told_late,
    ..Rule::USUAL
};

fn entry_void(context: &RuleContext, examination: &mut Examination) {
    let mut breaches: BTreeMap<&str, Vec<&Breach>> = BTreeMap::new();
    for breach in &context.journal.breaches {
        breaches.entry(&breach.account).or_default().push(breach);
    }
    for (change, resolved) in context.changes() {
        let Some(breaches) = breaches.get(change.account.as_str()) else { continue };
        examination.count_judged(context.about_change(change, resolved));
        let weights = breaches.iter().filter_map(|breach| weight(breach, change.at, context.as_of_end()));
        // One finding per change: of several breaches the heaviest counts.
        let Some(severity) = weights.min() else { continue };
        let told = match severity {
            Severity::Violation => "директора и поддержки",
            Severity::Notice => "директора или поддержки",
        };
        let message = format!("запись сделана {}, после уведомления {told}", moment(change.at));
        let finding = examination.find(context.about_change(change, resolved), message);
        (finding.severity, finding.found_at) = (severity, Some(change.at));
    }
}

/// Returns the severity of an entry at a moment: none outside the breach, a notice after the first of
/// director and support was informed, a violation after the second; until the closing, which is outside.
fn weight(breach: &Breach, at: DateTime, as_of_end: DateTime) -> Option<Severity> {
    let is_open = breach.closed_at.map_or(at <= as_of_end, |closed| at < closed);
    let told = [breach.director_told_at, breach.support_told_at];
    let count = told.into_iter().flatten().filter(|told| *told <= at).count();
    match count {
        0 => None,
        _ if !is_open => None,
        1 => Some(Severity::Notice),
        _ => Some(Severity::Violation),
    }
}

fn breach_told_late(context: &RuleContext, examination: &mut Examination) {
    let journal = context.journal;
    let owners: BTreeMap<&str, Id<Staff>> = journal
        .accounts
        .iter()
        .filter_map(|account| account.staff.map(|staff| (account.key.as_str(), staff)))
        .collect();
    for breach in journal.breaches.iter().filter(|breach| breach.detected_at.date() <= context.as_of) {
        let about = About {
            date: Some(breach.detected_at.date()),
            staff: owners.get(breach.account.as_str()).copied(),
            place: Some(breach.place),
            ..About::default()
        };
        examination.count_judged(about);
        let due = breach.detected_at.saturating_add(context.policy.breach_told_within);
        let Some(message) = lateness(breach, due, context.as_of_end()) else { continue };
        let finding = examination.find(about, message);
        finding.due_at = Some(due);
        finding.found_at = breach.director_told_at.max(breach.support_told_at);
    }
}

/// Returns who was informed late or not at all.
fn lateness(breach: &Breach, due: DateTime, as_of_end: DateTime) -> Option<String> {
    let told = [("директору", breach.director_told_at), ("в поддержку", breach.support_told_at)];
    let late = told.into_iter().filter_map(|(whom, at)| match at {
        Some(at) if at > due => Some(format!("{whom} сообщено {}", moment(at))),
        None if due <= as_of_end => Some(format!("{whom} не сообщено")),
        _ => None,
    });
    let late: Vec<_> = late.collect();
    if late.is_empty() { None } else { Some(format!("{}; {}", late.join(", "), due_by(due))) }
}
