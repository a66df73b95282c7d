//! The documents of a year, one by one: which are due, their places, and how they are made.

use anyhow::Result;

use super::choice::Choice;
use super::context::ReportContext;
use super::each::{About, Of};
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
            Form::Workbook(_) | Form::Screen(_) => None,
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
    let mut jobs = Vec::new();
    for ((about, key), stem) in abouts.into_iter().zip(keys).zip(stems) {
        if !choice.has(journal, about.of, report.keeping) {
            continue;
        }
        let name = if key.is_empty() { report.kind.to_owned() } else { format!("{}-{stem}", report.kind) };
        jobs.extend(report.forms.iter().map(|form| job(report, form, about, &name, journal)));
    }
    jobs
}

fn job(
    report: &'static Report,
    form: &'static Form,
    about: About,
    name: &str,
    journal: &Journal,
) -> ReportJob {
    let (folder, ending) = report.place_of(form);
    let slash = if folder.is_empty() { "" } else { "/" };
    let title = about.titled(report.title, journal);
    let title = match form {
        Form::Screen(_) => format!("{title}: {}", form.title()),
        Form::Pages { .. } | Form::Workbook(_) => title,
    };
    let class = match about.of {
        Of::Class(id) => Some(journal.classes[id].key.to_string()),
        _ => None,
    };
    ReportJob { title, path: format!("{folder}{slash}{name}.{ending}"), about, class, report, form }
}
