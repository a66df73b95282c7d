//! Where outputs may be: outside every bundle and every archive, with a folder for each school's year.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

use crate::bagit::bag::BAGIT_TXT;
use crate::base::said::{Said, refuse};
use crate::data::build_record::BUILD_JSON;
use crate::ingest::{self, SCHOOL_TOML};
use crate::register::REGISTER;
use crate::render::file_names::file_stem;
use crate::render::file_names::folder_name;

/// The school's year of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchoolYearOf {
    /// The school's short name.
    pub short: String,
    /// The year's title.
    pub year: String,
}

/// Refuses outputs that are, contain or are inside a bundle: a build would take the inputs for outputs, or
/// the outputs for inputs.
///
/// # Errors
/// When they do.
pub fn refuse_outputs_in_bundles(outputs: &Path, bundles: &[PathBuf]) -> Result<()> {
    let place = real(outputs);
    let is_met = |bundle: &Path| place.starts_with(bundle) || bundle.starts_with(&place);
    let mut met = bundles.iter().filter(|bundle| is_bundle(bundle)).map(|bundle| real(bundle));
    let met = met.find(|bundle| is_met(bundle));
    // A bundle above the outputs counts too, even if it was not named.
    let above = || place.ancestors().find(|folder| folder.join(SCHOOL_TOML).is_file()).map(Path::to_owned);
    let below = || {
        let mut folders = place.read_dir().ok()?.flatten().map(|entry| entry.path());
        folders.find(|folder| folder.join(SCHOOL_TOML).is_file() && !folder.join(BUILD_JSON).exists())
    };
    if let Some(bundle) = met.or_else(above).or_else(below) {
        refuse!(
            "{}: сюда нельзя собирать, это папка выгрузки, она внутри неё или содержит её: {}; ничего не тронуто. \
             Назовите другую папку, например -o outputs",
            "{}: the output folder is, holds or lies in the bundle {}; nothing was touched. Name another folder, \
             such as -o outputs",
            outputs.display(),
            bundle.display()
        );
    }
    Ok(())
}

/// Returns whether a folder is a bundle. For other folders the build itself reports what is missing, and
/// writes nothing.
pub(super) fn is_bundle(path: &Path) -> bool {
    let is_settings = |name: &str| name.to_lowercase().starts_with(SCHOOL_TOML);
    let mut entries = path.read_dir().into_iter().flatten().flatten();
    path.is_file() || entries.any(|entry| entry.file_name().to_str().is_some_and(is_settings))
}

/// Refuses an archive inside the outputs of a year, where every build would meet it.
///
/// # Errors
/// When the folder is, or is inside, a year's outputs.
pub fn refuse_archive_in_year(archive: &Path) -> Result<()> {
    let place = real(archive);
    let Some(year) = place.ancestors().find(|folder| folder.join(BUILD_JSON).is_file()) else {
        return Ok(());
    };
    refuse!(
        "{}: архив не может лежать внутри собранного года {}: назовите папку рядом, например --to archive",
        "{}: an archive may not lie in the outputs of a year, {}: name a folder outside, such as --to archive",
        archive.display(),
        year.display()
    )
}

/// Refuses to put papers, copies or restored files into a bag, which would no longer be valid, or into a
/// bundle, which would read them.
///
/// # Errors
/// When the folder is, or is inside, a bag or a bundle.
pub fn refuse_in_bag_or_bundle(folder: &Path) -> Result<()> {
    let place = real(folder);
    let holds = |mark: &str| place.ancestors().find(|above| above.join(mark).is_file());
    let (met, what) = match (holds(BAGIT_TXT), holds(SCHOOL_TOML)) {
        (Some(bag), _) => (bag, Said::fixed("архивном пакете", "a bag")),
        (None, Some(bundle)) => (bundle, Said::fixed("папке выгрузки", "a bundle")),
        (None, None) => return Ok(()),
    };
    refuse!(
        "{}: сюда нельзя писать, это место в {}: {}; ничего не тронуто. Назовите другую папку",
        "{}: nothing can be written here, this place is in {}: {}; nothing was touched. Name another folder",
        folder.display(),
        what,
        met.display()
    )
}

/// Refuses to build a year if its outputs contain an archive or a register.
///
/// # Errors
/// When there is one.
pub fn refuse_archives_in_outputs(target: &Path) -> Result<()> {
    for entry in WalkDir::new(target).into_iter().flatten() {
        let is_store =
            entry.file_name().to_str().is_some_and(|name| [REGISTER, ".letopis.lock"].contains(&name));
        if is_store && entry.file_type().is_file() {
            let folder = entry.path().parent().unwrap_or(target);
            refuse!(
                "{}: внутри собранного года лежит архив с реестром; перенесите эту папку из {} и запустите снова, ничего \
                 не тронуто",
                "{}: an archive with its register lies in the outputs of a year; move this folder out of {} and run \
                 again, nothing was touched",
                folder.display(),
                target.display()
            );
        }
    }
    Ok(())
}

/// Refuses the same school year twice in one run.
///
/// # Errors
/// When two bundles have the same short name of a school and the same year.
pub fn each_once(bundles: &[(PathBuf, SchoolYearOf)]) -> Result<()> {
    for (number, (bundle, school)) in bundles.iter().enumerate() {
        let same = |(_, other): &&(PathBuf, SchoolYearOf)| {
            key(&other.short) == key(&school.short) && folder_name(&other.year) == folder_name(&school.year)
        };
        if let Some((first, _)) = bundles[..number].iter().find(same) {
            refuse!(
                "{} и {}: одна школа («{}») и один учебный год ({}) дважды; ничего не собрано. Оставьте одну выгрузку или \
                 назовите школы по-разному (school.toml, [school] short)",
                "{} and {}: one school («{}») and one year ({}) twice; nothing was built. Keep one bundle, or give the \
                 schools different short names (school.toml, [school] short)",
                first.display(),
                bundle.display(),
                school.short,
                school.year
            );
        }
    }
    Ok(())
}

/// Returns the school's year of a bundle; `None` where the bundle cannot be read, which the build itself
/// reports.
pub fn school_of(bundle: &Path) -> Option<SchoolYearOf> {
    let head = ingest::read_head(&ingest::read_bundle(bundle))?;
    Some(SchoolYearOf { short: head.school.short, year: head.year.title })
}

/// Returns the folder of a school's year, which must be a place where outputs may be.
///
/// # Errors
/// When the folder meets the bundle, or somebody put an archive there.
pub fn free_target(
    outputs: &Path,
    bundle: &PathBuf,
    (school, in_run): (&SchoolYearOf, &BTreeSet<String>),
) -> Result<PathBuf> {
    let target = target(outputs, school, in_run);
    refuse_outputs_in_bundles(&target, std::slice::from_ref(bundle))?;
    refuse_archives_in_outputs(&target)?;
    Ok(target)
}

/// Returns the folder of a school's year below the outputs. An existing folder is kept. Otherwise it is the
/// year's folder, or, where the run or the outputs hold another school, the school's own folder inside it.
pub fn target(outputs: &Path, school: &SchoolYearOf, in_run: &BTreeSet<String>) -> PathBuf {
    let year = folder_name(&school.year);
    let plain = outputs.join(&year);
    let own = |place: &Path| {
        owner(place).is_some_and(|short| short.is_empty() || key(&short) == key(&school.short))
    };
    if own(&plain) {
        return plain;
    }
    // The words of a school's name are kept apart; those of a class's name are not.
    let words: Vec<&str> = school.short.split_whitespace().collect();
    let stem = safe(&file_stem(&words.join("-")));
    let numbered = (1..).map(|number| if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
    let mut folders = numbered.map(|name| outputs.join(name));
    let is_free = |folder: &PathBuf| {
        let others = years_below(folder).into_iter().filter_map(|place| owner(&place));
        others.into_iter().all(|short| key(&short) == key(&school.short))
    };
    let below = folders.find(is_free).unwrap_or_default().join(&year);
    let mut schools: BTreeSet<String> = in_run.iter().map(|short| key(short)).collect();
    let deeper = subfolders(outputs).into_iter().flat_map(|folder| years_below(&folder));
    let standing = years_below(outputs).into_iter().chain(deeper);
    schools.extend(
        standing.filter_map(|place| owner(&place)).filter(|short| !short.is_empty()).map(|short| key(&short)),
    );
    schools.insert(key(&school.short));
    if own(&below) || schools.len() > 1 || owner(&plain).is_some() { below } else { plain }
}

/// Returns the built years in a folder.
pub fn years_below(folder: &Path) -> Vec<PathBuf> {
    subfolders(folder).into_iter().filter(|place| place.join(BUILD_JSON).is_file()).collect()
}

/// Returns the folders in a folder, sorted.
pub fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Returns the short name of the school whose outputs are in a folder; empty where their record does not name
/// it.
pub fn owner(place: &Path) -> Option<String> {
    let text =
        crate::base::files::read_file(&place.join(BUILD_JSON), crate::base::limits::RECORD_BYTES).ok()?;
    let record: serde_json::Value = serde_json::from_slice(&text).ok()?;
    Some(record["school"].as_str().unwrap_or_default().to_owned())
}

/// Folds the spellings of one school's name.
fn key(short: &str) -> String {
    short.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Windows reserves the names of devices.
fn safe(stem: &str) -> String {
    if crate::bagit::names::problems([stem]).is_empty() { stem.to_owned() } else { format!("school-{stem}") }
}

/// Returns a path without links and dots; the end of the path need not exist yet.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            // The parent is that of the link's target.
            Component::ParentDir => {
                real.pop();
            }
            other => {
                real.push(other);
                real = std::fs::canonicalize(&real).unwrap_or(real);
            }
        }
    }
    real
}
