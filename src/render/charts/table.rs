//! The numbers of a chart as the table that stands beneath it.

use super::{Chart, Kind, Row, Series, Stack, Unit, Value, stacks, texts};

/// A table of what a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// Titles of the columns; the first is what the rows are.
    pub columns: Vec<String>,
    /// The rows: label, cells, whether it sums others up.
    pub rows: Vec<(String, Vec<DataCell>, bool)>,
}

/// A cell of such a table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataCell {
    /// The number; `None`: there is none.
    pub number: Option<f64>,
    /// As it is printed.
    pub text: String,
}

impl DataCell {
    fn of(value: Option<&Value>, unit: Unit) -> Self {
        match value {
            Some(value) => Self { number: Some(value.number), text: texts::short(value, unit) },
            None => Self::none(),
        }
    }

    fn none() -> Self {
        Self { number: None, text: texts::MISSING.to_owned() }
    }
}

/// Returns the table of a chart.
pub(super) fn of(chart: &Chart) -> DataTable {
    let first = chart.rows_title.clone();
    match &chart.kind {
        Kind::Bars { rows, .. } | Kind::Intervals { rows, .. } => of_rows(chart, first, rows),
        Kind::Stacks { parts, rows } => {
            let columns = [first].into_iter().chain(parts.iter().cloned()).chain(["Всего".to_owned()]);
            DataTable {
                columns: columns.collect(),
                rows: rows.iter().map(|row| of_stack(row, parts.len())).collect(),
            }
        }
        Kind::Slopes { points: columns, lines: rows } | Kind::Heat { columns, rows } => {
            let cells = |row: &Series| {
                let cell = |at: usize| DataCell::of(row.values.get(at).and_then(Option::as_ref), chart.unit);
                (row.label.clone(), (0..columns.len()).map(cell).collect(), row.is_total)
            };
            let columns = [first].into_iter().chain(columns.iter().cloned());
            DataTable { columns: columns.collect(), rows: rows.iter().map(cells).collect() }
        }
    }
}

fn of_rows(chart: &Chart, first: String, rows: &[Row]) -> DataTable {
    let has_counts = rows.iter().flat_map(|row| &row.value).any(|value| value.of.is_some());
    let has_interval = rows.iter().flat_map(|row| &row.value).any(|value| value.interval.is_some());
    let mut columns = vec![first, chart.value_title.clone()];
    if has_counts {
        columns.push("Из скольких".to_owned());
    }
    if has_interval {
        columns.push("Интервал".to_owned());
    }
    let cells = |row: &Row| {
        let value = row.value.as_ref();
        let mut cells = vec![DataCell::of(value, chart.unit)];
        let words =
            |text: Option<String>| DataCell { number: None, text: text.unwrap_or_else(|| "–".to_owned()) };
        if has_counts {
            cells.push(words(value.and_then(|value| value.of).map(|[found, of]| texts::counts(found, of))));
        }
        if has_interval {
            let interval = value.and_then(|value| value.interval);
            cells.push(words(interval.map(|interval| texts::interval(interval, chart.unit))));
        }
        (row.label.clone(), cells, row.is_total)
    };
    DataTable { columns, rows: rows.iter().map(cells).collect() }
}

fn of_stack(row: &Stack, parts: usize) -> (String, Vec<DataCell>, bool) {
    let all = stacks::total(row);
    let cell = |at: usize| match row.counts.as_ref().and_then(|counts| counts.get(at)) {
        Some(count) => DataCell { number: Some(*count as f64), text: stacks::part_text(*count, all) },
        None => DataCell::none(),
    };
    let sum = match &row.counts {
        Some(_) => DataCell { number: Some(all as f64), text: all.to_string() },
        None => DataCell::none(),
    };
    (row.label.clone(), (0..parts).map(cell).chain([sum]).collect(), row.is_total)
}
