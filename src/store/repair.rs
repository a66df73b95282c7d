//! Repairs a damaged bag from its parity, in a new folder, and verifies it there before it gets its name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::registers::sound_register;
use super::sound::is_sound;
use crate::bagit::manifest::unescape;
use crate::bagit::stored::StoredBag;
use crate::base::digest::Algorithm;
use crate::base::inside::InsidePath;
use crate::base::said::{AtPlace, Fault, Tell, refuse, said};
use crate::cms::signed_in_bag;
use crate::outputs::store::Growing;
use crate::par2::{Beside, DamagedFile, Parity, Survey};
use crate::register::{REGISTER, Register};
use crate::verify::{VerifyReport, verify};

/// What to repair.
#[derive(Clone, Debug)]
pub struct RepairRequest {
    /// The bag, or its former place; its PAR2 files are beside it.
    pub bag: PathBuf,
    /// The folder for the bag under its name.
    pub to: PathBuf,
    /// The archive with the register that identifies the bag; by default, the folder of the bag.
    pub archive: Option<PathBuf>,
}

/// The findings and the result.
#[derive(Debug)]
pub struct Repair {
    /// Files that had changed or were missing.
    pub damaged: Vec<DamagedFile>,
    /// Blocks of the bag found nowhere.
    pub lost: usize,
    /// Recovery blocks that are whole.
    pub blocks: usize,
    /// Files of the bag without parity; they were not taken over.
    pub left_out: Vec<String>,
    /// How it ended.
    pub outcome: RepairOutcome,
}

/// How a repair ended. Only the first two results leave the bag in its new folder.
#[derive(Debug)]
pub enum RepairOutcome {
    /// Every file is intact, the bag verifies, and it is the one in the register.
    Whole,
    /// Every file is intact and the bag verifies, but there is no register to confirm that it is the right
    /// one.
    WithoutRegister,
    /// More is lost than the recovery blocks can restore.
    Lacking,
    /// The repaired bag does not verify.
    Unsound(Box<VerifyReport>),
    /// The register does not know a bag of this name.
    NotRegistered,
    /// The register has another content under this name.
    Disowned,
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Repairing {
    /// No PAR2 files are beside the bag.
    NoParity,
    /// These files exist, but what they protect cannot be read from them.
    Unreadable(Vec<PathBuf>),
    /// They could be read.
    Tried(Box<Repair>),
}

/// Repairs a bag into a new folder.
///
/// # Errors
/// When the new folder exists or is in the bag, when the register is not sound, or on a disk error.
pub fn repair(request: &RepairRequest) -> Result<Repairing> {
    let name = request.bag.file_name().and_then(|name| name.to_str());
    let name =
        name.told(|| said!("{}: не имя пакета", "{}: not the name of a bag", request.bag.display()))?;
    // A bare name has no parent folder.
    let bag = match request.bag.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(_) => request.bag.clone(),
        None => Path::new(".").join(&request.bag),
    };
    let target = request.to.join(name);
    refuse_taken(&bag, &target)?;
    let register = register(request, &bag)?;
    let parity = match Beside::of(&bag).at(&bag)? {
        Beside::Nothing => return Ok(Repairing::NoParity),
        Beside::Unreadable(files) => return Ok(Repairing::Unreadable(files)),
        Beside::Parity(parity) => parity,
    };
    let survey = Survey::of(&bag, &parity).at(&bag)?;
    let mut repair = Repair {
        damaged: survey.damaged(),
        lost: survey.lost(),
        blocks: parity.blocks(),
        left_out: Vec::new(),
        outcome: RepairOutcome::Lacking,
    };
    if repair.lost <= repair.blocks {
        mend(&bag, &target, (&survey, &parity), register.as_ref(), &mut repair)?;
    }
    Ok(Repairing::Tried(Box::new(repair)))
}

fn refuse_taken(bag: &Path, target: &Path) -> Result<()> {
    if target.exists() {
        let shown = target.display();
        refuse!(
            "{shown}: уже есть; починка идёт только в новую папку",
            "{shown}: exists already; repair needs a new folder"
        );
    }
    let absolute = std::path::absolute(target).at(target)?;
    let parents = absolute.ancestors().filter_map(|folder| fs::canonicalize(folder).ok());
    if let Ok(bag) = fs::canonicalize(bag)
        && parents.into_iter().any(|folder| folder.starts_with(&bag))
    {
        refuse!(
            "{}: новая папка не может лежать внутри пакета",
            "{}: the new folder may not lie inside the bag",
            target.display()
        );
    }
    Ok(())
}

/// Returns the register that was named, or the one beside the bag; a damaged register proves nothing.
fn register(request: &RepairRequest, bag: &Path) -> Result<Option<Register>> {
    let beside = bag.parent().unwrap_or(Path::new("."));
    let folder = request.archive.as_deref().unwrap_or(beside);
    if folder.join(REGISTER).is_file() {
        return sound_register(folder).map(Some);
    }
    match &request.archive {
        Some(archive) => refuse!("{}: здесь нет реестра", "{}: no register here", archive.display()),
        None => Ok(None),
    }
}

fn mend(
    bag: &Path,
    target: &Path,
    (survey, parity): (&Survey<'_>, &Parity),
    register: Option<&Register>,
    repair: &mut Repair,
) -> Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let growing = Growing::anew(target).at(target)?;
    let inside =
        |path: &str| path.strip_prefix(&name).and_then(|path| path.strip_prefix('/')).map(str::to_owned);
    let is_mended = survey.mend(&mut |path, bytes| {
        let outside = || {
            let said = said!("{path}: лежит не в {name}", "{path}: not in {name}");
            std::io::Error::new(std::io::ErrorKind::InvalidInput, Fault::new(said))
        };
        growing.open_sized(&inside(path).ok_or_else(outside)?, bytes)
    });
    let ended = match is_mended {
        Ok(true) => {
            finish(bag, &growing, (survey, parity), repair).map(|()| judge(&growing, &name, register))
        }
        Ok(false) => Ok(Ok(RepairOutcome::Lacking)),
        Err(error) => Err(error.into()),
    };
    match ended.and_then(|judged| judged).at(target) {
        Ok(outcome @ (RepairOutcome::Whole | RepairOutcome::WithoutRegister)) => {
            repair.outcome = outcome;
            growing.publish().at(target)
        }
        other => {
            growing.discard();
            repair.outcome = other?;
            Ok(())
        }
    }
}

/// Adds what parity does not hold: empty files that the manifests list, and signatures made later.
fn finish(
    bag: &Path,
    growing: &Growing,
    (survey, parity): (&Survey<'_>, &Parity),
    repair: &mut Repair,
) -> Result<()> {
    let name = bag.file_name().unwrap_or_default().to_string_lossy();
    let nothing = Algorithm::Sha256.of(b"");
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let text = fs::read_to_string(growing.path(manifest)).unwrap_or_default();
        let listed = text.lines().filter_map(|line| line.split_once("  "));
        for (_, path) in listed.filter(|(digest, _)| *digest == nothing) {
            let Ok(path) = InsidePath::new(unescape(path)) else { continue };
            if !growing.path(&path).exists() {
                growing.write(&path, b"")?;
            }
        }
    }
    for path in crate::outputs::files_below(bag).unwrap_or_default().into_iter().map(|(path, _)| path) {
        let is_protected = |path: &str| parity.protects(&format!("{name}/{path}"));
        if is_protected(&path) || growing.path(&path).exists() {
            continue;
        }
        if signed_in_bag(&path, is_protected).is_some() {
            growing.write(&path, &fs::read(bag.join(&path))?)?;
        } else if !survey.takes_from(&bag.join(&path)) {
            repair.left_out.push(path);
        }
    }
    Ok(())
}

/// Verifies the repaired bag before it gets its name: first by itself, then by the register.
fn judge(growing: &Growing, name: &str, register: Option<&Register>) -> Result<RepairOutcome> {
    let report = verify(&[growing.folder().to_owned()]);
    if !is_sound(&report) {
        return Ok(RepairOutcome::Unsound(Box::new(report)));
    }
    let Some(register) = register else { return Ok(RepairOutcome::WithoutRegister) };
    let stored = StoredBag::open(growing.folder())?;
    Ok(match register.states().get(name) {
        None => RepairOutcome::NotRegistered,
        Some(state) if state.tag_manifest == stored.tag_manifest => RepairOutcome::Whole,
        Some(_) => RepairOutcome::Disowned,
    })
}
