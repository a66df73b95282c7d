//! How long each record file is kept and why, which terms end, and what may not be destroyed. People destroy;
//! the register only records it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use jiff::civil::{Date, date};

use super::hold::{HOLD, Holds};
use super::{SCHOOL, is_sound, registered};
use crate::bagit::stored::StoredBag;
use crate::base::digest::Algorithm;
use crate::base::files::read_file;
use crate::base::inside::BagName;
use crate::base::limits;
use crate::base::said::{Said, said};
use crate::base::series::Series;
use crate::register::BagState;
use crate::verify::verify;

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
    fn in_note(note: &str) -> Option<Self> {
        let (years, rest) = note.strip_prefix(NOTE_MARK)?.split_once(NOTE_FROM)?;
        let starts_on: Date = rest.get(..10)?.parse().ok()?;
        Self::of(starts_on.year().checked_sub(1)?, years.parse().ok()?)
    }

    /// Reads the term from the name of a letopis record file, `journals-2025-2026`: old registers have no
    /// terms.
    fn in_name(name: &str) -> Option<Self> {
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

fn is_of_sheets(name: &str) -> bool {
    Series::of_name(name).is_some_and(|(series, _)| series == Series::SummarySheets)
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

/// Returns the record files of an archive at a date, sorted by name.
///
/// # Errors
/// When there is no register, it is not sound, or `hold.toml` cannot be understood: a misread hold could cost
/// a record file.
pub fn record_files(archive: &Path, as_of: Date) -> Result<Vec<RecordFile>> {
    let register = registered(archive)?;
    let holds = Holds::read(archive)?;
    let mut grouped: BTreeMap<String, Vec<(BagName, BagState)>> = BTreeMap::new();
    for (bag, state) in register.states() {
        let name = bag.rsplit_once("-ed").map_or(bag.as_str(), |(name, _)| name).to_owned();
        grouped.entry(name).or_default().push((bag, state));
    }
    let mut files: Vec<RecordFile> =
        grouped.into_iter().map(|(name, editions)| described(archive, name, editions)).collect();
    let with_sheets: Vec<String> = files
        .iter()
        .filter(|file| holds_sheets(archive, file, as_of))
        .map(|file| file.school_year.clone())
        .collect();
    for file in &mut files {
        match file.term {
            None => file.obstacles.push(Obstacle::TermUnknown),
            Some(term) if term.years < SHEET_YEARS && !with_sheets.contains(&file.school_year) => {
                file.obstacles.push(Obstacle::NoSummarySheets);
            }
            Some(_) => {}
        }
        file.obstacles.extend(holds.of(file, as_of));
    }
    Ok(files)
}

/// Returns whether a record file keeps the year's results: here and sound, or in the archive it was handed
/// over to, or it kept them for their whole term.
fn holds_sheets(archive: &Path, file: &RecordFile, as_of: Date) -> bool {
    let is_over = file.term.is_some_and(|term| term.due_on <= as_of);
    let has_gone = |(_, state): &(BagName, BagState)| {
        state.handed_over.is_some() || (is_over && state.destroyed.is_some())
    };
    if is_of_sheets(&file.name) && file.editions.iter().any(has_gone) {
        return true;
    }
    let newest = file.editions.iter().rev().find(|(_, state)| state.is_kept());
    file.term.is_some_and(|term| term.years >= SHEET_YEARS)
        && newest.is_some_and(|(bag, _)| is_sound(&verify(&[bag.below(archive)])))
}

/// Takes the description from the newest edition that exists.
fn described(archive: &Path, name: String, mut editions: Vec<(BagName, BagState)>) -> RecordFile {
    editions.sort_by_key(|(_, state)| state.edition);
    let newest = editions.iter().rev().find_map(|(bag, state)| {
        let stored = StoredBag::open(&bag.below(archive)).ok()?;
        // A bag that differs from the register may not state its term.
        (stored.tag_manifest == state.tag_manifest && has_own_info(&stored)).then_some(stored)
    });
    let info = |label: &str| newest.as_ref().map(|bag| bag.info(label).to_owned()).unwrap_or_default();
    let notes = editions.iter().rev().map(|(_, state)| state.created_note.as_str());
    let term = match &newest {
        Some(bag) => Term::in_bag(bag),
        None => notes.into_iter().find_map(Term::in_note).or_else(|| Term::in_name(&name)),
    };
    let obstacles = if newest.is_none() { vec![Obstacle::Absent] } else { Vec::new() };
    RecordFile {
        title: info("External-Description"),
        organization: info(SCHOOL),
        identifier: info("External-Identifier"),
        school_year: Some(info("School-Year")).filter(|year| !year.is_empty()).unwrap_or_else(|| {
            // A record file that is gone is still known by its name.
            Series::of_name(&name).map_or("", |(_, year)| year).to_owned()
        }),
        term,
        obstacles,
        editions,
        name,
    }
}

/// Returns whether a bag's metadata are those that its tag manifest lists.
fn has_own_info(bag: &StoredBag) -> bool {
    let listed = bag.tag_files.iter().find(|(name, _)| name == "bag-info.txt");
    let found = read_file(&bag.path.join("bag-info.txt"), limits::TAG_FILE_BYTES)
        .map(|bytes| Algorithm::Sha256.of(&bytes))
        .ok();
    listed.is_some_and(|(_, sha256)| Some(sha256) == found.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_known_when_the_bag_is_gone() {
        let term = Term::of(2026, 5).expect("within the calendar");
        assert_eq!(Term::in_note(&format!("{}; исправлена отметка", term.note())), Some(term));
        assert_eq!(Term::in_note("исправлена отметка"), None);
        assert_eq!(Term::in_name("journals-2025-2026"), Some(term));
        assert_eq!(Term::in_name("summary-sheets-2025-2026"), Term::of(2026, 25));
        for unknown in
            ["journals-2025", "journals-2025-26", "journals-2026-2025", "journals-год", "x-2025-2026"]
        {
            assert_eq!(Term::in_name(unknown), None, "{unknown}");
        }
    }
}
