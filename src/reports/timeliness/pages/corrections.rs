//! The page of corrections (C17): by person, then those made after the term mark and those that contradict
//! the export.

use std::collections::BTreeMap;

use super::super::Timeliness;
use super::super::corrections::{Corrected, Correction};
use super::super::phrases::count_or_blank;
use super::parts::{count, row, table, text};
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Row, Table as Grid};

/// How many corrections are spelled out; the workbook has all.
const SHOWN: usize = 20;

/// Prints the page; nothing if there is no log.
pub(super) fn page(report: &Timeliness<'_>, paper: &mut Paper) {
    paper.turn();
    paper.heading(1, "Исправления отметок, тем и домашних заданий");
    let journal = report.context.journal;
    if !journal.presence.has(Table::Changes) {
        paper.paragraph(Look::Strong, "Не проверялось: в источнике нет журнала изменений.");
        return;
    }
    paper.paragraph(Look::Note, &summary(report));
    paper.gap(1.0);
    let [authors, mut telling] = tables(report);
    paper.table(&authors);
    if telling.rows.is_empty() {
        return;
    }
    paper.heading(2, TELLING);
    let rest = telling.rows.len().saturating_sub(SHOWN);
    telling.rows.truncate(SHOWN);
    paper.table(&telling);
    if rest > 0 {
        paper.paragraph(Look::Strong, &format!("И ещё {rest}: полный список — в книге, лист «Исправления»."));
    }
}

/// Title of the second table.
pub(in super::super) const TELLING: &str = "После отметки за период или с расхождением";

/// Returns how many corrections there are.
pub(in super::super) fn summary(report: &Timeliness<'_>) -> String {
    let all = &report.corrections;
    let after = all.iter().filter(|one| one.is_after_term_mark()).count();
    let differ = all.iter().filter(|one| one.is_contradiction()).count();
    format!(
        "Директор, п. 13. Исправлений {}: после отметки за период {after}, журнал изменений расходится с выгрузкой или сам с собой в {differ}. \
         Все, со значениями до и после, — в книге, лист «Исправления».",
        format::thousands(all.len())
    )
}

/// Returns the counts by person, and the corrections made after the term mark or in contradiction to the
/// export.
pub(in super::super) fn tables(report: &Timeliness<'_>) -> [Grid; 2] {
    let journal = report.context.journal;
    let all = &report.corrections;
    let columns = vec![
        text("Кто исправил", 52.0),
        count("Всего", 16.0),
        count("Отметок", 18.0),
        count("Тем", 14.0),
        count("Заданий", 18.0),
        count("Удалений", 18.0),
        count("После отметки за период", 24.0),
        count("Расходится с выгрузкой", 20.0),
    ];
    let authors = table(columns, by_author(journal, all), 8.0);
    let columns = vec![
        text("Когда", 24.0),
        text("Кто", 30.0),
        text("Что, где", 46.0),
        text("Было", 14.0),
        text("Стало", 14.0),
        text("Отметка за период", 24.0),
        text("Сверка с выгрузкой", 28.0),
    ];
    let telling = all.iter().filter(|one| one.is_after_term_mark() || one.is_contradiction());
    [authors, table(columns, telling.map(|one| telling_row(journal, one)).collect(), 7.5)]
}

fn by_author(journal: &Journal, all: &[Correction<'_>]) -> Vec<Row> {
    let mut authors: BTreeMap<String, Vec<&Correction<'_>>> = BTreeMap::new();
    for one in all {
        authors.entry(author(journal, one)).or_default().push(one);
    }
    let line = |(name, own): (String, Vec<&Correction<'_>>)| {
        let of = |test: &dyn Fn(&Correction<'_>) -> bool| {
            count_or_blank(own.iter().filter(|one| test(one)).count())
        };
        row(vec![
            name,
            count_or_blank(own.len()),
            of(&|one| one.what == Corrected::Mark),
            of(&|one| one.what == Corrected::Topic),
            of(&|one| one.what == Corrected::Homework),
            of(&|one| one.change.action == ChangeAction::Delete),
            of(&|one| one.is_after_term_mark()),
            of(&|one| one.is_contradiction()),
        ])
    };
    authors.into_iter().map(line).collect()
}

/// Returns who made a correction: the person, or the account.
fn author(journal: &Journal, one: &Correction<'_>) -> String {
    one.author.map_or_else(
        || format!("учётная запись {}", one.change.account),
        |staff| format::initials(&journal.staff[staff].name),
    )
}

fn telling_row(journal: &Journal, one: &Correction<'_>) -> Row {
    let lesson = one.lesson.map(|id| &journal.lessons[id]);
    let place = lesson.map(|lesson| {
        let course = &journal.courses[lesson.course];
        let classes: Vec<&str> =
            journal.classes_of(course).iter().map(|id| journal.classes[*id].key.as_str()).collect();
        format!(
            ", {}, {}, урок {}",
            classes.join(", "),
            clean(&journal.subjects[course.subject].title),
            format::date(lesson.date)
        )
    });
    row(vec![
        format::moment(one.change.at),
        author(journal, one),
        format!("{}{}", one.what.word(), place.unwrap_or_default()),
        clean(&one.change.old),
        if one.change.action == ChangeAction::Delete {
            "удалено".to_owned()
        } else {
            clean(&one.change.new)
        },
        one.closed_at.map(format::moment).unwrap_or_default(),
        one.verdict(),
    ])
}
