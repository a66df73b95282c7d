//! How long each record file is kept and why, which terms end, and what may not be destroyed. People destroy;
//! the register only records it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;

use super::hold::Holds;
use super::names::SCHOOL;
use super::record_file::{Obstacle, RecordFile, SHEET_YEARS, Term};
use super::registers::registered;
use super::sound::is_sound;
use crate::bagit::stored::StoredBag;
use crate::base::digest::Algorithm;
use crate::base::files::read_file;
use crate::base::inside::BagName;
use crate::base::limits;
use crate::base::series::Series;
use crate::register::BagState;
use crate::verify::verify;

fn is_of_sheets(name: &str) -> bool {
    Series::of_name(name).is_some_and(|(series, _)| series == Series::SummarySheets)
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
