//! The report as PDF: every page is laid out here, the template sets the headings alone.
//!
//! Written without tags (`Standard::Compact`): it is a working paper of a term, mostly tables, which tags would make
//! several times larger; whoever reads by ear has the same content as `timeliness.html`.

pub(super) mod classes;
pub(super) mod corrections;
pub(super) mod homework;
pub(super) mod rules;
pub(super) mod school;
pub(super) mod staff;

use super::{TITLE, Timeliness};
use crate::render::drawing::{Align, sans, sans_bold};
use crate::render::flow::Flow;
use crate::render::format;
use crate::render::measure::Style;
use crate::render::pdf::PdfJob;
use crate::render::table::{Column, Row, Table};

/// Running text.
pub(super) const TEXT: Style = sans(9.0);
/// Notes under tables.
pub(super) const NOTE: Style = sans(8.0);
/// What must be seen first.
pub(super) const STRONG: Style = sans_bold(9.0);

/// Lays the whole report out.
pub(super) fn job(report: &Timeliness<'_>, path: &str) -> PdfJob {
    let journal = report.context.journal;
    let year = format::years(&journal.year.title);
    let as_of = report.context.as_of;
    let mut flow = Flow::new(format!("По состоянию на {}", format::date(as_of)));
    school::page(report, &mut flow);
    rules::pages(report, &mut flow);
    classes::pages(report, &mut flow);
    homework::page(report, &mut flow);
    corrections::page(report, &mut flow);
    staff::pages(report, &mut flow);
    let head = format!("{TITLE}, {year} учебный год. {}", journal.school.short_name());
    let title = format!("{TITLE}, {year} учебный год");
    flow.into_job((&title, &head), as_of, path, format!("letopis timeliness {}", journal.year.title))
}

/// Describes a table of the report.
pub(super) fn table(columns: Vec<Column>, rows: Vec<Row>, size_pt: f64) -> Table {
    Table { columns, spans: Vec::new(), rows, size_pt, row_height: size_pt * 0.58, lead: 0 }
}

/// Describes a column of counts.
pub(super) fn count(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Right)
}

/// Describes a column of words.
pub(super) fn text(title: &str, width: f64) -> Column {
    Column::new(title, width, Align::Left)
}

/// Returns a row.
pub(super) fn row(cells: Vec<String>) -> Row {
    Row { cells, ..Row::default() }
}
