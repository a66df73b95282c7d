//! How much of a pupil's page is shown, so that it stays one page.

/// How much is shown.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    /// Lessons of a subject that are named with their topics; the others are counted.
    pub(super) topics: usize,
    /// Whether marks stand with their dates.
    pub(super) has_dates: bool,
}

impl Fold {
    /// Returns the title of a column of marks.
    pub(super) const fn title_of_marks(self) -> &'static str {
        if self.has_dates {
            "Отметки: число и отметка"
        } else {
            "Отметки по порядку (с числами — в журнале)"
        }
    }
}

/// From everything down to what always fits, however much a pupil missed: topics are wanted more than the days of marks, which
/// the journal has.
pub(super) const FOLDS: [Fold; 8] = [
    Fold { topics: usize::MAX, has_dates: true },
    Fold { topics: usize::MAX, has_dates: false },
    Fold { topics: 8, has_dates: false },
    Fold { topics: 5, has_dates: false },
    Fold { topics: 3, has_dates: false },
    Fold { topics: 2, has_dates: false },
    Fold { topics: 1, has_dates: false },
    Fold { topics: 0, has_dates: false },
];
