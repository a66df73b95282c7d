//! Earlier years as far as a later one needs them.

use super::super::forecast::Past;
use super::year_before::YearBefore;
use crate::model::Journal;

/// Earlier years of a school, as far as a later one needs them; by default none.
#[derive(Default)]
pub struct Earlier {
    pub(super) year: Option<YearBefore>,
    pub(crate) past: Past,
}

/// How many days lie between the first days of a year and the next one.
const A_YEAR: std::ops::RangeInclusive<i32> = 300..=430;

impl Earlier {
    /// Tells whether no year was taken in.
    pub fn is_empty(&self) -> bool {
        self.year.is_none()
    }

    /// Returns the year directly before another.
    pub(crate) fn year_before(&self, journal: &Journal) -> Option<&YearBefore> {
        self.year.as_ref().filter(|year| A_YEAR.contains(&(journal.year.start - year.start).get_days()))
    }

    /// Returns the title of the year directly before another, where it is compared with.
    pub fn title_before(&self, journal: &Journal) -> Option<&str> {
        self.year_before(journal).map(|year| year.title.as_str())
    }
}
