//! Control works of the schedule (ВШК) that were not held, or not on their day.
//!
//! What the tables can show. A work was held on the day of the held lesson that `works.lesson_id` names (for
//! a moved lesson, the held one it was moved to). If no lesson of the work's course is named, it was held on
//! the day of a lesson with a mark or a point for it, the planned day before any other. A lesson of the
//! course on the planned day without a link to the work proves nothing, but the work may have been done
//! there: a notice, not a violation, as for one postponed to a future day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::about::About;
use super::context::{RuleContext, day_end};
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use super::wording::day;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
const CONTROL_WORKS: &str = "Формирует отчетность на основе результатов выполнения контрольных работ в рамках внутреннего \
    мониторинга качества образования (внутришкольного контроля).";

const CONTROL_SCHEDULE: &str = "составление сводного графика контрольных работ для обеспечения организации и проведения \
    внутреннего мониторинга качества образования (внутришкольного контроля) с учетом формы контроля";

pub(super) static CONTROL_WORK_NOT_HELD: Rule = Rule {
    id: "control-work-not-held",
    requirement: "C24",
    clauses: &["Z.11"],
    severity: Severity::Violation,
    title: Said::fixed("Контрольная работа по графику ВШК не проведена", "planned control work not held"),
    counted: "контрольных работ по графику",
    weight: 3,
    fold: Fold::Alone,
    direction: Direction::Programme,
    quotes: &[("Z.11", CONTROL_WORKS)],
    remedy: "провести работу или исправить график; связать работу с уроком, на котором она прошла",
    needs: &[(Table::Works, &["control", "planned_date"]), (Table::Lessons, &[])],
    parts: &[(Table::Works, &["lesson_id"]), (Table::Marks, &["work_id"])],
    needs_whole: Some(Table::Lessons),
    check: control_work_not_held,
    ..Rule::USUAL
};

pub(super) static CONTROL_WORK_MOVED: Rule = Rule {
    id: "control-work-moved",
    requirement: "C24",
    clauses: &["Z.5"],
    severity: Severity::Notice,
    title: Said::fixed(
        "Контрольная работа проведена не в день по графику ВШК",
        "control work held on another day than planned",
    ),
    counted: "проведённых контрольных работ",
    weight: 1,
    fold: Fold::CourseTerm,
    direction: Direction::Programme,
    quotes: &[("Z.5", CONTROL_SCHEDULE)],
    remedy: "исправить дату в графике с согласия заместителя директора",
    needs: &[(Table::Works, &["control", "planned_date"]), (Table::Lessons, &[])],
    parts: &[(Table::Works, &["lesson_id"]), (Table::Marks, &["work_id"])],
    check: control_work_moved,
    ..Rule::USUAL
};

fn control_work_not_held(context: &RuleContext, examination: &mut Examination) {
    let control = context.journal.works.values().filter(|work| work.control);
    examination.unjudged += control.filter(|work| work.planned_date.is_none()).count();
    for (work, planned, trace) in traced(context) {
        examination.count_judged(context.owner_of_course(work.course));
        let (lesson, severity, what) = match trace {
            Trace::Held(_) => continue,
            Trace::Ahead(lesson, date) => {
                (Some(lesson), Severity::Notice, format!("отложена на {}", day(date)))
            }
            Trace::Unlinked(lesson) => {
                let what =
                    "не отмечена: урок в этот день проведён, но ни урок, ни отметки с работой не связаны";
                (Some(lesson), Severity::Notice, what.to_owned())
            }
            Trace::Nothing => (None, Severity::Violation, "не проведена".to_owned()),
        };
        let message = format!("контрольная работа по графику на {} {what}", day(planned));
        let term = context.term_of(work.course, planned);
        let about = About { date: Some(planned), term, lesson, ..context.about_course(work.course) };
        let about = about.at(work.place);
        let finding = examination.find(about, message);
        (finding.severity, finding.due_at) = (severity, Some(day_end(planned)));
    }
}

fn control_work_moved(context: &RuleContext, examination: &mut Examination) {
    for (_, planned, trace) in traced(context) {
        let Trace::Held(lesson) = trace else { continue };
        examination.count_judged(context.owner_of_lesson(lesson));
        let held = context.journal.lessons[lesson].date;
        if held != planned {
            let message =
                format!("контрольная работа по графику на {} проведена {}", day(planned), day(held));
            examination.find(context.about_lesson(lesson), message).due_at = Some(day_end(planned));
        }
    }
}

/// What the tables show about a control work whose day has come.
enum Trace {
    /// It was held at this lesson.
    Held(Id<Lesson>),
    /// Its lesson is dated after `as_of`.
    Ahead(Id<Lesson>, Date),
    /// Its course had this lesson on the planned day, without a link.
    Unlinked(Id<Lesson>),
    /// Nothing.
    Nothing,
}

/// Returns the control works planned up to `as_of`, each with its day and its trace.
fn traced<'a>(context: &RuleContext<'a>) -> Vec<(&'a Work, Date, Trace)> {
    let journal = context.journal;
    let mut marked: BTreeMap<Id<Work>, BTreeMap<Date, Id<Lesson>>> = BTreeMap::new();
    for mark in journal.marks.values() {
        let Some(work) = mark.work.filter(|work| journal.works[*work].control) else { continue };
        let Lesson { date, status, .. } = journal.lessons[mark.lesson];
        // A mark at a lesson that was not held does not show that a work was.
        if date <= context.as_of && status == LessonStatus::Held {
            let first = marked.entry(work).or_default().entry(date).or_insert(mark.lesson);
            *first = mark.lesson.min(*first);
        }
    }
    let due = journal.works.iter().filter(|(_, work)| work.control);
    let due = due.filter_map(|(id, work)| Some((id, work, work.planned_date?)));
    let due = due.filter(|(_, _, planned)| *planned <= context.as_of);
    due.map(|(id, work, planned)| (work, planned, trace(context, work, planned, marked.get(&id)))).collect()
}

fn trace(
    context: &RuleContext,
    work: &Work,
    planned: Date,
    marked: Option<&BTreeMap<Date, Id<Lesson>>>,
) -> Trace {
    // A link to a lesson of another course is a typing mistake and shows nothing.
    let own = work.lesson.filter(|lesson| context.journal.lessons[*lesson].course == work.course);
    if let Some(trace) = own.and_then(|lesson| linked(context, lesson)) {
        return trace;
    }
    let marked = marked.and_then(|days| days.get(&planned).or_else(|| days.values().next()));
    if let Some(lesson) = marked {
        return Trace::Held(*lesson);
    }
    held_on(context, work.course, planned).map_or(Trace::Nothing, Trace::Unlinked)
}

/// Returns what the lesson named by a work shows; nothing if it was not held.
fn linked(context: &RuleContext, id: Id<Lesson>) -> Option<Trace> {
    let lesson = &context.journal.lessons[id];
    match lesson.status {
        LessonStatus::Moved => {
            let date = lesson.moved_to?;
            if date > context.as_of {
                return Some(Trace::Ahead(id, date));
            }
            held_on(context, lesson.course, date).map(Trace::Held)
        }
        LessonStatus::Missed | LessonStatus::Cancelled => None,
        LessonStatus::Held if lesson.date > context.as_of => Some(Trace::Ahead(id, lesson.date)),
        LessonStatus::Held => Some(Trace::Held(id)),
    }
}

fn held_on(context: &RuleContext, course: Id<Course>, date: Date) -> Option<Id<Lesson>> {
    let lessons = context.roster.lessons_of(course).iter().copied();
    let mut held = lessons.filter(|id| context.journal.lessons[*id].status == LessonStatus::Held);
    held.find(|id| context.journal.lessons[*id].date == date)
}
