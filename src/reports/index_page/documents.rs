//! The documents of a build on the index page: a column for each report of classes, a line for each document
//! of the school, a table for each report of teachers or subjects. All of it follows from the list of
//! reports.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::build_record::{BuildRecord, DocumentRecord};
use crate::model::Journal;
use crate::render::format;
use crate::reports::each::{About, Lines, Of};
use crate::reports::jobs::ReportJob;
use crate::reports::report::{Form, Report};

/// The documents by their place on the page.
#[derive(Serialize)]
pub(super) struct Documents {
    groups: Vec<Group>,
    reports: Vec<Link>,
    workbooks: Vec<Link>,
}

/// A table of documents.
#[derive(Serialize)]
struct Group {
    title: &'static str,
    /// Over the names of its lines.
    line: &'static str,
    columns: Vec<Head>,
    lines: Vec<Line>,
}

/// The head of a report's column.
#[derive(Serialize)]
struct Head {
    title: String,
    for_whom: String,
}

/// A class, a teacher or a subject with its documents.
#[derive(Serialize)]
struct Line {
    name: String,
    /// A cell for each report.
    documents: Vec<Cell>,
}

#[derive(Clone, Default, Serialize)]
struct Cell {
    made: Vec<Link>,
    /// The text for a document that is due and was not made; otherwise empty.
    missing: &'static str,
}

/// A link and the text beside it.
#[derive(Clone, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) note: String,
}

impl Documents {
    /// Lists the results for the documents that are due.
    pub(super) fn new(
        journal: &Journal,
        record: &BuildRecord,
        reports: &[&'static Report],
        jobs: &[ReportJob],
    ) -> Self {
        let made = record.documents.iter().map(|document| (document.path.as_str(), document)).collect();
        let listing = Listing { journal, jobs, made };
        let group = |each: Lines, title: &'static str| {
            let of_group = |report: &&&'static Report| report.each.lines() == Some(each);
            let own: Vec<&'static Report> = reports.iter().filter(of_group).copied().collect();
            let columns = own.iter().map(|report| head(report)).collect();
            Group { title, line: each.title(), columns, lines: listing.lines(&own) }
        };
        let groups = [
            group(Lines::Classes, "Журналы и ведомости"),
            group(Lines::Teachers, "Отчёты учителей"),
            group(Lines::Subjects, "Отчёты по предметам"),
        ];
        Self {
            groups: groups.into_iter().filter(|group| !group.columns.is_empty()).collect(),
            reports: listing.of_school(|form| !matches!(form, Form::Workbook(_))),
            workbooks: listing.of_school(|form| matches!(form, Form::Workbook(_))),
        }
    }
}

/// Describes a report: its title, its readers, and how long it is kept.
fn head(report: &Report) -> Head {
    let kept = report
        .keeping
        .years()
        .map(usize::from)
        .map(|years| format!(", хранится {years} {}", format::plural(years, ["год", "года", "лет"])));
    Head { title: report.title.to_owned() + &kept.unwrap_or_default(), for_whom: report.for_whom() }
}

/// Tells whether a document speaks of the school, and so has no line of its own.
const fn is_of_school(job: &ReportJob) -> bool {
    matches!(job.about.of, Of::School | Of::Breach(_))
}

struct Listing<'a> {
    journal: &'a Journal,
    jobs: &'a [ReportJob],
    made: BTreeMap<&'a str, &'a DocumentRecord>,
}

impl Listing<'_> {
    /// Lists the documents that speak of the school, of some form.
    fn of_school(&self, is_meant: impl Fn(&Form) -> bool) -> Vec<Link> {
        let jobs = self.jobs.iter().filter(|job| is_of_school(job) && is_meant(job.form));
        jobs.filter_map(|job| self.link(job, job.title.clone())).collect()
    }

    /// Returns a line for each class, teacher or subject with a cell for each of these reports.
    fn lines(&self, reports: &[&'static Report]) -> Vec<Line> {
        let column = |job: &ReportJob| reports.iter().position(|report| std::ptr::eq(*report, job.report));
        let mut lines: Vec<(Of, Line)> = Vec::new();
        let mut places: BTreeMap<Of, usize> = BTreeMap::new();
        for job in self.jobs {
            let Some(column) = column(job).filter(|_| !is_of_school(job)) else { continue };
            let place = *places.entry(job.about.of).or_insert_with(|| {
                let documents = vec![Cell::default(); reports.len()];
                lines.push((job.about.of, Line { name: job.about.line(self.journal), documents }));
                lines.len() - 1
            });
            let cell = &mut lines[place].1.documents[column];
            match self.link(job, self.title_in_cell(job)) {
                Some(link) => cell.made.push(link),
                None => cell.missing = job.report.missing,
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// Returns which of the documents in a cell this is: its term, and its form if it has several.
    fn title_in_cell(&self, job: &ReportJob) -> String {
        let About { term, .. } = job.about;
        let term = term.map(|id| format::years(&self.journal.terms[id].title));
        let form = (job.report.forms.len() > 1).then(|| job.form.title().to_owned());
        let parts: Vec<String> = [term, form].into_iter().flatten().collect();
        if parts.is_empty() { "открыть".to_owned() } else { parts.join(", ") }
    }

    fn link(&self, job: &ReportJob, title: String) -> Option<Link> {
        let pages = self.made.get(job.path.as_str())?.pages;
        let note = if pages > 0 {
            format::counted(pages, ["страница", "страницы", "страниц"])
        } else {
            String::new()
        };
        Some(Link { href: job.path.clone(), title, note })
    }
}
