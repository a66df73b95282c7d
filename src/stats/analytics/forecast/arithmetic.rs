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
pub fn needed(sum: i128, count: i128) -> Option<i64> {
    fives_for(sum, count, half_up(sum, count).unwrap_or(0) + 1)
}

/// Returns the least number of further fives with which the half-up mean is a mark or above it; none where it is already, or
/// where more than twenty would be needed.
pub(super) fn fives_for(sum: i128, count: i128, mark: u8) -> Option<i64> {
    marks_for((sum, count), 5, mark)
}

/// Returns the same for further marks of a value: how many fours lift a pupil to a three.
pub fn marks_for((sum, count): (i128, i128), value: u8, mark: u8) -> Option<i64> {
    if half_up(sum, count) >= Some(mark) {
        return None;
    }
    let reaches = |more: &i128| half_up(sum + i128::from(value) * more, count + more) >= Some(mark);
    (1..=MOST_FIVES).find(reaches).and_then(|more| i64::try_from(more).ok())
}

#[cfg(test)]
mod tests {
    use super::{expected, fives_for, marks_for, needed};

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
    fn a_three_is_reached_by_fewer_fives_than_threes() {
        // 2, 2, 2, 2, 3: a five makes 16 of 6, a four 15 of 6, three threes 20 of 8.
        assert_eq!([5, 4, 3].map(|value| marks_for((11, 5), value, 3)), [Some(1), Some(1), Some(3)]);
        assert_eq!([5, 4, 3, 2].map(|value| marks_for((8, 4), value, 3)), [Some(1), Some(2), Some(4), None]);
        assert_eq!(marks_for((9, 3), 5, 3), None);
    }

    #[test]
    fn the_mark_before_counts_as_one_mark() {
        assert_eq!(expected(7, 2, Some(3)), Some(3));
        assert_eq!(expected(7, 2, None), Some(4));
        assert_eq!(expected(0, 0, Some(4)), Some(4));
        assert_eq!(expected(0, 0, None), None);
    }
}
