//! Levels of results, with borders that leave no gap between them.

use crate::reports::common::numbers::FEW;

/// Levels of the share of writers who succeeded and of the quality, from these per cents; of fewer than ten there is none.
pub(super) const LEVELS: [(f64, &str); 3] =
    [(80.0, "оптимальный"), (60.0, "допустимый"), (0.0, "критический")];
/// The same of the share of «4» and «5».
pub(super) const QUALITY_LEVELS: [(f64, &str); 4] =
    [(60.0, "высокий"), (31.0, "средний"), (20.0, "низкий"), (0.0, "критический")];

/// Returns the level of a share of so many.
pub(super) fn level(levels: &[(f64, &'static str)], found: usize, of: usize) -> Option<&'static str> {
    // Counts are far below 2^52: exact.
    let share = 100.0 * found as f64 / of.max(1) as f64;
    let own = levels.iter().find(|(from, _)| share >= *from);
    own.filter(|_| of >= FEW).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_has_one_level_and_of_fewer_than_ten_there_is_none() {
        let of_100 = |found| level(&LEVELS, found, 100).expect("ten and more have one");
        assert_eq!(
            [100, 80, 79, 60, 59, 0].map(of_100),
            ["оптимальный", "оптимальный", "допустимый", "допустимый", "критический", "критический"]
        );
        let quality = |found| level(&QUALITY_LEVELS, found, 100).expect("ten and more have one");
        assert_eq!(
            [60, 59, 31, 30, 20, 19].map(quality),
            ["высокий", "средний", "средний", "низкий", "низкий", "критический"]
        );
        assert_eq!(level(&LEVELS, 9, 9), None);
    }
}
