//! A course with fewer hours given than planned, by term and for the year.

use super::about::About;
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule, Shared};
use super::wording::hours;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
use crate::stats::Plans;

pub(super) static PROGRAMME_BEHIND: Rule = Rule {
    id: "programme-behind",
    requirement: "C12",
    clauses: &["D.14"],
    severity: Severity::Notice,
    title: Said::fixed("Программа не выполнена", "programme not completed"),
    counted: "курсов по периодам",
    weight: 2,
    fold: Fold::Course,
    direction: Direction::Programme,
    quotes: &[("D.14", "проверка выполнения учебной программы")],
    remedy: "согласовать с заместителем директора, как будет выдана программа",
    beside: &[(&PROGRAMME_BEHIND, Shared::Course)],
    needs: &[(Table::Curriculum, &[]), (Table::Lessons, &[]), (Table::Terms, &[])],
    needs_whole: Some(Table::Lessons),
    check: programme_behind,
    ..Rule::USUAL
};

fn programme_behind(context: &RuleContext, examination: &mut Examination) {
    let plans = Plans::new(context.journal);
    for (id, course) in context.journal.courses.iter() {
        for term in context.terms_of(id) {
            judge(context, examination, (id, *term), plans.hours(id, *term), Severity::Notice);
        }
        for year in context.journal.years_of_grade(context.journal.grade_of(course)) {
            judge(context, examination, (id, year), plans.hours(id, year), Severity::Violation);
        }
    }
}

fn judge(
    context: &RuleContext,
    examination: &mut Examination,
    (course, term): (Id<Course>, Id<Term>),
    planned: Option<f64>,
    severity: Severity,
) {
    let span = context.journal.terms[term].span;
    let Some(planned) = planned.filter(|_| span.to <= context.as_of) else { return };
    examination.count_judged(context.owner_of_course(course));
    let given = context.roster.hours_given(context.journal, course, span);
    if given < planned {
        let message = format!("дано часов {} из {} по учебному плану", hours(given), hours(planned));
        let about = About { date: Some(span.to), term: Some(term), ..context.about_course(course) };
        examination.find(about, message).severity = severity;
    }
}
