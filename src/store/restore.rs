//! The way back: writes a bag's sources and tables as bundles, builds the documents from them again and
//! compares.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;

use super::names::is_about_bag;
use super::sound::is_sound;
use super::sources;
use super::sources::SCHOOL_TOML;
use crate::bagit::stored::StoredBag;
use crate::base::folders::{self, inside};
use crate::base::problems::Problem;
use crate::base::said::{Tell, refuse, said};
use crate::base::settings;
use crate::ingest::POLICY_TOML;
use crate::outputs::Staging;
use crate::package::own_templates::own_templates;
use crate::pipeline::{self, Built};
use crate::verify::{VerifyReport, verify};

/// Folder of the sources below the target.
pub const SOURCES: &str = "sources";
/// Folder of the normalised tables below the target.
pub const TABLES: &str = "tables";
/// Folder of the rebuilt outputs below the target.
pub const REBUILT: &str = "rebuilt";

/// What came back.
#[derive(Debug)]
pub struct Restored {
    /// Sources written under their own names.
    pub sources: usize,
    /// Tables written.
    pub tables: usize,
    /// Whether the tables have a `school.toml` beside them, so that they can be built from.
    pub has_school: bool,
    /// The program that made the bag, according to the bag.
    pub made_by: String,
    /// The same program version restores it: every byte must agree.
    pub is_same_version: bool,
    /// The result of building again; `None` for a bag without sources and without settings.
    pub rebuilt: Option<Rebuilt>,
}

/// What building anew gave.
#[derive(Debug)]
pub enum Rebuilt {
    /// Files of the bag that agree to the last byte, and the paths of those that differ, are missing now or
    /// are new.
    Compared {
        /// How many agree.
        equal: usize,
        /// Those that do not.
        differing: Vec<(String, Difference)>,
    },
    /// The sources could not be built from, and why.
    Refused(Vec<Problem>),
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Other bytes.
    Other,
    /// In the bag, but not made now.
    NotMade,
    /// Made now, but not in the bag.
    New,
}

/// How restoring ended.
#[derive(Debug)]
pub enum Restoring {
    /// Everything in the bag was restored.
    Done(Box<Restored>),
    /// The bag does not verify; nothing was written.
    Unsound(VerifyReport),
}

/// Takes a bag's sources and tables into a new folder, builds from the sources and compares.
///
/// # Errors
/// When the folder is not empty, on a disk error, or when a name in the bag leads out of it.
pub fn restore(bag: &Path, to: &Path, threads: usize) -> Result<Restoring> {
    if to.read_dir().is_ok_and(|mut items| items.next().is_some()) {
        refuse!(
            "{}: папка не пуста, восстановление идёт только в новую",
            "{}: the folder is not empty; a bag is restored into a new one only",
            to.display()
        );
    }
    let report = verify(&[bag.to_owned()]);
    if !is_sound(&report) {
        return Ok(Restoring::Unsound(report));
    }
    if !bag.is_dir() {
        refuse!("{}: сначала распакуйте ZIP", "{}: unpack the ZIP first", bag.display());
    }
    let stored = StoredBag::open(bag)?;
    let made_by = stored.info("Bag-Software-Agent").to_owned();
    let mut restored = Restored {
        sources: 0,
        tables: 0,
        has_school: false,
        is_same_version: made_by == format!("letopis {}", settings::VERSION),
        made_by,
        rebuilt: None,
    };
    let staging = Staging::begin(to)?;
    take_out(&stored, &staging, &mut restored)?;
    // Sheets have no sources: their tables and settings are a bundle too.
    let bundle = if restored.sources > 0 { SOURCES } else { TABLES };
    if restored.sources > 0 || restored.has_school {
        // Nothing gets its final place before everything is there: unfinished files would block the next
        // attempt.
        let rebuilt = staging.lend(REBUILT)?;
        restored.rebuilt = Some(rebuild(&stored, staging.path(bundle), (rebuilt, threads))?);
    }
    staging.publish()?;
    Ok(Restoring::Done(Box::new(restored)))
}

fn take_out(stored: &StoredBag, staging: &Staging, restored: &mut Restored) -> Result<()> {
    let sources = sources(stored)?;
    for source in &sources {
        let bytes = stored.read(&source.path)?;
        staging.write_bytes(&format!("{SOURCES}/{}", source.name), &bytes)?;
        // Tables alone are not a bundle: they also need the school and the figures in force.
        if [SCHOOL_TOML, POLICY_TOML].contains(&source.name.as_str()) {
            staging.write_bytes(&format!("{TABLES}/{}", source.name), &bytes)?;
            restored.has_school |= source.name == SCHOOL_TOML;
        }
    }
    for entry in &stored.payload {
        let name =
            inside(folders::SETTINGS, &entry.path).filter(|name| [SCHOOL_TOML, POLICY_TOML].contains(name));
        let Some(name) = name.filter(|_| sources.is_empty()) else { continue };
        staging.write_bytes(&format!("{TABLES}/{name}"), &stored.read(&entry.path)?)?;
        restored.has_school |= name == SCHOOL_TOML;
    }
    let tables = stored.payload.iter().filter_map(|entry| inside(folders::TABLES, &entry.path));
    for name in tables.filter(|name| name.ends_with(".csv")) {
        staging.write_bytes(
            &format!("{TABLES}/{name}"),
            &stored.read(&format!("{}/{name}", folders::TABLES))?,
        )?;
        restored.tables += 1;
    }
    restored.sources = sources.len();
    Ok(())
}

fn rebuild(stored: &StoredBag, bundle: PathBuf, (outputs, threads): (PathBuf, usize)) -> Result<Rebuilt> {
    let as_of: Date = stored
        .info("Bagging-Date")
        .parse()
        .told(|| said!("bag-info.txt: Bagging-Date не день", "bag-info.txt: Bagging-Date is not a date"))?;
    let request = pipeline::Request {
        bundle,
        outputs,
        as_of: Some(as_of),
        is_strict: false,
        threads,
        is_forced: true,
        reports: pipeline::REPORTS,
        templates: own_templates(stored)?,
        keeps_views: false,
        choice: pipeline::Choice::default(),
    };
    match pipeline::build(&request)? {
        Built::Refused(problems) => Ok(Rebuilt::Refused(problems)),
        Built::Done(outcome) => {
            let package = outcome.target.join(folders::PACKAGES).join(package_name(&stored.path));
            compare(stored, &StoredBag::open(&package)?)
        }
    }
}

/// Returns the name of the package behind an edition.
fn package_name(bag: &Path) -> PathBuf {
    let name = bag.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.rsplit_once("-ed").filter(|(_, number)| number.parse::<u32>().is_ok());
    PathBuf::from(stem.map_or(name.as_str(), |(stem, _)| stem))
}

fn compare(stored: &StoredBag, now: &StoredBag) -> Result<Rebuilt> {
    let digests = |bag: &StoredBag| -> BTreeMap<String, String> {
        let own = bag.payload.iter().filter(|entry| !is_about_bag(&entry.path));
        own.map(|entry| (entry.path.clone(), entry.checksums.sha256.clone())).collect()
    };
    let (then, now) = (digests(stored), digests(now));
    let paths: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let (mut equal, mut differing) = (0, Vec::new());
    for path in paths {
        let difference = match (then.get(path), now.get(path)) {
            (Some(then), Some(now)) if then == now => {
                equal += 1;
                continue;
            }
            (Some(_), Some(_)) => Difference::Other,
            (Some(_), None) => Difference::NotMade,
            _ => Difference::New,
        };
        differing.push((path.clone(), difference));
    }
    Ok(Rebuilt::Compared { equal, differing })
}
