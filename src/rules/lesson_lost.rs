//! Lessons that were not held, or held by somebody else, and are not accounted for.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::wording::day;
use super::{Examination, Rule, RuleContext};
use crate::findings::Severity;
use crate::model::*;

pub(super) const SUBSTITUTION_UNMARKED: Rule = Rule {
    id: "substitution-unmarked",
    requirement: "C15",
    clauses: &["R.2.11"],
    severity: Severity::Violation,
    title_ru: "Замена не отмечена",
    needs: &[(Table::Lessons, &["replaces_teacher_id"])],
    parts: &[],
    check: substitution_unmarked,
};

pub(super) const MOVED_LESSON_LOST: Rule = Rule {
    id: "moved-lesson-lost",
    requirement: "C15",
    clauses: &["R.2.11"],
    severity: Severity::Violation,
    title_ru: "Перенесённый урок не проведён",
    needs: &[(Table::Lessons, &["moved_to"])],
    parts: &[],
    check: moved_lesson_lost,
};

pub(super) const LESSON_LOST: Rule = Rule {
    id: "lesson-lost",
    requirement: "C15",
    clauses: &["D.14"],
    severity: Severity::Notice,
    title_ru: "Урок пропущен",
    needs: &[(Table::Lessons, &[])],
    parts: &[],
    check: lesson_lost,
};

fn substitution_unmarked(context: &RuleContext, examination: &mut Examination<'_>) {
    for (id, lesson) in context.held() {
        examination.saw(context.whose_course(lesson.course));
        if lesson.replaces.is_none() && !context.teaches(lesson.teacher, lesson.course, lesson.date) {
            let message = "урок провёл другой учитель, но замена не отмечена".to_owned();
            examination.find(context.about_lesson(id), message);
        }
    }
}

fn moved_lesson_lost(context: &RuleContext, examination: &mut Examination<'_>) {
    let held: BTreeSet<(Id<Course>, Date)> =
        context.held().map(|(_, lesson)| (lesson.course, lesson.date)).collect();
    for (id, lesson) in context.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Moved) {
        if lesson.moved_to.is_some_and(|date| date > context.as_of) {
            continue;
        }
        examination.saw(context.whose_course(lesson.course));
        let message = match lesson.moved_to {
            None => "урок перенесён, но новая дата не указана".to_owned(),
            Some(date) if held.contains(&(lesson.course, date)) => continue,
            Some(date) => format!("урок перенесён на {}, но в этот день не проведён", day(date)),
        };
        examination.find(context.about_lesson(id), message);
    }
}

fn lesson_lost(context: &RuleContext, examination: &mut Examination<'_>) {
    for (id, lesson) in context.lessons() {
        examination.saw(context.whose_course(lesson.course));
        if lesson.status == LessonStatus::Missed {
            let message = format!("урок {} пропущен и не восполнен", day(lesson.date));
            examination.find(context.about_lesson(id), message);
        }
    }
}
