//! The pages by rule: the regulation's own words, what was examined, what was found.

use super::super::Timeliness;
use super::super::figures::RuleLine;
use super::super::phrases::{count_or_blank, share};
use super::parts::{count, row, table, text};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Row, Table};
use crate::reports::labels;
use crate::rules::Direction;

/// Says what is counted.
pub(in super::super) const NOTE_ON_COUNTS: &str = "«Строк»: замечания с одной причиной объединены в одну строку, например \
    тридцать отметок одного урока. Наименьшее число отметок, срок записи урока и минуты домашних заданий \
    установлены школой, в регламенте их нет.";

/// Prints the pages: a table for each direction of control.
pub(super) fn pages(report: &Timeliness<'_>, paper: &mut Paper) {
    paper.turn();
    paper.heading(1, "По правилам: слова регламента и что найдено");
    paper.paragraph(Look::Note, NOTE_ON_COUNTS);
    paper.gap(1.0);
    for (title, table) in tables(report) {
        paper.heading(2, title);
        paper.table(&table);
    }
}

/// Returns a table for each direction of control with rules that ran.
pub(in super::super) fn tables(report: &Timeliness<'_>) -> Vec<(&'static str, Table)> {
    let mut tables = Vec::new();
    for direction in Direction::ALL {
        let lines: Vec<&RuleLine> =
            report.rules.iter().filter(|line| line.rule.direction == direction).collect();
        if lines.is_empty() {
            continue;
        }
        let columns = vec![
            text("Проверка", 34.0),
            text("Слова регламента", 65.0),
            count("Проверено", 20.0),
            count("Нару-шений", 12.0),
            count("Доля", 11.0),
            count("К све-дению", 13.0),
            count("Нельзя проверить", 15.0),
            count("Строк", 10.0),
        ];
        tables.push((direction.title(), table(columns, lines.into_iter().map(rule_row).collect(), 7.5)));
    }
    tables
}

fn rule_row(line: &RuleLine) -> Row {
    let quotes: Vec<String> = line
        .rule
        .quotes
        .iter()
        .map(|(clause, words)| format!("{}: {words}", labels::clause(clause)))
        .collect();
    row(vec![
        line.rule.title.ru.to_owned(),
        quotes.join(" — "),
        format!("{} {}", format::thousands(line.examined.examined), line.rule.counted),
        count_or_blank(line.counts.violations),
        share(line.counts.violations, line.examined.examined),
        count_or_blank(line.counts.notices),
        count_or_blank(line.examined.unjudged),
        count_or_blank(line.counts.causes),
    ])
}
