//! Copies an archive onto other media: whole bags that are read back, and a register that lists the copies.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::Result;

use super::events::add_event;
use super::medium::{CopyKind, Medium, named, on_same_disk};
use super::names::SCHOOL;
use super::parity::{ParityCopy, write_parity};
use super::readme;
use super::registers::{registered, sound_register, write_register};
use super::sound::is_sound;
use crate::bagit::stored::StoredBag;
use crate::base::files::read_file;
use crate::base::inside::BagName;
use crate::base::said::{AtPlace, Tell, refuse, said};
use crate::base::{limits, settings};
use crate::outputs::store::{
    ArchiveLock, CopyFailure, Growing, Landed, free_bytes, make_folder, replace_file,
};
use crate::register::{self, Event, PARITY_MARK, REGISTER, Register};
use crate::verify::verify;

/// What to copy where.
#[derive(Clone, Debug, Default)]
pub struct CopyRequest {
    /// The archive.
    pub archive: PathBuf,
    /// The folder on the medium.
    pub to: PathBuf,
    /// The kind of the copy, if requested.
    pub kind: Option<CopyKind>,
    /// The kind if neither the user nor the medium says.
    pub usual_kind: CopyKind,
    /// The medium's name for the register.
    pub label: Option<String>,
    /// A percentage: PAR2 files that can repair that much of a bag are written beside each bag.
    pub parity: Option<u32>,
    /// Posts of the people who copy.
    pub by: String,
    /// Other media of the same run.
    pub others: Vec<PathBuf>,
}

/// Why one bag was not copied.
#[derive(Debug)]
pub enum BagFailure {
    /// The bag in the archive is not sound; nothing was copied.
    SourceUnsound,
    /// Another or a damaged bag of that name is on the medium; it was not touched.
    InTheWay,
    /// A disk error on the medium or the disk.
    Failed(CopyFailure),
}

/// The result for one bag.
#[derive(Debug)]
pub struct BagCopy {
    /// Its name.
    pub bag: BagName,
    /// Files copied and files that were there already, or why the bag was not copied.
    pub result: Result<(usize, usize), BagFailure>,
    /// The parity beside it, if requested and if the bag was copied.
    pub parity: Option<Result<ParityCopy, CopyFailure>>,
}

impl BagCopy {
    /// Returns whether everything requested is on the medium.
    fn is_whole(&self) -> bool {
        self.result.is_ok() && self.parity.as_ref().is_none_or(Result::is_ok)
    }

    /// The medium is full: later bags would fail too.
    fn is_full(&self) -> bool {
        matches!(self.result, Err(BagFailure::Failed(CopyFailure::Full(_))))
            || matches!(self.parity, Some(Err(CopyFailure::Full(_))))
    }
}

/// The result for one medium.
#[derive(Debug)]
pub struct Copied {
    /// The folder on the medium.
    pub to: PathBuf,
    /// The name of the medium.
    pub medium: Medium,
    /// Other parts of the archive on the same disk.
    pub same_disk: Vec<PathBuf>,
    /// Each bag that the archive should hold.
    pub bags: Vec<BagCopy>,
    /// The medium has less room than the bags need: bytes needed and free. Nothing was written.
    pub too_small: Option<(u64, u64)>,
}

impl Copied {
    /// Returns whether everything is on the medium and was read back.
    pub fn is_whole(&self) -> bool {
        self.too_small.is_none() && self.bags.iter().all(BagCopy::is_whole)
    }
}

/// Copies an archive onto a medium, continues an interrupted run, and records the copies in both registers.
///
/// # Errors
/// When a register is not sound, the medium holds another history or the label of another, or one of the two
/// cannot be written.
pub fn copy(request: &CopyRequest) -> Result<Copied> {
    let CopyRequest { archive, to, parity, .. } = request;
    crate::pipeline::places::refuse_archive_in_year(to)?;
    let (parity, mut register) = (*parity, registered(archive)?);
    make_folder(to).told(|| said!("{}: сюда нельзя записать", "{}: cannot write here", to.display()))?;
    if is_inside(to, archive)? {
        refuse!(
            "{}: копия не может лежать внутри архива",
            "{}: a copy may not lie inside the archive",
            to.display()
        );
    }
    let _locks = (ArchiveLock::take(archive)?, ArchiveLock::take(to)?);
    check_history(&register, to)?;
    let medium = named(to, &register, (request.kind, request.usual_kind), request.label.as_deref())?;
    let same_disk = on_same_disk(to, archive, &request.others);
    let names: Vec<BagName> =
        register.states().into_iter().filter(|(_, state)| state.is_kept()).map(|(name, _)| name).collect();
    let missing = |name: &BagName| missing_bytes(&name.below(archive), &name.below(to), parity);
    let needed: u64 = names.iter().map(missing).sum();
    if let Some(free) = free_bytes(to).filter(|free| *free < needed) {
        let too_small = Some((needed, free));
        return Ok(Copied { to: to.to_owned(), medium, same_disk, bags: Vec::new(), too_small });
    }
    // The medium's name is written first, so that an interrupted run continues under the same label.
    start_readmes(request, &names, &medium)?;
    let mut bags = Vec::new();
    for name in names {
        let result = copy_bag(&name.below(archive), &name.below(to));
        let parity = parity.filter(|_| result.is_ok()).map(|percent| write_parity(&name.below(to), percent));
        bags.push(BagCopy { bag: name, result, parity });
        if bags.last().is_some_and(BagCopy::is_full) {
            break;
        }
    }
    enter_copies(&mut register, &bags, &medium, &request.by)?;
    let copied = Copied { to: to.to_owned(), medium, same_disk, bags, too_small: None };
    write_register(archive, &register)?;
    if copied.is_whole() {
        spread_register(archive, std::slice::from_ref(&copied.to))?;
    }
    Ok(copied)
}

/// Records bags that were copied, and bags that were found intact from an earlier copy.
fn enter_copies(register: &mut Register, bags: &[BagCopy], medium: &Medium, by: &str) -> Result<()> {
    let moment = settings::now(&register.offset());
    for bag in bags {
        // A bag that was there already was read again, which is a verification.
        let event = match bag.result {
            Ok((0, _)) => Event::Verified,
            Ok(_) => Event::Copied,
            Err(_) => continue,
        };
        let note = match &bag.parity {
            Some(Ok(parity)) => {
                format!("{medium}{PARITY_MARK}{}/{}: {}", parity.blocks, parity.protected_blocks, parity.id)
            }
            _ => medium.to_string(),
        };
        add_event(register, event, &bag.bag, (&note, by), &moment)?;
    }
    Ok(())
}

/// Writes the readme if there is none yet.
fn start_readmes(request: &CopyRequest, bags: &[BagName], medium: &Medium) -> Result<()> {
    let opened = bags.iter().rev().find_map(|bag| StoredBag::open(&bag.below(&request.archive)).ok());
    let school = opened.as_ref().map(|bag| bag.info(SCHOOL)).unwrap_or_default();
    readme::start(&request.archive, school, None)?;
    readme::start(&request.to, school, Some(medium))
}

/// Gives every complete copy the final register, so that the copies are identical.
///
/// # Errors
/// When a register cannot be read or written.
pub fn spread_register(archive: &Path, copies: &[PathBuf]) -> Result<()> {
    registered(archive)?;
    for name in register_files(archive)? {
        let bytes = read_file(&archive.join(&name), limits::REGISTER_BYTES).at(&name)?;
        for path in copies.iter().map(|to| to.join(&name)) {
            replace_file(&path, &bytes).at(&path)?;
        }
    }
    Ok(())
}

/// Returns the register, its signed earlier states and the signatures over all of them.
fn register_files(archive: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for item in archive.read_dir()? {
        let name = item?.file_name().to_string_lossy().into_owned();
        if name == REGISTER
            || register::signed_name(&name).is_some()
            || register::state_number(&name).is_some()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn is_inside(to: &Path, archive: &Path) -> io::Result<bool> {
    Ok(fs::canonicalize(to)?.starts_with(fs::canonicalize(archive)?))
}

/// Checks that a medium holds an earlier state of this archive. Another or a later one is refused: its
/// entries would be lost.
fn check_history(register: &Register, to: &Path) -> Result<()> {
    let there = sound_register(to)?;
    let is_earlier = there.entries.len() <= register.entries.len()
        && there.entries.iter().zip(&register.entries).all(|(there, here)| there.digest == here.digest);
    if !is_earlier {
        refuse!(
            "{}: реестр на носителе не продолжается реестром архива, копия не начата",
            "{}: the register on the medium is no earlier state of the archive's, no copy was begun",
            to.join(REGISTER).display()
        );
    }
    Ok(())
}

/// Returns roughly how many bytes are still to be copied; files of an earlier run count as copied.
fn missing_bytes(from: &Path, to: &Path, parity: Option<u32>) -> u64 {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let size = |folder: &Path| -> u64 {
        let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
        files
            .filter(|file| file.file_type().is_file())
            .filter_map(|file| Some(file.metadata().ok()?.len()))
            .sum()
    };
    let there = if to.exists() { size(to) } else { size(&to.with_file_name(format!(".{name}.part"))) };
    let whole = size(from);
    let is_there = to.with_file_name(format!("{name}.par2")).exists();
    let parity = parity.filter(|_| !is_there).map_or(0, |percent| whole / 100 * u64::from(percent));
    whole.saturating_sub(there) + parity
}

fn copy_bag(from: &Path, to: &Path) -> Result<(usize, usize), BagFailure> {
    if !is_sound(&verify(&[from.to_owned()])) {
        return Err(BagFailure::SourceUnsound);
    }
    let bag = StoredBag::open(from).map_err(|_| BagFailure::SourceUnsound)?;
    let files: Vec<(&str, &str)> = bag
        .payload
        .iter()
        .map(|entry| (entry.path.as_str(), entry.checksums.sha256.as_str()))
        // Tag manifests come last, so that a bag that has them is complete.
        .chain(bag.tag_files.iter().map(|(path, sha256)| (path.as_str(), sha256.as_str())))
        .chain(bag.signatures.iter().map(|(path, sha256)| (path.as_str(), sha256.as_str())))
        .collect();
    if to.exists() {
        let there = StoredBag::open(to).ok();
        let is_right = there.is_some_and(|there| there.tag_manifest == bag.tag_manifest)
            && is_sound(&verify(&[to.to_owned()]));
        if !is_right {
            return Err(BagFailure::InTheWay);
        }
        let signed = add_signatures(&bag, to).map_err(BagFailure::Failed)?;
        return Ok((signed, files.len() - signed));
    }
    land(from, to, &files).map_err(BagFailure::Failed)
}

/// Adds signatures made after the bag was copied; returns how many.
fn add_signatures(bag: &StoredBag, to: &Path) -> Result<usize, CopyFailure> {
    let mut added = 0;
    for (name, _) in &bag.signatures {
        let place = to.join(name);
        let fail = |error| CopyFailure::Disk(place.clone(), error);
        let bytes = read_file(&bag.path.join(name), limits::SIGNATURE_BYTES).map_err(fail)?;
        make_folder(place.parent().unwrap_or(to)).map_err(fail)?;
        if read_file(&place, limits::SIGNATURE_BYTES).is_ok_and(|there| there == bytes) {
            continue;
        }
        replace_file(&place, &bytes).map_err(fail)?;
        added += 1;
    }
    Ok(added)
}

fn land(from: &Path, to: &Path, files: &[(&str, &str)]) -> Result<(usize, usize), CopyFailure> {
    let growing = Growing::resumed(to, files.iter().map(|(path, _)| *path))?;
    let (mut copied, mut kept) = (0, 0);
    for (path, sha256) in files {
        match growing.copy_in(&from.join(path), path, sha256)? {
            Landed::Copied => copied += 1,
            Landed::Kept => kept += 1,
        }
    }
    let is_wanted = |path: &str| files.iter().any(|(wanted, _)| *wanted == path);
    let finished = growing.keep_only(is_wanted).and_then(|()| growing.publish());
    finished.map_err(|error| CopyFailure::Disk(to.to_owned(), error))?;
    Ok((copied, kept))
}
