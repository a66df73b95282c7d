//! Marks entered late: on the day, within three days, within a week, by the kind of work.

use super::breach::ENTRY_VOID;
use super::context::{RuleContext, day_end, days_after};
use super::correction::EDIT_AFTER_TERM_MARK;
use super::direction::Direction;
use super::examination::Examination;
use super::lesson_recorded_late::LESSON_RECORDED_LATE;
use super::mark_while_absent::MARK_WHILE_ABSENT;
use super::quotes::IN_TIME;
use super::rule::{Fold, Rule, Shared};
use super::wording;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

const NEEDS: &[(Table, &[&str])] = &[(Table::Marks, &["recorded_at", "work_id"]), (Table::Works, &[])];

/// Without the flag no work belongs to the schedule, and zero findings would say nothing.
const CONTROL_NEEDS: &[(Table, &[&str])] =
    &[(Table::Marks, &["recorded_at", "work_id"]), (Table::Works, &["control"])];

pub(super) static MARK_LATE: Rule = Rule {
    id: "mark-late",
    requirement: "C2",
    clauses: &["R.2.6"],
    severity: Severity::Violation,
    title: Said::fixed("Отметка за урок выставлена с опозданием", "mark of a lesson entered late"),
    counted: "отметок",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::MarksInTime,
    quotes: &[(
        "R.2.6",
        "Оценки (отметки) за урок должны быть выставлены во время проведения урока или в течение текущего \
             учебного дня.",
    )],
    is_about_timing: true,
    remedy: IN_TIME,
    beside: &[
        (&MARK_WHILE_ABSENT, Shared::LessonAndPupil),
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
    ],
    needs: NEEDS,
    check: |context, examination| late(context, examination, Deadline::Oral),
    ..Rule::USUAL
};

pub(super) static CONTROL_MARK_LATE: Rule = Rule {
    id: "control-mark-late",
    requirement: "C3",
    clauses: &["R.2.12"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Отметка за контрольную работу выставлена с опозданием",
        "mark of a control work entered late",
    ),
    counted: "отметок",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::MarksInTime,
    quotes: &[(
        "R.2.12",
        "Учитель-предметник выставляет оценки (отметки) за контрольную работу в рамках внутреннего мониторинга \
             качества образования (внутришкольного контроля) в течение 3 дней со дня ее проведения.",
    )],
    is_about_timing: true,
    remedy: IN_TIME,
    beside: &[
        (&MARK_WHILE_ABSENT, Shared::LessonAndPupil),
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
    ],
    needs: CONTROL_NEEDS,
    check: |context, examination| late(context, examination, Deadline::Control),
    ..Rule::USUAL
};

pub(super) static WRITTEN_MARK_LATE: Rule = Rule {
    id: "written-mark-late",
    requirement: "C4",
    clauses: &["R.2.13"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Отметка за письменную работу выставлена с опозданием",
        "mark of a written work entered late",
    ),
    counted: "отметок",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::MarksInTime,
    quotes: &[(
        "R.2.13",
        "Учитель-предметник выставляет оценки (отметки) за письменную работу (включая сочинения по русскому языку и \
             литературе в 10-11 классах) в течение одной недели со дня ее проведения.",
    )],
    is_about_timing: true,
    remedy: IN_TIME,
    beside: &[
        (&MARK_WHILE_ABSENT, Shared::LessonAndPupil),
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
    ],
    needs: NEEDS,
    check: |context, examination| late(context, examination, Deadline::Written),
    ..Rule::USUAL
};

/// Which of the three deadlines a mark has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadline {
    Oral,
    Control,
    Written,
}

impl Deadline {
    /// A work of the schedule is a control work whatever its kind; a mark without a work is an oral answer.
    fn of(journal: &Journal, mark: &Mark) -> Self {
        match mark.work.map(|work| &journal.works[work]) {
            Some(work) if work.control => Self::Control,
            Some(work) if work.kind != WorkKind::Oral => Self::Written,
            _ => Self::Oral,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Oral => "отметка за урок выставлена",
            Self::Control => "отметка за контрольную работу выставлена",
            Self::Written => "отметка за письменную работу выставлена",
        }
    }
}

fn late(context: &RuleContext, examination: &mut Examination, deadline: Deadline) {
    let days = match deadline {
        Deadline::Oral => context.policy.oral_mark_days,
        Deadline::Control => context.policy.control_mark_days,
        Deadline::Written => context.policy.written_mark_days,
    };
    let marks = context.marks().filter(|(mark, _)| Deadline::of(context.journal, mark) == deadline);
    for (mark, lesson) in marks.filter(|(mark, _)| !is_made_up(context, mark)) {
        let due = day_end(days_after(lesson.date, days));
        if due > context.as_of_end() {
            continue;
        }
        if let Some(found) =
            examination.judge(context.owner_of_entry(mark.lesson, mark.pupil), due, mark.entered())
        {
            let about = context.about_mark(mark);
            let finding = examination.find(about, wording::late(deadline.words(), found, due));
            (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
        }
    }
}

/// Returns whether a mark was made up after an absence: it has the comment that R.2.6 requires, and is never
/// late.
fn is_made_up(context: &RuleContext, mark: &Mark) -> bool {
    !mark.comment.trim().is_empty() && context.is_absent(mark.lesson, mark.pupil)
}
