//! The workbook `timeliness.xlsx`: it has in full what the pages shorten.

mod heat;
mod lists;
mod parts;
mod summary;

use super::{TITLE, Timeliness};
use crate::render::workbook::Book;

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
