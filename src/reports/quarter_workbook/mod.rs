//! The quarter workbook: a term's figures for deputies and inspectors, one XLSX a term.
//!
//! Every percentage stands beside the counts it is formed of. Teachers appear by name, pupils not at all: whoever
//! inspects figures needs no more personal data than that.

mod explained;
mod lessons;
mod marks;
mod sheets;
mod term_figures;

use anyhow::Result;

use self::term_figures::TermFigures;
use super::ReportContext;
use crate::base::files::Document;
use crate::render::workbook::{Book, write};
use crate::render::{file_names, format};

/// Makes a workbook for each term that has figures, each with its title.
///
/// # Errors
/// When a workbook cannot be written to memory.
pub fn workbooks(context: &ReportContext<'_>) -> Result<Vec<(Document, String)>> {
    let journal = context.journal;
    let mut terms: Vec<TermFigures<'_>> = TermFigures::of_terms(journal, context.figures);
    // As the year goes: a quarter, the half-year that ends with it, at last the year.
    terms.sort_by_key(|term| (journal.terms[term.term].span.to, journal.terms[term.term].kind));
    let stems = file_names::file_stems(terms.iter().map(|term| journal.terms[term.term].key.as_str()));
    let mut workbooks = Vec::new();
    for (term, stem) in terms.iter().zip(stems) {
        let title = format!("Показатели: {}", format::years(&journal.terms[term.term].title));
        let sheets = sheets::all(context, term);
        let book = Book { title: title.clone(), created_on: context.as_of, sheets };
        workbooks.push((Document::new(format!("workbooks/quarter-{stem}.xlsx"), write(&book)?), title));
    }
    Ok(workbooks)
}
