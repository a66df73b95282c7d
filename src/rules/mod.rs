//! The checks of the regulation, one file per rule or close family.
//!
//! In: the journal, its roster, the policy. Out: [`Checked`]: findings, what was not run and why, how much
//! was examined. This folder knows nothing of documents. Only [`RULES`] lists the rules; `rules.md` of the
//! specification defines them, and for C23 to C25 the docs of their files.

mod about;
mod absence_late;
mod breach;
mod changes;
mod consent_missing;
mod context;
mod control_work_not_held;
mod correction;
mod direction;
mod examination;
mod final_mark_missing;
pub mod finding;
mod foreign_entry;
mod homework_late;
mod homework_missing;
mod homework_overload;
mod lesson_lost;
mod lesson_missing;
mod lesson_plan_missing;
mod lesson_recorded_late;
mod log;
mod lookup;
mod mark_late;
mod mark_while_absent;
mod marks_too_few;
mod not_run;
mod programme_behind;
mod pupil_card_incomplete;
mod quotes;
mod register_differs;
mod rule;
mod setup_late;
mod term_mark_conflict;
mod term_mark_late;
mod term_mark_missing;
mod term_marks;
mod topic_missing;
mod wording;

use rayon::prelude::*;

pub use about::{About, Owner};
pub use breach::ENTRY_VOID;
pub use context::RuleContext;
pub use correction::{LoggedChange, logged_changes};
pub use direction::Direction;
pub use examination::Examination;
pub(crate) use homework_overload::{by_class_and_day, heaviest_load};
pub use not_run::NotRun;
use not_run::{missing_parts, without_rows};
pub use rule::{Answers, Fold, NeededRows, Rule, Shared};

use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::rules::finding::Finding;

/// Every rule: those of `rules.md` in its order, then those for C23 to C25.
pub static RULES: &[&Rule] = &[
    &lesson_missing::LESSON_MISSING,
    &lesson_recorded_late::LESSON_RECORDED_LATE,
    &mark_late::MARK_LATE,
    &mark_late::CONTROL_MARK_LATE,
    &mark_late::WRITTEN_MARK_LATE,
    &term_mark_late::TERM_MARK_LATE,
    &term_mark_late::TERM_MARK_EARLY,
    &term_mark_missing::TERM_MARK_MISSING,
    &marks_too_few::MARKS_TOO_FEW,
    &absence_late::ABSENCE_LATE,
    &register_differs::REGISTER_MISSING,
    &register_differs::REGISTER_DIFFERS,
    &register_differs::REGISTER_UNCONFIRMED,
    &mark_while_absent::MARK_WHILE_ABSENT,
    &topic_missing::TOPIC_MISSING,
    &topic_missing::WORK_KIND_MISSING,
    &topic_missing::TOPIC_OFF_PLAN,
    &programme_behind::PROGRAMME_BEHIND,
    &homework_missing::HOMEWORK_MISSING,
    &homework_late::HOMEWORK_LATE,
    &homework_late::HOMEWORK_LATE_SUSPENDED,
    &homework_overload::HOMEWORK_OVERLOAD,
    &homework_missing::HOMEWORK_IN_GRADE_1,
    &lesson_lost::SUBSTITUTION_UNMARKED,
    &lesson_lost::MOVED_LESSON_LOST,
    &lesson_lost::LESSON_LOST,
    &correction::EDIT_AFTER_TERM_MARK,
    &correction::CORRECTION,
    &breach::ENTRY_VOID,
    &breach::BREACH_TOLD_LATE,
    &setup_late::SETUP_LATE,
    &final_mark_missing::FINAL_MARK_MISSING,
    &term_mark_conflict::TERM_MARK_CONFLICT,
    &term_mark_conflict::TERM_MARK_DRIFT,
    &foreign_entry::FOREIGN_ENTRY,
    &consent_missing::CONSENT_MISSING,
    &consent_missing::ACQUAINTANCE_MISSING,
    &lesson_plan_missing::LESSON_PLAN_MISSING,
    &lesson_plan_missing::LESSON_PLAN_SHORT,
    &control_work_not_held::CONTROL_WORK_NOT_HELD,
    &control_work_not_held::CONTROL_WORK_MOVED,
    &pupil_card_incomplete::PUPIL_CARD_INCOMPLETE,
];

/// Returns a rule by the id in its findings.
///
/// # Panics
/// If no rule of [`RULES`] has the id, which is a fault of the program.
pub fn rule(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).expect("every finding bears the id of a rule")
}

/// Returns the ids of all rules, for reading a policy.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// Returns the title of a rule by its id; nothing for an id that no rule has.
pub fn title(id: &str) -> Said<&'static str> {
    RULES.iter().find(|rule| rule.id == id).map_or(Said::fixed("", ""), |rule| rule.title)
}

/// What all rules found in one journal.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Findings by rule, in the order of [`RULES`], then by date and ids.
    pub findings: Vec<Finding>,
    /// Rules, and parts of rules, that were not run: this must not be read as a clean result.
    pub not_run: Vec<NotRun>,
    /// How much was examined, for every rule that ran.
    pub examined: Vec<Examined>,
    /// The same by owner: rule, owner, number.
    pub shares: Vec<(&'static str, Owner, usize)>,
    /// Rules that ran with a severity other than the regulation's.
    pub reweighted: Vec<Reweighted>,
}

/// A rule whose severity the school's policy sets, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reweighted {
    /// The rule's id.
    pub rule: &'static str,
    /// What its findings weigh.
    pub severity: Severity,
    /// The reason, in the school's words.
    pub reason: String,
}

/// How much one rule examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The rule's id.
    pub rule: &'static str,
    /// Things it judged.
    pub examined: usize,
    /// Things it could not judge, such as rows without a moment of entry.
    pub unjudged: usize,
}

/// Runs every rule that can be run, in parallel; the result does not depend on the number of threads.
pub fn check(context: &RuleContext) -> Checked {
    let mut checked = Checked::default();
    let examinations: Vec<_> = RULES.par_iter().map(|rule| run(context, rule)).collect();
    for (rule, (examination, not_run)) in RULES.iter().zip(examinations) {
        checked.not_run.extend(not_run);
        let Some(examination) = examination else { continue };
        let seen = examination.seen();
        let examined = seen.values().sum();
        checked.examined.push(Examined { rule: rule.id, examined, unjudged: examination.unjudged });
        checked.shares.extend(seen.into_iter().map(|(whose, count)| (rule.id, whose, count)));
        checked.reweighted.extend(reweighted(context, rule));
        checked.findings.extend(examination.into_sorted(context.journal));
    }
    checked
}

fn reweighted(context: &RuleContext, rule: &Rule) -> Option<Reweighted> {
    let change = context.policy.changes.get(rule.id)?;
    Some(Reweighted { rule: rule.id, severity: change.severity?, reason: change.reason.clone() })
}

fn run(context: &RuleContext, rule: &Rule) -> (Option<Examination>, Vec<NotRun>) {
    let change = context.policy.changes.get(rule.id);
    if let Some(change) = change.filter(|change| change.off) {
        return (None, vec![NotRun::switched_off(rule, &change.reason)]);
    }
    let absent = rule.absent(context.journal, context.policy);
    if !absent.is_empty() {
        return (None, vec![NotRun::without(rule, &absent)]);
    }
    if let Some(not_run) = without_rows(rule, context.journal) {
        return (None, vec![not_run]);
    }
    let mut examination = Examination::new(
        (rule.id, rule.clauses[0], rule.severity),
        change.and_then(|change| change.severity),
    );
    (rule.check)(context, &mut examination);
    (Some(examination), missing_parts(rule, context.journal, context.policy))
}
