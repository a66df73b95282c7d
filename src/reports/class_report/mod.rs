//! The class report (O6, K.5): the class on two pages, a page for each pupil, plans of work and notices to parents.
//!
//! In: a class and a term. Out: the paper's blocks, for the template `class-report.typ`. Pages of pupils stand in the report of a
//! term; the year has the class alone, and plans for those who fail the year. What a journal does not know is ruled, not made up.

mod entries;
mod of_class;
mod pupil;
mod sections;
mod support;
mod words;

use crate::model::{Class, Id, Journal, Term, TermKind};
use crate::render::format;
use crate::render::paper::{Frame, Paper};
use crate::render::pdf::{PdfJob, Template};
use crate::reports::common::terms;
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Form, Keeping, Reader, Report};
use of_class::OfClass;

const TEMPLATE: Template =
    Template { name: "class-report.typ", source: include_str!("../../../templates/class-report.typ") };

/// Title of the report.
pub const TITLE: &str = "Отчёт классного руководителя";

/// The report.
pub static REPORT: Report = Report {
    kind: "class",
    title: TITLE,
    readers: &[Reader::ClassTeacher, Reader::Deputy],
    keeping: Keeping::Report,
    each: Each::ClassIn(Terms::LastAndYear),
    forms: &[Form::Pages {
        template: TEMPLATE,
        make: |context, about, path| Ok(job(context, about.class()?, about.term()?, path)?),
    }],
    missing: "не создан",
};

/// Lays the report out.
///
/// # Errors
/// When the view cannot be written as JSON: a fault of the program.
pub fn job(
    context: &ReportContext<'_>,
    class: Id<Class>,
    term: Id<Term>,
    path: &str,
) -> serde_json::Result<PdfJob> {
    let of = OfClass::new(context, class, term);
    let journal = context.journal;
    let title = title_of(journal, class, term);
    let mut paper = Paper::default();
    sections::lay(&of, &title, &mut paper);
    if journal.terms[term].kind != TermKind::Year {
        of.pages.iter().enumerate().for_each(|(at, pupil)| pupil::lay(&of, (at + 1, *pupil), &mut paper));
    }
    support::lay(&of, &mut paper);
    let head = format!("{title}. {}", journal.school.short_name());
    let foot = format!("По состоянию на {}", format::date(context.as_of));
    let ident = format!("letopis class report {} {} {}", journal.year.title, of.key, journal.terms[term].key);
    let frame = Frame { title: &title, head: &head, foot: &foot, date: context.as_of, ident: &ident };
    paper.into_job(TEMPLATE, frame, path)
}

/// Returns «Отчёт классного руководителя: 5А класс, 1 четверть 2024–2025 учебного года».
fn title_of(journal: &Journal, class: Id<Class>, term: Id<Term>) -> String {
    let year = format::years(&journal.year.title);
    let of_term = terms::title(journal, term);
    let year =
        if of_term.contains(&year) { String::new() } else { format!(" {year} учебного года") };
    format!("{TITLE}: {} класс, {of_term}{year}", journal.classes[class].key)
}
