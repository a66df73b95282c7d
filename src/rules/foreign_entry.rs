//! Entries by somebody who teaches neither the course nor the lesson.

use super::about::{About, Owner};
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static FOREIGN_ENTRY: Rule = Rule {
    id: "foreign-entry",
    requirement: "C21",
    clauses: &["R.2.4"],
    severity: Severity::Violation,
    title: Said::fixed("Запись в чужом журнале", "entry in another teacher's journal"),
    counted: "записей",
    weight: 3,
    fold: Fold::Lesson,
    direction: Direction::Corrections,
    quotes: &[(
        "R.2.4",
        "Учитель-предметник работает… на страницах электронных журналов классов, учебных групп, обучающихся по \
                 индивидуальным учебным планам, которым он преподает свой предмет.",
    )],
    remedy: "выяснить, кто и почему сделал запись; оформить замену, если она была",
    needs: &[(Table::Courses, &[])],
    parts: &[
        (Table::Lessons, &["recorded_by"]),
        (Table::Marks, &["recorded_by"]),
        (Table::Attendance, &["recorded_by"]),
        (Table::Homework, &["recorded_by"]),
    ],
    check: foreign_entry,
    ..Rule::USUAL
};

fn foreign_entry(context: &RuleContext, examination: &mut Examination) {
    for (id, lesson) in context.lessons() {
        let about = || context.about_lesson(id);
        judge(context, examination, (id, lesson.recorded_by), about, "урок записан");
    }
    for (mark, _) in context.marks() {
        let about = || context.about_mark(mark);
        judge(context, examination, (mark.lesson, mark.recorded_by), about, "отметка выставлена");
    }
    for absence in context.journal.absences.values().filter(|absence| absence.reason.is_absence()) {
        let about = || context.about_absence(absence);
        judge(context, examination, (absence.lesson, absence.recorded_by), about, "отсутствие отмечено");
    }
    for task in context.journal.homework.values() {
        let about = || context.about_homework(task);
        judge(context, examination, (task.lesson, task.recorded_by), about, "домашнее задание внесено");
    }
}

fn judge(
    context: &RuleContext,
    examination: &mut Examination,
    (lesson, author): (Id<Lesson>, Option<Id<Staff>>),
    about: impl Fn() -> About,
    what: &str,
) {
    let lesson = &context.journal.lessons[lesson];
    if lesson.date > context.as_of {
        return;
    }
    let Some(author) = author else {
        examination.unjudged += 1;
        return;
    };
    examination.count_judged(Owner { staff: Some(author), ..context.owner_of_course(lesson.course) });
    if author != lesson.teacher && !context.teaches(author, lesson.course, lesson.date) {
        let message = format!("{what} тем, кто не ведёт ни этот курс, ни этот урок");
        examination.find(About { staff: Some(author), ..about() }, message);
    }
}
