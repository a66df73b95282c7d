//! Control works added up, for every report that sums them.

use crate::stats::analytics::Record;
use crate::stats::sou_weight;

/// Works of a subject, or of all.
#[derive(Clone, Copy, Default)]
pub struct WorkSum {
    /// Works of the schedule.
    pub works: usize,
    /// Of these, held.
    pub held: usize,
    /// Held after the day of the schedule.
    pub late: usize,
    /// Pupils on the lists of the works held.
    pub listed: usize,
    /// Of these, those with a mark for the work.
    pub wrote: usize,
    /// Of these, those absent on the day of the work.
    pub absent: usize,
    /// Marks 1 to 5, at 0 to 4.
    pub marks: [usize; 5],
    /// Those who wrote and have a term mark to compare.
    pub compared: usize,
    /// The term mark equal to the work's, higher, lower.
    pub agreement: [usize; 3],
}

const MARKS: [&str; 5] = ["n1", "n2", "n3", "n4", "n5"];
const AGREEMENT: [&str; 3] = ["equal", "higher", "lower"];

impl WorkSum {
    /// Adds a work. One that was not held has no list that counts.
    pub fn with(mut self, row: Record<'_>) -> Self {
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
    pub fn from(&self, mark: usize) -> usize {
        self.marks[mark - 1..].iter().sum()
    }

    /// Returns the mean of the marks; nothing where nobody wrote.
    pub fn mean(&self) -> Option<f64> {
        self.over_writers(f64::from)
    }

    /// Returns СОУ; nothing where nobody wrote.
    pub fn sou(&self) -> Option<f64> {
        self.over_writers(|mark| sou_weight(Some(mark)) as f64)
    }

    /// Returns the mean weight of a mark. Counts and weights are whole and far below 2^52, so their sum is exact.
    fn over_writers(&self, weight: impl Fn(u8) -> f64) -> Option<f64> {
        let sum: f64 = self.marks.iter().zip(1..).map(|(count, mark)| *count as f64 * weight(mark)).sum();
        (self.wrote > 0).then(|| sum / self.wrote as f64)
    }
}
