//! Control works added up.

use crate::stats::analytics::Record;

/// Works of a subject, or of all.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) works: usize,
    pub(super) held: usize,
    /// Held after the day of the schedule.
    pub(super) late: usize,
    pub(super) listed: usize,
    pub(super) wrote: usize,
    pub(super) absent: usize,
    /// Marks 1 to 5, at 0 to 4.
    pub(super) marks: [usize; 5],
    pub(super) compared: usize,
    /// The term mark equal to the work's, higher, lower.
    pub(super) agreement: [usize; 3],
}

const MARKS: [&str; 5] = ["n1", "n2", "n3", "n4", "n5"];
const AGREEMENT: [&str; 3] = ["equal", "higher", "lower"];
/// Weights of «1» to «5» in СОУ.
const WEIGHTS: [usize; 5] = [7, 16, 36, 64, 100];

impl Sum {
    /// Adds a work. One that was not held has no list that counts.
    pub(super) fn with(mut self, row: Record<'_>) -> Self {
        self.works += 1;
        if row.date("held_date").is_none() {
            return self;
        }
        self.held += 1;
        self.late += usize::from(row.whole("days_late").is_some_and(|days| days > 0));
        self.listed += row.count("listed");
        self.wrote += row.count("wrote");
        self.absent += row.count("absent");
        self.compared += row.count("compared");
        self.marks.iter_mut().zip(MARKS).for_each(|(sum, column)| *sum += row.count(column));
        self.agreement.iter_mut().zip(AGREEMENT).for_each(|(sum, column)| *sum += row.count(column));
        self
    }

    /// Returns how many marks are not below this one.
    pub(super) fn from(&self, mark: usize) -> usize {
        self.marks[mark - 1..].iter().sum()
    }

    /// Returns the mean of the marks; nothing where nobody wrote.
    pub(super) fn mean(&self) -> Option<f64> {
        let sum: usize = self.marks.iter().zip(1..).map(|(count, mark)| count * mark).sum();
        self.over_writers(sum)
    }

    /// Returns СОУ; nothing where nobody wrote.
    pub(super) fn sou(&self) -> Option<f64> {
        self.over_writers(self.marks.iter().zip(WEIGHTS).map(|(count, weight)| count * weight).sum())
    }

    fn over_writers(&self, sum: usize) -> Option<f64> {
        // Counts are far below 2^52: exact.
        (self.wrote > 0).then(|| sum as f64 / self.wrote as f64)
    }
}
