//! A pupil without a mark for an ended term.

use std::collections::BTreeMap;

use super::about::{About, Owner};
use super::context::{RuleContext, day_end};
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use super::wording::day;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::base::source::SourceRef;
use crate::model::*;

pub(super) static TERM_MARK_MISSING: Rule = Rule {
    id: "term-mark-missing",
    requirement: "C6",
    clauses: &["R.2.9"],
    severity: Severity::Violation,
    title: Said::fixed("Нет отметки за период", "no term mark"),
    counted: "учеников по предметам и периодам",
    weight: 3,
    fold: Fold::CourseTerm,
    direction: Direction::MarksInTime,
    quotes: &[(
        "R.2.9",
        "Оценку или отметку («осв» - освобожден, «н/а» - не аттестован, «безотм» - безотметочное обучение) за \
             отчетный период учитель-предметник выставляет каждому обучающемуся.",
    )],
    remedy: "выставить отметку за период, «осв», «н/а» или оформить отсрочку",
    needs: &[(Table::TermMarks, &[]), (Table::Enrolment, &[]), (Table::Terms, &[])],
    check: term_mark_missing,
    ..Rule::USUAL
};

fn term_mark_missing(context: &RuleContext, examination: &mut Examination) {
    for ((pupil, subject, term), (course, class)) in owed(context) {
        let whose = context.owner_of_course(course);
        examination.count_judged(Owner { class: whose.class.or(Some(class)), ..whose });
        let last_day = context.journal.terms[term].span.to;
        let Some((message, place)) = lack(context, pupil, subject, term) else { continue };
        let about = context.about_course(course);
        let class = about.class.unwrap_or(class);
        let (date, term, class, pupil) = (Some(last_day), Some(term), Some(class), Some(pupil));
        let about = About { date, term, class, pupil, place, ..about };
        examination.find(about, message).due_at = Some(day_end(last_day));
    }
}

/// A mark that is due: of whom, in what, for which term.
type Owed = (Id<Pupil>, Id<Subject>, Id<Term>);

/// Returns every mark due for a term that ended by `as_of`; of several courses in one subject, the first.
fn owed(context: &RuleContext) -> BTreeMap<Owed, (Id<Course>, Id<Class>)> {
    let journal = context.journal;
    let mut owed = BTreeMap::new();
    for (id, course) in journal.courses.iter() {
        if course.kind != CourseKind::Lesson || journal.grading(course) == Grading::None {
            continue;
        }
        for member in context.roster.members_of(id) {
            let grade = journal.classes[member.class].grade;
            if grade < FIRST_MARKED_GRADE {
                continue;
            }
            let years = journal.years_of_grade(grade);
            for term in context.terms_of_member(id, member.class).iter().copied().chain(years) {
                let last_day = journal.terms[term].span.to;
                if last_day <= context.as_of && member.span.contains(last_day) {
                    owed.entry((member.pupil, course.subject, term)).or_insert((id, member.class));
                }
            }
        }
    }
    owed
}

/// Returns what is missing, with the row without a value; `None` if there is a value or a deferral that has
/// not expired.
fn lack(
    context: &RuleContext,
    pupil: Id<Pupil>,
    subject: Id<Subject>,
    term: Id<Term>,
) -> Option<(String, Option<SourceRef>)> {
    let year = context.journal.terms[term].kind == TermKind::Year;
    let kind = context.journal.terms[term].closing_kind();
    let what = if year { "годовой отметки" } else { "отметки за период" };
    let Some(id) = context.term_marks.counting(context.journal, &(pupil, subject, term, kind)) else {
        return Some((format!("нет {what}, «осв», «н/а», «безотм» или отсрочки"), None));
    };
    let mark = &context.journal.term_marks[id];
    let message = match (mark.value, mark.deferred_until) {
        (Some(_), _) => return None,
        (None, Some(until)) if until >= context.as_of => return None,
        (None, Some(until)) => format!("отсрочка {what} истекла {}, отметки нет", day(until)),
        (None, None) => format!("строка {what} пуста"),
    };
    Some((message, Some(mark.place)))
}
