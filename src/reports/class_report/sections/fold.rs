//! How much of the class's first page is shown, so that it stays one page.

/// How much is shown.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    /// Rows of a list of pupils, or pupils in a sentence of such a list.
    pub(super) rows: usize,
    /// Names in a sentence.
    pub(super) names: usize,
    /// Whether pupils and control works stand in tables, and not in sentences.
    pub(super) has_tables: bool,
}

/// From everything down to what always fits: the sheet and the pages of pupils have the rest.
pub(super) const FOLDS: [Fold; 10] = [
    Fold { rows: usize::MAX, names: usize::MAX, has_tables: true },
    Fold { rows: usize::MAX, names: 12, has_tables: true },
    Fold { rows: usize::MAX, names: 12, has_tables: false },
    Fold { rows: 20, names: 10, has_tables: false },
    Fold { rows: 15, names: 8, has_tables: false },
    Fold { rows: 11, names: 6, has_tables: false },
    Fold { rows: 8, names: 5, has_tables: false },
    Fold { rows: 5, names: 3, has_tables: false },
    Fold { rows: 3, names: 2, has_tables: false },
    Fold { rows: 1, names: 1, has_tables: false },
];
