//! The page of a class in a term: its pupils with their marks, its courses with their lessons.

use anyhow::Result;

use super::anchors;
use super::frame::{self, Link};
use super::lessons::Courses;
use super::marks::LEGEND;
use super::of_class::OfClass;
use super::of_pupil;
use crate::model::*;
use crate::render::markup::Markup;
use crate::reports::common::terms;
use crate::reports::context::ReportContext;
use crate::reports::each::Of;
use crate::reports::pages::Pages;

/// Makes the page.
///
/// # Errors
/// When template and view do not match, which is a fault of the program.
pub(super) fn html(
    context: &ReportContext<'_>,
    (class, term): (Id<Class>, Id<Term>),
    pages: &Pages,
) -> Result<String> {
    let of = OfClass::new(context, class, term);
    let mut out = Markup::default();
    contents(&of, &mut out);
    out.raw("<h2>Ученики</h2>\n");
    for pupil in &of.pupils {
        of_pupil::write(&of, *pupil, pages, &mut out);
    }
    if of.pupils.is_empty() {
        out.raw("<p>В периоде в классе нет ни одного ученика.</p>\n");
    }
    out.raw("<h2>Уроки</h2>\n");
    let courses = Courses::new(&of, pages);
    for course in &of.courses {
        courses.write(course, &mut out);
    }
    if of.courses.is_empty() {
        out.raw("<p>Курсов класса в этом периоде нет.</p>\n");
    }
    let title = format!(
        "{} класс, {}: отметки, пропуски и уроки",
        of.class_name(),
        terms::title(context.journal, term)
    );
    frame::page(context, &title, links(&of, pages), out)
}

/// Links to the terms of the class beside this one.
fn links(of: &OfClass<'_>, pages: &Pages) -> Vec<Link> {
    let journal = of.context.journal;
    let mut others: Vec<Id<Term>> = journal.terms.ids().filter(|term| *term != of.term).collect();
    others.sort_by_key(|term| (journal.terms[*term].span.to, journal.terms[*term].kind, *term));
    let own = |term: &Id<Term>| {
        let page = pages.name_of(Of::Class(of.class), *term)?;
        Some(Link::new(page, format!("{}, {}", of.class_name(), terms::short_title(journal, *term))))
    };
    let school =
        pages.name_of(Of::School, of.term).map(|page| Link::new(page, "к показателям школы за этот период"));
    std::iter::once(Link::to_index()).chain(school).chain(others.iter().filter_map(own)).collect()
}

fn contents(of: &OfClass<'_>, out: &mut Markup) {
    let journal = of.context.journal;
    out.raw("<nav aria-label=Содержание>\n<p>Ученики: ");
    for (index, pupil) in of.pupils.iter().enumerate() {
        out.raw(if index > 0 { " · " } else { "" });
        out.raw("<a href=#")
            .raw(&anchors::of_pupil(journal, *pupil))
            .raw(">")
            .text(of.name(*pupil))
            .raw("</a>");
    }
    out.raw("</p>\n<p>Уроки: ");
    for (index, course) in of.courses.iter().enumerate() {
        out.raw(if index > 0 { " · " } else { "" });
        out.raw("<a href=#")
            .raw(&anchors::of_course(journal, course.id))
            .raw(">")
            .text(&course.title)
            .raw("</a>");
    }
    out.raw("</p>\n</nav>\n<h2>Как читать</h2>\n<dl>\n");
    for (word, said) in LEGEND {
        out.raw("<dt>").text(word).raw("<dd>").text(said).raw("\n");
    }
    out.raw("</dl>\n");
}
