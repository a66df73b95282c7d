//! Puts the packages of a year into the archive as editions.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::changes::{Change, changes};
use super::edition::Edition;
use super::names::SCHOOL;
use super::record_file::Term;
use super::registers::{sound_register, write_register};
use super::signatures::{UnfitSignature, note_signatures};
use super::sound::is_sound;
use super::sources::{SCHOOL_TOML, sources};
use super::{events, readme, signatures};
use crate::bagit::bag::BAGIT_TXT;
use crate::bagit::stored::StoredBag;
use crate::base::folders::PACKAGES;
use crate::base::inside::BagName;
use crate::base::said::{Fault, Tell, said};
use crate::base::settings;
use crate::outputs::store::ArchiveLock;
use crate::register::Register;
use crate::verify::{VerifyReport, verify};

/// What to archive.
#[derive(Clone, Debug)]
pub struct Request {
    /// The outputs of one school year.
    pub year: PathBuf,
    /// The archive.
    pub archive: PathBuf,
    /// Why there is a new edition.
    pub reason: Option<String>,
    /// Why a package is archived without all of its documents.
    pub incomplete: Option<String>,
    /// Post of the person. If none is given, the register says so, and the bag names the archivist's or the
    /// director's post from `school.toml` as responsible for the edition.
    pub by: Option<String>,
}

/// The result for one package.
#[derive(Clone, Debug)]
pub enum Archived {
    /// It already is the newest edition.
    Same {
        /// That edition.
        bag: String,
    },
    /// It became an edition.
    Made {
        /// Its name.
        bag: String,
        /// The differences from the edition before.
        changes: Vec<Change>,
    },
    /// It differs from the newest edition, and no reason was given: nothing was done.
    NeedsReason {
        /// The newest edition.
        bag: String,
        /// What differs from it.
        changes: Vec<Change>,
    },
    /// The package lacks documents, and nobody gave a reason: nothing was done.
    Incomplete(VerifyReport),
    /// Signatures were added to an edition, or came with a new one. The register now lists them.
    Signed {
        /// The edition.
        bag: String,
        /// Their paths in it.
        signatures: Vec<String>,
    },
    /// Signatures beside the built documents are broken: nothing was done.
    UnfitSignatures(Vec<UnfitSignature>),
    /// The package, or the edition before it, does not verify.
    Unsound(VerifyReport),
}

/// Puts every package of a year into the archive.
///
/// # Errors
/// On a disk error, if another run is writing there, or if the register is not sound.
pub fn archive(request: &Request) -> Result<Vec<Archived>> {
    let packages = packages_of(&request.year)?;
    let _lock = ArchiveLock::take(&request.archive)?;
    let head = Officials::of(&packages, request.by.as_deref())?;
    readme::start(&request.archive, StoredBag::open(&packages[0])?.info(SCHOOL), None)?;
    let archived: Result<Vec<_>> = packages.iter().map(|package| one(request, package, &head)).collect();
    Ok(archived?.into_iter().flatten().collect())
}

/// Facts of `school.toml` that editions need.
struct Officials {
    post: String,
    utc_offset: String,
}

impl Officials {
    /// Takes them from the sources in the journals' package, which are the ones that the build used.
    fn of(packages: &[PathBuf], post: Option<&str>) -> Result<Self> {
        let mut found = Self { post: post.unwrap_or_default().to_owned(), utc_offset: String::new() };
        for package in packages {
            let bag = StoredBag::open(package)?;
            let school = sources(&bag)?.into_iter().find(|source| source.name == SCHOOL_TOML);
            let Some(school) = school else { continue };
            let text = String::from_utf8_lossy(&bag.read(&school.path)?).into_owned();
            let Ok(table) = text.parse::<toml::Table>() else { continue };
            let word = |path: [&str; 3]| {
                let start = table.get(path[0])?.get(path[1])?;
                let value = if path[2].is_empty() { start } else { start.get(path[2])? };
                value.as_str().map(str::to_owned).filter(|word| !word.is_empty())
            };
            found.utc_offset = word(["school", "utc_offset", ""]).unwrap_or_default();
            let posts = ["archivist", "director"].map(|official| word(["officials", official, "post"]));
            if found.post.is_empty() {
                found.post = posts.into_iter().flatten().next().unwrap_or_default();
            }
        }
        Ok(found)
    }
}

impl Officials {
    /// Returns the moment for the register: in the school's time zone, or in that of its last entry.
    fn now(&self, register: &Register) -> String {
        let offset = if self.utc_offset.is_empty() { register.offset() } else { self.utc_offset.clone() };
        settings::now(&offset)
    }
}

/// Returns the bags of a build, sorted.
fn packages_of(year: &Path) -> Result<Vec<PathBuf>> {
    let folder = year.join(PACKAGES);
    let none = || {
        said!(
            "{}: здесь нет пакетов, сначала letopis build",
            "{}: no packages here; run letopis build first",
            folder.display()
        )
    };
    let listed = fs::read_dir(&folder).told(none)?;
    let mut packages = Vec::new();
    for item in listed {
        let path = item?.path();
        if path.join(BAGIT_TXT).is_file() {
            packages.push(path);
        }
    }
    packages.sort();
    if packages.is_empty() {
        return Err(Fault::new(none()).into());
    }
    Ok(packages)
}

fn edition_missing(path: &Path) -> Fault {
    Fault::new(said!(
        "{}: прежнего издания нет в архиве, сравнить не с чем",
        "{}: the edition before is not in the archive, there is nothing to compare with",
        path.display()
    ))
}

fn one(request: &Request, package: &Path, officials: &Officials) -> Result<Vec<Archived>> {
    let report = verify(&[package.to_owned()]);
    if !is_sound(&report) {
        return Ok(vec![Archived::Unsound(report)]);
    }
    let bag = StoredBag::open(package)?;
    let stem = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut register = sound_register(&request.archive)?;
    let (changes, earlier) = match newest(&register, &stem) {
        None => (Vec::new(), None),
        Some(name) => {
            let path = name.below(&request.archive);
            if !path.is_dir() {
                return Err(edition_missing(&path).into());
            }
            let report = verify(std::slice::from_ref(&path));
            if !is_sound(&report) {
                return Ok(vec![Archived::Unsound(report)]);
            }
            let earlier = StoredBag::open(&path)?;
            let changes = changes(&earlier, &bag)?;
            if changes.is_empty() {
                return same(request, &bag, (name, &earlier), (register, officials));
            }
            (changes, Some((name, earlier)))
        }
    };
    let reason = request.reason.as_deref().filter(|reason| !events::is_blank(reason));
    let reason = reason.map(|reason| events::typed("--reason", reason)).transpose()?;
    if let (Some((name, _)), None) = (&earlier, reason) {
        return Ok(vec![Archived::NeedsReason { bag: name.to_string(), changes }]);
    }
    let lacks_documents = report.all_findings().any(|(_, finding)| finding.is_lack_of_documents());
    let incomplete = request.incomplete.as_deref().filter(|reason| !events::is_blank(reason));
    let incomplete = incomplete.map(|reason| events::typed("--incomplete", reason)).transpose()?;
    if lacks_documents && incomplete.is_none() {
        return Ok(vec![Archived::Incomplete(report)]);
    }
    let is_as_built = earlier.is_none() && !lacks_documents;
    let signatures = match signatures::gather(&request.year, &bag, None, is_as_built)? {
        Ok(signatures) => signatures,
        Err(unfit) => return Ok(vec![Archived::UnfitSignatures(unfit)]),
    };
    let edition = Edition {
        number: register
            .states()
            .get(earlier.as_ref().map_or("", |(name, _)| name.as_str()))
            .map_or(0, |s| s.edition)
            + 1,
        stem,
        reason: reason.filter(|_| earlier.is_some()),
        incomplete: incomplete.filter(|_| lacks_documents),
        term: Term::in_bag(&bag),
        post: &officials.post,
        earlier: earlier.as_ref(),
        changes: &changes,
        signatures: &signatures,
    };
    let name = BagName::new(format!("{}-ed{}", edition.stem, edition.number))?;
    let tag_manifest = edition.write(&bag, &name.below(&request.archive))?;
    let (moment, by) = (officials.now(&register), request.by.as_deref().unwrap_or_default());
    edition.register(&mut register, &name, (tag_manifest, by), &moment);
    let signatures = note_signatures(&mut register, &request.archive, &name, (by, &moment))?;
    write_register(&request.archive, &register)?;
    let signed = (!signatures.is_empty()).then(|| Archived::Signed { bag: name.to_string(), signatures });
    Ok([Some(Archived::Made { bag: name.into(), changes }), signed].into_iter().flatten().collect())
}

/// Adds signatures that were made later to an edition that holds the built files.
fn same(
    request: &Request,
    built: &StoredBag,
    (name, edition): (BagName, &StoredBag),
    (mut register, officials): (Register, &Officials),
) -> Result<Vec<Archived>> {
    let is_as_built = built.tag_manifest == edition.tag_manifest;
    match signatures::gather(&request.year, built, Some(edition), is_as_built)? {
        Ok(signatures) => signatures::add(&edition.path, &signatures)?,
        Err(unfit) => return Ok(vec![Archived::UnfitSignatures(unfit)]),
    }
    let (moment, by) = (officials.now(&register), request.by.as_deref().unwrap_or_default());
    let signatures = note_signatures(&mut register, &request.archive, &name, (by, &moment))?;
    if signatures.is_empty() {
        return Ok(vec![Archived::Same { bag: name.into() }]);
    }
    write_register(&request.archive, &register)?;
    Ok(vec![Archived::Same { bag: name.to_string() }, Archived::Signed { bag: name.into(), signatures }])
}

/// Returns the newest edition of a record file.
fn newest(register: &Register, stem: &str) -> Option<BagName> {
    let states = register.states();
    let own = states.iter().filter(|(name, _)| name.rsplit_once("-ed").is_some_and(|(own, _)| own == stem));
    own.max_by_key(|(_, state)| state.edition).map(|(name, _)| name.clone())
}
