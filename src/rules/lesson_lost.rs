//! Lessons that were not held, or were held by somebody else, without an explanation in the journal.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::context::RuleContext;
use super::control_work_not_held::CONTROL_WORK_NOT_HELD;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule, Shared};
use super::wording::day;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
const MOVED: &str = "…факт замены должен отражаться в момент внесения учетной записи.";

const REPLACED: &str = "учет замененных и пропущенных уроков (занятий)";

pub(super) static SUBSTITUTION_UNMARKED: Rule = Rule {
    id: "substitution-unmarked",
    requirement: "C15",
    clauses: &["R.2.11"],
    severity: Severity::Violation,
    title: Said::fixed("Замена не отмечена", "replacement not recorded"),
    counted: "уроков",
    weight: 2,
    fold: Fold::Lesson,
    direction: Direction::Substitutions,
    quotes: &[(
        "R.2.11",
        "В том случае, если урок проводился другим преподавателем вместо основного, факт замены должен отражаться в \
             момент внесения учетной записи.",
    )],
    remedy: "отметить замену: кто и кого заменил",
    needs: &[(Table::Lessons, &["replaces_teacher_id"])],
    check: substitution_unmarked,
    ..Rule::USUAL
};

pub(super) static MOVED_LESSON_LOST: Rule = Rule {
    id: "moved-lesson-lost",
    requirement: "C15",
    clauses: &["R.2.11"],
    severity: Severity::Violation,
    title: Said::fixed("Перенесённый урок не проведён", "moved lesson not held"),
    counted: "перенесённых уроков",
    weight: 3,
    fold: Fold::Lesson,
    direction: Direction::Substitutions,
    quotes: &[("R.2.11", MOVED), ("D.14", REPLACED)],
    remedy: "записать урок, который проведён взамен, или указать новую дату",
    beside: &[(&CONTROL_WORK_NOT_HELD, Shared::CourseDay)],
    needs: &[(Table::Lessons, &["moved_to"])],
    needs_whole: Some(Table::Lessons),
    check: moved_lesson_lost,
    ..Rule::USUAL
};

pub(super) static LESSON_LOST: Rule = Rule {
    id: "lesson-lost",
    requirement: "C15",
    clauses: &["D.14"],
    severity: Severity::Notice,
    title: Said::fixed("Урок пропущен", "lesson lost"),
    counted: "уроков",
    weight: 1,
    fold: Fold::Course,
    direction: Direction::Substitutions,
    quotes: &[("D.14", REPLACED)],
    remedy: "указать, когда и как выдан материал пропущенного урока",
    beside: &[(&CONTROL_WORK_NOT_HELD, Shared::CourseDay)],
    needs: &[(Table::Lessons, &[])],
    needs_whole: Some(Table::Lessons),
    check: lesson_lost,
    ..Rule::USUAL
};

fn substitution_unmarked(context: &RuleContext, examination: &mut Examination) {
    for (id, lesson) in context.held() {
        examination.count_judged(context.owner_of_course(lesson.course));
        if lesson.replaces.is_none() && !context.teaches(lesson.teacher, lesson.course, lesson.date) {
            let message = "урок провёл другой учитель, но замена не отмечена".to_owned();
            examination.find(context.about_lesson(id), message);
        }
    }
}

fn moved_lesson_lost(context: &RuleContext, examination: &mut Examination) {
    let held: BTreeSet<(Id<Course>, Date)> =
        context.held().map(|(_, lesson)| (lesson.course, lesson.date)).collect();
    for (id, lesson) in context.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Moved) {
        if lesson.moved_to.is_some_and(|date| date > context.as_of) {
            continue;
        }
        examination.count_judged(context.owner_of_course(lesson.course));
        let message = match lesson.moved_to {
            None => "урок перенесён, но новая дата не указана".to_owned(),
            Some(date) if held.contains(&(lesson.course, date)) => continue,
            Some(date) => format!("урок перенесён на {}, но в этот день не проведён", day(date)),
        };
        examination.find(context.about_lesson(id), message);
    }
}

fn lesson_lost(context: &RuleContext, examination: &mut Examination) {
    for (id, lesson) in context.lessons() {
        examination.count_judged(context.owner_of_course(lesson.course));
        if lesson.status == LessonStatus::Missed {
            let message = format!("урок {} пропущен и не восполнен", day(lesson.date));
            examination.find(context.about_lesson(id), message);
        }
    }
}
