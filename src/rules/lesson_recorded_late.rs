//! A lesson recorded after its day.

use super::context::{RuleContext, day_end, days_after};
use super::direction::Direction;
use super::examination::Examination;
use super::quotes::LESSONS;
use super::rule::{Fold, Rule};
use super::wording::late;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::Table;

pub(super) static LESSON_RECORDED_LATE: Rule = Rule {
    id: "lesson-recorded-late",
    requirement: "C1",
    clauses: &["D.14"],
    severity: Severity::Violation,
    title: Said::fixed("Урок записан с опозданием", "lesson recorded late"),
    counted: "уроков",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::LessonsInTime,
    quotes: &[("D.14", LESSONS)],
    is_about_timing: true,
    remedy: "впредь записывать урок в день проведения; причину опоздания пояснить заместителю директора",
    needs: &[(Table::Lessons, &["recorded_at"])],
    check: lesson_recorded_late,
    ..Rule::USUAL
};

fn lesson_recorded_late(context: &RuleContext, examination: &mut Examination) {
    for (id, lesson) in context.held() {
        let due = day_end(days_after(lesson.date, context.policy.lesson_days));
        if let Some(found) = examination.judge(context.owner_of_course(lesson.course), due, lesson.entered())
        {
            let finding = examination.find(context.about_lesson(id), late("урок записан", found, due));
            (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
        }
    }
}
