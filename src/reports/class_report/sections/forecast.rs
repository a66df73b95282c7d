//! Who is at risk in the term under way, with the reasons, and what such forecasts were worth.

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{mean_of, named, say_rest};
use crate::reports::common::table::{count, numbered, table, text};
use crate::reports::common::terms;
use crate::reports::forecast::{THREATS, fives, nearest, verdict, worst_threat};
use crate::stats::analytics::forecast::{Prospect, Risk};

/// Says that no term is under way, and so nothing is forecast.
pub(super) fn say_none(of: &OfClass<'_>, paper: &mut Paper) {
    let as_of = format::date(of.data.context.as_of);
    paper.paragraph(Look::Text, &format!("На {as_of} следующий период не идёт: прогноза на него нет."));
}

pub(super) fn lay(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    let Some(term) = of.under_way else { return };
    let as_of = format::date(of.data.context.as_of);
    let title = terms::title(of.journal(), term);
    if of.prospects.is_empty() {
        let said = format!("Идёт {title}; отметок класса, по которым можно судить, на {as_of} нет.");
        return paper.paragraph(Look::Text, &said);
    }
    let at_risk: Vec<&Prospect> = of.prospects.iter().copied().filter(|one| one.is_at_risk()).collect();
    let mut rows: Vec<Vec<String>> = of.pages.iter().filter_map(|pupil| line(of, *pupil, &at_risk)).collect();
    let said = format!(
        "Идёт {title}, {}-я неделя, отметки по {as_of}. Под угрозой {}, у них {} по предметам. {}",
        of.prospects[0].week,
        format::counted(rows.len(), ["ученик", "ученика", "учеников"]),
        format::counted(at_risk.len(), ["случай", "случая", "случаев"]),
        worth(of, term)
    );
    paper.paragraph(Look::Text, &said);
    if !rows.is_empty() {
        let columns = vec![
            count("№", 7.0),
            text("Фамилия, имя", 38.0),
            text("Угроза «2»", 45.0),
            text("Мало отметок или много пропусков", 50.0),
            text("Хуже, чем было", 40.0),
        ];
        let all = rows.len();
        rows.truncate(fold.rows);
        say_rest(paper, all - rows.len());
        paper.table(&table(columns, numbered(rows)));
        let note = "Предмет стоит в первой графе, которая к нему подходит; в скобках — средний и число отметок. Причины словами и нужные пятёрки — на страницах учеников.";
        paper.paragraph(Look::Note, note);
    }
    chances(of, fold, paper);
}

/// Returns the row of a pupil, each subject under the worst that threatens; nothing for a pupil who is not at risk.
fn line(of: &OfClass<'_>, pupil: Id<Pupil>, at_risk: &[&Prospect]) -> Option<Vec<String>> {
    let mut threats = [const { Vec::new() }; THREATS.len()];
    for one in at_risk.iter().filter(|one| one.pupil == pupil) {
        threats[worst_threat(one)?].push(subject(of, one));
    }
    let is_any = threats.iter().any(|subjects| !subjects.is_empty());
    let cells = threats.map(|subjects| subjects.join(", "));
    is_any.then(|| [of.name(pupil)].into_iter().chain(cells).collect())
}

fn subject(of: &OfClass<'_>, one: &Prospect) -> String {
    let title = of.data.keys.subject_name(one.subject);
    match one.marks.len() {
        0 => format!("{title} (отметок нет)"),
        count => format!("{title} {}", mean_of(one.mean(), count)),
    }
}

/// Says what the forecast was worth in terms like this, at the last week tried that is not after the present one.
fn worth(of: &OfClass<'_>, term: Id<Term>) -> String {
    let test = &of.data.context.outlook.back_test;
    let (kind, week) = (of.journal().terms[term].kind, of.prospects[0].week);
    match nearest(test, kind, week) {
        Some(row) => format!("Прогноз на {}-й неделе: {}.", row.week, verdict(row)),
        None => "Проверить прогноз не на чем: законченных периодов такого вида нет.".to_owned(),
    }
}

/// Names those whom one subject keeps from an excellent or good term.
fn chances(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    for (mark, of_whom) in [(4, "отличника"), (3, "хорошиста")] {
        let is_one = |one: &&&Prospect| {
            one.risks.iter().any(|risk| matches!(risk, Risk::OnlyOne { mark: own, .. } if *own == mark))
        };
        let said = |one: &&Prospect| {
            let needed = fives(one);
            let subject = of.data.keys.subject_name(one.subject);
            let needed = if needed.is_empty() { String::new() } else { format!(": {needed}") };
            format!("{} ({subject}{needed})", of.name(one.pupil))
        };
        let names: Vec<String> = of.prospects.iter().filter(is_one).map(said).collect();
        let said = format!(
            "До {of_whom} не хватает одного предмета — {}: {}.",
            names.len(),
            named(&names, fold.names)
        );
        paper.paragraph(Look::Text, &said);
    }
}
