//! Outcomes that a figure leaves out.

/// Why a pupil's outcome is not counted in the figures of attainment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// The mark is missing.
    Absent,
    /// Deferred.
    Deferred,
    /// Without a mark.
    Unmarked,
    /// зачёт
    Pass,
    /// незачёт
    Fail,
    /// освобождён
    Exempt,
}

impl Exclusion {
    /// Every exclusion, in the order in which `data/metrics.csv` names them.
    pub const ALL: [Self; 6] =
        [Self::Absent, Self::Deferred, Self::Unmarked, Self::Pass, Self::Fail, Self::Exempt];

    /// Returns its code in `data/metrics.csv`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Deferred => "deferred",
            Self::Unmarked => "безотм",
            Self::Pass => "зач",
            Self::Fail => "незач",
            Self::Exempt => "осв",
        }
    }

    /// Returns the words for several such pupils.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Absent => "отметки нет",
            Self::Deferred => "отсрочка",
            Self::Unmarked => "без отметки",
            Self::Pass => "зачёт",
            Self::Fail => "незачёт",
            Self::Exempt => "освобождены",
        }
    }
}
