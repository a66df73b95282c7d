//! Values that records of every kind hold: short texts and spans of dates.

use ecow::EcoString;
use jiff::civil::Date;

/// Short strings are kept inline: most ids and signs cost no allocation.
pub type Text = EcoString;

/// A span of dates, both ends inclusive; an open end is [`Date::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Span {
    /// Every day there is.
    pub const ALWAYS: Self = Self { from: Date::MIN, to: Date::MAX };

    /// Joins two ends; a missing one is open.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Self {
        Self { from: from.unwrap_or(Date::MIN), to: to.unwrap_or(Date::MAX) }
    }

    /// Returns whether the date is inside, ends included.
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Returns the days in both spans, if any.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from <= both.to).then_some(both)
    }
}
