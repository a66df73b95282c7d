//! A metric: one kind of figure.

/// The unit of a figure's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Per cent, 0 to 100 (СОУ too).
    Percent,
    /// A mark, 1 to 5.
    Mark,
    /// Lessons.
    Lessons,
    /// Lesson hours.
    Hours,
}

/// One kind of figure: its name and its formula.
pub struct Metric {
    /// Stable id, as in `data/metrics.csv`.
    pub id: &'static str,
    /// Its name in documents.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    pub(super) form: Form,
}

/// How a value is computed from the pooled columns of its family.
pub(super) enum Form {
    /// `factor` × numerator / denominator; no value if the denominator is 0.
    Ratio { numerator: &'static str, denominator: &'static str, factor: f64 },
    /// The column itself; no row if it is null.
    Count(&'static str),
}
