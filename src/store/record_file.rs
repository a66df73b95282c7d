//! A record file (дело), its term of keeping, and what is to be done with it.

use jiff::civil::{Date, date};

use super::names::HOLD;
use crate::bagit::stored::StoredBag;
use crate::base::inside::BagName;
use crate::base::said::{Said, said};
use crate::base::series::Series;
use crate::register::BagState;

/// Years after which summary sheets may be destroyed; record files with a shorter term need their sheets
/// beside them (R.3.4.2).
pub const SHEET_YEARS: i16 = Series::SummarySheets.years_kept() as i16;

/// The form of a term in the note of a creation.
const NOTE_MARK: &str = "хранить ";

const NOTE_FROM: &str = " лет, с ";

/// A record file (дело): all editions of one kind and school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFile {
    /// Name without the edition: `journals-2025-2026`.
    pub name: String,
    /// Title for people; empty if no edition is left to read it from.
    pub title: String,
    /// The organisation in the bag's metadata.
    pub organization: String,
    /// Fonds, index and school year.
    pub identifier: String,
    /// School year.
    pub school_year: String,
    /// Its editions with their state in the register.
    pub editions: Vec<(BagName, BagState)>,
    /// The term; `None` if no edition is left to read it from.
    pub term: Option<Term>,
    /// Why it may not be destroyed even after its term.
    pub obstacles: Vec<Obstacle>,
}

/// How long a record file is kept: whole years from 1 January of the year after the one in which it was
/// closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Years.
    pub years: i16,
    /// First day counted.
    pub starts_on: Date,
    /// The first day on which an act of destruction may name it.
    pub due_on: Date,
}

impl Term {
    /// Returns the term of a record file closed in a year; `None` outside the calendar.
    pub fn of(closing_year: i16, years: i16) -> Option<Self> {
        let starts = closing_year.checked_add(1)?;
        let due = starts.checked_add(years)?;
        if !(1..=9999).contains(&starts) || !(1..=9999).contains(&due) {
            return None;
        }
        Some(Self { years, starts_on: date(starts, 1, 1), due_on: date(due, 1, 1) })
    }

    /// Returns the last day on which the record file must exist.
    pub fn last_day(self) -> Date {
        self.due_on.yesterday().unwrap_or(self.due_on)
    }

    /// Returns the term from a bag's metadata.
    pub(super) fn in_bag(bag: &StoredBag) -> Option<Self> {
        let number = |label: &str| bag.info(label).parse::<i16>().ok();
        Self::of(number("Closing-Year")?, number("Retention-Years")?)
    }

    /// Returns the term in the form of the register, which keeps it after the bag is gone.
    pub(super) fn note(self) -> String {
        format!("{NOTE_MARK}{}{NOTE_FROM}{}", self.years, self.starts_on)
    }

    /// Reads the term from the note of a creation.
    pub(super) fn in_note(note: &str) -> Option<Self> {
        let (years, rest) = note.strip_prefix(NOTE_MARK)?.split_once(NOTE_FROM)?;
        let starts_on: Date = rest.get(..10)?.parse().ok()?;
        Self::of(starts_on.year().checked_sub(1)?, years.parse().ok()?)
    }

    /// Reads the term from the name of a letopis record file, `journals-2025-2026`: old registers have no
    /// terms.
    pub(super) fn in_name(name: &str) -> Option<Self> {
        let (series, title) = Series::of_name(name)?;
        let years = i16::from(series.years_kept());
        // A title without both years is not used: a date too early would mean a permanent loss.
        let years_of: Vec<i16> = title.split('-').map(|year| year.parse().ok()).collect::<Option<_>>()?;
        match years_of[..] {
            [first, last] if first >= 1000 && last == first + 1 => Self::of(last, years),
            _ => None,
        }
    }
}

/// What forbids destruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No summary sheets of the same year: nothing would remain of the marks.
    NoSummarySheets,
    /// `hold.toml` forbids it: reason and last day.
    Hold {
        /// Why.
        reason: String,
        /// Last day of the hold; `None` means until the line is deleted.
        until: Option<Date>,
    },
    /// Neither the bag nor the register has its term.
    TermUnknown,
    /// No intact edition is here for an act to name.
    Absent,
}

impl Obstacle {
    /// Describes it.
    pub fn reason(&self) -> Said {
        match self {
            Self::NoSummarySheets => said!(
                "нет сводных ведомостей того же года, отметки пропали бы совсем",
                "the summary sheets of that year are missing: nothing of the marks would remain",
            ),
            Self::Hold { reason, until: Some(until) } => {
                said!("{HOLD}: {reason} (до {until})", "{HOLD}: {reason} (until {until})")
            }
            Self::Hold { reason, until: None } => Said::same(format!("{HOLD}: {reason}")),
            Self::TermUnknown => said!(
                "ни пакет, ни реестр не говорят, сколько его хранить",
                "neither the bag nor the register says how long it is kept",
            ),
            Self::Absent => said!(
                "пакета нет на месте, или его описание повреждено",
                "the bag is not here, or its description is damaged",
            ),
        }
    }
}

/// What to do with a record file at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is kept; its term is not over.
    Kept,
    /// Its term is over and it may be destroyed by an act.
    Due,
    /// Its term is over, but something forbids destruction.
    Forbidden,
    /// No longer here: handed over or destroyed.
    Gone,
}

impl RecordFile {
    /// Returns the number of the fonds: the first part of the identifier.
    pub fn fond(&self) -> &str {
        self.identifier.split_once('/').map_or("", |(fond, _)| fond)
    }

    /// Returns what to do with it at a date.
    pub fn fate(&self, as_of: Date) -> Fate {
        if self.editions.iter().all(|(_, state)| !state.is_kept()) {
            return Fate::Gone;
        }
        match self.term {
            None => Fate::Forbidden,
            Some(term) if as_of < term.due_on => Fate::Kept,
            Some(_) if self.obstacles.is_empty() => Fate::Due,
            Some(_) => Fate::Forbidden,
        }
    }
}
