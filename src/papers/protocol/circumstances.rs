//! What people tell of a check, and when the next one is due.

use jiff::civil::Date;

use crate::verify::{Status, VerifyReport};

/// The longest time between checks of electronic documents (Rules of Rosarkhiv of 31.07.2023 № 77; `R.3.3`,
/// `D.26`).
pub const YEARS_TO_NEXT: i16 = 5;

/// Facts about the verification that the bags do not have.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// The media that were read, by their own names or those given; empty leaves a line to fill in.
    pub media: Vec<String>,
    /// The place of the verification; `None` means the school's address.
    pub place: Option<String>,
    /// Posts of the people who did it; empty leaves a line to fill in.
    pub by: String,
}

/// Returns the day by which the next verification is due; `None` if this one found faults, which come first.
pub fn next_due(report: &VerifyReport, as_of: Date) -> Option<Date> {
    let is_well = matches!(report.status(), Status::Valid | Status::ValidWithWarnings);
    is_well.then(|| as_of.saturating_add(jiff::Span::new().years(YEARS_TO_NEXT)))
}
