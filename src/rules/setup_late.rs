//! Sections of the year's set-up done after their day, or not at all.

use super::about::About;
use super::context::{RuleContext, day_end};
use super::direction::Direction;
use super::examination::Examination;
use super::rule::{Fold, Rule};
use super::wording::{day, late};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::{DueClause, Entered, Table};

pub(super) static SETUP_LATE: Rule = Rule {
    id: "setup-late",
    requirement: "C19",
    clauses: &["Z.5", "D.10", "R.2.2"],
    severity: Severity::Violation,
    title: Said::fixed(
        "Разделы учебного года сформированы с опозданием",
        "sections of the school year set up late",
    ),
    counted: "разделов",
    weight: 2,
    fold: Fold::Alone,
    direction: Direction::YearSetup,
    quotes: &[
        ("Z.5", "В срок до 5 сентября каждого учебного года…"),
        ("D.10", "Контролирует в срок до 10 сентября учебного года формирование в ИС разделов…"),
        (
            "R.2.2",
            "…в срок до 15 сентября каждого учебного года осуществляют подготовку информационной системы…",
        ),
    ],
    remedy: "завершить формирование раздела, причину пояснить директору",
    needs: &[(Table::Setup, &["due_clause"])],
    check: setup_late,
    ..Rule::USUAL
};

fn setup_late(context: &RuleContext, examination: &mut Examination) {
    for clause in [DueClause::Deputies, DueClause::Director, DueClause::System] {
        let last_day = context.policy.setup_day(clause, context.journal.year.start.year());
        if last_day > context.as_of {
            continue;
        }
        let (due, about) = (day_end(last_day), About { date: Some(last_day), ..About::default() });
        let steps = context.journal.setup.iter().filter(|step| step.due_clause == Some(clause));
        let steps: Vec<_> = steps.collect();
        for step in &steps {
            if let Some(found) = examination.judge(about, due, Entered::At(step.done_at)) {
                let message = late(&format!("раздел «{}» сформирован", step.section), found, due);
                let finding = examination.find(about.at(step.place), message);
                (finding.clause, finding.due_at, finding.found_at) =
                    (clause.code(), Some(due), Some(found.at));
            }
        }
        if steps.is_empty() && last_day < context.as_of {
            examination.count_judged(about);
            let message = format!("нет записи о разделах, которые формируются до {}", day(last_day));
            let finding = examination.find(about, message);
            (finding.clause, finding.due_at) = (clause.code(), Some(due));
        }
    }
}
