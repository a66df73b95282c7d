//! The report as PDF: the content of its pages, for the template `timeliness.typ`.

pub(super) mod attention;
pub(super) mod classes;
pub(super) mod corrections;
pub(super) mod homework;
mod parts;
pub(super) mod rules;
pub(super) mod school;
pub(super) mod staff;

use super::{TITLE, Timeliness};
use crate::render::format;
use crate::render::paper::{Frame, Paper};
use crate::render::pdf::{PdfJob, Template};

pub(super) const TEMPLATE: Template =
    Template { name: "timeliness.typ", source: include_str!("../../../../templates/timeliness.typ") };

/// Lays the whole report out.
pub(super) fn job(report: &Timeliness<'_>, path: &str) -> serde_json::Result<PdfJob> {
    let journal = report.context.journal;
    let year = format::years(&journal.year.title);
    let as_of = report.context.as_of;
    let mut paper = Paper::default();
    school::page(report, &mut paper);
    rules::pages(report, &mut paper);
    classes::pages(report, &mut paper);
    homework::page(report, &mut paper);
    corrections::page(report, &mut paper);
    staff::pages(report, &mut paper);
    let head = format!("{TITLE}, {year} учебный год. {}", journal.school.short_name());
    let title = format!("{TITLE}, {year} учебный год");
    let foot = format!("По состоянию на {}", format::date(as_of));
    let ident = format!("letopis timeliness {}", journal.year.title);
    let frame = Frame { title: &title, head: &head, foot: &foot, date: as_of, ident: &ident };
    paper.into_job(TEMPLATE, frame, path)
}
