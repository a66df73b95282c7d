//! Fewer marks behind a term mark than the weekly hours require (накопляемость).

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static MARKS_TOO_FEW: Rule = Rule {
    id: "marks-too-few",
    requirement: "C7",
    clauses: &["D.14"],
    severity: Severity::Notice,
    title: Said::fixed("Мало отметок за период", "too few marks in a term"),
    counted: "учеников по предметам и периодам",
    weight: 2,
    fold: Fold::CourseTerm,
    direction: Direction::MarkDensity,
    quotes: &[("D.14", "проверка наполняемости отметок (в течение отчетного периода)")],
    remedy: "чаще опрашивать названных учеников; основание отметки за период пояснить",
    needs: &[(Table::TermMarks, &[]), (Table::Marks, &[]), (Table::Courses, &["hours_week"])],
    check: marks_too_few,
    ..Rule::USUAL
};

fn marks_too_few(context: &RuleContext, examination: &mut Examination) {
    for (id, mark) in numeric_term_marks(context) {
        let course = context.term_marks.course(id).map(|course| &context.journal.courses[course]);
        let Some(hours) = course.and_then(|course| course.hours_week) else {
            examination.unjudged += 1;
            continue;
        };
        examination.count_judged(context.about_term_mark(id));
        let span = context.journal.terms[mark.term].span;
        let (count, _) = context.term_marks.numeric_marks(mark.pupil, mark.subject, span);
        let fewest = context.policy.fewest_marks_at(hours);
        if count < fewest {
            let message = format!("отметка за период при {count} текущих, нужно не меньше {fewest}");
            let finding = examination.find(context.about_term_mark(id), message);
            if count < context.policy.too_few_violation_below {
                finding.severity = Severity::Violation;
            }
        }
    }
}

/// Walks the numeric marks that count for terms other than the year.
pub(super) fn numeric_term_marks<'a>(
    context: &'a RuleContext<'_>,
) -> impl Iterator<Item = (Id<TermMark>, &'a TermMark)> {
    let terms = &context.journal.terms;
    let of_terms = context
        .term_marks
        .by_key()
        .filter(|((_, _, term, kind), _)| *kind == TermMarkKind::Term && terms[*term].kind != TermKind::Year);
    let counting = of_terms.filter_map(|(key, _)| context.term_marks.counting(context.journal, key));
    counting
        .map(|id| (id, &context.journal.term_marks[id]))
        .filter(|(_, mark)| mark.value.and_then(TermValue::numeric).is_some())
}
