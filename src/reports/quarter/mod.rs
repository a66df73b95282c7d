//! The quarterly analytics of the school (O4; Z.13, P.13): one paper a term that a director reads and acts on.
//!
//! In: a term's figures and tables. Out: the paper's blocks, for the template `quarter.typ`. A section is one file and one
//! line of `SECTIONS`. Every figure stands with its counts, every table says whom it counts, and what cannot be formed is
//! said with its reason.

mod charts;
mod sections;
mod view;

use crate::model::{Id, Journal, Term};
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper};
use crate::render::pdf::{PdfJob, Template};
use crate::reports::common::terms;
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Form, Keeping, Reader, Report};
use view::{Quarter, Section};

const TEMPLATE: Template =
    Template { name: "quarter.typ", source: include_str!("../../../templates/quarter.typ") };

/// Title of the report.
pub const TITLE: &str = "Аналитическая справка";

/// The report.
pub static REPORT: Report = Report {
    kind: "analytics",
    title: TITLE,
    readers: &[Reader::Director, Reader::Deputy],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: &[Form::Pages {
        template: TEMPLATE,
        make: |context, about, path| Ok(job(context, about.term()?, path)?),
    }],
    missing: "не создана",
};

/// The sections in the order of the paper.
const SECTIONS: &[Section] = &[
    sections::MAIN,
    sections::CONTINGENT,
    sections::RESULTS,
    sections::DYNAMICS,
    sections::BY_NAME,
    sections::FORECAST,
    sections::SUBJECTS,
    sections::TEACHERS,
    sections::ABSENCES,
    sections::RECORDS,
    sections::PROGRAMME,
    sections::WORKS,
    sections::CLASS_GROUPS,
    sections::CONCLUSIONS,
    sections::DEFINITIONS,
];

/// Lays the paper out.
///
/// # Errors
/// When the view cannot be written as JSON: a fault of the program.
pub fn job(context: &ReportContext<'_>, term: Id<Term>, path: &str) -> serde_json::Result<PdfJob> {
    let titles = SECTIONS.iter().map(|section| section.title).collect();
    let quarter = Quarter::new(context, term, titles);
    let journal = context.journal;
    let title = title_of(journal, term);
    let mut paper = Paper::default();
    paper.heading(1, &title);
    paper.paragraph(Look::Text, journal.school.full_name());
    for (at, section) in SECTIONS.iter().enumerate() {
        if section.starts_page {
            paper.turn();
        }
        paper.heading(1, &format!("{}. {}", at + 1, section.title));
        (section.lay)(&quarter, &mut paper);
    }
    let head = format!("{title}. {}", journal.school.short_name());
    let foot = format!("По состоянию на {}", format::date(context.as_of));
    let ident = format!("letopis quarter {} {}", journal.year.title, journal.terms[term].key);
    let frame = Frame { title: &title, head: &head, foot: &foot, date: context.as_of, ident: &ident };
    paper.into_job(TEMPLATE, frame, path)
}

/// Returns «Аналитическая справка по итогам 1 четверти 2024–2025 учебного года».
fn title_of(journal: &Journal, term: Id<Term>) -> String {
    let year = format::years(&journal.year.title);
    let of_term = terms::title_of(journal, term);
    match of_term.contains(&year) {
        true => format!("{TITLE} по итогам {of_term}"),
        false => format!("{TITLE} по итогам {of_term} {year} учебного года"),
    }
}
