//! The arithmetic of forecasts, which a deputy can do again by hand.

use super::super::rounding::half_up;

/// Highest term mark that is called low.
pub(crate) const LOW: u8 = 3;

/// Fewest cases of which anything is said.
pub const FEWEST_CASES: usize = 30;

/// The most fives that anybody is told to get.
const MOST_FIVES: i128 = 20;

/// Returns the mark to be expected: the half-up mean of the marks so far and the mark before.
pub(crate) fn expected(sum: i128, count: i128, before: Option<u8>) -> Option<u8> {
    match before {
        Some(before) => half_up(sum + i128::from(before), count + 1),
        None => half_up(sum, count),
    }
}

/// Returns the least number of further fives with which the half-up mean exceeds that of now.
pub(super) fn needed(sum: i128, count: i128) -> Option<i64> {
    fives_for(sum, count, half_up(sum, count).unwrap_or(0) + 1)
}

/// Returns the least number of further fives with which the half-up mean is a mark or above it; none where it is already, or
/// where more than twenty would be needed.
pub(super) fn fives_for(sum: i128, count: i128, mark: u8) -> Option<i64> {
    if half_up(sum, count) >= Some(mark) {
        return None;
    }
    let reaches = |fives: &i128| half_up(sum + 5 * fives, count + fives) >= Some(mark);
    (1..=MOST_FIVES).find(reaches).and_then(|fives| i64::try_from(fives).ok())
}

#[cfg(test)]
mod tests {
    use super::{expected, fives_for, needed};

    #[test]
    fn fives_needed_are_the_least_and_no_more_than_twenty() {
        assert_eq!(needed(0, 0), Some(1));
        assert_eq!(needed(10, 2), None);
        assert_eq!(needed(7, 2), Some(4));
        assert_eq!(needed(4, 2), Some(1));
        // 40 marks of 3: 3.5 with 14 fives.
        assert_eq!(needed(120, 40), Some(14));
        assert_eq!(needed(180, 60), Some(20));
        assert_eq!(needed(183, 61), None);
    }

    #[test]
    fn fives_for_a_mark_are_counted_to_that_mark() {
        // 2, 2, 3: 2.5 with one five would be 3; for a four 7 + 5k over 3 + k must be 3.5.
        assert_eq!(fives_for(7, 3, 3), Some(1));
        assert_eq!(fives_for(7, 3, 4), Some(3));
        assert_eq!(fives_for(7, 3, 5), Some(13));
        assert_eq!(fives_for(9, 2, 5), None);
    }

    #[test]
    fn the_mark_before_counts_as_one_mark() {
        assert_eq!(expected(7, 2, Some(3)), Some(3));
        assert_eq!(expected(7, 2, None), Some(4));
        assert_eq!(expected(0, 0, Some(4)), Some(4));
        assert_eq!(expected(0, 0, None), None);
    }
}
