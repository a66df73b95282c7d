//! The main job as a story, one function per stage: read, compute, check, typeset, pack, verify, publish.

mod as_of;
mod documents;
pub mod places;
mod stages;

pub use crate::reports::REPORTS;
pub use as_of::as_of;
pub use stages::Stages;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;

use self::documents::Failure;
use crate::base::files::{Checksums, Document, read_file};
use crate::base::limits;
use crate::base::problems::Problem;
use crate::base::said::{Said, refuse, said};
use crate::data::build_record::{self, BUILD_JSON, BuildRecord, Fingerprint, PackageRecord, Product};
use crate::data::csv_files::{self, analytics_files, findings_csv, printed_means_csv, problems_csv};
use crate::data::{self, Extent};
use crate::ingest::{self, Bundle, Reading};
use crate::model::{Journal, Roster};
use crate::outputs::{Carried, Staging, recover, survey};
use crate::package::products::Products;
use crate::package::{self, Packing};
use crate::policy::Policy;
use crate::reports::problems_workbook::problems_workbook;
use crate::reports::{self, Report, ReportContext, gaps, index_page};
use crate::rules::{self, Checked, RuleContext};
use crate::stats::analytics::{self, Filled};
use crate::stats::{self, Figure};
use crate::verify::{ArchiveSeverity, verify};

/// The request for one build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The bundle.
    pub bundle: PathBuf,
    /// The folder for the outputs of all years.
    pub outputs: PathBuf,
    /// The date that the build is made for, where it was given.
    pub as_of: Option<Date>,
    /// Stop if any row was left out.
    pub is_strict: bool,
    /// How many documents are typeset at the same time.
    pub threads: usize,
    /// Build again even if nothing changed.
    pub is_forced: bool,
    /// What is made for people.
    pub reports: &'static [&'static Report],
}

/// The result of a build.
pub struct Outcome {
    /// Where the outputs stand.
    pub target: PathBuf,
    /// What `build.json` says.
    pub record: BuildRecord,
    /// Problems of the input; empty if nothing has changed.
    pub problems: Vec<Problem>,
    /// Nothing has changed, so nothing was written.
    pub is_unchanged: bool,
    /// Other people's files in the year's folder, and where they are now.
    pub carried: Carried,
    /// How long each stage took.
    pub stages: Stages,
}

/// How a build ended.
pub enum Built {
    /// The outputs stand.
    Done(Box<Outcome>),
    /// Nothing could be built from the bundle, or `--strict` forbade it, and why.
    Refused(Vec<Problem>),
}

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
    places::keep_off_bundles(&request.outputs, std::slice::from_ref(&request.bundle))?;
    let mut stages = Stages::default();
    let bundle = stages.time(Said::fixed("чтение файлов", "reading files"), || {
        ingest::read_bundle(&request.bundle)
    });
    let Some(head) = ingest::read_head(&bundle) else {
        return Ok(Built::Refused(ingest::read_journal(&bundle).problems));
    };
    let as_of = as_of(request.as_of, head.as_of, &head.school, &head.year);
    let school = places::SchoolYearOf { short: head.school.short.clone(), year: head.year.title };
    let target = places::free_target(&request.outputs, &request.bundle, (&school, schools))?;
    let fingerprint = Fingerprint::of(&bundle, as_of);
    recover(&target);
    let earlier = stages.time(
        Said::fixed("сверка с прежней сборкой", "comparing with the earlier build"),
        || unchanged(&target, &fingerprint),
    );
    if let Some((record, foreign)) = earlier.filter(|_| !request.is_forced) {
        let outcome = Outcome {
            target,
            record,
            problems: Vec::new(),
            is_unchanged: true,
            carried: Carried { kept: foreign, ..Carried::default() },
            stages,
        };
        return Ok(Built::Done(Box::new(outcome)));
    }
    let (policy, refusals) = read_policy(&bundle);
    let Reading { journal, mut problems, rows, .. } = stages
        .time(Said::fixed("разбор таблиц", "parsing tables"), || ingest::read_journal(&bundle));
    let left_out =
        problems.iter().any(|problem| problem.severity == crate::base::problems::ProblemSeverity::Error);
    problems.splice(0..0, refusals.iter().cloned());
    let (selection, unread) = ingest::read_selection(&bundle);
    problems.extend(unread);
    // A year without any rows gets no packages.
    let has_rows = rows.iter().any(|table| table.kept > 0);
    let (Some(journal), true) =
        (journal, has_rows && refusals.is_empty() && !(request.is_strict && left_out))
    else {
        return Ok(Built::Refused(problems));
    };
    let roster = Roster::new(&journal);
    let year = Year {
        request,
        bundle: &bundle,
        journal: &journal,
        roster: &roster,
        policy: &policy,
        as_of,
        problems: &problems,
        selection: &selection,
    };
    let staging = Staging::begin(&target)?;
    let record = year.make(&staging, fingerprint, build_record::table_counts(&rows), &mut stages)?;
    let carried = stages
        .time(Said::fixed("запись на диск", "writing to the disk"), || staging.publish())?;
    Ok(Built::Done(Box::new(Outcome { target, record, problems, is_unchanged: false, carried, stages })))
}

/// Returns the record of the existing outputs if they are exactly, to the last byte, what this build would
/// make, together with other people's files among them.
fn unchanged(target: &Path, fingerprint: &Fingerprint) -> Option<(BuildRecord, Vec<PathBuf>)> {
    let text = read_file(&target.join(BUILD_JSON), limits::RECORD_BYTES).ok()?;
    let record: BuildRecord = serde_json::from_slice(&text)
        .ok()
        .filter(|record: &BuildRecord| record.fingerprint == *fingerprint)?;
    // An edited record proves nothing.
    if record.document().ok()?.bytes != text {
        return None;
    }
    let found = survey(target);
    found.is_whole.then_some((record, found.foreign))
}

/// Reads the school's policy, or uses the regulation's own figures.
///
/// # Errors
/// None: a wrong policy is returned as problems, because a build with other figures than the school meant
/// would mislead.
pub fn read_policy(bundle: &Bundle) -> (Policy, Vec<Problem>) {
    let Some(text) = bundle.text(ingest::POLICY_TOML) else { return (Policy::default(), Vec::new()) };
    match crate::policy::read_policy(&text, &rules::rule_ids()) {
        Ok(reading) => (reading.policy, Vec::new()),
        Err(errors) => (Policy::default(), errors.into_iter().map(Problem::from).collect()),
    }
}

/// One school year while its outputs are made.
struct Year<'a> {
    request: &'a Request,
    bundle: &'a Bundle,
    journal: &'a Journal,
    roster: &'a Roster,
    policy: &'a Policy,
    as_of: Date,
    problems: &'a [Problem],
    selection: &'a ingest::Selection,
}

impl Year<'_> {
    fn make(
        &self,
        staging: &Staging,
        fingerprint: Fingerprint,
        tables: Vec<build_record::TableCount>,
        stages: &mut Stages,
    ) -> Result<BuildRecord> {
        let products = Products::default();
        let (figures, checked) =
            stages.time(Said::fixed("показатели и проверки", "figures and checks"), || self.judge());
        let figures = figures?;
        let analytics = stages.time(Said::fixed("аналитика", "analytics"), || {
            analytics::fill(self.journal, self.roster, &figures, self.as_of)
        });
        let context = self.report_context(&figures, &checked, &analytics);
        let reports = self.request.reports;
        let jobs = reports::jobs(reports, &context);
        let documents = stages.time(Said::fixed("документы", "documents"), || {
            documents::make(&context, &jobs, self.request.threads, (staging, &products))
        })?;
        stages.time(Said::fixed("таблицы", "tables"), || {
            self.write_data(&context, staging, &products)
        })?;
        let pages = documents.made.iter().map(|document| (document.path.clone(), document.pages)).collect();
        let due: Vec<String> = jobs.iter().map(|job| job.path.clone()).collect();
        let packing = Packing {
            staging,
            products: &products,
            bundle: self.bundle,
            journal: self.journal,
            as_of: self.as_of,
            pages: &pages,
            page_marks: &documents.page_marks,
            has_streebog: self.policy.streebog_manifests,
            inputs_sha256: &fingerprint.inputs_sha256,
            due: &due,
        };
        let sheet_tables = data::write(self.journal, "data/tables", Extent::SummarySheets)?;
        let packages = stages
            .time(Said::fixed("архивные пакеты", "archive packages"), || {
                package::pack(&packing, sheet_tables)
            })?;
        let zip = || packages.par_iter().try_for_each(|package| packing.zip(package));
        let (zipped, verified) = stages
            .time(Said::fixed("ZIP и проверка пакетов", "ZIPs, verifying packages"), || {
                rayon::join(zip, || verify_packages(staging, &packages))
            });
        zipped.and(verified)?;
        let mut record = BuildRecord {
            fingerprint,
            school: self.journal.school.short.clone(),
            year: self.journal.year.title.clone(),
            inputs: build_record::inputs(self.bundle),
            tables,
            problems: build_record::problem_counts(self.problems),
            findings: build_record::finding_counts(&checked.findings),
            left_out: left_out(&checked, &analytics, &documents.failed),
            failed: documents.failed.iter().map(|failure| failure.path.clone()).collect(),
            documents: documents.made,
            packages: packages.iter().map(package_record).collect(),
            products: Vec::new(),
        };
        let index = index_page::document(&context, &record, reports, &jobs)?;
        products.add(&index.path, staging.write(&index)?);
        record.products = products.all().into_iter().map(product).collect();
        staging.write(&record.document()?)?;
        Ok(record)
    }

    fn judge(&self) -> (Result<Vec<Figure>>, Checked) {
        let check = || rules::check(&RuleContext::new(self.journal, self.roster, self.policy, self.as_of));
        rayon::join(|| stats::compute(self.journal, self.roster, self.as_of), check)
    }

    fn report_context<'b>(
        &'b self,
        figures: &'b [Figure],
        checked: &'b Checked,
        analytics: &'b [Filled],
    ) -> ReportContext<'b> {
        ReportContext {
            journal: self.journal,
            roster: self.roster,
            figures,
            checked,
            analytics,
            problems: self.problems,
            selection: self.selection,
            policy: self.policy,
            as_of: self.as_of,
            sources: self.sources(),
        }
    }

    /// Returns for each class the rows that its journal is made from.
    fn sources(&self) -> Vec<String> {
        let rows = data::class_rows(self.journal, self.roster);
        rows.iter().map(|class| reports::source_line(class.rows, &class.sha256)).collect()
    }

    fn write_data(&self, context: &ReportContext<'_>, staging: &Staging, products: &Products) -> Result<()> {
        let ReportContext { figures, checked, analytics, .. } = context;
        let mut documents = data::write(self.journal, "data/tables", Extent::Everything)?;
        documents.push(csv_files::readme());
        documents.push(Document::new("data/metrics.csv", stats::metrics_csv(self.journal, figures)?));
        documents.extend(analytics_files(analytics)?);
        documents.push(findings_csv(self.journal, &checked.findings)?);
        documents.push(problems_csv(self.problems)?);
        documents.extend(printed_means_csv(self.journal)?);
        let places = package::source_places(self.bundle, self.journal);
        documents.push(problems_workbook(self.problems, &places, self.as_of)?);
        for document in &documents {
            products.add(&document.path, staging.write(document)?);
        }
        Ok(())
    }
}

/// Lists what the build does not have, so that nobody takes silence for a clean result.
fn left_out(checked: &Checked, analytics: &[Filled], failed: &[Failure]) -> Vec<String> {
    let failed =
        failed.iter().map(|Failure { title, error, .. }| format!("документ не создан: {title}: {error}"));
    failed.chain(gaps::lines(checked)).chain(gaps::of_analytics(analytics)).collect()
}

fn package_record(package: &package::Package) -> PackageRecord {
    let package::Package { folder, title, years_kept, files, bytes, .. } = package.clone();
    PackageRecord { path: folder, title, years_kept, files, bytes }
}

fn product((path, checksums): (String, Checksums)) -> Product {
    Product { path, bytes: checksums.bytes, sha256: checksums.sha256 }
}

/// Verifies the packages from the disk, as somebody else would.
fn verify_packages(staging: &Staging, packages: &[package::Package]) -> Result<()> {
    let paths: Vec<PathBuf> = packages.iter().map(|package| staging.path(&package.folder)).collect();
    let report = verify(&paths);
    // A document that could not be made is reported by its name. It does not stop the rest of the year.
    let findings: Vec<Said> = report
        .all_findings()
        .filter(|(_, finding)| finding.severity > ArchiveSeverity::Notice && !finding.is_lack_of_documents())
        .map(|(bag, finding)| {
            said!("{bag}: {} {}: {}", "{bag}: {} {}: {}", finding.code, finding.path, finding.message)
        })
        .collect();
    if !findings.is_empty() {
        let findings = Said::join(findings, "; ");
        refuse!("архивный пакет неверен: {}", "a package does not verify: {}", findings);
    }
    Ok(())
}
