//! Control and practical works of courses: planned in a term, and held in it.

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::reports::context::ReportContext;

/// Works of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Works {
    /// Planned on a day of the term.
    pub planned: usize,
    /// Held on a day of the term.
    pub held: usize,
}

impl Works {
    /// Adds others.
    pub fn plus(self, other: Self) -> Self {
        Self { planned: self.planned + other.planned, held: self.held + other.held }
    }
}

/// Works of a course.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfCourse {
    /// Control works: of the schedule, or of that kind.
    pub control: Works,
    /// Practical and laboratory works.
    pub practical: Works,
}

/// Works of every course in a term.
pub struct Practice(FxHashMap<Id<Course>, OfCourse>);

impl Practice {
    /// Counts the works of a term. A work was held on the day of its own lesson, or of the first held lesson with a mark for it.
    pub fn new(context: &ReportContext<'_>, span: Span) -> Self {
        let journal = context.journal;
        let marked = first_marked(context);
        let mut counts: FxHashMap<Id<Course>, OfCourse> = FxHashMap::default();
        for (id, work) in journal.works.iter() {
            let own = counts.entry(work.course).or_default();
            let of_kind = match work.kind {
                _ if work.control => &mut own.control,
                WorkKind::Control => &mut own.control,
                WorkKind::Practical | WorkKind::Laboratory => &mut own.practical,
                _ => continue,
            };
            let own_lesson = work.lesson.filter(|id| is_held(context, *id));
            let held = own_lesson.map(|id| journal.lessons[id].date).or_else(|| marked.get(&id).copied());
            of_kind.planned += usize::from(work.planned_date.is_some_and(|day| span.contains(day)));
            of_kind.held += usize::from(held.is_some_and(|day| span.contains(day)));
        }
        Self(counts)
    }

    /// Returns the works of a course.
    pub fn of(&self, course: Id<Course>) -> OfCourse {
        self.0.get(&course).copied().unwrap_or_default()
    }
}

fn is_held(context: &ReportContext<'_>, lesson: Id<Lesson>) -> bool {
    let lesson = &context.journal.lessons[lesson];
    lesson.status == LessonStatus::Held && lesson.date <= context.as_of
}

/// Returns the first day on which a held lesson has a mark for a work.
fn first_marked(context: &ReportContext<'_>) -> FxHashMap<Id<Work>, jiff::civil::Date> {
    let journal = context.journal;
    let mut first = FxHashMap::default();
    for mark in journal.marks.values() {
        let is_mark = !matches!(mark.value, MarkValue::Point | MarkValue::Zero);
        let Some(work) = mark.work.filter(|_| is_mark && is_held(context, mark.lesson)) else { continue };
        let date = journal.lessons[mark.lesson].date;
        first.entry(work).and_modify(|kept: &mut jiff::civil::Date| *kept = date.min(*kept)).or_insert(date);
    }
    first
}
