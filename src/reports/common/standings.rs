//! Pupils counted by their standing.

use crate::stats::analytics::Record;

/// How many pupils of a class or a larger whole have each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    /// All of them.
    pub listed: usize,
    /// All «5».
    pub excellent: usize,
    /// «4» and «5».
    pub good: usize,
    /// Of these with one «4»: a part, not a group beside.
    pub one_4: usize,
    /// With a «3».
    pub satisfactory: usize,
    /// Of these with one «3».
    pub one_3: usize,
    /// With a «2» or «1».
    pub failing: usize,
    /// Of these in two subjects and more.
    pub failing_in_many: usize,
    /// With н/а, no «2».
    pub not_assessed: usize,
    /// Without a numeric mark.
    pub unmarked: usize,
}

impl Standings {
    /// Counts rows of the table of standings.
    pub fn of<'a>(rows: impl IntoIterator<Item = Record<'a>>) -> Self {
        rows.into_iter().fold(Self::default(), Self::with)
    }

    fn with(mut self, row: Record<'_>) -> Self {
        self.listed += 1;
        match row.text("standing") {
            "excellent" => self.excellent += 1,
            "good" => self.good += 1,
            "satisfactory" => self.satisfactory += 1,
            "failing" => {
                self.failing += 1;
                self.failing_in_many += usize::from(row.count("n2") + row.count("n1") > 1);
            }
            "not_assessed" => self.not_assessed += 1,
            _ => self.unmarked += 1,
        }
        match row.text("one_short") {
            "one_4" => self.one_4 += 1,
            "one_3" => self.one_3 += 1,
            _ => {}
        }
        self
    }

    /// Returns the numbers in the order of the columns that all tables of standings have.
    pub const fn counts(&self) -> [usize; 10] {
        [
            self.listed,
            self.excellent,
            self.good,
            self.one_4,
            self.satisfactory,
            self.one_3,
            self.failing,
            self.failing_in_many,
            self.not_assessed,
            self.unmarked,
        ]
    }

    /// Returns pupils with «4» and «5» alone.
    pub fn without_3(&self) -> usize {
        self.excellent + self.good
    }
}

/// Returns the word for a standing.
pub fn word(standing: &str) -> &'static str {
    match standing {
        "excellent" => "на «5»",
        "good" => "на «4» и «5»",
        "satisfactory" => "с «3»",
        "failing" => "с «2»",
        "not_assessed" => "н/а",
        _ => "без отметок",
    }
}

/// Returns where a standing stands among those that can be compared, the best first; nothing for a pupil without marks.
pub fn rank(standing: &str) -> Option<u8> {
    match standing {
        "excellent" => Some(0),
        "good" => Some(1),
        "satisfactory" => Some(2),
        "failing" | "not_assessed" => Some(3),
        _ => None,
    }
}

/// Tells whether a standing is «4» and «5» alone.
pub fn is_without_3(standing: &str) -> bool {
    matches!(standing, "excellent" | "good")
}
