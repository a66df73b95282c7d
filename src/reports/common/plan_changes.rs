//! Where the lessons of a course differ from its lesson plan: what was not given, given on another day, or in other hours.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::reports::context::ReportContext;

/// A row of a lesson plan that went otherwise.
#[derive(Clone, Debug)]
pub struct PlanChange<'a> {
    /// The row.
    pub planned: &'a PlannedLesson,
    /// Its day by the plan.
    pub day: Date,
    /// The day of its first lesson; nothing where it was not given by the term's last day.
    pub given: Option<Date>,
    /// Hours of its lessons.
    pub hours: f64,
    /// What the journal knows of the planned day.
    pub reason: String,
    /// What became of the row, where the journal knows; empty where people have to decide.
    pub how: String,
}

/// Lists the changes of the plan rows dated in a term, by course and number. Lessons after its last day are not seen.
pub fn plan_changes<'a>(
    context: &ReportContext<'a>,
    span: Span,
) -> BTreeMap<Id<Course>, Vec<PlanChange<'a>>> {
    let mut changes: BTreeMap<Id<Course>, Vec<PlanChange<'a>>> = BTreeMap::new();
    for planned in &context.journal.lesson_plans {
        if let Some(day) = planned.planned_date.filter(|day| span.contains(*day))
            && let Some(change) = change(context, span.to, planned, day)
        {
            changes.entry(planned.course).or_default().push(change);
        }
    }
    changes.values_mut().for_each(|own| own.sort_by_key(|one| (one.planned.seq, one.day)));
    changes
}

fn change<'a>(
    context: &ReportContext<'a>,
    last_day: Date,
    planned: &'a PlannedLesson,
    day: Date,
) -> Option<PlanChange<'a>> {
    let journal = context.journal;
    let whole = Span { from: Date::MIN, to: last_day };
    let held = context.roster.held_in(journal, planned.course, whole).map(|id| &journal.lessons[id]);
    let own: Vec<&Lesson> = held.filter(|lesson| lesson.plan_seq == Some(planned.seq)).collect();
    let given = own.iter().map(|lesson| lesson.date).min();
    let hours: f64 = own.iter().map(|lesson| lesson.hours).sum();
    let is_as_planned = given == Some(day) && (hours - planned.hours).abs() < 1e-9;
    if is_as_planned {
        return None;
    }
    let reason = if given == Some(day) { String::new() } else { reason(context, planned.course, day) };
    Some(PlanChange { planned, day, given, hours, reason, how: how(planned, day, given, hours) })
}

/// Says what the journal knows of a course's planned day.
fn reason(context: &ReportContext<'_>, course: Id<Course>, day: Date) -> String {
    let journal = context.journal;
    let record = &journal.courses[course];
    if journal.is_course_suspended(record, day) {
        return "актированный день".to_owned();
    }
    let lessons = context.roster.lessons_of(course).iter().map(|id| &journal.lessons[*id]);
    let of_day: Vec<&Lesson> = lessons.filter(|lesson| lesson.date == day).collect();
    let is = |status| of_day.iter().find(|lesson| lesson.status == status);
    if let Some(moved) = is(LessonStatus::Moved) {
        let to = moved.moved_to.map(|to| format!(" на {}", format::date(to)));
        return format!("урок перенесён{}", to.unwrap_or_default());
    }
    if is(LessonStatus::Missed).is_some() {
        return "урок не проведён".to_owned();
    }
    if is(LessonStatus::Cancelled).is_some() {
        return "урок отменён".to_owned();
    }
    if let Some(other) = is(LessonStatus::Held) {
        return other
            .plan_seq
            .map_or("урок был без номера по плану".to_owned(), |seq| {
                format!("дана тема № {seq}")
            });
    }
    let is_holiday = journal.is_holiday(journal.grade_of(record), day);
    (if is_holiday { "каникулы, праздник" } else { "урока в этот день нет" }).to_owned()
}

fn how(planned: &PlannedLesson, day: Date, given: Option<Date>, hours: f64) -> String {
    let Some(given) = given else { return String::new() };
    let days = day.until(given).map_or(0, |span| span.get_days());
    let counted = format::counted(usize::try_from(days.unsigned_abs()).unwrap_or(0), ["день", "дня", "дней"]);
    let moved = match days {
        0 => None,
        days if days > 0 => Some(format!("дана позже на {counted}")),
        _ => Some(format!("дана раньше на {counted}")),
    };
    let other = match hours - planned.hours {
        extra if extra > 1e-9 => Some("часов больше плана".to_owned()),
        extra if extra < -1e-9 => Some("часов меньше плана".to_owned()),
        _ => None,
    };
    moved.into_iter().chain(other).collect::<Vec<_>>().join("; ")
}
