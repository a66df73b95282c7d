//! Homework entered late: by 17:00 and an hour and a half after the class's last lesson; by 10:00 on
//! suspended days.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

use super::breach::ENTRY_VOID;
use super::context::RuleContext;
use super::correction::EDIT_AFTER_TERM_MARK;
use super::direction::Direction;
use super::examination::Examination;
use super::homework_missing::HOMEWORK_IN_GRADE_1;
use super::lesson_recorded_late::LESSON_RECORDED_LATE;
use super::rule::{Fold, Rule, Shared};
use super::wording::late;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

const BY_HOUR: &str = "R.2.8";
const AFTER_LESSONS: &str = "T.4";

pub(super) static HOMEWORK_LATE: Rule = Rule {
    id: "homework-late",
    requirement: "C13",
    clauses: &[BY_HOUR, AFTER_LESSONS],
    severity: Severity::Violation,
    title: Said::fixed("Домашнее задание внесено с опозданием", "homework recorded late"),
    counted: "заданий",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::Homework,
    quotes: &[
        ("R.2.8", "…не позднее 17.00 ч. в день проведения занятий в данном конкретном классе."),
        ("T.4", "…в течение 1.5 часа после окончания занятий в данном конкретном классе."),
    ],
    is_about_timing: true,
    remedy: "впредь записывать задание на уроке",
    beside: &[
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
        (&HOMEWORK_IN_GRADE_1, Shared::Lesson),
    ],
    needs: &[(Table::Homework, &["recorded_at"])],
    // Without bells only the hour of R.2.8 is judged, and the reports say so.
    parts: &[(Table::Homework, &["recorded_at"]), (Table::Bells, &[])],
    check: homework_late,
    ..Rule::USUAL
};

pub(super) static HOMEWORK_LATE_SUSPENDED: Rule = Rule {
    id: "homework-late-suspended",
    requirement: "C13",
    clauses: &[BY_HOUR],
    severity: Severity::Violation,
    title: Said::fixed(
        "Домашнее задание актированного дня внесено с опозданием",
        "homework of a suspended day recorded late",
    ),
    counted: "заданий",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::Homework,
    quotes: &[(
        "R.2.8",
        "В случае приостановки образовательного процесса или в активированные дни информация о домашнем задании \
             вносится не позднее 10.00 каждого такого дня.",
    )],
    is_about_timing: true,
    remedy: "впредь в актированный день записывать задание до 10.00",
    beside: &[
        (&LESSON_RECORDED_LATE, Shared::LessonAndEntryDay),
        (&ENTRY_VOID, Shared::Entry),
        (&EDIT_AFTER_TERM_MARK, Shared::Entry),
        (&HOMEWORK_IN_GRADE_1, Shared::Lesson),
    ],
    needs: &[(Table::Homework, &["recorded_at"]), (Table::Suspensions, &[])],
    check: homework_late_suspended,
    ..Rule::USUAL
};

/// A deadline with the clause that sets it.
type Deadline = (DateTime, &'static str);

fn homework_late(context: &RuleContext, examination: &mut Examination) {
    let last_ends = last_ends(context);
    for (task, course, date) in
        homework(context).filter(|(_, course, date)| !is_suspended(context, course, *date))
    {
        let (stricter, laxer) = deadlines(context, &last_ends, course, date);
        let Some(found) = examination.judge(context.owner_of_homework(task), stricter.0, task.entered())
        else {
            continue;
        };
        let past_laxer = found.at > laxer.0;
        let (due, clause) = if past_laxer { laxer } else { stricter };
        let message = late("домашнее задание внесено", found, due);
        let finding = examination.find(context.about_homework(task), message);
        (finding.due_at, finding.found_at, finding.clause) = (Some(due), Some(found.at), clause);
        if !past_laxer {
            finding.severity = Severity::Notice;
        }
    }
}

fn homework_late_suspended(context: &RuleContext, examination: &mut Examination) {
    for (task, _, date) in homework(context).filter(|(_, course, date)| is_suspended(context, course, *date))
    {
        let due = date.to_datetime(context.policy.homework_suspended_by);
        let Some(found) = examination.judge(context.owner_of_homework(task), due, task.entered()) else {
            continue;
        };
        let message = late("задание актированного дня внесено", found, due);
        let finding = examination.find(context.about_homework(task), message);
        (finding.due_at, finding.found_at) = (Some(due), Some(found.at));
    }
}

fn homework<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = (&'a Homework, &'a Course, Date)> {
    let (journal, as_of) = (context.journal, context.as_of);
    let with_course = move |task: &'a Homework| {
        let lesson = &journal.lessons[task.lesson];
        (task, &journal.courses[lesson.course], lesson.date)
    };
    journal.homework.values().map(with_course).filter(move |(_, _, date)| *date <= as_of)
}

fn is_suspended(context: &RuleContext, course: &Course, date: Date) -> bool {
    context.journal.is_course_suspended(course, date)
}

/// Returns the earlier and the later of the two deadlines; without a known bell, the hour is both.
fn deadlines(
    context: &RuleContext,
    last_ends: &BTreeMap<(Id<Class>, Date), Time>,
    course: &Course,
    date: Date,
) -> (Deadline, Deadline) {
    let by_hour = (date.to_datetime(context.policy.homework_by), BY_HOUR);
    let classes = context.journal.classes_of(course).iter();
    let last_end = classes.filter_map(|class| last_ends.get(&(*class, date))).max();
    let after_lessons = last_end.map(|end| {
        let due = date.to_datetime(*end).saturating_add(context.policy.homework_after_lessons);
        (due, AFTER_LESSONS)
    });
    match after_lessons {
        None => (by_hour, by_hour),
        Some(after_lessons) if after_lessons.0 < by_hour.0 => (after_lessons, by_hour),
        Some(after_lessons) => (by_hour, after_lessons),
    }
}

/// Returns the end of each class's last held lesson by its bell: lessons of the class and of groups with it.
fn last_ends(context: &RuleContext) -> BTreeMap<(Id<Class>, Date), Time> {
    let journal = context.journal;
    let mut ends: BTreeMap<(Id<Class>, Date), Time> = BTreeMap::new();
    for (_, lesson) in context.held() {
        let course = &journal.courses[lesson.course];
        if course.kind != CourseKind::Lesson {
            continue;
        }
        let Some((_, end)) = journal.bell(course, lesson.date, lesson.number) else { continue };
        for class in journal.classes_of(course) {
            let last = ends.entry((*class, lesson.date)).or_insert(end);
            *last = end.max(*last);
        }
    }
    ends
}
