//! The content of `school.toml`: the school, the year, the officials, the archive's identifiers.

use jiff::civil::Date;

/// The school, as documents name it.
#[derive(Clone, Debug, Default)]
pub struct School {
    /// Full legal name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Settlement.
    pub place: String,
    /// Municipality.
    pub municipality: String,
    /// Region.
    pub region: String,
    /// Offset of the school's time from UTC, «+04:00»: printed, never used in computations.
    pub utc_offset: String,
}

/// The school year.
#[derive(Clone, Debug)]
pub struct SchoolYear {
    /// «2024-2025».
    pub title: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

impl SchoolYear {
    /// Returns whether a pupil who joins on a day joins in mid-year: a few days after the first of September
    /// still count as the beginning.
    pub(crate) fn is_late_start(&self, from: Date) -> bool {
        from <= self.end && from > self.start.saturating_add(jiff::Span::new().days(7))
    }

    /// Returns whether a pupil who leaves on a day leaves in mid-year, rather than with the year's end.
    pub(crate) fn is_early_end(&self, to: Date) -> bool {
        to >= self.start && to < self.end.saturating_sub(jiff::Span::new().days(7))
    }
}

impl Default for SchoolYear {
    fn default() -> Self {
        Self { title: String::new(), start: Date::ZERO, end: Date::ZERO }
    }
}

/// A person who signs: post and name in the form of signatures.
#[derive(Clone, Debug, Default)]
pub struct Official {
    /// Post.
    pub post: String,
    /// «И. О. Фамилия» or the full name.
    pub name: String,
}

/// A deputy director, with the grades in the deputy's charge.
#[derive(Clone, Debug, Default)]
pub struct Deputy {
    /// Who signs.
    pub official: Official,
    /// Grades, as `1-11`; empty means all.
    pub grades: String,
}

/// Who signs the documents.
#[derive(Clone, Debug, Default)]
pub struct Officials {
    /// The director.
    pub director: Official,
    /// The deputies.
    pub deputies: Vec<Deputy>,
    /// Whoever keeps the archive.
    pub archivist: Official,
}

/// The local act that the checks quote.
#[derive(Clone, Debug, Default)]
pub struct Regulation {
    /// Title.
    pub title: String,
    /// Number of the order.
    pub order: String,
    /// Date of the order.
    pub date: Option<Date>,
}

/// Identifiers of the archive.
#[derive(Clone, Debug, Default)]
pub struct ArchiveIds {
    /// Number of the archival fonds.
    pub fond: String,
    /// Index of the journals in the nomenclature of files.
    pub journal_index: String,
    /// Index of the summary sheets.
    pub sheet_index: String,
}
