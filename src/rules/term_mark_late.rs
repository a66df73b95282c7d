//! Marks for terms and the year set after the term's last day, or before its last week.

use jiff::civil::DateTime;

use super::context::{RuleContext, day_end};
use super::direction::Direction;
use super::examination::Examination;
use super::quotes::IN_TIME;
use super::rule::{Fold, Rule, Shared};
use super::term_mark_conflict::TERM_MARK_CONFLICT;
use super::wording::{day, early, edge, late};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
const LAST_WEEK: &str = "Учитель-предметник выставляет оценки (отметки) в рамках промежуточной и итоговой аттестации \
    обучающихся каждому ученику своевременно в течение последней недели каждого учебного периода до начала \
    каникулярного периода.";

pub(super) static TERM_MARK_LATE: Rule = Rule {
    id: "term-mark-late",
    requirement: "C5",
    clauses: &["R.2.14"],
    severity: Severity::Violation,
    title: Said::fixed("Отметка за период выставлена с опозданием", "term mark entered late"),
    counted: "отметок за период",
    weight: 1,
    fold: Fold::CourseTerm,
    direction: Direction::MarksInTime,
    quotes: &[("R.2.14", LAST_WEEK)],
    is_about_timing: true,
    remedy: IN_TIME,
    beside: &[(&TERM_MARK_CONFLICT, Shared::TermMark)],
    needs: &[(Table::TermMarks, &["recorded_at"])],
    check: term_mark_late,
    ..Rule::USUAL
};

pub(super) static TERM_MARK_EARLY: Rule = Rule {
    id: "term-mark-early",
    requirement: "C5",
    clauses: &["R.2.14"],
    severity: Severity::Notice,
    title: Said::fixed(
        "Отметка за период выставлена раньше последней недели",
        "term mark entered before the last week",
    ),
    counted: "отметок за период",
    weight: 1,
    fold: Fold::CourseTerm,
    direction: Direction::MarksInTime,
    quotes: &[("R.2.14", LAST_WEEK)],
    is_about_timing: true,
    remedy: "впредь выставлять в последнюю неделю периода",
    needs: &[(Table::TermMarks, &["recorded_at"])],
    check: term_mark_early,
    ..Rule::USUAL
};

fn term_mark_late(context: &RuleContext, examination: &mut Examination) {
    for id in context.term_marks.rows().filter(|id| is_bound(context, *id)) {
        let mark = &context.journal.term_marks[id];
        let due = day_end(context.journal.terms[mark.term].span.to);
        if let Some(found) = examination.judge(context.about_term_mark(id), due, mark.entered()) {
            let message = late("отметка за период выставлена", found, due);
            let finding = examination.find(context.about_term_mark(id), message);
            (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
        }
    }
}

fn term_mark_early(context: &RuleContext, examination: &mut Examination) {
    for id in context.term_marks.rows().filter(|id| is_bound(context, *id)) {
        let mark = &context.journal.term_marks[id];
        let last_day = context.journal.terms[mark.term].span.to;
        let days = i64::from(context.policy.term_mark_window_days.saturating_sub(1));
        let first = last_day.saturating_sub(jiff::Span::new().days(days)).at(0, 0, 0, 0);
        let entered = mark.entered();
        // Certainly early if even the latest possible moment is before the window.
        let early = entered.latest().filter(|latest| *latest < first);
        if early.is_none() && entered.earliest().is_none_or(|earliest| earliest < first) {
            examination.unjudged += 1;
            continue;
        }
        examination.count_judged(context.about_term_mark(id));
        if let Some(found) = early {
            let message = early_words(entered, found, first);
            let finding = examination.find(context.about_term_mark(id), message);
            (finding.due_at, finding.found_at) = (Some(first), Some(found));
        }
    }
}

fn early_words(entered: Entered, found: DateTime, first: DateTime) -> String {
    const WHAT: &str = "отметка за период выставлена";
    match entered {
        Entered::Between(_) => {
            format!("{WHAT} раньше {}: уже есть в снимке {}", day(first.date()), edge(found))
        }
        _ => early(WHAT, found, first),
    }
}

/// Returns whether the mark belongs in the last week: a term's or the year's, not deferred, of a pupil who
/// had not left.
fn is_bound(context: &RuleContext, id: Id<TermMark>) -> bool {
    let mark = &context.journal.term_marks[id];
    matches!(mark.kind, TermMarkKind::Term | TermMarkKind::Year)
        && mark.deferred_until.is_none()
        && !has_left(context, mark)
}

/// Tells whether the pupil left school before the term's last day.
fn has_left(context: &RuleContext, mark: &TermMark) -> bool {
    let last_day = context.journal.terms[mark.term].span.to;
    let left = |(span, _): &(Span, Id<Class>)| span.to < last_day;
    context.roster.class_on(mark.pupil, last_day).is_none()
        && context.roster.stays_of(mark.pupil).iter().any(left)
}
