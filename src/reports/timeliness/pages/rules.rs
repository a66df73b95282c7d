//! The pages by rule: the regulation's own words, what was examined, what was found.

use super::super::figures::RuleLine;
use super::super::phrases::{share, some};
use super::super::{DIRECTIONS, Timeliness};
use super::{NOTE, count, row, table, text};
use crate::labels;
use crate::render::flow::Flow;
use crate::render::format;

/// Lays the pages out: a table for each direction of control.
pub(super) fn pages(report: &Timeliness<'_>, flow: &mut Flow) {
    flow.turn();
    flow.heading(1, "По правилам: слова регламента и что найдено");
    let note = "«Строк»: замечания с одной причиной сложены в одну строку, например тридцать отметок одного урока. \
        Наименьшее число отметок, срок записи урока и минуты домашних заданий — числа школы (policy.toml): пункты об этом \
        цифр не дают.";
    flow.paragraph(NOTE, note);
    flow.gap(1.0);
    for direction in DIRECTIONS {
        let lines: Vec<&RuleLine> =
            report.rules.iter().filter(|line| direction.rules.contains(&line.rule.id)).collect();
        if lines.is_empty() {
            continue;
        }
        flow.heading(2, direction.title);
        let columns = vec![
            text("Проверка", 40.0),
            text("Слова регламента", 62.0),
            count("Проверено", 20.0),
            count("Нару-шений", 13.0),
            count("Доля", 12.0),
            count("К све-дению", 12.0),
            count("Без данных", 11.0),
            count("Строк", 10.0),
        ];
        flow.table(&table(columns, lines.into_iter().map(rule_row).collect(), 7.5));
    }
}

fn rule_row(line: &RuleLine) -> crate::render::table::Row {
    let quotes: Vec<String> = line
        .words
        .quotes
        .iter()
        .map(|(clause, words)| format!("{}: {words}", labels::clause(clause)))
        .collect();
    row(vec![
        line.rule.title_ru.to_owned(),
        quotes.join(" — "),
        format!("{} {}", format::thousands(line.examined.examined), line.words.counted),
        some(line.counts.violations),
        share(line.counts.violations, line.examined.examined),
        some(line.counts.notices),
        some(line.examined.unjudged),
        some(line.counts.causes),
    ])
}
