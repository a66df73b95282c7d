//! Who is at risk in the term under way, with the reasons, and what such forecasts were worth.

use std::collections::BTreeMap;

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{mean_of, named, say_rest};
use crate::reports::common::table::{count, numbered, table, text};
use crate::reports::common::terms;
use crate::reports::forecast::{THREATS, fives, nearest, verdict};
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
    let mut rows: Vec<(usize, Vec<String>)> =
        of.pages.iter().filter_map(|pupil| line(of, *pupil, fold)).collect();
    let said = format!(
        "Идёт {title}, {}-я неделя, отметки по {as_of}. Под угрозой «2», с пропусками или хуже, чем было: {}. {}",
        of.prospects[0].week,
        format::counted(rows.len(), ["ученик", "ученика", "учеников"]),
        worth(of, term)
    );
    paper.paragraph(Look::Text, &said);
    few_marks(of, fold, paper);
    if !fold.has_tables {
        in_words(of, fold, paper);
    } else if !rows.is_empty() {
        let columns = vec![
            count("№", 7.0),
            text("Фамилия, имя", 38.0),
            text(DANGER_TITLES[0], 45.0),
            text(DANGER_TITLES[1], 45.0),
            text(DANGER_TITLES[2], 45.0),
        ];
        // Who is in the greatest danger stands first, and is the last to be left out.
        rows.sort_by_key(|(worst, _)| *worst);
        let all = rows.len();
        rows.truncate(fold.rows);
        say_rest(paper, all - rows.len());
        paper.table(&table(columns, numbered(rows.into_iter().map(|(_, cells)| cells).collect())));
        let note =
            "В скобках — средний и число отметок. Причины словами и нужные пятёрки — на страницах учеников.";
        paper.paragraph(Look::Note, note);
    }
    chances(of, fold, paper);
}

/// The dangers to a pupil, the worst first; that a subject has few marks is said of the subject.
const DANGERS: [fn(&Risk) -> bool; 3] =
    [THREATS[0], |risk| matches!(risk, Risk::Absent { .. }), |risk| matches!(risk, Risk::Falling { .. })];

const DANGER_TITLES: [&str; 3] = ["Угроза «2»", "Пропущена треть уроков", "Хуже, чем было"];

/// Says «Угроза «2» — 2: Вишнякова Ася (Химия 2,33 (3)), …».
fn in_words(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    for (title, danger) in DANGER_TITLES.iter().zip(DANGERS) {
        let of_pupil = |pupil: &Id<Pupil>| {
            let own = of.prospects.iter().filter(|one| one.pupil == *pupil && one.risks.iter().any(danger));
            let subjects: Vec<String> = own.map(|one| subject(of, one)).collect();
            (!subjects.is_empty()).then(|| format!("{} ({})", of.name(*pupil), subjects.join(", ")))
        };
        let names: Vec<String> = of.pages.iter().filter_map(of_pupil).collect();
        let said = format!("{title} — {}: {}.", names.len(), named(&names, fold.rows));
        paper.paragraph(Look::Text, &said);
    }
}

/// Returns the row of a pupil with the place of the worst danger; nothing for a pupil who is in none.
fn line(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold) -> Option<(usize, Vec<String>)> {
    let own: Vec<&Prospect> = of.prospects.iter().copied().filter(|one| one.pupil == pupil).collect();
    let subjects = DANGERS.map(|danger| {
        let own = own.iter().filter(|one| one.risks.iter().any(danger));
        own.map(|one| subject(of, one)).collect::<Vec<_>>()
    });
    let worst = subjects.iter().position(|subjects| !subjects.is_empty())?;
    let cells = subjects
        .map(|subjects| if subjects.is_empty() { String::new() } else { named(&subjects, fold.names) });
    Some((worst, [of.name(pupil)].into_iter().chain(cells).collect()))
}

fn subject(of: &OfClass<'_>, one: &Prospect) -> String {
    let title = of.subject_short(one.subject);
    match one.marks.len() {
        0 => format!("{title} (отметок нет)"),
        count => format!("{title} {}", mean_of(one.mean(), count)),
    }
}

/// Says in which subjects pupils have too few marks, and how many pupils.
fn few_marks(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    let is_few = |one: &&&Prospect| {
        one.risks.iter().any(|risk| matches!(risk, Risk::NoMarks { .. } | Risk::FewMarks { .. }))
    };
    let mut subjects: BTreeMap<Id<Subject>, [usize; 2]> = BTreeMap::new();
    of.prospects.iter().for_each(|one| subjects.entry(one.subject).or_default()[1] += 1);
    of.prospects.iter().filter(is_few).for_each(|one| subjects.entry(one.subject).or_default()[0] += 1);
    let few = subjects.into_iter().filter(|(_, [few, _])| *few > 0);
    let said =
        few.map(|(subject, [few, all])| format!("{} {few}\u{a0}из\u{a0}{all}", of.subject_short(subject)));
    let said: Vec<String> = said.collect();
    if !said.is_empty() {
        let said = format!("Меньше трёх отметок (угроза н/а), учеников: {}.", named(&said, fold.names));
        paper.paragraph(Look::Text, &said);
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
