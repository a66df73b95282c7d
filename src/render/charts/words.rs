//! A chart in words: for those who do not see it, and under the picture.

use super::{Chart, Kind, Reference, Row, Series, Stack, Value, stacks, texts};
use crate::render::format::counted;

/// Returns what a chart shows, in words: its kind, how much is in it, where least and most are, what is missing.
pub(super) fn alt(chart: &Chart) -> String {
    let mut said =
        vec![format!("{}: {}", kind(chart), trimmed(&chart.title)), trimmed(&chart.subtitle).to_owned()];
    match &chart.kind {
        Kind::Bars { rows, reference } | Kind::Intervals { rows, reference } => {
            said.extend(of_rows(chart, rows, reference.as_ref()));
        }
        Kind::Stacks { parts, rows } => said.extend(of_stacks(parts, rows)),
        Kind::Slopes { points: columns, lines: rows } | Kind::Heat { columns, rows } => {
            said.extend(of_series(chart, columns, rows));
        }
    }
    said.push("Все числа — в таблице под рисунком".to_owned());
    said.retain(|sentence| !sentence.is_empty());
    said.join(". ") + "."
}

fn kind(chart: &Chart) -> &'static str {
    match chart.kind {
        Kind::Bars { .. } => "Столбики",
        Kind::Intervals { .. } => "Точки с интервалами",
        Kind::Stacks { .. } => "Полосы из частей",
        Kind::Slopes { .. } => "Линии",
        Kind::Heat { .. } => "Таблица с заливкой",
    }
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

fn of_rows(chart: &Chart, rows: &[Row], reference: Option<&Reference>) -> Vec<String> {
    let pairs = || rows.iter().filter_map(|row| row.value.as_ref().map(|value| (row.label.as_str(), value)));
    let missing = rows.iter().filter(|row| row.value.is_none()).map(|row| row.label.as_str());
    let mut said = vec![format!("{}: {}", trimmed(&chart.rows_title), counted(rows.len(), ROWS))];
    said.extend(extremes(chart, pairs()));
    said.extend(reference.map(|one| format!("{}: {}", one.label, texts::full(&one.value, chart.unit))));
    said.extend(without(missing));
    said
}

const ROWS: [&str; 3] = ["строка", "строки", "строк"];
/// More names than that are a list for the table.
const MOST_NAMES: usize = 6;

/// Returns the least and the most; shares of few are not compared.
fn extremes<'a>(chart: &Chart, pairs: impl Iterator<Item = (&'a str, &'a Value)>) -> Option<String> {
    let judged: Vec<_> = pairs.filter(|(_, value)| !value.is_of_few()).collect();
    let by_number = |one: &&(&str, &Value), two: &&(&str, &Value)| one.1.number.total_cmp(&two.1.number);
    let least = judged.iter().min_by(by_number)?;
    // Of equals the first, as for the least.
    let most = judged.iter().rev().max_by(by_number)?;
    let say = |(label, value): &(&str, &Value)| format!("{label} — {}", texts::full(value, chart.unit));
    (judged.len() > 1).then(|| format!("Наименьшее: {}; наибольшее: {}", say(least), say(most)))
}

fn without<'a>(labels: impl Iterator<Item = &'a str>) -> Option<String> {
    let labels: Vec<&str> = labels.collect();
    if labels.is_empty() {
        return None;
    }
    let named = labels.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    let more = labels.len().saturating_sub(MOST_NAMES);
    let rest = if more > 0 { format!(" и ещё {more}") } else { String::new() };
    Some(format!("Нет данных: {named}{rest}"))
}

fn of_stacks(parts: &[String], rows: &[Stack]) -> Vec<String> {
    let mut said = vec![format!("Части слева направо: {}", parts.join(", "))];
    if let [row] = rows {
        let counts = row.counts.iter().flatten().zip(parts);
        said.push(counts.map(|(count, part)| format!("{part} — {count}")).collect::<Vec<_>>().join(", "));
    } else {
        said.push(counted(rows.len(), ROWS));
    }
    said.extend(without(rows.iter().filter(|row| stacks::total(row) == 0).map(|row| row.label.as_str())));
    said
}

fn of_series(chart: &Chart, columns: &[String], rows: &[Series]) -> Vec<String> {
    let mut said = vec![format!("{}, столбцы: {}", counted(rows.len(), ROWS), columns.join(", "))];
    if matches!(chart.kind, Kind::Slopes { .. }) && rows.len() <= MOST_NAMES {
        let line = |row: &Series| {
            let number = |value: &Option<Value>| {
                value.as_ref().map_or_else(|| texts::MISSING.to_owned(), |one| texts::short(one, chart.unit))
            };
            format!("{}: {}", row.label, row.values.iter().map(number).collect::<Vec<_>>().join(" → "))
        };
        said.extend(rows.iter().map(line));
    } else {
        let named = |row: &Series| -> Vec<(String, Value)> {
            let cells = columns.iter().zip(&row.values);
            cells
                .filter_map(|(column, value)| value.map(|value| (format!("{}, {column}", row.label), value)))
                .collect()
        };
        let cells: Vec<(String, Value)> = rows.iter().flat_map(named).collect();
        said.extend(extremes(chart, cells.iter().map(|(label, value)| (label.as_str(), value))));
    }
    let is_empty = |row: &&Series| row.values.iter().all(Option::is_none);
    said.extend(without(rows.iter().filter(is_empty).map(|row| row.label.as_str())));
    said
}

/// How a dot of few looks: on paper, and in an office program.
pub(super) const OPEN_DOT: &str = "Пустая точка";
pub(super) const CROSS: &str = "Крестик";

/// Returns the notes of a chart, and what its look means where that is not plain.
pub(super) fn captions(chart: &Chart, dot_of_few: &str) -> Vec<String> {
    let mut lines = chart.notes.clone();
    let has_few = chart.values().into_iter().any(Value::is_of_few);
    let few = match chart.kind {
        Kind::Bars { .. } => "Столбик без заливки",
        Kind::Intervals { .. } => dot_of_few,
        Kind::Heat { .. } => "Дробь без заливки",
        Kind::Slopes { .. } => "Дробь вместо доли",
        Kind::Stacks { .. } => "",
    };
    if has_few && !few.is_empty() {
        lines.push(format!("{few} — в знаменателе меньше {}: по такой доле судить нельзя.", super::FEW));
    }
    if holds_gaps(&chart.kind) {
        lines.push("Прочерк — нет данных.".to_owned());
    }
    lines
}

fn holds_gaps(kind: &Kind) -> bool {
    let (Kind::Heat { rows, .. } | Kind::Slopes { lines: rows, .. }) = kind else { return false };
    rows.iter().any(|row| row.values.iter().any(Option::is_none))
}
