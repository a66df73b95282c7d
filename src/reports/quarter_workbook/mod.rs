//! The quarter workbook: a term's figures for deputies and inspectors, one XLSX per term.
//!
//! Every percentage is next to the counts behind it. Teachers appear by name, pupils do not: nobody needs
//! more personal data to inspect figures.

mod explained;
mod lessons;
mod marks;
mod sheets;
mod term_figures;

use anyhow::Result;

use self::term_figures::TermFigures;
use super::context::ReportContext;
use super::each::{About, Each, Terms};
use super::report::{Form, Keeping, Reader, Report};
use crate::render::format;
use crate::render::workbook::Book;

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "quarter",
    title: "Показатели",
    readers: &[Reader::Deputy, Reader::Director, Reader::Inspector],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: &[Form::Workbook(book)],
    missing: "не созданы",
};

fn book(context: &ReportContext<'_>, about: &About) -> Result<Book> {
    let term = TermFigures::of(context.figures, about.term()?);
    let title = format!("{}: {}", REPORT.title, format::years(&context.journal.terms[term.term].title));
    Ok(Book { title, created_on: context.as_of, sheets: sheets::all(context, &term) })
}
