//! The documents of a year, one by one: which are due, their places, and how they are made.

use std::sync::Arc;

use anyhow::Result;

use super::choice::Choice;
use super::context::ReportContext;
use super::each::{About, Of};
use super::pages::Pages;
use super::registry::reads_one_class;
use super::report::{Form, Report};
use crate::base::draft::{Draft, Key, KeyMaker};
use crate::base::files::Document;
use crate::data::build_record::DocumentRecord;
use crate::model::Journal;
use crate::render::file_names;
use crate::render::pdf::{PdfJob, Template, Templates};
use crate::render::workbook;

/// One document to make, in one form.
pub struct ReportJob {
    /// Title for people: no personal names.
    pub title: String,
    /// Path below the outputs.
    pub path: String,
    /// What it speaks of.
    pub about: About,
    /// The class that it speaks of, where it speaks of one.
    pub class: Option<String>,
    /// Which report it is of.
    pub report: &'static Report,
    /// Its form.
    pub form: &'static Form,
    /// The pages of its report that link to each other.
    pages: Arc<Pages>,
}

/// A finished document, or a typesetting job.
pub enum Made {
    /// Pages for the typesetter.
    Pages(Box<PdfJob>),
    /// A file that needs no typesetter.
    File(Draft<'static>),
}

impl ReportJob {
    /// Makes the document, or lays it out for the typesetter.
    ///
    /// # Errors
    /// When the document's view cannot be written as JSON or HTML, or its workbook to memory, which is a
    /// fault of the program.
    pub fn make(&self, context: &ReportContext<'_>) -> Result<Made> {
        let path = || self.path.clone();
        Ok(match self.form {
            Form::Pages { make, .. } => Made::Pages(Box::new(make(context, &self.about, &self.path)?)),
            Form::Workbook(make) => Made::File(workbook::draft(path(), make(context, &self.about)?)),
            Form::Screen(make) => Made::File(Document::new(path(), make(context, &self.about)?).into()),
            Form::Linked(make) => {
                Made::File(Document::new(path(), make(context, &self.about, &self.pages)?).into())
            }
        })
    }

    /// Returns a digest over everything that its maker may read, if it is a document of one class that reads the facts of
    /// that class alone: `facts` has their digest for each class.
    pub fn inputs(&self, facts: &[Key], templates: &Templates) -> Option<Key> {
        let Of::Class(class) = self.about.of else { return None };
        let template = self.template().filter(|_| reads_one_class(self.report))?;
        let mut key = KeyMaker::new("inputs");
        key.text(facts.get(class.index())?.as_str());
        key.text(self.report.kind);
        key.text(&self.path);
        key.text(&self.title);
        key.number(self.about.term.map_or(u64::MAX, |term| term.index() as u64));
        key.bytes(&templates.digest(template));
        Some(key.finish())
    }

    /// Returns the template of its pages, if it is typeset.
    pub fn template(&self) -> Option<Template> {
        match self.form {
            Form::Pages { template, .. } => Some(*template),
            Form::Workbook(_) | Form::Screen(_) | Form::Linked(_) => None,
        }
    }

    /// Returns its line of `build.json`.
    pub fn record(&self, pages: usize) -> DocumentRecord {
        let Self { path, title, class, .. } = self;
        DocumentRecord { path: path.clone(), title: title.clone(), pages, class: class.clone() }
    }
}

/// Lists the documents of a year: by report, then by subject, then by form.
pub fn jobs(reports: &[&'static Report], context: &ReportContext<'_>) -> Vec<ReportJob> {
    chosen_jobs(reports, context, &Choice::default())
}

/// Lists those of them that were chosen.
pub fn chosen_jobs(
    reports: &[&'static Report],
    context: &ReportContext<'_>,
    choice: &Choice,
) -> Vec<ReportJob> {
    reports.iter().flat_map(|report| jobs_of(report, context, choice)).collect()
}

fn jobs_of(report: &'static Report, context: &ReportContext<'_>, choice: &Choice) -> Vec<ReportJob> {
    let journal = context.journal;
    let terms = choice.terms_of(journal, report.keeping);
    let abouts = report.each.abouts_of(context, terms.as_ref());
    let keys: Vec<String> = abouts.iter().map(|about| about.key(journal)).collect();
    let stems = file_names::file_stems(keys.iter().map(String::as_str));
    let is_due = |about: &About| choice.has(journal, about.of, report.keeping);
    let named: Vec<Named> = abouts
        .into_iter()
        .zip(keys.iter().map(String::is_empty).zip(stems))
        .filter(|(about, _)| is_due(about))
        .map(|(about, (is_bare, stem))| Named { about, stem: (!is_bare).then_some(stem) })
        .collect();
    let pages = Arc::new(linked(report, &named));
    let forms = |named| report.forms.iter().map(move |form| (named, form));
    named.iter().flat_map(forms).map(|(named, form)| job(report, form, named, &pages, journal)).collect()
}

/// What a document speaks of, and its part of a file name.
struct Named {
    about: About,
    /// `None`: the school and year.
    stem: Option<String>,
}

/// Names the pages of a report that link to each other.
fn linked(report: &Report, named: &[Named]) -> Pages {
    let has_links = report.forms.iter().any(|form| matches!(form, Form::Linked(_)));
    let due = named.iter().filter(|_| has_links);
    due.filter_map(|one| Some((one.about, format!("{}.html", one.stem.as_ref()?)))).collect()
}

fn job(
    report: &'static Report,
    form: &'static Form,
    Named { about, stem }: &Named,
    pages: &Arc<Pages>,
    journal: &Journal,
) -> ReportJob {
    let (folder, ending) = report.place_of(form);
    let name = match (form, stem) {
        (_, None) => report.kind.to_owned(),
        // Their folder says what they are.
        (Form::Linked(_), Some(stem)) => stem.clone(),
        (_, Some(stem)) => format!("{}-{stem}", report.kind),
    };
    let slash = if folder.is_empty() { "" } else { "/" };
    let title = about.titled(report.title, journal);
    let title = match form {
        Form::Screen(_) => format!("{title}: {}", form.title()),
        Form::Pages { .. } | Form::Workbook(_) | Form::Linked(_) => title,
    };
    let class = match about.of {
        Of::Class(id) => Some(journal.classes[id].key.to_string()),
        _ => None,
    };
    let path = format!("{folder}{slash}{name}.{ending}");
    ReportJob { title, path, about: *about, class, report, form, pages: Arc::clone(pages) }
}
