//! More homework for one day than the pupils' age allows.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::about::{About, Owner};
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::quotes::AGE;
use super::rule::{Fold, Rule};
use super::wording::day;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static HOMEWORK_OVERLOAD: Rule = Rule {
    id: "homework-overload",
    requirement: "C14",
    clauses: &["D.14"],
    severity: Severity::Violation,
    title: Said::fixed("Домашних заданий больше нормы", "more homework than the norm"),
    counted: "дней по классам",
    weight: 2,
    fold: Fold::ClassDay,
    direction: Direction::HomeworkLoad,
    quotes: &[("D.14", AGE)],
    remedy: "согласовать объём заданий между учителями класса",
    needs: &[(Table::Homework, &["minutes", "due_date"])],
    check: homework_overload,
    ..Rule::USUAL
};

fn homework_overload(context: &RuleContext, examination: &mut Examination) {
    for ((class, date), tasks) in by_class_and_day(context.journal, context.as_of) {
        let Some(minutes) = tasks.iter().map(|(_, task)| task.minutes).collect::<Option<Vec<_>>>() else {
            examination.unjudged += 1;
            continue;
        };
        let Some(most) = context.policy.homework_minutes_in(context.journal.classes[class].grade) else {
            continue;
        };
        examination.count_judged(Owner { class: Some(class), ..Owner::default() });
        // Membership is examined only if all tasks together could be too much.
        if minutes.iter().sum::<f64>() <= f64::from(most) {
            continue;
        }
        let load = heaviest_load(context.roster, (class, date), &tasks);
        if load > f64::from(most) {
            let message = format!("задано на {} {load} мин, норма {most} мин", day(date));
            let term = context.term_of_class(class, date);
            let about = About { date: Some(date), term, class: Some(class), ..About::default() };
            examination.find(about, message);
        }
    }
}

/// Homework of one class for one day, with the courses it was given in.
pub(crate) type Tasks<'a> = Vec<(Id<Course>, &'a Homework)>;

/// Returns the homework of each class, groups with it included, by the day it is due, up to a date.
pub(crate) fn by_class_and_day(journal: &Journal, as_of: Date) -> BTreeMap<(Id<Class>, Date), Tasks<'_>> {
    let mut tasks: BTreeMap<_, Tasks<'_>> = BTreeMap::new();
    for task in journal.homework.values() {
        let Some(due) = task.due_on.filter(|due| *due <= as_of) else { continue };
        let course = journal.lessons[task.lesson].course;
        for class in journal.classes_of(&journal.courses[course]) {
            tasks.entry((*class, due)).or_default().push((course, task));
        }
    }
    tasks
}

/// Returns the largest sum of minutes that any one pupil of the class gets for the day.
pub(crate) fn heaviest_load(roster: &Roster, (class, date): (Id<Class>, Date), tasks: &Tasks<'_>) -> f64 {
    let mut loads: BTreeMap<Id<Pupil>, f64> = BTreeMap::new();
    for (course, task) in tasks {
        let members = roster.members_on(*course, date).filter(|member| member.class == class);
        for member in members.filter(|member| task.pupil.is_none_or(|pupil| pupil == member.pupil)) {
            *loads.entry(member.pupil).or_default() += task.minutes.unwrap_or(0.0);
        }
    }
    loads.into_values().fold(0.0, f64::max)
}
