//! A timetabled lesson with no record.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::about::About;
use super::context::RuleContext;
use super::control_work_not_held::CONTROL_WORK_NOT_HELD;
use super::direction::Direction;
use super::examination::Examination;
use super::quotes::LESSONS;
use super::rule::{Fold, Rule, Shared};
use super::wording::day;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static LESSON_MISSING: Rule = Rule {
    id: "lesson-missing",
    requirement: "C1",
    clauses: &["D.14"],
    severity: Severity::Violation,
    title: Said::fixed("Урок по расписанию не записан", "timetabled lesson not recorded"),
    counted: "уроков по расписанию",
    weight: 3,
    fold: Fold::Course,
    direction: Direction::LessonsInTime,
    quotes: &[("D.14", LESSONS)],
    remedy: "внести запись об уроке либо отметить, что он не состоялся",
    beside: &[(&CONTROL_WORK_NOT_HELD, Shared::CourseDay)],
    needs: &[(Table::Timetable, &[]), (Table::Lessons, &[]), (Table::Terms, &[])],
    // Without holidays every weekday of a term counts as a school day, and the reports say so.
    parts: &[(Table::Timetable, &[]), (Table::Holidays, &[])],
    needs_whole: Some(Table::Lessons),
    check: lesson_missing,
    ..Rule::USUAL
};

fn lesson_missing(context: &RuleContext, examination: &mut Examination) {
    let recorded = recorded(context);
    let days = SchoolDays::new(context);
    let mut judged = BTreeSet::new();
    for row in &context.journal.timetable {
        for date in days.taught(context.journal, row) {
            if !judged.insert((row.course, date, row.number)) {
                continue;
            }
            examination.count_judged(context.owner_of_course(row.course));
            if !recorded.contains(&(row.course, date, row.number)) {
                let message =
                    format!("нет записи об уроке {} по расписанию: {}-й урок", day(date), row.number);
                examination.find(about(context, row, date), message);
            }
        }
    }
}

fn about(context: &RuleContext, row: &TimetableRow, date: Date) -> About {
    let term = context.term_of(row.course, date);
    About { date: Some(date), term, ..context.about_course(row.course) }.at(row.place)
}

/// Returns course, date and number of every row of `lessons`, including moved ones; a double lesson in one
/// row also counts for the next number.
fn recorded(context: &RuleContext) -> BTreeSet<(Id<Course>, Date, u8)> {
    let mut recorded = BTreeSet::new();
    for lesson in context.journal.lessons.values() {
        let more = (1..8u8).take_while(|more| f64::from(*more) < lesson.hours);
        for more in std::iter::once(0).chain(more) {
            recorded.insert((lesson.course, lesson.date, lesson.number.saturating_add(more)));
        }
    }
    recorded
}

/// The school days of every class up to `as_of`, each with the weekday of its timetable.
struct SchoolDays(Vec<Vec<(Date, u8)>>);

impl SchoolDays {
    fn new(context: &RuleContext) -> Self {
        let journal = context.journal;
        let spans =
            || journal.terms.values().filter(|term| term.kind != TermKind::Year).map(|term| term.span);
        let (Some(first), Some(last)) =
            (spans().map(|span| span.from).min(), spans().map(|span| span.to).max())
        else {
            return Self(vec![Vec::new(); journal.classes.len()]);
        };
        let days_of = |class| {
            let grade = journal.classes[class].grade;
            let days =
                dates(first, last.min(context.as_of)).filter(|date| journal.is_school_day(class, *date));
            days.map(|date| (date, journal.taught_weekday(grade, date))).collect()
        };
        Self(journal.classes.ids().map(days_of).collect())
    }

    /// Returns the days of a timetable row: for a group, school days of any of its classes.
    fn taught(&self, journal: &Journal, row: &TimetableRow) -> BTreeSet<Date> {
        let classes = journal.classes_of(&journal.courses[row.course]).iter();
        let days = classes.flat_map(|class| &self.0[class.index()]);
        let taught = days.filter(|(date, weekday)| {
            *weekday == row.weekday && row.span.contains(*date) && journal.is_taught_in_week(row.weeks, *date)
        });
        taught.map(|(date, _)| *date).collect()
    }
}

fn dates(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}
