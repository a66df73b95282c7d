//! What stands around every page: its title, and the links to its neighbours.

use anyhow::Result;
use serde::Serialize;

use crate::render::markup::Markup;
use crate::render::{format, html};
use crate::reports::context::ReportContext;

const TEMPLATE: &str = include_str!("../../../templates/trace.html");

/// A link in the head of a page.
#[derive(Serialize)]
pub(super) struct Link {
    /// Where to.
    pub(super) href: String,
    /// Its text.
    pub(super) title: String,
}

impl Link {
    pub(super) fn new(href: &str, title: impl Into<String>) -> Self {
        Self { href: href.to_owned(), title: title.into() }
    }

    /// Leads back to the index page of the year.
    pub(super) fn to_index() -> Self {
        Self::new("../index.html", "к оглавлению года")
    }
}

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    school: &'a str,
    year: String,
    as_of: String,
    links: Vec<Link>,
    body: String,
}

/// Puts a page into its frame.
///
/// # Errors
/// When template and view do not match, which is a fault of the program.
pub(super) fn page(
    context: &ReportContext<'_>,
    title: &str,
    links: Vec<Link>,
    body: Markup,
) -> Result<String> {
    let journal = context.journal;
    let view = Page {
        title,
        school: journal.school.full_name(),
        year: format::years(&journal.year.title),
        as_of: format::date(context.as_of),
        links,
        body: body.finish(),
    };
    html::fill("trace.html", TEMPLATE, &view)
}
