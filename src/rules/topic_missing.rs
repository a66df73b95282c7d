//! Missing parts of a lesson's entry: topic, kind of work, comment to a mark of an absent pupil.

use std::collections::BTreeMap;

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::mark_late::MARK_LATE;
use super::mark_while_absent::MARK_WHILE_ABSENT;
use super::rule::{Fold, Rule, Shared};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
const TOPICS: &str = "Учитель-предметник заполняет темы уроков, в соответствии с календарно-тематическим планированием, \
    указывает виды работ, за которые ученик получает оценку (отметку).";

pub(super) static TOPIC_MISSING: Rule = Rule {
    id: "topic-missing",
    requirement: "C11",
    clauses: &["R.2.7"],
    severity: Severity::Violation,
    title: Said::fixed("Не записана тема урока", "topic of a lesson not recorded"),
    counted: "уроков",
    weight: 2,
    fold: Fold::CourseTerm,
    direction: Direction::LessonsInTime,
    quotes: &[("R.2.7", TOPICS)],
    remedy: "записать тему урока",
    needs: &[(Table::Lessons, &["topic"])],
    check: topic_missing,
    ..Rule::USUAL
};

pub(super) static WORK_KIND_MISSING: Rule = Rule {
    id: "work-kind-missing",
    requirement: "C11",
    clauses: &["R.2.7"],
    severity: Severity::Notice,
    title: Said::fixed("Не указан вид работы", "kind of work not given"),
    counted: "отметок",
    weight: 1,
    fold: Fold::Lesson,
    direction: Direction::MarksInTime,
    quotes: &[("R.2.7", TOPICS)],
    remedy: "указать вид работы, за которую поставлена отметка",
    beside: &[(&MARK_WHILE_ABSENT, Shared::LessonAndPupil), (&MARK_LATE, Shared::LessonAndPupil)],
    needs: &[(Table::Marks, &["work_id"])],
    check: work_kind_missing,
    ..Rule::USUAL
};

pub(super) static TOPIC_OFF_PLAN: Rule = Rule {
    id: "topic-off-plan",
    requirement: "C11",
    clauses: &["T.3"],
    severity: Severity::Notice,
    title: Said::fixed("Тема расходится с планированием", "topic differs from the lesson plan"),
    counted: "уроков с темой по плану",
    weight: 1,
    fold: Fold::CourseTerm,
    direction: Direction::Programme,
    quotes: &[("T.3", TOPICS)],
    remedy: "привести тему урока в соответствие с планированием или исправить план",
    needs: &[(Table::Lessons, &["topic", "plan_seq"]), (Table::LessonPlans, &[])],
    check: topic_off_plan,
    ..Rule::USUAL
};

fn topic_missing(context: &RuleContext, examination: &mut Examination) {
    for (id, lesson) in context.held() {
        examination.count_judged(context.owner_of_lesson(id));
        if lesson.topic.trim().is_empty() {
            examination.find(context.about_lesson(id), "у проведённого урока нет темы".to_owned());
        }
    }
}

fn work_kind_missing(context: &RuleContext, examination: &mut Examination) {
    for (mark, _) in context.marks() {
        examination.count_judged(context.owner_of_entry(mark.lesson, mark.pupil));
        if mark.work.is_none() {
            let message = format!("у отметки «{}» не указан вид работы", mark.value.code());
            examination.find(context.about_mark(mark), message);
        }
    }
}

fn topic_off_plan(context: &RuleContext, examination: &mut Examination) {
    let mut plan: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for row in &context.journal.lesson_plans {
        plan.entry((row.course, row.seq)).or_default().push(&row.topic);
    }
    for (id, lesson) in context.held().filter(|(_, lesson)| !lesson.topic.trim().is_empty()) {
        let Some(planned) = lesson.plan_seq.and_then(|seq| plan.get(&(lesson.course, seq))) else { continue };
        examination.count_judged(context.owner_of_lesson(id));
        let is_same =
            |planned: &&str| *planned == lesson.topic || comparable(planned) == comparable(&lesson.topic);
        if !planned.iter().any(is_same) {
            let message =
                format!("тема «{}» расходится с планом: «{}»", lesson.topic.trim(), planned[0].trim());
            examination.find(context.about_lesson(id), message);
        }
    }
}

/// Returns only letters and digits, in lower case, with ё as е: topics are compared by this.
fn comparable(topic: &str) -> String {
    let letters = topic.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(|letter| if letter == 'ё' { 'е' } else { letter }).collect()
}
