//! Packs the archive packages and verifies them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;

use super::documents::Documents;
use super::workshop::Workshop;
use super::{Stages, Year};
use crate::base::folders;
use crate::base::said::{Said, refuse, said};
use crate::data::{self, Extent};
use crate::outputs::Staging;
use crate::package::{self, Package, Packing};
use crate::reports::ReportJob;
use crate::verify::{ArchiveSeverity, verify};

impl Year<'_> {
    /// Writes the bags of the year and their ZIPs, and reads the bags back.
    pub(super) fn pack(
        &self,
        jobs: &[ReportJob],
        documents: &Documents,
        workshop: &Workshop<'_>,
        stages: &mut Stages,
    ) -> Result<Vec<Package>> {
        let pages: BTreeMap<String, usize> =
            documents.made.iter().map(|document| (document.path.clone(), document.pages)).collect();
        let due: Vec<String> = jobs.iter().map(|job| job.path.clone()).collect();
        let packing = Packing {
            staging: workshop.staging,
            standing: &workshop.earlier.standing,
            products: &workshop.products,
            bundle: self.bundle,
            journal: self.journal,
            as_of: self.as_of,
            pages: &pages,
            page_marks: &documents.page_marks,
            templates: &self.request.templates,
            has_streebog: self.policy.streebog_manifests,
            inputs_sha256: &self.fingerprint.inputs_sha256,
            due: &due,
        };
        let packages = stages
            .time(Said::fixed("архивные пакеты", "archive packages"), || {
                package::pack(&packing, data::write(self.journal, folders::TABLES, Extent::SummarySheets)?)
            })?;
        let zip = || packages.par_iter().try_for_each(|package| packing.zip(package));
        let check = || verify_packages(workshop.staging, &packages);
        let (zipped, verified) = stages
            .time(Said::fixed("ZIP и проверка пакетов", "ZIPs, verifying packages"), || {
                rayon::join(zip, check)
            });
        zipped.and(verified)?;
        Ok(packages)
    }
}

/// Reads the packages back from the disk as a stranger would.
fn verify_packages(staging: &Staging, packages: &[Package]) -> Result<()> {
    let paths: Vec<PathBuf> = packages.iter().map(|package| staging.path(&package.folder)).collect();
    let report = verify(&paths);
    // What could not be made is told by its own name; the rest of the year is not held up for it.
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
