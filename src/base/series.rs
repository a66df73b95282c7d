//! What is archived together and kept for the same time: the packages of a year.

use crate::base::said::russian_form;

/// A kind of package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Class journals with all their data (R.3.4.1).
    Journals,
    /// Summary sheets with the few tables they are based on (R.3.4.2).
    SummarySheets,
}

impl Series {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Journals, Self::SummarySheets];

    /// Returns the beginning of the package's name, `journals` of `journals-2025-2026`. The folder of its
    /// documents has this name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Journals => "journals",
            Self::SummarySheets => "summary-sheets",
        }
    }

    /// Returns its title for people, without the year.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Journals => "Классные журналы",
            Self::SummarySheets => "Сводные ведомости учёта успеваемости",
        }
    }

    /// Returns the years it is kept, from 1 January of the year after the one it is closed in.
    pub const fn years_kept(self) -> u8 {
        match self {
            Self::Journals => 5,
            Self::SummarySheets => 25,
        }
    }

    /// Returns the years with their noun: «5 лет».
    pub fn kept_words(self) -> String {
        let years = self.years_kept();
        let noun = ["год", "года", "лет"][russian_form(usize::from(years))];
        format!("{years} {noun}")
    }

    /// Returns the series that is kept for so many years.
    pub fn kept(years: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|series| series.years_kept().to_string() == years)
    }

    /// Returns the series and the rest of a package's name: the year, and the edition if there is one.
    pub fn of_name(name: &str) -> Option<(Self, &str)> {
        let rest =
            |series: Self| name.strip_prefix(series.id())?.strip_prefix('-').map(|rest| (series, rest));
        Self::ALL.into_iter().find_map(rest)
    }

    /// Returns whether a document below the outputs belongs to the series.
    pub fn has(self, path: &str) -> bool {
        path.strip_prefix(self.id()).is_some_and(|rest| rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::Series;

    #[test]
    fn names_and_years_tell_the_kind() {
        assert_eq!(Series::of_name("journals-2025-2026-ed2"), Some((Series::Journals, "2025-2026-ed2")));
        assert_eq!(Series::of_name("summary-sheets-2025"), Some((Series::SummarySheets, "2025")));
        assert_eq!(Series::of_name("journalsx-2025"), None);
        assert_eq!(Series::kept("25"), Some(Series::SummarySheets));
        assert!(Series::Journals.has("journals/journal-5A.pdf") && !Series::Journals.has("journals.csv"));
    }
}
