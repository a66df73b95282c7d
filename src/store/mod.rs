//! The long-term archive: a folder outside any build, in which editions accumulate and nothing is ever
//! replaced.
//!
//! `archive/journals-2025-2026-ed1`, `-ed2` … are complete bags, and `archive/register.txt` is their
//! register. A build's package becomes an edition if its payload differs from the newest one. A later edition
//! states the reason (`Edition-Reason`), the post of the responsible person (`Edition-Author-Post`), and the
//! differences (`data/изменения.csv`). The earlier edition stays, and the register marks it as superseded.
//! Only the register has clock time.

mod changes;
mod checks;
mod copies;
mod edition;
mod events;
mod hold;
mod medium;
mod parity;
mod places;
mod readme;
mod repair;
mod restore;
mod retention;
mod signatures;
mod sources;
mod state;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::bagit::bag::BAGIT_TXT;
use crate::bagit::stored::StoredBag;
use crate::base::files::read_file;
use crate::base::inside::BagName;
use crate::base::said::{AtPlace, Fault, Tell, refuse, said};
use crate::base::{limits, settings};
use crate::outputs::store::{ArchiveLock, move_file, replace_file};
use crate::package::inventory::{INVENTORY, INVENTORY_PDF};
use crate::package::tag_files::EVENTS;
use crate::register::{self, REGISTER, Register};
use crate::verify::{Finding, Severity, VerifyReport, verify};

pub use changes::{CellChanges, Change, Detail, What, changes, page_list};
pub use checks::{Amount, in_parts, read_whole, verify_in_parts};
pub use copies::{BagCopy, BagFailure, Copied, CopyRequest, copy, spread_register};
use edition::Edition;
pub use events::{Entering, add_event, enter, posts};
pub use hold::{HOLD, strange_holds};
pub use medium::{CopyKind, Medium, is_copy_beside, medium_of};
pub use parity::ParityCopy;
pub use places::Place;
pub use repair::{Repair, RepairOutcome, RepairRequest, Repairing, repair};
pub use restore::{Difference, REBUILT, Rebuilt, Restored, Restoring, SOURCES, TABLES, restore};
pub use retention::{Fate, Obstacle, RecordFile, SHEET_YEARS, Term, record_files};
pub use signatures::{UnfitSignature, note_signatures};
pub use sources::{SCHOOL_TOML, Source, sources};
pub use state::{ClassNote, YearState, notes_name, start_notes, year_state};

/// The school's label in the metadata of a bag.
const SCHOOL: &str = "Source-Organization";

/// The file with the differences from the edition before.
pub const CHANGES: &str = "data/изменения.csv";

/// Returns whether a payload file is about the bag itself: two bags with the same content may differ in it.
fn is_about_bag(path: &str) -> bool {
    [INVENTORY, INVENTORY_PDF, EVENTS, CHANGES].contains(&path)
}

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

/// Reads the register of an archive, or starts a new one.
///
/// # Errors
/// When it cannot be read, or is not sound: nothing is ever added to a damaged register.
pub fn sound_register(archive: &Path) -> Result<Register> {
    let path = archive.join(REGISTER);
    let bytes = match read_file(&path, limits::REGISTER_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Register::default()),
        Err(error) => return Err(error).at(&path),
    };
    let register = Register::read(&bytes);
    if !register.faults.is_empty() || !register.contradictions().is_empty() {
        refuse!(
            "{}: реестр повреждён, запись в него остановлена; запустите letopis verify",
            "{}: the register is damaged, nothing is entered in it; run letopis verify",
            path.display()
        );
    }
    Ok(register)
}

/// Reads the register of an archive that must have one.
///
/// # Errors
/// When there is none, it cannot be read, or it is not sound.
pub fn registered(archive: &Path) -> Result<Register> {
    if !archive.join(REGISTER).is_file() {
        refuse!(
            "{}: здесь нет архива с реестром (register.txt); архив начинает letopis archive",
            "{}: no archive with a register (register.txt) here; letopis archive begins one",
            archive.display()
        );
    }
    sound_register(archive)
}

/// Writes a register with new entries.
///
/// # Errors
/// On a disk error; the register is then unchanged.
pub fn write_register(archive: &Path, register: &Register) -> Result<()> {
    let path = archive.join(REGISTER);
    keep_signed_state(archive).at(&path)?;
    replace_file(&path, register.text().as_bytes()).at(&path)
}

/// Keeps a signed state of the register under a name of its own, with its signatures: they stay valid for it,
/// and would not be valid for the growing register.
fn keep_signed_state(archive: &Path) -> std::io::Result<()> {
    let path = archive.join(REGISTER);
    for ending in ["p7s", "sig"] {
        let signature = archive.join(format!("{REGISTER}.{ending}"));
        if !signature.is_file() {
            continue;
        }
        let signed = read_file(&path, limits::SIGNED_BYTES)?;
        let name = register::state_name(Register::read(&signed).head().number);
        replace_file(&archive.join(&name), &signed)?;
        move_file(&signature, &archive.join(format!("{name}.{ending}")))?;
    }
    Ok(())
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
    let folder = year.join("archive");
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

/// Returns whether the bag has no fault above a warning. A package that never had all of its documents is
/// kept and copied like any other.
pub fn is_sound(report: &VerifyReport) -> bool {
    let mut grave =
        report.all_findings().map(|(_, finding)| finding).filter(|found| found.severity > Severity::Warning);
    grave.all(Finding::is_lack_of_documents)
}

/// Returns the newest edition of a record file.
fn newest(register: &Register, stem: &str) -> Option<BagName> {
    let states = register.states();
    let own = states.iter().filter(|(name, _)| name.rsplit_once("-ed").is_some_and(|(own, _)| own == stem));
    own.max_by_key(|(_, state)| state.edition).map(|(name, _)| name.clone())
}
