//! How long each record file is kept and why, what falls due, and what may not be destroyed. Destroying is done by
//! people: the register only records it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::{is_sound, sound_register};
use crate::archive::register::BagState;
use crate::archive::stored::StoredBag;
use crate::archive::verify::verify;

/// Files that may not be destroyed, whatever their term: written by hand, beside the register.
pub const HOLD: &str = "hold.toml";

/// Years after which summary sheets may go; files kept shorter need theirs beside them (R.3.4.2).
pub(super) const SHEET_YEARS: i16 = 25;
/// How the names of packages begin.
const SHEETS: &str = "summary-sheets-";
const JOURNALS: &str = "journals-";

/// A record file (дело): all editions of one kind and school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFile {
    /// Name without the edition: `journals-2025-2026`.
    pub name: String,
    /// Title for people; empty where no edition is there to tell.
    pub title: String,
    /// The organisation, as the bag names it.
    pub organization: String,
    /// Fonds, index and school year.
    pub identifier: String,
    /// School year.
    pub school_year: String,
    /// Its editions with what the register says.
    pub editions: Vec<(String, BagState)>,
    /// The term; `None` where no edition is there to tell.
    pub term: Option<Term>,
    /// Why it may not be destroyed even when its term is over.
    pub obstacles: Vec<Obstacle>,
}

/// How long a file is kept: whole years from 1 January of the year after the one it was closed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Years.
    pub years: i16,
    /// First day counted.
    pub starts_on: Date,
    /// The first day on which it may be named in an act of destruction.
    pub due_on: Date,
}

impl Term {
    /// Returns the term of a file closed in a year; `None` outside the calendar.
    pub fn of(closing_year: i16, years: i16) -> Option<Self> {
        let starts = closing_year.checked_add(1)?;
        let due = starts.checked_add(years)?;
        if !(1..=9999).contains(&starts) || !(1..=9999).contains(&due) {
            return None;
        }
        Some(Self { years, starts_on: date(starts, 1, 1), due_on: date(due, 1, 1) })
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
        /// Until when; `None`: until the line is deleted.
        until: Option<Date>,
    },
    /// The bag's own metadata do not say how long it is kept.
    TermUnknown,
}

/// What is to be done with a file at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is kept; its term is not over.
    Kept,
    /// Its term is over and it may be destroyed by an act.
    Due,
    /// Its term is over, but something forbids destruction.
    Forbidden,
    /// Not here any more: handed over or destroyed.
    Gone,
}

impl RecordFile {
    /// Returns what is to be done with it at a date.
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

/// Returns the files of an archive at a date, sorted by name.
///
/// # Errors
/// When the register is not sound, or `hold.toml` cannot be understood: a hold misread would be a file lost.
pub fn record_files(archive: &Path, as_of: Date) -> Result<Vec<RecordFile>> {
    let register = sound_register(archive)?;
    let holds = Holds::read(archive)?;
    let mut grouped: BTreeMap<String, Vec<(String, BagState)>> = BTreeMap::new();
    for (bag, state) in register.states() {
        let name = bag.rsplit_once("-ed").map_or(bag.as_str(), |(name, _)| name).to_owned();
        grouped.entry(name).or_default().push((bag, state));
    }
    let mut files: Vec<RecordFile> =
        grouped.into_iter().map(|(name, editions)| described(archive, name, editions)).collect();
    let with_sheets: Vec<String> = files
        .iter()
        .filter(|file| holds_sheets(archive, file))
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

/// Tells whether a file keeps the year's results: here and sound, or in the archive it was handed over to.
fn holds_sheets(archive: &Path, file: &RecordFile) -> bool {
    let is_handed_over = |(_, state): &(String, BagState)| state.handed_over.is_some();
    if file.name.starts_with(SHEETS) && file.editions.iter().any(is_handed_over) {
        return true;
    }
    let newest = file.editions.iter().rev().find(|(_, state)| state.is_kept());
    file.term.is_some_and(|term| term.years >= SHEET_YEARS)
        && newest.is_some_and(|(bag, _)| is_sound(&verify(&[archive.join(bag)])))
}

/// Takes the description from the newest edition that is there.
fn described(archive: &Path, name: String, mut editions: Vec<(String, BagState)>) -> RecordFile {
    editions.sort_by_key(|(_, state)| state.edition);
    let newest = editions.iter().rev().find_map(|(bag, state)| {
        let stored = StoredBag::open(&archive.join(bag)).ok()?;
        // What is not the registered bag may not say how long it is kept.
        (stored.tag_manifest == state.tag_manifest).then_some(stored)
    });
    let info = |label: &str| newest.as_ref().map(|bag| bag.info(label).to_owned()).unwrap_or_default();
    let number = |label: &str| info(label).parse::<i16>().ok();
    let term = number("Closing-Year").zip(number("Retention-Years"));
    RecordFile {
        title: info("External-Description"),
        organization: info("Source-Organization"),
        identifier: info("External-Identifier"),
        school_year: Some(info("School-Year")).filter(|year| !year.is_empty()).unwrap_or_else(|| {
            // A file that is gone is still known by its name.
            name.strip_prefix(SHEETS).or_else(|| name.strip_prefix(JOURNALS)).unwrap_or_default().to_owned()
        }),
        term: term.and_then(|(closing, years)| Term::of(closing, years)),
        obstacles: Vec::new(),
        editions,
        name,
    }
}

/// `hold.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holds {
    #[serde(default)]
    hold: Vec<Hold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hold {
    /// Name of a file or of an edition, a school year, or `*`.
    bag: String,
    reason: String,
    until: Option<String>,
}

impl Holds {
    fn read(archive: &Path) -> Result<Self> {
        let path = archive.join(HOLD);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let holds: Self = toml::from_str(&text).with_context(|| path.display().to_string())?;
        for hold in &holds.hold {
            hold.until().with_context(|| format!("{}: until", path.display()))?;
        }
        Ok(holds)
    }

    fn of(&self, file: &RecordFile, as_of: Date) -> Vec<Obstacle> {
        let names = |hold: &&Hold| {
            hold.bag == "*"
                || hold.bag == file.name
                || hold.bag == file.school_year
                || file.editions.iter().any(|(bag, _)| *bag == hold.bag)
        };
        let obstacle = |hold: &Hold| {
            let until = hold.until().ok().flatten();
            let is_over = until.is_some_and(|until| until < as_of);
            (!is_over).then(|| Obstacle::Hold { reason: hold.reason.clone(), until })
        };
        self.hold.iter().filter(names).filter_map(obstacle).collect()
    }
}

impl Hold {
    fn until(&self) -> Result<Option<Date>> {
        self.until.as_ref().map(|until| Ok(until.parse()?)).transpose()
    }
}
