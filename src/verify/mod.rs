//! Verifies BagIt bags of letopis and of others, versions 0.93 to 1.0 (RFC 8493).
//!
//! In: paths of bags, of ZIPs of bags, or of folders with bags. Out: a [`VerifyReport`] with every fault,
//! each with a stable code. Nothing is written, unpacked, followed or fetched.

mod bag;
mod check;
pub mod checks;
mod codes;
mod complete;
mod declaration;
mod documents;
mod fetch;
mod find;
mod finding;
mod folder;
mod follow;
mod line_ends;
mod lines;
mod listing;
mod oxum;
mod parity;
mod part_text;
mod plan;
mod portion;
mod profile;
mod register;
mod report;
mod search;
mod severity;
mod signed;
mod stream;
mod tags;
mod text;
mod tree;
mod upper_case;
mod version;
mod wrapping;
mod zip_source;
mod zipped;
mod zipped_bags;

use std::path::PathBuf;

use crate::base::said::Said;
use crate::register::WrittenHead;

pub use crate::base::zip_entries::ZipLimits;
pub use finding::ArchiveFinding;
pub use portion::{Assignment, Portions, Stretch};
pub use report::{
    BagReport, Container, ParityReport, PartReport, PayloadReport, RegisterReport, Status, VerifyReport,
};
pub use severity::ArchiveSeverity;

/// Verifies everything at the paths and never stops at a fault.
pub fn verify(paths: &[PathBuf]) -> VerifyReport {
    verify_within(paths, &ZipLimits::default())
}

/// Verifies with other limits on ZIP archives.
pub fn verify_within(paths: &[PathBuf], limits: &ZipLimits) -> VerifyReport {
    search(paths, &mut search::How { limits, portions: &mut portion::Everything })
}

/// Verifies, and reads the assigned portion of each bag. Everything except the documents' content is checked
/// in every bag.
pub fn verify_portions(paths: &[PathBuf], portions: &mut dyn Portions) -> VerifyReport {
    search(paths, &mut search::How { limits: &ZipLimits::default(), portions })
}

fn search(paths: &[PathBuf], how: &mut search::How<'_>) -> VerifyReport {
    let mut report = VerifyReport::default();
    if paths.is_empty() {
        report.findings.push(ArchiveFinding::new(codes::NO_BAG, "", &[]));
    }
    for path in paths {
        find::verify_path(path, how, &mut report);
    }
    register::compare(&mut report);
    register::note_unregistered(&mut report);
    report
}

/// Verifies, and compares every register found with heads copied from paper.
pub fn verify_with_heads(paths: &[PathBuf], heads: &[WrittenHead]) -> VerifyReport {
    let mut report = verify(paths);
    report.hold_against(heads);
    report
}

impl VerifyReport {
    /// Compares every register found with heads copied from paper.
    pub fn hold_against(&mut self, heads: &[WrittenHead]) {
        register::check_heads(self, heads);
    }
}

/// Returns every code of findings, with its usual severity, its text and its hint.
pub fn codes() -> Vec<(&'static str, ArchiveSeverity, Said<&'static str>, Said<&'static str>)> {
    codes::all().map(|code| (code.id, code.severity, code.text, code.hint)).collect()
}
