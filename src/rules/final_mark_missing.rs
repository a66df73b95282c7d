//! A graduate without a final mark for the certificate.

use std::collections::HashSet;

use jiff::civil::Date;

use super::about::{About, Owner};
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, NeededRows, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static FINAL_MARK_MISSING: Rule = Rule {
    id: "final-mark-missing",
    requirement: "C20",
    clauses: &["S.5"],
    severity: Severity::Violation,
    title: Said::fixed("Нет итоговой отметки у выпускника", "graduate without a final mark"),
    counted: "выпускников по предметам",
    weight: 3,
    fold: Fold::Course,
    direction: Direction::Corrections,
    quotes: &[("S.5", "Каждому ученику должны быть выставлены итоговые оценки (или отметки)…")],
    remedy: "выставить итоговую отметку в аттестат",
    needs: &[(Table::Decisions, &[]), (Table::TermMarks, &[]), (Table::Enrolment, &[])],
    needs_rows: Some(NeededRows {
        are_there: |journal| journal.term_marks.values().any(|mark| mark.kind == TermMarkKind::Final),
        lack: Said::fixed("итоговых отметок в выгрузке нет", "there are no final marks"),
    }),
    check: final_mark_missing,
    ..Rule::USUAL
};

fn final_mark_missing(context: &RuleContext, examination: &mut Examination) {
    let marked = marked(context);
    for decision in graduations(context) {
        let pupil = decision.pupil;
        let Some((class, year)) = last_class(context, pupil) else { continue };
        let last_day = year.map_or(context.journal.year.end, |term| context.journal.terms[term].span.to);
        for (subject, course) in studied(context, pupil, last_day) {
            let whose = context.owner_of_course(course);
            let class = whose.class.or(Some(class));
            examination.count_judged(Owner { class, ..whose });
            if !marked.contains(&(pupil, subject)) {
                let (date, pupil) = (Some(last_day), Some(pupil));
                let about = About { date, term: year, class, pupil, ..context.about_course(course) };
                let message = "выпускнику не выставлена итоговая отметка".to_owned();
                examination.find(about.at(decision.place), message);
            }
        }
    }
}

/// Returns the last class of a pupil, and the year of that class's grade.
fn last_class(context: &RuleContext, pupil: Id<Pupil>) -> Option<(Id<Class>, Option<Id<Term>>)> {
    let class = context.class_near(pupil, context.journal.year.end)?;
    let years = context.journal.years_of_grade(context.journal.classes[class].grade);
    Some((class, years.first().copied()))
}

/// Returns one decision to graduate for each pupil, made by `as_of`; one without a date counts as made.
fn graduations<'a>(context: &RuleContext<'a>) -> Vec<&'a Decision> {
    let mut seen = HashSet::new();
    let taken = |decision: &&Decision| decision.date.is_none_or(|date| date <= context.as_of);
    let graduated = context.journal.decisions.iter().filter(|one| one.kind == DecisionKind::Graduated);
    graduated.filter(taken).filter(|decision| seen.insert(decision.pupil)).collect()
}

/// Returns the graded subjects that a pupil studies on a day, each with its course; of several, the course of
/// the lessons comes first.
fn studied(context: &RuleContext, pupil: Id<Pupil>, day: Date) -> Vec<(Id<Subject>, Id<Course>)> {
    let journal = context.journal;
    let is_graded = |course: &Id<Course>| {
        let course = &journal.courses[*course];
        course.kind == CourseKind::Lesson && journal.grading(course) != Grading::None
    };
    let courses = context.roster.courses_on(pupil, day).filter(is_graded);
    let mut studied: Vec<_> = courses.map(|course| (journal.courses[course].subject, course)).collect();
    studied.sort();
    studied.dedup_by_key(|(subject, _)| *subject);
    studied
}

/// Returns who has a final mark in which subject: a value entered by `as_of`, in any term.
fn marked(context: &RuleContext) -> HashSet<(Id<Pupil>, Id<Subject>)> {
    let rows = context.term_marks.rows().map(|id| &context.journal.term_marks[id]);
    let finals = rows.filter(|mark| mark.kind == TermMarkKind::Final && mark.value.is_some());
    finals.map(|mark| (mark.pupil, mark.subject)).collect()
}
