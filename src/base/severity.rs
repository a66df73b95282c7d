//! The severity of a rule's finding.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Later than the laxer deadline, or clearly against the regulation.
    Violation,
    /// Worth a look.
    Notice,
}

impl Severity {
    /// Returns the word used in `data/findings.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Notice => "notice",
        }
    }
}
