//! The pages by class: counts by direction of control, and the most important findings of each class.

use std::collections::BTreeMap;

use super::super::Timeliness;
use super::super::causes::rank;
use super::super::figures::{Counts, DirectionLine, NOTHING};
use super::super::people::{Line, Whose, by_class};
use super::super::phrases::{out_of, title_of};
use super::parts::{count, row, table, text};
use crate::model::Journal;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Column, Row, Table};

/// How many kinds of findings are named per class.
const SHOWN: usize = 5;
/// Short titles of the directions, for narrow columns.
const SHORT: [&str; 10] = [
    "Запись занятий",
    "Выставление отметок",
    "Наполняемость отметок",
    "Посещаемость",
    "Программа",
    "Домашние задания",
    "Возраст и объём заданий",
    "Замены и пропуски",
    "Исправления, доступ",
    "Год, согласия",
];

/// Lays the pages out.
pub(super) fn pages(report: &Timeliness<'_>, paper: &mut Paper) {
    let [counts, gravest] = tables(report);
    paper.turn();
    paper.heading(1, "По классам");
    paper.paragraph(Look::Note, NOTE_ON_GROUPS);
    paper.gap(1.0);
    paper.table(&counts);
    paper.heading(2, "Что важнее всего в каждом классе");
    paper.table(&gravest);
}

/// Explains the cells.
pub(in super::super) const NOTE_ON_GROUPS: &str = "По направлениям контроля: нарушений/к сведению; «—»: не проверялось. Замечания по группам — в строках групп.";

/// Returns the counts by class and direction, and the most important findings of each class.
pub(in super::super) fn tables(report: &Timeliness<'_>) -> [Table; 2] {
    let journal = report.context.journal;
    let lines = by_class(report.context, &report.causes);
    let mut columns = vec![text("Класс, группа", 26.0), text("Классный руководитель", 28.0)];
    columns.extend([count("Уроков", 12.0), count("Прове-рено", 13.0)]);
    columns.extend([count("Нару-шений", 11.0), count("К све-дению", 11.0)]);
    columns.extend(SHORT.map(|title| Column::narrow(title, 7.9)));
    let rows = lines.iter().map(|line| class_row(report, line)).collect();
    let counts = table(columns, rows, 7.5);
    let columns = vec![text("Класс, группа", 30.0), text("Замечания: самые важные первыми", 150.0)];
    let rows = lines.iter().filter(|line| line.counts.all() > 0).map(|line| gravest_row(journal, line));
    [counts, table(columns, rows.collect(), 7.5)]
}

fn name(journal: &Journal, whose: Whose) -> String {
    match whose {
        Whose::Class(class) => journal.classes[class].key.to_string(),
        Whose::Group(group) => clean(&journal.groups[group].title),
        Whose::School => "Школа в целом".to_owned(),
    }
}

fn class_row(report: &Timeliness<'_>, line: &Line<'_, Whose>) -> Row {
    let journal = report.context.journal;
    let teacher = match line.of {
        Whose::Class(class) => {
            journal.classes[class].teacher.map(|id| format::initials(&journal.staff[id].name))
        }
        Whose::Group(_) | Whose::School => None,
    };
    let number = |count: usize| if count == 0 { String::new() } else { format::thousands(count) };
    let mut cells = vec![
        name(journal, line.of),
        teacher.unwrap_or_default(),
        number(line.lessons),
        number(line.judged()),
        format::thousands(line.counts.violations),
        format::thousands(line.counts.notices),
    ];
    let both = |(counts, direction): (&Counts, &DirectionLine)| match (counts.violations, counts.notices) {
        _ if direction.is_silent() => NOTHING.to_owned(),
        (0, 0) => String::new(),
        (violations, notices) => format!("{violations}/{notices}"),
    };
    cells.extend(line.directions.iter().zip(&report.directions).map(both));
    row(cells)
}

/// Counts a class's findings by rule, the most important first.
fn gravest_row(journal: &Journal, line: &Line<'_, Whose>) -> Row {
    let ranked: BTreeMap<_, &str> =
        line.causes.iter().map(|cause| (rank(cause.first()), cause.first().rule)).collect();
    // A rule of two clauses has two ranks: it takes the graver one, with all its findings.
    let mut rules: Vec<&str> = Vec::new();
    for rule in ranked.into_values() {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let rest = rules.len().saturating_sub(SHOWN);
    let mut said: Vec<String> = rules
        .into_iter()
        .take(SHOWN)
        .map(|rule| {
            let (found, judged) = line.out_of(rule, None);
            format!("{} — {}", title_of(rule), out_of(found, judged))
        })
        .collect();
    if rest > 0 {
        said.push(format!("и ещё видов: {rest}"));
    }
    row(vec![name(journal, line.of), said.join("; ")])
}
