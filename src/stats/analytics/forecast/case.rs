//! A forecast of a term that has ended, week by week, and what came.

use jiff::civil::Date;

use super::super::rounding::half_up;
use super::arithmetic::expected;
use crate::model::*;

/// The weeks of a term at whose ends forecasts are tried.
pub(crate) const WEEKS: std::ops::RangeInclusive<u8> = 2..=8;

/// The cases of an ended study term.
pub(crate) struct TermCases {
    pub(crate) term: Id<Term>,
    /// The weeks that end before the term does, with their last days.
    pub(crate) weeks: Vec<(u8, Date)>,
    pub(crate) cases: Vec<Case>,
    /// How many pupils and courses have «н/а» in place of a mark.
    pub(crate) not_assessed: usize,
}

/// A pupil in a course with a numeric term mark.
pub(crate) struct Case {
    pub(crate) pupil: Id<Pupil>,
    pub(crate) mark: u8,
    /// The mark of the term before, in this year.
    pub(crate) before_in_year: Option<u8>,
    /// The same; for the first term the last mark of the year before, where that is known.
    pub(crate) before: Option<u8>,
    /// Sum and count of the marks up to the end of each week.
    pub(crate) marks: Vec<(i128, i128)>,
}

impl Case {
    /// Returns the rounded mean at the end of a week, by its place.
    pub(crate) fn rounded(&self, week: usize) -> Option<u8> {
        let (sum, count) = self.marks[week];
        half_up(sum, count)
    }

    /// Returns the mark to be expected at the end of a week, by its place, with a mark before.
    pub(crate) fn expected(&self, week: usize, before: Option<u8>) -> Option<u8> {
        let (sum, count) = self.marks[week];
        expected(sum, count, before)
    }
}
