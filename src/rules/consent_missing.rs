//! Parents' consents and acquaintance that are not recorded.

use std::collections::BTreeSet;

use super::about::{About, Owner};
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Answers, Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static CONSENT_MISSING: Rule = Rule {
    id: "consent-missing",
    requirement: "C22",
    clauses: &["S.1"],
    severity: Severity::Violation,
    title: Said::fixed("Нет согласия родителей", "no consent of the parents"),
    counted: "учеников",
    weight: 2,
    fold: Fold::ClassTerm,
    direction: Direction::YearSetup,
    quotes: &[(
        "S.1",
        "Проведение регистрации согласия/несогласия на обработку персональных данных граждан, желающих получать \
             сведения об успеваемости их детей (подопечных) в электронной форме.",
    )],
    remedy: "получить и записать согласие или отказ родителей",
    answers: Answers::ClassTeacher,
    needs: &[(Table::Consents, &[]), (Table::Enrolment, &[])],
    check: consent_missing,
    ..Rule::USUAL
};

pub(super) static ACQUAINTANCE_MISSING: Rule = Rule {
    id: "acquaintance-missing",
    requirement: "C22",
    clauses: &["D.21"],
    severity: Severity::Notice,
    title: Said::fixed("Нет отметки об ознакомлении родителей", "parents not recorded as informed"),
    counted: "учеников по периодам",
    weight: 1,
    fold: Fold::ClassTerm,
    direction: Direction::YearSetup,
    quotes: &[(
        "D.21",
        "Контролирует регистрацию факта ознакомления родителей (законных представителей) со сведениями электронного \
             дневника.",
    )],
    remedy: "ознакомить родителей и отметить это",
    answers: Answers::ClassTeacher,
    needs: &[(Table::Acknowledgements, &["term_id"]), (Table::Enrolment, &[]), (Table::Terms, &[])],
    check: acquaintance_missing,
    ..Rule::USUAL
};

fn consent_missing(context: &RuleContext, examination: &mut Examination) {
    let consents = context.journal.consents.iter().filter(|consent| consent.at <= context.as_of_end());
    let asked: BTreeSet<_> = consents.map(|consent| consent.pupil).collect();
    for pupil in context.journal.pupils.ids() {
        let Some(class) = context.roster.class_on(pupil, context.as_of) else { continue };
        examination.count_judged(Owner { class: Some(class), ..Owner::default() });
        if !asked.contains(&pupil) {
            let about = About { class: Some(class), pupil: Some(pupil), ..About::default() };
            examination.find(about, "нет ни согласия, ни отказа родителей на передачу данных".to_owned());
        }
    }
}

fn acquaintance_missing(context: &RuleContext, examination: &mut Examination) {
    let rows = context.journal.acknowledgements.iter().filter(|row| row.at <= context.as_of_end());
    let acquainted: BTreeSet<_> = rows.filter_map(|row| Some((row.pupil, row.term?))).collect();
    for (id, term) in context.journal.terms.iter() {
        let last_day = term.span.to;
        if term.kind == TermKind::Year || last_day > context.as_of {
            continue;
        }
        for pupil in context.journal.pupils.ids() {
            let class = context.roster.class_on(pupil, last_day);
            let Some(class) =
                class.filter(|class| term.grades.contains(context.journal.classes[*class].grade))
            else {
                continue;
            };
            examination.count_judged(Owner { class: Some(class), ..Owner::default() });
            if !acquainted.contains(&(pupil, id)) {
                let (class, pupil) = (Some(class), Some(pupil));
                let about = About { date: Some(last_day), term: Some(id), class, pupil, ..About::default() };
                examination.find(about, "нет отметки об ознакомлении родителей с итогами периода".to_owned());
            }
        }
    }
}
