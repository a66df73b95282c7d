//! Pupils' cards that lack what the class journal prints.

use super::about::{About, Owner};
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;
use crate::policy::CardField;

pub(super) static PUPIL_CARD_INCOMPLETE: Rule = Rule {
    id: "pupil-card-incomplete",
    requirement: "C25",
    clauses: &["P.17", "K.7"],
    severity: Severity::Notice,
    title: Said::fixed("Карточка обучающегося заполнена не полностью", "pupil's card incomplete"),
    counted: "карточек",
    weight: 1,
    fold: Fold::ClassTerm,
    direction: Direction::YearSetup,
    quotes: &[(
        "P.17",
        "Помощники администратора и делопроизводитель обеспечивают проверку и внесение достоверных данных об учащихся…",
    )],
    remedy: "дополнить карточку обучающегося",
    needs: &[(Table::Pupils, &[]), (Table::Enrolment, &[])],
    // One for every field of a card; fields that the policy does not require are skipped.
    parts: &[
        (Table::Pupils, &["patronymic"]),
        (Table::Pupils, &["birth_date"]),
        (Table::Pupils, &["sex"]),
        (Table::Pupils, &["file_number"]),
        (Table::Pupils, &["address"]),
        (Table::Pupils, &["phone"]),
        (Table::Pupils, &["parents"]),
    ],
    check: pupil_card_incomplete,
    ..Rule::USUAL
};

/// Judges pupils who are enrolled on `as_of`, or after the year's end on its last day: enrolments often end
/// with the year.
fn pupil_card_incomplete(context: &RuleContext, examination: &mut Examination) {
    let journal = context.journal;
    let has_column = |field: &&CardField| journal.presence.has_column(Table::Pupils, field.code());
    let asked: Vec<_> = context.policy.card_fields.iter().filter(has_column).collect();
    let date = context.as_of.min(journal.year.end);
    for (id, pupil) in journal.pupils.iter() {
        let Some(class) = context.roster.class_on(id, date) else { continue };
        examination.count_judged(Owner { class: Some(class), ..Owner::default() });
        let lacking = asked.iter().filter(|field| !field.is_given(pupil));
        // The names of the fields, never their contents.
        let lacking: Vec<_> = lacking.map(|field| field.title_ru()).collect();
        if !lacking.is_empty() {
            let about = About { class: Some(class), pupil: Some(id), ..About::default() }.at(pupil.place);
            examination.find(about, format!("в карточке не заполнено: {}", lacking.join(", ")));
        }
    }
}
