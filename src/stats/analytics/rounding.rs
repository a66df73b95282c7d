//! Rounding half up in whole numbers: 3.5 is 4, whatever its binary fraction (`analytics.md`, Words).

/// Returns the mean of marks rounded half up: floor((2·Σ + n) / (2·n)); `None` if there are no marks.
pub fn half_up(sum: i128, count: i128) -> Option<u8> {
    (count > 0).then(|| u8::try_from((2 * sum + count).div_euclid(2 * count)).unwrap_or(u8::MAX))
}

/// Weights in billionths: a weight of a journal has few decimal places, so this is exact.
const PARTS: f64 = 1e9;

/// Returns a weight as a whole number of billionths.
pub fn exact(weight: f64) -> i128 {
    (weight * PARTS).round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_up_also_with_weights_that_are_no_binary_fractions() {
        assert_eq!(half_up(7, 2), Some(4));
        assert_eq!(half_up(13, 4), Some(3));
        assert_eq!(half_up(0, 0), None);
        // 3 and 4 of weight 0.1 and 0.1; 3 of 0.3 and 4 of 0.1 + 0.2.
        assert_eq!(half_up(3 * exact(0.1) + 4 * exact(0.1), 2 * exact(0.1)), Some(4));
        assert_eq!(half_up(3 * exact(0.3) + 4 * (exact(0.1) + exact(0.2)), 2 * exact(0.3)), Some(4));
    }
}
