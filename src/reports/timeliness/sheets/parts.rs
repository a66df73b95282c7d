//! Sheets, columns and cells as the workbook of the report has them.

use crate::render::format;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::reports::gaps;
use crate::reports::timeliness::Timeliness;
use crate::reports::timeliness::phrases::ran;

pub(super) fn column(title: &'static str, width: f64) -> Column {
    Column::new(title, width)
}

/// Returns a sheet below the lines that every sheet has.
pub(super) fn sheet(
    report: &Timeliness<'_>,
    (name, title): (&'static str, &str),
    columns: Vec<Column>,
    rows: impl IntoIterator<Item = Row>,
) -> Sheet {
    let context = report.context;
    let not_run = gaps::summary_sentence(context.checked)
        .map_or(ran(report), |said| format!("{said} См. лист «Полнота проверки». {}", gaps::NO_ORDER));
    let notes = vec![
        not_run,
        format!("{}. По состоянию на {}.", context.journal.school.short_name(), format::date(context.as_of)),
    ];
    Sheet {
        name,
        title: title.to_owned(),
        notes,
        columns,
        frozen_columns: 1,
        printed_columns: None,
        rows: rows.into_iter().collect(),
        chart: None,
    }
}

/// Returns a count as a cell; counts are far below 2^52, so this is exact.
pub(super) fn count(number: usize) -> Cell {
    Cell::Count(number as f64)
}

/// Returns a share in per cent; empty if nothing was examined.
pub(super) fn share(found: usize, examined: usize) -> Cell {
    if examined == 0 { Cell::Empty } else { Cell::Share(found as f64 * 100.0 / examined as f64) }
}

pub(super) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, is_total: false }
}
