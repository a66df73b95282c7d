//! The four groups of classes that deputies sort classes into: does everybody succeed, is the quality high.

use super::Figure;

/// From this share of pupils without «3» and below on, in per cent, the quality of a class is called high.
pub const HIGH_QUALITY: f64 = 50.0;
/// Classes with fewer assessed pupils are in no group: two pupils more or less would move them.
pub const FEWEST: usize = 10;

/// A group of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClassGroup {
    /// All succeed, the quality is high.
    First,
    /// All succeed, the quality is low.
    Second,
    /// Some fail, the quality is high.
    Third,
    /// Some fail, the quality is low: at risk.
    Fourth,
    /// Too few assessed pupils to say.
    Small,
}

impl ClassGroup {
    /// Every group, the best first.
    pub const ALL: [Self; 5] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Small];

    /// Sorts a class by its attainment and quality over all subjects; nothing where nobody is assessed.
    pub fn of(attainment: &Figure, quality: &Figure) -> Option<Self> {
        let (passed, assessed) = (attainment.numerator?, attainment.denominator?);
        let high = quality.value? >= HIGH_QUALITY;
        // Counts are far below 2^52: exact.
        if assessed < FEWEST as f64 {
            return Some(Self::Small);
        }
        Some(match (passed >= assessed, high) {
            (true, true) => Self::First,
            (true, false) => Self::Second,
            (false, true) => Self::Third,
            (false, false) => Self::Fourth,
        })
    }
}
