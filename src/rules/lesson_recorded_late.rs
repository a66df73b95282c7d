//! A lesson recorded after its day.

use super::context::{day_end, days_after};
use super::wording::late;
use super::{Examination, Rule, RuleContext};
use crate::findings::Severity;
use crate::model::Table;

pub(super) const LESSON_RECORDED_LATE: Rule = Rule {
    id: "lesson-recorded-late",
    requirement: "C1",
    clauses: &["D.14"],
    severity: Severity::Violation,
    title_ru: "Урок записан с опозданием",
    needs: &[(Table::Lessons, &["recorded_at"])],
    parts: &[],
    check: lesson_recorded_late,
};

fn lesson_recorded_late(context: &RuleContext, examination: &mut Examination<'_>) {
    for (id, lesson) in context.held() {
        let due = day_end(days_after(lesson.date, context.policy.lesson_days));
        if let Some(found) = examination.judge(context.whose_course(lesson.course), due, lesson.entered()) {
            let finding = examination.find(context.about_lesson(id), late("урок записан", found, due));
            (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
        }
    }
}
