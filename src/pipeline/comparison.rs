//! Earlier years of a school that a build compares with: which they are, and reading them one at a time.
//!
//! `--compare` takes the bundles of the run, `[compare]` of `school.toml` lists others. Years of a school of another name are never
//! compared.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;

use super::as_of::as_of;
use super::places;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::data::build_record::{ComparedYear, Fingerprint};
use crate::ingest::{self, Head, SCHOOL_TOML};
use crate::model::{Journal, Roster, SchoolYear};
use crate::stats;
use crate::stats::analytics::Earlier;

/// The years a run may compare with. By default those that `school.toml` lists.
#[derive(Default)]
pub struct Comparison {
    /// Bundles of the run, where it was asked to compare them.
    run: Vec<PathBuf>,
    /// What is known of bundles that were looked at.
    known: BTreeMap<PathBuf, Option<Year>>,
    /// The years taken in last, and what they lend.
    taken: (Vec<Place>, Earlier),
}

/// A bundle as far as it must be known to be compared with.
#[derive(Clone)]
struct Year {
    school: String,
    year: SchoolYear,
    as_of: Date,
    inputs_sha256: String,
}

/// Which bundle, as of which day, with which inputs.
#[derive(Clone, PartialEq)]
struct Place {
    bundle: PathBuf,
    of: ComparedYear,
}

/// The years that a bundle is compared with, the earliest first.
#[derive(Default)]
pub(super) struct Compared {
    places: Vec<Place>,
    /// What `school.toml` lists and cannot be compared with.
    pub(super) problems: Vec<Problem>,
}

impl Compared {
    /// Tells whether nothing is compared.
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns the years for the record of the build.
    pub(super) fn years(&self) -> Vec<ComparedYear> {
        self.places.iter().map(|place| place.of.clone()).collect()
    }
}

impl Comparison {
    /// Compares the bundles of a run, each with those of its school that are earlier.
    pub fn among(bundles: &[PathBuf]) -> Self {
        Self { run: bundles.to_vec(), ..Self::default() }
    }

    /// Puts the bundles of the run in the order of their years, so that each earlier one is read once.
    pub fn in_order(&mut self, mut bundles: Vec<PathBuf>) -> Vec<PathBuf> {
        if !self.run.is_empty() {
            bundles.sort_by_key(|bundle| self.look(bundle, None).map(|year| year.year.start));
        }
        bundles
    }

    /// Finds the earlier years that a bundle is compared with.
    pub(super) fn years_before(&mut self, bundle: &Path, head: &Head, asked: Option<Date>) -> Compared {
        let mut compared = Compared::default();
        let mut found: Vec<(Year, PathBuf)> = Vec::new();
        for entry in &head.compare {
            let path = beside(bundle, entry);
            match self.look(&path, asked).ok_or_else(not_there).and_then(|year| fits(year, head)) {
                Ok(year) => found.push((year, path)),
                Err(why) => compared.problems.push(problem(entry, &why)),
            }
        }
        for path in self.run.clone().iter().filter(|path| *path != bundle) {
            let year = self.look(path, asked).and_then(|year| fits(year, head).ok());
            found.extend(year.map(|year| (year, path.clone())));
        }
        found.sort_by_key(|(year, path)| (year.year.start, path.clone()));
        // One year may be listed and be in the run.
        found.dedup_by(|(one, _), (other, _)| one.year.start == other.year.start);
        let place = |(year, bundle): (Year, PathBuf)| Place {
            bundle,
            of: ComparedYear {
                year: year.year.title,
                as_of: year.as_of.to_string(),
                inputs_sha256: year.inputs_sha256,
            },
        };
        compared.places = found.into_iter().map(place).collect();
        compared
    }

    /// Reads the years that were not taken in yet, one at a time.
    ///
    /// # Errors
    /// When polars cannot form the figures of one: a defect of the program, never of the data.
    pub(super) fn read(&mut self, compared: &Compared) -> Result<&Earlier> {
        let (places, earlier) = std::mem::take(&mut self.taken);
        let is_begun = compared.places.starts_with(&places);
        self.taken = if is_begun { (places, earlier) } else { Default::default() };
        for place in &compared.places[self.taken.0.len()..] {
            let bundle = ingest::read_bundle(&place.bundle);
            let journal = ingest::read_journal(&bundle).journal;
            // The journal is all that is needed from here on.
            drop(bundle);
            if let (Some(journal), Ok(as_of)) = (journal, place.of.as_of.parse()) {
                let roster = Roster::new(&journal);
                let figures = stats::compute(&journal, &roster, as_of)?;
                let before = std::mem::take(&mut self.taken.1);
                self.taken.1 = before.with(&journal, &roster, &figures, as_of);
            }
            self.taken.0.push(place.clone());
        }
        Ok(&self.taken.1)
    }

    /// Looks at a bundle; nothing where there is none.
    fn look(&mut self, path: &Path, asked: Option<Date>) -> Option<Year> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let year = places::is_bundle(path).then(|| look(path, asked)).flatten();
        self.known.insert(path.to_owned(), year.clone());
        year
    }
}

fn look(path: &Path, asked: Option<Date>) -> Option<Year> {
    let bundle = ingest::read_bundle(path);
    let head = ingest::read_head(&bundle)?;
    let as_of = as_of(asked, head.as_of, &head.school, &head.year);
    let Fingerprint { inputs_sha256, .. } = Fingerprint::of(&bundle, as_of);
    Some(Year { school: head.school.name, year: head.year, as_of, inputs_sha256 })
}

/// Returns a year that another one may be compared with, or why it may not.
fn fits(year: Year, head: &Head) -> Result<Year, Said> {
    let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    if words(&year.school) != words(&head.school.name) {
        let name = &year.school;
        return Err(said!("это выгрузка другой школы: «{name}»", "this is another school's: \"{name}\""));
    }
    if year.year.start >= head.year.start {
        let title = &year.year.title;
        return Err(said!("это не более ранний год: {title}", "this is no earlier year: {title}"));
    }
    Ok(year)
}

fn not_there() -> Said {
    Said::new("здесь нет выгрузки с school.toml", "there is no bundle with a school.toml")
}

fn problem(entry: &str, why: &Said) -> Problem {
    Problem {
        code: "J126",
        severity: ProblemSeverity::Warning,
        file: SCHOOL_TOML.to_owned(),
        sheet: String::new(),
        row: None,
        column: "compare.bundles".to_owned(),
        value: entry.to_owned(),
        message: Said::new(
            format!("с этим годом не сравнено: {}", why.ru),
            format!("not compared with this year: {}", why.en),
        ),
        hint: Said::new(
            "исправьте [compare] в school.toml: bundles = [\"../2024-2025\"] — папки более ранних лет той же школы",
            "mend [compare] in school.toml: bundles = [\"../2024-2025\"] — folders of earlier years of this school",
        ),
        count: 1,
        cell: String::new(),
    }
}

/// Returns the path that `school.toml` of a bundle means: from the bundle's folder; of a ZIP, as if it were unpacked beside it.
fn beside(bundle: &Path, entry: &str) -> PathBuf {
    let absolute = std::path::absolute(bundle).unwrap_or_else(|_| bundle.to_owned());
    let mut path = PathBuf::new();
    // A place that is not there cannot be gone through on the disk.
    for part in absolute.join(entry.replace('\\', "/")).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path
}

/// Says where a year was to be compared and the year before it is not there.
pub(super) fn lacks(earlier: &Earlier, journal: &Journal) -> Option<Said> {
    (!earlier.is_empty() && earlier.title_before(journal).is_none()).then(|| {
        said!(
            "сравнение с прошлым годом — среди названных выгрузок нет года, за которым сразу идёт этот",
            "comparison with the year before — that year is not among the named bundles"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_from_the_bundles_folder_and_of_a_zip_from_the_one_it_would_be_unpacked_to() {
        let root = std::path::absolute("/").expect("there is a root");
        let at = |path: &str| root.join(path);
        assert_eq!(beside(&at("years/2025"), "../2024"), at("years/2024"));
        assert_eq!(beside(&at("years/2025.zip"), "../2024.zip"), at("years/2024.zip"));
        assert_eq!(beside(&at("years/2025"), "..\\old\\.\\2024"), at("years/old/2024"));
        assert_eq!(beside(&at("years/2025"), &at("else/2024").to_string_lossy()), at("else/2024"));
    }
}
