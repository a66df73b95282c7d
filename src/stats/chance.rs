//! How far chance would carry a change of the same pupils: the test of signs.

/// Tells whether more of the same pupils moved one way than chance explains: the exact two-sided test of signs at 5 %. Who did
/// not move says nothing.
pub fn is_beyond_chance(up: usize, down: usize) -> bool {
    let (few, all) = (up.min(down), up + down);
    if all == 0 {
        return false;
    }
    // Σ C(all, k) / 2^all for k up to `few`, in logarithms: a school may have thousands.
    let log_of = |number: usize| (number as f64).ln();
    let mut log_term = -(all as f64) * std::f64::consts::LN_2;
    let mut tail = log_term.exp();
    for k in 1..=few {
        log_term += log_of(all + 1 - k) - log_of(k);
        tail += log_term.exp();
    }
    2.0 * tail < 0.05
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_few_pupils_is_chance() {
        // Exact values: 6 of 6 is 2/64 = 0.031, 5 of 5 is 2/32 = 0.0625; 10 to 2 is 0.039, 9 to 2 is 0.065.
        let far = [(6, 0), (0, 6), (10, 2), (60, 30)];
        let near = [(5, 0), (0, 0), (9, 2), (3, 3), (30, 29)];
        assert!(far.into_iter().all(|(up, down)| is_beyond_chance(up, down)));
        assert!(near.into_iter().all(|(up, down)| !is_beyond_chance(up, down)));
    }
}
