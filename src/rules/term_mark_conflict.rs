//! Term marks that contradict each other, or the marks behind them.

use std::collections::BTreeSet;

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::marks_too_few::numeric_term_marks;
use super::quotes::EVERY_PUPIL;
use super::rule::{Fold, Rule, Shared};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static TERM_MARK_CONFLICT: Rule = Rule {
    id: "term-mark-conflict",
    requirement: "C20",
    clauses: &["S.5"],
    severity: Severity::Violation,
    title: Said::fixed("Две разные отметки за один период", "two different marks for one term"),
    counted: "отметок за период",
    weight: 3,
    fold: Fold::CourseTerm,
    direction: Direction::Corrections,
    quotes: &[("S.5", EVERY_PUPIL)],
    remedy: "оставить одну отметку за период",
    needs: &[(Table::TermMarks, &[])],
    check: term_mark_conflict,
    ..Rule::USUAL
};

pub(super) static TERM_MARK_DRIFT: Rule = Rule {
    id: "term-mark-drift",
    requirement: "C20",
    clauses: &["S.5"],
    severity: Severity::Notice,
    title: Said::fixed("Отметка за период расходится со средней", "term mark differs from the mean"),
    counted: "отметок за период",
    weight: 2,
    fold: Fold::CourseTerm,
    direction: Direction::Corrections,
    quotes: &[("S.5", EVERY_PUPIL)],
    remedy: "пояснить, из чего сложилась отметка за период",
    beside: &[(&TERM_MARK_CONFLICT, Shared::TermMark)],
    needs: &[(Table::TermMarks, &[]), (Table::Marks, &[])],
    check: term_mark_drift,
    ..Rule::USUAL
};

fn term_mark_conflict(context: &RuleContext, examination: &mut Examination) {
    for (key, rows) in context.term_marks.by_key() {
        examination.count_judged(context.about_term_mark(rows[0]));
        let values = rows.iter().filter_map(|id| context.journal.term_marks[*id].value);
        let values: BTreeSet<_> = values.collect();
        let Some(counting) = context.term_marks.counting(context.journal, key).filter(|_| values.len() > 1)
        else {
            continue;
        };
        let values: Vec<_> = values.into_iter().map(|value| format!("«{}»", value.code())).collect();
        let message = format!("за один период стоят разные отметки: {}", values.join(", "));
        examination.find(context.about_term_mark(counting), message);
    }
}

fn term_mark_drift(context: &RuleContext, examination: &mut Examination) {
    for (id, mark) in numeric_term_marks(context) {
        let span = context.journal.terms[mark.term].span;
        let (count, sum) = context.term_marks.numeric_marks(mark.pupil, mark.subject, span);
        let Some(value) = mark.value.and_then(TermValue::numeric).filter(|_| count > 0) else { continue };
        examination.count_judged(context.about_term_mark(id));
        // Half up in whole numbers: floor(sum / count + 1/2).
        let rounded = (2 * sum + count) / (2 * count);
        if u32::from(value).abs_diff(rounded) >= u32::from(context.policy.term_mark_drift) {
            let mean = hundredths(sum, count);
            let message = format!("отметка за период «{value}», средний балл {mean}");
            examination.find(context.about_term_mark(id), message);
        }
    }
}

/// Returns a mean with two decimal places, half up in whole numbers: «4,75».
fn hundredths(sum: u32, count: u32) -> String {
    let mean = (200 * u64::from(sum) + u64::from(count)) / (2 * u64::from(count));
    format!("{},{:02}", mean / 100, mean % 100)
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn a_mean_has_two_places() {
        let said = [(38, 8), (7, 2), (9, 3), (8, 3), (1, 200)].map(|(sum, count)| hundredths(sum, count));
        assert_eq!(said, ["4,75", "3,50", "3,00", "2,67", "0,01"]);
    }
}
