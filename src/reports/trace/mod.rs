//! The trace of the figures: pages that lead from a figure of the
//! school to the lessons and marks behind it.
//!
//! In: the journal, the figures and the tables. Out: plain HTML in `trace/` that needs no script and no server, a page for each
//! ended term with its figures, and one for each class in it with its lessons. Anchors are made of the ids of the tables, so that other documents may link to them; no name of a
//! person stands in one. A count is shown with its parts, and whatever is not counted with the reason.

pub mod anchors;
mod cells;
mod class_page;
mod events;
mod frame;
mod lessons;
mod marks;
mod more;
mod names;
mod of_class;
mod of_pupil;
mod of_term;
mod term_page;
mod units;

use crate::reports::each::{Each, Of, Terms};
use crate::reports::report::{Form, Keeping, Reader, Report};

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "trace",
    title: "Расшифровка показателей",
    readers: &[Reader::Deputy, Reader::Director, Reader::ClassTeacher],
    keeping: Keeping::Report,
    each: Each::SchoolAndClassIn(Terms::Ended),
    forms: &[Form::Linked(|context, about, pages| match about.of {
        Of::Class(class) => class_page::html(context, (class, about.term()?), pages),
        _ => term_page::html(context, about.term()?, pages),
    })],
    missing: "не создана",
};
