//! The quarter workbook: a term's figures and the names behind them for the deputy, one XLSX per term.
//!
//! Every percentage is next to the counts behind it, and every count leads to the rows it counts: the names behind the numbers
//! stand in lists of the same workbook ([`lists`]). A sheet is one file and one line of `sheets::SHEETS`.

mod lists;
mod pages;
mod people;
mod sheets;
mod term_figures;

use anyhow::Result;

use self::pages::Names;
use self::term_figures::TermFigures;
use super::context::ReportContext;
use super::each::{About, Each, Terms};
use super::report::{Form, Keeping, Reader, Report};
use crate::render::format;
use crate::render::workbook::Book;

/// The workbook with names.
pub(super) static REPORT: Report = Report {
    kind: "quarter",
    title: "Показатели",
    readers: &[Reader::Deputy, Reader::Director],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: &[Form::Workbook(|context, about| book(context, about, &REPORT, Names::Shown))],
    missing: "не созданы",
};

/// The same without pupils' names: nobody needs more personal data to inspect figures.
pub(super) static FIGURES: Report = Report {
    kind: "figures",
    title: "Показатели без имён учеников",
    readers: &[Reader::Inspector],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: &[Form::Workbook(|context, about| book(context, about, &FIGURES, Names::Hidden))],
    missing: "не созданы",
};

fn book(context: &ReportContext<'_>, about: &About, report: &Report, names: Names) -> Result<Book> {
    let term = TermFigures::of(context.figures, about.term()?);
    let title = format!("{}: {}", report.title, format::years(&context.journal.terms[term.term].title));
    let sheets = sheets::all(context, &term, names);
    Ok(Book { title, created_on: context.as_of, sheets })
}
