//! Absences entered late after the bell: two clauses, two deadlines.

use super::breach::ENTRY_VOID;
use super::context::RuleContext;
use super::correction::EDIT_AFTER_TERM_MARK;
use super::direction::Direction;
use super::examination::Examination;
use super::lesson_recorded_late::LESSON_RECORDED_LATE;
use super::rule::{Fold, Rule, Shared};
use super::wording::late;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::{AbsenceReason, Table};

pub(super) static ABSENCE_LATE: Rule = Rule {
    id: "absence-late",
    requirement: "C8",
    clauses: &["T.7", "R.2.10"],
    severity: Severity::Notice,
    title: Said::fixed("Отсутствие отмечено с опозданием", "absence recorded late"),
    counted: "пропусков",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::Attendance,
    quotes: &[
        ("T.7", "…по факту в день проведения урока в течение 10 минут с его начала."),
        (
            "R.2.10",
            "…по факту отсутствия обучающегося без уважительной причины в течение 20 минут с начала урока.",
        ),
    ],
    is_about_timing: true,
    remedy: "впредь отмечать отсутствующих в начале урока",
    beside: &[
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
    ],
    needs: &[(Table::Attendance, &["recorded_at"]), (Table::Bells, &[])],
    check: absence_late,
    ..Rule::USUAL
};

fn absence_late(context: &RuleContext, examination: &mut Examination) {
    let journal = context.journal;
    for absence in journal.absences.values().filter(|absence| absence.reason.is_known_absence()) {
        let lesson = &journal.lessons[absence.lesson];
        if lesson.date > context.as_of {
            continue;
        }
        let Some((start, _)) = journal.bell(&journal.courses[lesson.course], lesson.date, lesson.number)
        else {
            examination.unjudged += 1;
            continue;
        };
        let whose = context.owner_of_entry(absence.lesson, absence.pupil);
        let bell = lesson.date.to_datetime(start);
        let stricter = bell.saturating_add(context.policy.absence_stricter);
        let Some(found) = examination.judge(whose, stricter, absence.entered()) else { continue };
        // R.2.10 names only «н»; the other reasons have only the stricter clause.
        let laxer = bell.saturating_add(context.policy.absence_laxer);
        let past_laxer = absence.reason == AbsenceReason::Unexcused && found.at > laxer;
        let due = if past_laxer { laxer } else { stricter };
        let about = context.about_absence(absence);
        let message = format!("«{}»: {}", absence.reason.code(), late("отмечено", found, due));
        let finding = examination.find(about, message);
        (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
        if past_laxer {
            (finding.clause, finding.severity) = ("R.2.10", Severity::Violation);
        }
    }
}
