//! How much of the class's first page is shown, so that it stays one page.

/// How much is shown.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    /// Rows of a list of pupils.
    pub(super) rows: usize,
    /// Names in a sentence.
    pub(super) names: usize,
    /// Whether each control work has a row; else a few words.
    pub(super) has_rows_of_works: bool,
}

/// From everything down to what always fits: the sheet and the pages of pupils have the rest.
pub(super) const FOLDS: [Fold; 10] = [
    Fold { rows: usize::MAX, names: usize::MAX, has_rows_of_works: true },
    Fold { rows: usize::MAX, names: 12, has_rows_of_works: true },
    Fold { rows: usize::MAX, names: 12, has_rows_of_works: false },
    Fold { rows: 20, names: 8, has_rows_of_works: false },
    Fold { rows: 15, names: 6, has_rows_of_works: false },
    Fold { rows: 11, names: 5, has_rows_of_works: false },
    Fold { rows: 8, names: 4, has_rows_of_works: false },
    Fold { rows: 5, names: 3, has_rows_of_works: false },
    Fold { rows: 3, names: 2, has_rows_of_works: false },
    Fold { rows: 1, names: 1, has_rows_of_works: false },
];
