//! The workbook `timeliness.xlsx`: it has in full what the pages shorten.

mod heat;
mod lists;
mod summary;

use super::phrases::ran;
use super::{TITLE, Timeliness};
use crate::render::format;
use crate::render::workbook::{Book, Cell, Column, Row, Sheet};
use crate::reports::gaps;

/// Makes the workbook.
pub(super) fn workbook(report: &Timeliness<'_>) -> Book {
    let mut sheets = vec![
        summary::summary(report),
        summary::rules(report),
        summary::staff(report),
        summary::classes(report),
        lists::findings(report),
        heat::homework(report),
        lists::corrections(report),
        summary::weeks(report),
    ];
    sheets.extend(lists::mended(report));
    // Every sheet says in one line what was not run; the last sheet has the list.
    sheets.push(summary::not_run(report));
    Book { title: TITLE.to_owned(), created_on: report.context.as_of, sheets }
}

fn column(title: &'static str, width: f64) -> Column {
    Column { title, width }
}

/// Returns a sheet below the lines that every sheet has.
fn sheet(
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
fn count(number: usize) -> Cell {
    Cell::Count(number as f64)
}

/// Returns a share in per cent; empty if nothing was examined.
fn share(found: usize, examined: usize) -> Cell {
    if examined == 0 { Cell::Empty } else { Cell::Share(found as f64 * 100.0 / examined as f64) }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, is_total: false }
}
