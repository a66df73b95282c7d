//! The class teacher's daily register of absentees compared with the absences at lessons.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::about::About;
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Answers, Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::base::source::SourceRef;
use crate::model::*;

const NEEDS: &[(Table, &[&str])] =
    &[(Table::AbsenceRegister, &[]), (Table::Attendance, &[]), (Table::Lessons, &[])];
const DAILY: &str =
    "Классный руководитель: … ежедневно вносит информацию в реестр отсутствующих своего класса";

pub(super) static REGISTER_MISSING: Rule = Rule {
    id: "register-missing",
    requirement: "C9",
    clauses: &["R.2.5.1"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Отсутствующего нет в журнале классного руководителя",
        "absent pupil not in the class teacher's register",
    ),
    counted: "учеников по дням",
    weight: 2,
    fold: Fold::ClassDay,
    direction: Direction::Attendance,
    quotes: &[("R.2.5.1", DAILY)],
    remedy: "внести отсутствовавших в реестр с причиной",
    answers: Answers::ClassTeacher,
    needs: NEEDS,
    check: register_missing,
    ..Rule::USUAL
};

pub(super) static REGISTER_DIFFERS: Rule = Rule {
    id: "register-differs",
    requirement: "C9",
    clauses: &["R.2.5.1"],
    severity: Severity::Violation,
    title: Said::fixed("Причина отсутствия расходится", "reasons of absence differ"),
    counted: "учеников по дням",
    weight: 2,
    fold: Fold::ClassDay,
    direction: Direction::Attendance,
    quotes: &[("R.2.5.1", DAILY)],
    remedy: "сверить причину отсутствия с учителями и исправить расхождение",
    answers: Answers::ClassTeacher,
    needs: NEEDS,
    check: register_differs,
    ..Rule::USUAL
};

pub(super) static REGISTER_UNCONFIRMED: Rule = Rule {
    id: "register-unconfirmed",
    requirement: "C9",
    clauses: &["R.2.5.1"],
    severity: Severity::Violation,
    title: Said::fixed("Отсутствие не подтверждено учителями", "absence not confirmed by teachers"),
    counted: "записей реестра",
    weight: 2,
    fold: Fold::ClassDay,
    direction: Direction::Attendance,
    quotes: &[("R.2.5.1", DAILY)],
    remedy: "проверить, был ли ученик на уроках, и исправить реестр или журнал",
    answers: Answers::ClassTeacher,
    needs: NEEDS,
    check: register_unconfirmed,
    ..Rule::USUAL
};

type Reasons = BTreeMap<(Date, Id<Pupil>), BTreeSet<AbsenceReason>>;

fn register_missing(context: &RuleContext, examination: &mut Examination) {
    let register = register(context);
    for (key, reasons) in absences(context, AbsenceReason::is_known_absence) {
        examination.count_judged(about(context, key));
        if !register.contains_key(&key) {
            let message =
                format!("отсутствие на уроках ({}) не отмечено классным руководителем", codes(&reasons));
            examination.find(about(context, key), message);
        }
    }
}

fn register_differs(context: &RuleContext, examination: &mut Examination) {
    let (register, places) = (register(context), places(context));
    for (key, reasons) in absences(context, AbsenceReason::is_known_absence) {
        let Some(noted) = register.get(&key) else { continue };
        examination.count_judged(about(context, key));
        if reasons.is_disjoint(noted) {
            let (noted, reasons) = (codes(noted), codes(&reasons));
            let message = format!("классный руководитель отметил {noted}, учителя {reasons}");
            examination.find(about(context, key).at(places[&key]), message);
        }
    }
}

fn register_unconfirmed(context: &RuleContext, examination: &mut Examination) {
    // An absence without a known reason confirms that the pupil was absent.
    let absences = absences(context, AbsenceReason::is_absence);
    let (taught, places) = (taught_days(context), places(context));
    for (key, reasons) in register(context) {
        if !has_lessons(context, &taught, key) {
            continue;
        }
        examination.count_judged(about(context, key));
        if !absences.contains_key(&key) {
            let message =
                format!("классный руководитель отметил {}, на уроках отсутствия нет", codes(&reasons));
            examination.find(about(context, key).at(places[&key]), message);
        }
    }
}

/// Returns the reasons of absence at held lessons, by day and pupil.
fn absences(context: &RuleContext, counts: fn(AbsenceReason) -> bool) -> Reasons {
    let mut reasons = Reasons::new();
    for absence in context.journal.absences.values().filter(|absence| counts(absence.reason)) {
        let lesson = &context.journal.lessons[absence.lesson];
        if lesson.status == LessonStatus::Held && lesson.date <= context.as_of {
            reasons.entry((lesson.date, absence.pupil)).or_default().insert(absence.reason);
        }
    }
    reasons
}

fn register(context: &RuleContext) -> Reasons {
    let mut reasons = Reasons::new();
    for row in context.journal.register.iter().filter(|row| row.date <= context.as_of) {
        reasons.entry((row.date, row.pupil)).or_default().insert(row.reason);
    }
    reasons
}

/// Returns the courses with held lessons, by day.
fn taught_days(context: &RuleContext) -> BTreeSet<(Date, Id<Course>)> {
    context.held().map(|(_, lesson)| (lesson.date, lesson.course)).collect()
}

fn has_lessons(
    context: &RuleContext,
    taught: &BTreeSet<(Date, Id<Course>)>,
    (date, pupil): (Date, Id<Pupil>),
) -> bool {
    context.roster.courses_on(pupil, date).any(|course| taught.contains(&(date, course)))
}

/// Returns the row of the register for every pupil and day; of several the first.
fn places(context: &RuleContext) -> BTreeMap<(Date, Id<Pupil>), SourceRef> {
    // Of several for one key the last inserted stays.
    context.journal.register.iter().rev().map(|row| ((row.date, row.pupil), row.place)).collect()
}

fn about(context: &RuleContext, (date, pupil): (Date, Id<Pupil>)) -> About {
    let class = context.class_near(pupil, date);
    let term = class.and_then(|class| context.term_of_class(class, date));
    About { date: Some(date), term, class, pupil: Some(pupil), ..About::default() }
}

fn codes(reasons: &BTreeSet<AbsenceReason>) -> String {
    reasons.iter().map(|reason| format!("«{}»", reason.code())).collect::<Vec<_>>().join(", ")
}
