//! Pupils at risk in the terms under way: a row a class, and by name those whom a «2» threatens.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, some};
use crate::reports::common::table::{count, numbered, row, table, text, total};
use crate::reports::common::terms;
use crate::reports::forecast::{THREATS, chances, fives, reasons, worst_threat};
use crate::reports::quarter::view::{Quarter, say_whom};
use crate::stats::analytics::forecast::{Prospect, Risk};

/// So many rows are named; the reports of class teachers and the workbook of the term name all.
const MOST_ROWS: usize = 30;

/// Place of the threat of «2».
const TWO: usize = 0;

pub(super) fn lay(quarter: &Quarter<'_>, last: &[Id<Term>], paper: &mut Paper) {
    let own = prospects(quarter, last);
    let as_of = format::date(quarter.data.context.as_of);
    if own.is_empty() {
        let said = format!(
            "На {as_of} следующий период не идёт: прогноза нет. Ниже — чего он стоил в законченных периодах."
        );
        return paper.paragraph(Look::Text, &said);
    }
    let threatened: Vec<&Prospect> =
        own.iter().copied().filter(|one| worst_threat(one) == Some(TWO)).collect();
    let said = format!(
        "{} Прогноз есть для {}. Угроза «2» — {}, {} по предметам.",
        under_way(quarter, &own, &as_of),
        format::counted(pupils(&own), ["ученика", "учеников", "учеников"]),
        format::counted(pupils(&threatened), ["ученик", "ученика", "учеников"]),
        format::counted(threatened.len(), ["случай", "случая", "случаев"]),
    );
    paper.paragraph(Look::Text, &said);
    by_class(quarter, &own, paper);
    by_name(quarter, threatened, paper);
}

/// Returns the forecasts of terms that follow this one; and of terms of other grades that follow none of those that ended last.
fn prospects<'a>(quarter: &Quarter<'a>, last: &[Id<Term>]) -> Vec<&'a Prospect> {
    let journal = quarter.data.journal();
    let is_own = |one: &&Prospect| {
        let before = journal.previous_term(one.term, journal.classes[one.class].grade);
        before == Some(quarter.data.term) || before.is_none_or(|term| !last.contains(&term))
    };
    quarter.data.context.outlook.prospects.iter().filter(is_own).collect()
}

/// Says «Идёт 3 четверть, 5-я неделя; отметки по 20.02.2025.»
fn under_way(quarter: &Quarter<'_>, own: &[&Prospect], as_of: &str) -> String {
    let terms: BTreeMap<Id<Term>, u8> = own.iter().map(|one| (one.term, one.week)).collect();
    let said = terms
        .into_iter()
        .map(|(term, week)| format!("{}, {week}-я неделя", terms::title(quarter.data.journal(), term)));
    format!("Идёт: {}; отметки по {as_of}.", said.collect::<Vec<_>>().join("; "))
}

fn pupils(prospects: &[&Prospect]) -> usize {
    prospects.iter().map(|one| one.pupil).collect::<BTreeSet<_>>().len()
}

/// Returns the grades that have a forecast, «2–9 классы».
fn whom(quarter: &Quarter<'_>, own: &[&Prospect]) -> String {
    let grades: BTreeSet<u8> = own.iter().map(|one| quarter.grade(one.class)).collect();
    match (grades.first(), grades.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{first}–{last} классы, предметы с отметками 1–5")
        }
        (Some(only), _) => format!("{only} классы, предметы с отметками 1–5"),
        _ => GAP.to_owned(),
    }
}

/// The dangers in the order of the columns. That a subject has few marks says little of a pupil and is counted apart.
const DANGERS: [fn(&Risk) -> bool; 4] = [
    THREATS[TWO],
    |risk| matches!(risk, Risk::Absent { .. }),
    |risk| matches!(risk, Risk::NoMarks { .. } | Risk::FewMarks { .. }),
    |risk| matches!(risk, Risk::Falling { .. }),
];

/// What is counted of a class: a danger, or the one subject that is missing to an excellent or good term.
fn kinds(one: &Prospect) -> impl Iterator<Item = usize> {
    let only =
        |own: u8| one.risks.iter().any(|risk| matches!(risk, Risk::OnlyOne { mark, .. } if *mark == own));
    let dangers = DANGERS.iter().map(|danger| one.risks.iter().any(danger));
    let all: Vec<bool> = dangers.chain([only(4), only(3)]).collect();
    all.into_iter().enumerate().filter(|(_, is_so)| *is_so).map(|(place, _)| place)
}

fn by_class(quarter: &Quarter<'_>, own: &[&Prospect], paper: &mut Paper) {
    let journal = quarter.data.journal();
    let mut classes: BTreeMap<(u8, &str), Vec<&Prospect>> = BTreeMap::new();
    for one in own {
        let class = &journal.classes[one.class];
        classes.entry((class.grade, class.key.as_str())).or_default().push(one);
    }
    let columns = vec![
        text("Класс", 18.0),
        count("Учеников с прогнозом", 24.0),
        count("Угроза «2»", 20.0),
        count("Пропущена треть уроков", 24.0),
        count("Меньше трёх отметок", 24.0),
        count("Хуже, чем было", 20.0),
        count("До отличника один предмет", 25.0),
        count("До хорошиста один предмет", 25.0),
    ];
    let line = |title: &str, own: &[&Prospect]| {
        let mut kinds_of = [const { BTreeSet::new() }; DANGERS.len() + 2];
        own.iter().for_each(|one| kinds(one).for_each(|kind| kinds_of[kind].extend([one.pupil])));
        let counts = kinds_of.iter().map(|pupils| some(pupils.len()));
        [title.to_owned(), pupils(own).to_string()].into_iter().chain(counts).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = classes.iter().map(|((_, key), own)| row(line(key, own))).collect();
    rows.push(total(line("Всего", own)));
    paper.table(&table(columns, rows));
    let note = "Ученик стоит в каждой графе, которая подходит к нему хотя бы по одному предмету, один раз. Угроза «2»: ожидается «2», последние \
                отметки — «2» или так кончилась четверть таких же случаев. Меньше трёх отметок — после середины периода; это угроза н/а и вопрос \
                к накопляемости. Имена — ниже, в отчётах классных руководителей и в книге периода.";
    say_whom(paper, &whom(quarter, own), note);
}

fn by_name(quarter: &Quarter<'_>, mut own: Vec<&Prospect>, paper: &mut Paper) {
    paper.heading(2, &format!("Угроза «2»: {}", own.len()));
    if own.is_empty() {
        return paper.paragraph(Look::Text, "Случаев, где по отметкам ожидается «2», 0.");
    }
    let (keys, journal) = (&quarter.data.keys, quarter.data.journal());
    let key = |one: &Prospect| {
        (journal.classes[one.class].key.to_string(), journal.pupils[one.pupil].key.to_string())
    };
    own.sort_by_cached_key(|one| {
        let (class, pupil) = key(one);
        (keys.pupil_order(&class, &pupil), keys.subject_name(one.subject))
    });
    let whom = whom(quarter, &own);
    let all = own.len();
    own.truncate(MOST_ROWS);
    let columns = vec![
        count("№", 7.0),
        text("Класс", 11.0),
        text("Фамилия, имя", 33.0),
        text("Предмет, учитель", 38.0),
        text("Ожида-ется", 13.0),
        text("Нужно пятёрок", 27.0),
        text("Почему", 51.0),
    ];
    let rows = own.iter().map(|one| line(quarter, one)).collect();
    paper.table(&table(columns, numbered(rows)));
    let rest = if all > MOST_ROWS {
        format!("Показаны первые {MOST_ROWS} из {all}. ")
    } else {
        String::new()
    };
    let note = format!(
        "{rest}Ожидается — округлённый средний отметок периода и отметки за прошлый период (3,5 — «4»). «Таких же случаев» — с той же \
         ожидаемой отметкой и числом отметок в прежних периодах, сам ученик не в счёт; их доли названы, если случаев 30 и больше."
    );
    say_whom(paper, &whom, &note);
}

fn line(quarter: &Quarter<'_>, one: &Prospect) -> Vec<String> {
    let (keys, journal) = (&quarter.data.keys, quarter.data.journal());
    let why = reasons(one).into_iter().chain(chances(one));
    vec![
        journal.classes[one.class].key.to_string(),
        keys.pupil_name(one.pupil),
        format!(
            "{}, {}",
            keys.subject_name(one.subject),
            keys.teacher_name(journal.courses[one.course].teacher)
        ),
        one.expected.map_or(GAP.to_owned(), |mark| mark.to_string()),
        fives(one),
        why.collect::<Vec<_>>().join("; "),
    ]
}
