//! Marks of pupils who were absent, without the comment that explains them.

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static MARK_WHILE_ABSENT: Rule = Rule {
    id: "mark-while-absent",
    requirement: "C10",
    clauses: &["R.2.6"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Отметка отсутствующему без пояснения",
        "mark of an absent pupil without an explanation",
    ),
    counted: "отметок отсутствовавшим",
    weight: 2,
    fold: Fold::Lesson,
    direction: Direction::Attendance,
    quotes: &[(
        "R.2.6",
        "…на основании протокола сдачи оценка (отметка) выставляется в Электронный журнал в соответствующую тему, \
             при этом информация о пропуске урока/занятия остается зафиксированной в комментариях (особых отметках).",
    )],
    remedy: "указать в комментарии протокол сдачи темы либо исправить пропуск",
    needs: &[(Table::Marks, &["comment"]), (Table::Attendance, &[])],
    check: mark_while_absent,
    ..Rule::USUAL
};

fn mark_while_absent(context: &RuleContext, examination: &mut Examination) {
    for (mark, _) in context.marks().filter(|(mark, _)| context.is_absent(mark.lesson, mark.pupil)) {
        examination.count_judged(context.owner_of_entry(mark.lesson, mark.pupil));
        if mark.comment.trim().is_empty() {
            let sign = mark.value.code();
            let message = format!("отметка «{sign}» выставлена отсутствующему на уроке без пояснения");
            examination.find(context.about_mark(mark), message);
        }
    }
}
