//! The date that a build is made for.

use jiff::civil::{Date, date};

use crate::base::settings;
use crate::model::{School, SchoolYear};

/// Returns the date that a build is made for: the one asked for, or the bundle's own, or the earlier of today
/// at the school and 30 June of the year's end.
pub fn as_of(asked: Option<Date>, bundle: Option<Date>, school: &School, year: &SchoolYear) -> Date {
    asked.or(bundle).unwrap_or_else(|| {
        let june = date(year.end.year(), 6, 30);
        settings::today_at(&school.utc_offset).min(june)
    })
}
