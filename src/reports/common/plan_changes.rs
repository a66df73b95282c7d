//! Where the lessons of a course differ from its lesson plan: what was not given, given on another day, or in other hours.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::reports::context::ReportContext;

/// What the journal knows of the day on which a row of a plan was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The row was given that day, in other hours.
    AsPlanned,
    /// The day was a suspended one.
    Suspended,
    /// The day's lesson was moved, to this day where it is known.
    Moved(Option<Date>),
    /// The day's lesson was not held.
    Missed,
    /// The day's lesson was cancelled.
    Cancelled,
    /// The day's lesson has no number of the plan.
    Unnumbered,
    /// Another row of the plan, of this number, was given that day: an earlier change moved this row too.
    OtherTopic(u32),
    /// The day was a holiday.
    Holiday,
    /// The course had no lesson that day.
    NoLesson,
}

impl Cause {
    /// Returns the cause in words; nothing where the day was kept.
    pub fn said(self) -> String {
        match self {
            Self::AsPlanned => String::new(),
            Self::Suspended => "актированный день".to_owned(),
            Self::Moved(to) => {
                let to = to.map(|to| format!(" на {}", format::date(to)));
                format!("урок перенесён{}", to.unwrap_or_default())
            }
            Self::Missed => "урок не проведён".to_owned(),
            Self::Cancelled => "урок отменён".to_owned(),
            Self::Unnumbered => "урок был без номера по плану".to_owned(),
            Self::OtherTopic(seq) => format!("дана тема № {seq}"),
            Self::Holiday => "каникулы, праздник".to_owned(),
            Self::NoLesson => "урока в этот день нет".to_owned(),
        }
    }
}

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
    pub cause: Cause,
}

impl PlanChange<'_> {
    /// Returns by how many days the row was given later than planned, below zero earlier; nothing where it was not given.
    pub fn shift(&self) -> Option<i32> {
        self.given.map(|given| self.day.until(given).map_or(0, |span| span.get_days()))
    }

    /// Says whether the row has as many hours as planned.
    pub fn has_its_hours(&self) -> bool {
        (self.hours - self.planned.hours).abs() < 1e-9
    }

    /// Tells whether the row was given later than planned.
    pub fn is_later(&self) -> bool {
        self.shift().is_some_and(|days| days > 0)
    }

    /// Tells whether the row was given whole, on another day, because another row of the plan took its own.
    fn follows(&self) -> bool {
        matches!(self.cause, Cause::OtherTopic(_)) && self.given.is_some() && self.has_its_hours()
    }

    /// Says what became of the row, where the journal knows; nothing where people have to decide.
    pub fn how(&self) -> String {
        let Some(days) = self.shift() else { return String::new() };
        let counted =
            format::counted(usize::try_from(days.unsigned_abs()).unwrap_or(0), ["день", "дня", "дней"]);
        let moved = match days {
            0 => None,
            days if days > 0 => Some(format!("дана позже на {counted}")),
            _ => Some(format!("дана раньше на {counted}")),
        };
        let other = match self.hours - self.planned.hours {
            extra if extra > 1e-9 => Some("часов больше плана".to_owned()),
            extra if extra < -1e-9 => Some("часов меньше плана".to_owned()),
            _ => None,
        };
        moved.into_iter().chain(other).collect::<Vec<_>>().join("; ")
    }
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

/// Divides the changes of a course into runs: neighbours of the plan that only followed an earlier change, the same way.
pub fn runs<'c, 'a>(changes: &'c [PlanChange<'a>]) -> impl Iterator<Item = &'c [PlanChange<'a>]> {
    changes.chunk_by(|a, b| {
        a.follows() && b.follows() && a.planned.seq + 1 == b.planned.seq && a.is_later() == b.is_later()
    })
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
    // A sum of nothing is −0.
    let hours = own.iter().map(|lesson| lesson.hours).sum::<f64>() + 0.0;
    let cause = if given == Some(day) { Cause::AsPlanned } else { cause(context, planned.course, day) };
    let change = PlanChange { planned, day, given, hours, cause };
    (given != Some(day) || !change.has_its_hours()).then_some(change)
}

/// Finds what the journal knows of a course's planned day.
fn cause(context: &ReportContext<'_>, course: Id<Course>, day: Date) -> Cause {
    let journal = context.journal;
    let record = &journal.courses[course];
    if journal.is_course_suspended(record, day) {
        return Cause::Suspended;
    }
    let lessons = context.roster.lessons_of(course).iter().map(|id| &journal.lessons[*id]);
    let of_day: Vec<&Lesson> = lessons.filter(|lesson| lesson.date == day).collect();
    let is = |status| of_day.iter().find(|lesson| lesson.status == status);
    if let Some(moved) = is(LessonStatus::Moved) {
        Cause::Moved(moved.moved_to)
    } else if is(LessonStatus::Missed).is_some() {
        Cause::Missed
    } else if is(LessonStatus::Cancelled).is_some() {
        Cause::Cancelled
    } else if let Some(other) = is(LessonStatus::Held) {
        other.plan_seq.map_or(Cause::Unnumbered, Cause::OtherTopic)
    } else if journal.is_holiday(journal.grade_of(record), day) {
        Cause::Holiday
    } else {
        Cause::NoLesson
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::base::source::SourceRef;
    use jiff::civil::date;

    fn planned(seq: u32) -> PlannedLesson {
        PlannedLesson { seq, hours: 1.0, ..PlannedLesson::bare(SourceRef::default()) }
    }

    #[test]
    fn a_run_has_only_neighbours_that_followed_an_earlier_change_the_same_way() {
        let rows: Vec<PlannedLesson> = [1, 2, 3, 4, 6, 7, 8, 9].map(planned).to_vec();
        let day = date(2025, 9, 10);
        let change = |at: usize, cause, given: Option<Date>, hours| PlanChange {
            planned: &rows[at],
            day,
            given,
            hours,
            cause,
        };
        let (later, earlier) = (Some(date(2025, 9, 12)), Some(date(2025, 9, 9)));
        let changes = [
            change(0, Cause::Missed, later, 1.0),
            change(1, Cause::OtherTopic(1), later, 1.0),
            change(2, Cause::OtherTopic(2), later, 1.0),
            change(3, Cause::OtherTopic(3), later, 1.0),
            // Number 5 went as planned.
            change(4, Cause::OtherTopic(5), later, 1.0),
            change(5, Cause::OtherTopic(8), earlier, 1.0),
            change(6, Cause::OtherTopic(7), later, 2.0),
            change(7, Cause::OtherTopic(8), None, 0.0),
        ];
        let found: Vec<Vec<u32>> =
            runs(&changes).map(|run| run.iter().map(|change| change.planned.seq).collect()).collect();
        assert_eq!(found, [vec![1], vec![2, 3, 4], vec![6], vec![7], vec![8], vec![9]]);
    }
}
