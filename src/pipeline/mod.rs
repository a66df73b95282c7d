//! The main job as a story, one file per stage: open the bundle, judge the year, make documents and tables,
//! pack and verify the archive packages, publish. Files that would be the same as in the existing outputs are
//! taken from them.

mod alone;
mod as_of;
mod comparison;
mod documents;
mod earlier;
mod judge;
mod opening;
mod packing;
pub mod places;
mod publish;
mod request;
mod stages;
mod tables;
mod templates;
mod views;
mod workshop;

pub use crate::reports::{Choice, REPORTS};
pub use alone::{Alone, AloneRequest, alone};
pub use as_of::as_of;
pub use comparison::Comparison;
pub use opening::Opening;
pub use request::{Built, Outcome, Request};
pub use stages::Stages;
pub use templates::template_names;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;

use crate::base::problems::Problem;
use crate::base::said::Said;
use crate::data::build_record::{BuildRecord, Fingerprint};
use crate::ingest::{self, Bundle, Selection, TableRows};
use crate::model::{Journal, Roster};
use crate::outputs::{Carried, Staging, recover};
use crate::policy::Policy;
use crate::reports::{self, Report};
use crate::stats::analytics;
use earlier::Earlier;
use workshop::Workshop;

/// Builds one school year.
///
/// # Errors
/// When the tool cannot do its work: a disk error, or another run in the same folder.
pub fn build(request: &Request) -> Result<Built> {
    build_among(request, &BTreeSet::new())
}

/// Builds one school year in a run that builds these schools, given by their short names.
///
/// # Errors
/// When the tool cannot do its work: a disk error, another run in the same folder, or outputs in a forbidden
/// place.
pub fn build_among(request: &Request, schools: &BTreeSet<String>) -> Result<Built> {
    build_beside(request, schools, &mut Comparison::default())
}

/// Builds one school year in a run that builds these schools, and compares it with earlier years.
///
/// # Errors
/// When the tool cannot do its work: a disk error, another run in the same folder, or outputs in a forbidden
/// place.
pub fn build_beside(
    request: &Request,
    schools: &BTreeSet<String>,
    comparison: &mut Comparison,
) -> Result<Built> {
    places::refuse_outputs_in_bundles(&request.outputs, std::slice::from_ref(&request.bundle))?;
    let mut stages = Stages::default();
    let bundle = stages.time(Said::fixed("чтение файлов", "reading files"), || {
        ingest::read_bundle(&request.bundle)
    });
    let Some(head) = ingest::read_head(&bundle) else {
        return Ok(Built::Refused(ingest::read_journal(&bundle).problems));
    };
    let as_of = as_of(request.as_of, head.as_of, &head.school, &head.year);
    let compared = comparison.years_before(&request.bundle, &head, request.as_of);
    let school = places::SchoolYearOf { short: head.school.short, year: head.year.title };
    let target = places::free_target(&request.outputs, &request.bundle, (&school, schools))?;
    let own_fingerprint = Fingerprint::of(&bundle, as_of)
        .with_templates(request.templates.own(), request.keeps_views)
        .choosing(request.choice.said().map(|said| said.ru));
    let fingerprint = Fingerprint { compared: compared.years(), ..own_fingerprint };
    recover(&target);
    let comparing = Said::fixed("сверка с прежней сборкой", "comparing with the earlier build");
    let standing = stages.time(comparing, || earlier::unchanged(&target, &fingerprint));
    if let Some((record, foreign)) = standing.filter(|_| !request.is_forced) {
        return Ok(Built::Done(Box::new(nothing_to_do(target, record, foreign, stages))));
    }
    // Before this year's tables are read, so that one year's at a time are in memory.
    let lent = if compared.is_empty() {
        comparison.read(&compared)
    } else {
        stages.time(Said::fixed("прежние годы", "earlier years"), || comparison.read(&compared))
    }?;
    let mut opening =
        stages.time(Said::fixed("разбор таблиц", "parsing tables"), || Opening::of(&bundle));
    opening.reading.problems.extend(compared.problems.iter().cloned());
    let Some(journal) = opening.journal_to_build(request.is_strict) else {
        return Ok(Built::Refused(opening.reading.problems));
    };
    let known: Vec<&Report> = request.reports.iter().chain(reports::ON_REQUEST).copied().collect();
    request.choice.check(&known, journal)?;
    let year = Year {
        lent,
        request,
        bundle: &bundle,
        journal,
        rows: &opening.reading.rows,
        roster: &Roster::new(journal),
        policy: &opening.policy,
        as_of,
        problems: opening.problems(),
        selection: &opening.selection,
        fingerprint,
    };
    Ok(Built::Done(Box::new(year.build(target, stages)?)))
}

/// Describes existing outputs that equal what this build would make.
fn nothing_to_do(target: PathBuf, record: BuildRecord, foreign: Vec<PathBuf>, stages: Stages) -> Outcome {
    let carried = Carried { kept: foreign, ..Carried::default() };
    let (problems, taken_over) = (Vec::new(), Vec::new());
    Outcome { target, record, problems, is_unchanged: true, taken_over, carried, stages }
}

/// One school year while its outputs are made.
struct Year<'a> {
    request: &'a Request,
    bundle: &'a Bundle,
    journal: &'a Journal,
    rows: &'a [TableRows],
    roster: &'a Roster,
    policy: &'a Policy,
    as_of: Date,
    problems: &'a [Problem],
    selection: &'a Selection,
    /// What earlier years lend for comparison.
    lent: &'a analytics::Earlier,
    fingerprint: Fingerprint,
}

impl Year<'_> {
    /// Makes everything beside the target and puts it in the target's place.
    fn build(&self, target: PathBuf, mut stages: Stages) -> Result<Outcome> {
        let staging = Staging::begin(&target)?;
        // From here on nobody else writes there.
        let earlier = if self.request.is_forced { Earlier::default() } else { Earlier::of(&target) };
        let workshop = Workshop::new(&staging, earlier);
        let record = self.make(&workshop, &mut stages)?;
        let taken_over = workshop.taken_over();
        let carried = stages
            .time(Said::fixed("запись на диск", "writing to the disk"), || staging.publish())?;
        let problems = self.problems.to_vec();
        Ok(Outcome { target, record, problems, is_unchanged: false, taken_over, carried, stages })
    }

    /// Returns the reports that are made.
    fn reports(&self) -> Vec<&'static Report> {
        self.request.choice.reports(self.request.reports, reports::ON_REQUEST)
    }

    fn make(&self, workshop: &Workshop<'_>, stages: &mut Stages) -> Result<BuildRecord> {
        let judged = self.judge(stages)?;
        let context = self.report_context(&judged);
        let jobs = reports::chosen_jobs(&self.reports(), &context, &self.request.choice);
        let documents = stages.time(Said::fixed("документы", "documents"), || {
            documents::make(&context, &jobs, self.request, workshop)
        })?;
        stages.time(Said::fixed("таблицы", "tables"), || self.tables(&judged, workshop))?;
        let packages = self.pack(&jobs, &documents, workshop, stages)?;
        if self.request.keeps_views {
            views::keep(&self.request.templates, &documents.views, &packages, workshop)?;
        }
        let record = self.record(&judged, documents, &packages);
        self.write_record(record, &context, &jobs, workshop)
    }
}
