//! Writes the index page and the record of a build, last of all.

use anyhow::Result;

use super::comparison;
use super::documents::{Documents, Failure};
use super::judge::Judged;
use super::workshop::Workshop;
use super::{Year, templates};
use crate::base::draft::Key;
use crate::base::said::{Said, said};
use crate::data::build_record::{self, BuildRecord, LeftOut, PackageRecord, Product};
use crate::package::Package;
use crate::package::products::Written;
use crate::reports::{ReportContext, ReportJob, gaps, index_page};

impl Year<'_> {
    /// Collects the content of `build.json`, without the list of files.
    pub(super) fn record(&self, judged: &Judged, documents: Documents, packages: &[Package]) -> BuildRecord {
        BuildRecord {
            fingerprint: self.fingerprint.clone(),
            school: self.journal.school.short.clone(),
            year: self.journal.year.title.clone(),
            inputs: build_record::inputs(self.bundle),
            tables: build_record::table_counts(self.rows),
            problems: build_record::problem_counts(self.problems),
            findings: build_record::finding_counts(&judged.checked.findings),
            left_out: LeftOut::of(
                [templates::left_out(packages), self.left_out(judged, &documents.failed)].concat(),
            ),
            template_faults: templates::records(&documents.failed, packages),
            failed: documents.failed.iter().map(|failure| failure.path.clone()).collect(),
            documents: documents.made,
            packages: packages.iter().map(package_record).collect(),
            products: Vec::new(),
        }
    }

    /// Lists what the build does not have, so that nobody takes silence for a clean result.
    fn left_out(&self, judged: &Judged, failed: &[Failure]) -> Vec<Said> {
        let failed = failed.iter().map(|Failure { title, path, error }| {
            let title = Said::new(title.as_str(), path.as_str());
            said!("документ не создан: {}: {}", "document not made: {}: {}", title, error.said())
        });
        let chosen = self.request.choice.said().map(|chosen| {
            said!(
                "сделано по выбору ({}): других отчётов в этой сборке нет",
                "made by choice ({}): this build has no other reports",
                chosen
            )
        });
        let gaps = gaps::lines(&judged.checked).into_iter().chain(gaps::of_analytics(&judged.analytics));
        failed
            .chain(chosen)
            .chain(gaps::of_terms(self.journal, &judged.figures))
            .chain(gaps)
            .chain(comparison::lacks(self.lent, self.journal))
            .collect()
    }

    /// Writes the index page and, with every file listed, the record.
    pub(super) fn write_record(
        &self,
        mut record: BuildRecord,
        context: &ReportContext<'_>,
        jobs: &[ReportJob],
        workshop: &Workshop<'_>,
    ) -> Result<BuildRecord> {
        let index = index_page::document(context, &record, &self.reports(), jobs)?;
        workshop.write(&index, None)?;
        record.products = workshop.products.all().into_iter().map(product).collect();
        workshop.staging.write(&record.document()?)?;
        Ok(record)
    }
}

fn package_record(package: &Package) -> PackageRecord {
    let Package { folder, title, years_kept, files, bytes, .. } = package.clone();
    PackageRecord { path: folder, title, years_kept, files, bytes }
}

fn product((path, Written { checksums, made_from }): (String, Written)) -> Product {
    let text = |key: &Key| key.as_str().to_owned();
    let key = made_from.as_ref().map(|from| text(&from.key));
    let inputs = made_from.and_then(|from| from.inputs.as_ref().map(text));
    Product { path, bytes: checksums.bytes, sha256: checksums.sha256, key, inputs }
}
