//! Intervals by drawing pupils again: how far a figure would have been another one with other pupils of the same kind.

/// How often pupils are drawn again.
const DRAWS: usize = 400;
/// The draws are the same in every build.
const SEED: u64 = 0x1e70_9150;

/// A figure with its interval, 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Forms figures of pupils' scores, each with its interval: pupils are drawn again as often as there are, with all their cases.
/// A figure that cannot be formed of the scores themselves has none; draws that cannot give it are passed over.
pub(super) fn estimates<S, const N: usize>(
    scores: &[S],
    form: impl Fn(&S) -> [Option<f64>; N],
) -> [Option<Estimate>; N]
where
    S: Default + Clone + for<'s> std::ops::AddAssign<&'s S>,
{
    let sum = |drawn: &mut dyn Iterator<Item = &S>| {
        let mut total = S::default();
        drawn.for_each(|one| total += one);
        form(&total)
    };
    let values = sum(&mut scores.iter());
    let mut drawn: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(DRAWS));
    let mut dice = fastrand::Rng::with_seed(SEED);
    for _ in 0..DRAWS {
        let figures = sum(&mut (0..scores.len()).map(|_| &scores[dice.usize(..scores.len())]));
        for (values, figure) in drawn.iter_mut().zip(figures) {
            values.extend(figure);
        }
    }
    let mut place = 0;
    drawn.map(|mut drawn| {
        let value = values[place];
        place += 1;
        drawn.sort_by(f64::total_cmp);
        let at = |share: usize| drawn.get((drawn.len().saturating_sub(1) * share + 500) / 1000).copied();
        Some(Estimate { value: value?, low: at(25)?, high: at(975)? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Count(f64, f64);

    impl std::ops::AddAssign<&Self> for Count {
        fn add_assign(&mut self, other: &Self) {
            self.0 += other.0;
            self.1 += other.1;
        }
    }

    #[test]
    fn the_interval_holds_the_figure_and_is_the_same_each_time() {
        let scores: Vec<Count> = (0..100).map(|n| Count(f64::from(n % 4), 4.0)).collect();
        let form = |one: &Count| [(one.1 > 0.0).then(|| one.0 / one.1), None];
        let [share, none] = estimates(&scores, form);
        let share = share.expect("there are scores");
        assert!((share.value - 0.375).abs() < 1e-12);
        // The standard error is 0.28 / 10: the interval is about ±0.055.
        assert!((0.30..0.34).contains(&share.low) && (0.41..0.45).contains(&share.high), "{share:?}");
        assert_eq!(none, None);
        assert_eq!(estimates(&scores, form)[0], Some(share));
        assert_eq!(estimates(&[], form), [None, None]);
    }
}
