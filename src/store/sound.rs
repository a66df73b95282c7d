//! Whether a bag is sound enough to be kept.

use crate::verify::{ArchiveFinding, ArchiveSeverity, VerifyReport};

/// Returns whether the bag has no fault above a warning. A package that never had all of its documents is
/// kept and copied like any other.
pub fn is_sound(report: &VerifyReport) -> bool {
    let mut grave = report
        .all_findings()
        .map(|(_, finding)| finding)
        .filter(|found| found.severity > ArchiveSeverity::Warning);
    grave.all(ArchiveFinding::is_lack_of_documents)
}
