//! How far chance alone would carry a share: Wilson's interval, 95 %.

/// The quantile of the normal distribution that leaves 2.5 % above it.
const Z: f64 = 1.959_963_984_540_054;

/// Returns the 95 % interval of Wilson for `found` of `of`, in per cent from 0 to 100; `None` where nothing was counted.
///
/// It stays inside 0 to 100, and of few it is wide: 3 of 3 is 43.9 to 100.
pub fn interval(found: u64, of: u64) -> Option<[f64; 2]> {
    if of == 0 || found > of {
        return None;
    }
    // Counts are far below 2^52: exact.
    let (n, share) = (of as f64, found as f64 / of as f64);
    let square = Z * Z;
    let middle = share + square / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    // At the ends the difference is 0 but for rounding.
    let from = if found == 0 { 0.0 } else { (middle - half) / whole * 100.0 };
    let to = if found == of { 100.0 } else { (middle + half) / whole * 100.0 };
    Some([from, to])
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn intervals_are_the_published_ones() {
        let known = [
            ([0, 3], [0, 56]),
            ([3, 3], [44, 100]),
            ([2, 4], [15, 85]),
            ([4, 5], [38, 96]),
            ([5, 5], [57, 100]),
            ([3, 6], [19, 81]),
            ([6, 8], [41, 93]),
            ([8, 8], [68, 100]),
            ([5, 10], [24, 76]),
            ([14, 24], [39, 76]),
            ([22, 24], [74, 98]),
            ([50, 100], [40, 60]),
        ];
        for ([found, of], ends) in known {
            let made = interval(found, of).expect("there is a denominator").map(|end| end.round() as i64);
            assert_eq!(made, ends, "{found} of {of}");
        }
    }

    #[test]
    fn nothing_counted_has_none_and_no_interval_leaves_0_to_100() {
        assert_eq!(interval(0, 0), None);
        assert_eq!(interval(4, 3), None);
        for of in 1..60 {
            for found in 0..=of {
                let [from, to] = interval(found, of).expect("there is a denominator");
                let share = found as f64 * 100.0 / of as f64;
                assert!(
                    (0.0..=share).contains(&from) && (share..=100.0).contains(&to),
                    "{found} of {of}: {from} {to}"
                );
            }
        }
    }
}
