//! Missing homework, and homework that should not exist.

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::quotes::AGE;
use super::rule::{Fold, Rule, Shared};
use super::topic_missing::TOPIC_MISSING;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static HOMEWORK_MISSING: Rule = Rule {
    id: "homework-missing",
    requirement: "C13",
    clauses: &["R.2.8"],
    severity: Severity::Notice,
    title: Said::fixed("Не записано домашнее задание", "homework not recorded"),
    counted: "уроков",
    weight: 1,
    fold: Fold::CourseTerm,
    direction: Direction::Homework,
    quotes: &[(
        "R.2.8",
        "Учитель-предметник в графе «Домашнее задание» записывает содержание домашнего задания… (в случае, если \
             домашнее задание задается).",
    )],
    remedy: "записать задание; если его не было, записать «не задано»",
    beside: &[(&TOPIC_MISSING, Shared::Lesson)],
    needs: &[(Table::Homework, &[]), (Table::Lessons, &[])],
    check: homework_missing,
    ..Rule::USUAL
};

pub(super) static HOMEWORK_IN_GRADE_1: Rule = Rule {
    id: "homework-in-grade-1",
    requirement: "C14",
    clauses: &["D.14"],
    severity: Severity::Notice,
    title: Said::fixed("Домашнее задание в 1 классе", "homework in grade 1"),
    counted: "уроков",
    weight: 2,
    fold: Fold::CourseTerm,
    direction: Direction::HomeworkLoad,
    quotes: &[("D.14", AGE)],
    remedy: "в 1 классе заданий не задавать",
    needs: &[(Table::Homework, &[])],
    check: homework_in_grade_1,
    ..Rule::USUAL
};

fn homework_missing(context: &RuleContext, examination: &mut Examination) {
    let journal = context.journal;
    for (id, lesson) in context.held() {
        let course = &journal.courses[lesson.course];
        let is_given_homework = course.kind == CourseKind::Lesson
            && journal.grading(course) != Grading::None
            && journal.grade_of(course) >= FIRST_MARKED_GRADE;
        if !is_given_homework {
            continue;
        }
        examination.count_judged(context.owner_of_course(lesson.course));
        if context.roster.homework_of(id).is_empty() {
            examination
                .find(context.about_lesson(id), "у проведённого урока нет домашнего задания".to_owned());
        }
    }
}

fn homework_in_grade_1(context: &RuleContext, examination: &mut Examination) {
    for task in context.journal.homework.values() {
        let lesson = &context.journal.lessons[task.lesson];
        if lesson.date > context.as_of {
            continue;
        }
        examination.count_judged(context.owner_of_homework(task));
        if context.journal.grade_of(&context.journal.courses[lesson.course]) < FIRST_MARKED_GRADE {
            examination.find(context.about_homework(task), "в 1 классе задано домашнее задание".to_owned());
        }
    }
}
