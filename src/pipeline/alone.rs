//! Makes the documents of one report alone, without a build: nothing is packed, nothing of the outputs is touched.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use jiff::civil::Date;

use super::judge::{self, Judged};
use super::{Opening, Stages, as_of};
use crate::base::files::Document;
use crate::base::problems::Problem;
use crate::base::said::refuse;
use crate::ingest;
use crate::model::Roster;
use crate::render::pdf::{self, Styles, Templates, TypesetError, TypesetPdf};
use crate::reports::{Choice, Made, ReportContext, ReportJob, chosen_jobs};
use crate::reports::{ON_REQUEST, REPORTS, Report, class_journal};
use crate::stats::analytics::Earlier;

/// The request for one report.
#[derive(Clone, Debug)]
pub struct AloneRequest {
    /// The bundle.
    pub bundle: PathBuf,
    /// Which report.
    pub kind: String,
    /// Which of its terms and classes; the kinds of the choice do not matter.
    pub choice: Choice,
    /// The date to speak for, where it was given.
    pub as_of: Option<Date>,
    /// The school's own templates.
    pub templates: Arc<Templates>,
    /// How many documents are typeset at the same time.
    pub threads: usize,
}

/// What became of it.
pub enum Alone {
    /// The documents, by their own names; where one could not be made, why.
    Made(Vec<Result<Document, TypesetError>>),
    /// Nothing can be made of the bundle: why.
    Refused(Vec<Problem>),
}

/// Makes the documents of one report.
///
/// # Errors
/// When there is no such report, term or class, or no such document in the year.
pub fn alone(request: &AloneRequest) -> Result<Alone> {
    let all: Vec<&'static Report> = REPORTS.iter().chain(ON_REQUEST).copied().collect();
    let bundle = ingest::read_bundle(&request.bundle);
    let opening = Opening::of(&bundle);
    let Some(journal) = opening.journal_to_build(false) else {
        return Ok(Alone::Refused(opening.reading.problems));
    };
    let choice = Choice { kinds: vec![request.kind.clone()], ..request.choice.clone() };
    choice.check(&all, journal)?;
    let as_of = as_of(request.as_of, opening.reading.as_of, &journal.school, &journal.year);
    let roster = Roster::new(journal);
    let Judged { figures, checked, analytics, outlook } = judge::judged(
        (journal, &roster),
        &opening.policy,
        as_of,
        (&Earlier::default(), &mut Stages::default()),
    )?;
    // Only the class journals name the rows they are made from; the digests of a town's rows take as long as a report.
    let names_rows = request.kind == class_journal::REPORT.kind;
    let context = ReportContext {
        journal,
        roster: &roster,
        figures: &figures,
        checked: &checked,
        analytics: &analytics,
        outlook: &outlook,
        problems: opening.problems(),
        selection: &opening.selection,
        policy: &opening.policy,
        as_of,
        styles: Styles::of(Arc::clone(&request.templates)),
        sources: if names_rows { judge::sources(journal, &roster) } else { Vec::new() },
    };
    let reports: Vec<&'static Report> =
        all.into_iter().filter(|report| report.kind == request.kind).collect();
    let jobs = chosen_jobs(&reports, &context, &choice);
    if jobs.is_empty() {
        refuse!(
            "отчёт «{}» делать не о чем: за выбранные периоды и классы данных нет",
            "there is nothing to make the report \"{}\" of: the chosen terms and classes have no data",
            request.kind
        );
    }
    Ok(Alone::Made(made(&context, &jobs, request)))
}

/// Makes documents in memory, in the order of the jobs.
fn made(
    context: &ReportContext<'_>,
    jobs: &[ReportJob],
    request: &AloneRequest,
) -> Vec<Result<Document, TypesetError>> {
    let ended = Mutex::new(Vec::new());
    let note = |index: usize, result: Result<Vec<u8>, TypesetError>| {
        ended.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
    };
    let lay_out = |index: usize| match jobs[index].make(context) {
        Ok(Made::Pages(mut pages)) => {
            pages.templates = Arc::clone(&request.templates);
            Some(Ok(*pages))
        }
        Ok(Made::File(draft)) => {
            let bytes = draft.make().map(|document| document.bytes);
            note(
                index,
                bytes.map_err(|error| TypesetError::of_program(&jobs[index].path, format!("{error:#}"))),
            );
            None
        }
        Err(error) => Some(Err(TypesetError::of_error(&jobs[index].path, error))),
    };
    pdf::typeset(
        jobs.len(),
        request.threads,
        &lay_out,
        &|index, result: Result<TypesetPdf, TypesetError>| {
            note(index, result.map(|pdf| pdf.bytes));
        },
    );
    let mut ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.sort_by_key(|(index, _)| *index);
    // A document alone has no folder of a kind: its own name is enough.
    let name = |index: usize| jobs[index].path.rsplit('/').next().unwrap_or_default().to_owned();
    let document = |(index, result): (usize, Result<Vec<u8>, TypesetError>)| {
        result.map(|bytes| Document::new(name(index), bytes))
    };
    ended.into_iter().map(document).collect()
}
