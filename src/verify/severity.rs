//! The severity of an archive finding.

use serde::Serialize;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveSeverity {
    /// Something that verification cannot show and nobody can change: it does not affect the verdict.
    Notice,
    /// Worth knowing; the bag stays valid.
    Warning,
    /// Something could not be checked, so the bag cannot be called valid.
    Unchecked,
    /// The bag is not valid.
    Error,
}
