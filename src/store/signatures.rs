//! Brings signatures into the archive: over the documents of the outputs, and over the built bag.
//!
//! A signature over `journals/journal-5A.pdf` is beside it in the outputs, as `journal-5A.pdf.sig`, and goes
//! into the bag as `signatures/data/journals/journal-5A.pdf.sig`. A first edition equals the built bag to the
//! last byte, so signatures over its tag files stay in place. A later edition has tag files of its own, and
//! keeps those of the built bag with their signatures in `signatures/built`. The register lists each
//! signature, because no manifest does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::events::add_event;
use crate::bagit::stored::StoredBag;
use crate::base::files::{Document, read_file};
use crate::base::folders::{in_payload, of_payload};
use crate::base::limits;
use crate::base::said::{AtPlace, Said, of_io};
use crate::cms::{SIGNATURES, Verdict, judge, signed_in_bag, signed_name};
use crate::outputs::store::{make_folder, replace_file};
use crate::register::{Event, Register};

/// The folder in which a later edition keeps the tag files of the built bag.
const BUILT: &str = "signatures/built/";

/// Why a signature over a rebuilt bag cannot be kept.
const OTHER_BAG: Said<&str> = Said::fixed(
    "документы те же, но подписан не тот пакет, что в архиве; подпишите tagmanifest-sha512.txt издания в его папке",
    "the documents are the same, but another bag was signed than the archive holds; sign the edition's own tagmanifest-sha512.txt",
);

/// A signature that cannot go into the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfitSignature {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: Said,
}

/// Signatures with their places in the edition, or the broken ones.
pub(super) type Gathered = Result<Vec<Document>, Vec<UnfitSignature>>;

/// Gathers the signed files: the documents of the outputs, and the built bag. For an existing bag every
/// signature must match the bag as it is.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn gather(
    year: &Path,
    built: &StoredBag,
    edition: Option<&StoredBag>,
    is_as_built: bool,
) -> Result<Gathered> {
    let mut taken = Vec::new();
    let mut unfit = Vec::new();
    let target = edition.unwrap_or(built);
    let mut foreign = Vec::new();
    let mut take = |from: PathBuf, place: String, signed: &Path| -> Result<()> {
        let bytes = match read_file(&from, limits::SIGNATURE_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                unfit.push(UnfitSignature { path: from, reason: of_io(&error) });
                return Ok(());
            }
        };
        // The digest of nothing agrees with no signature, so an unreadable document is reported as unfit.
        let document = read_file(signed, limits::PAYLOAD_FILE_BYTES).unwrap_or_default();
        let faulty = judge(&place, &bytes, &document).into_iter().find(|one| one.verdict != Verdict::Intact);
        match faulty {
            Some(one) => unfit.push(UnfitSignature { path: from, reason: one.reason }),
            None => taken.push(Document::new(place, bytes)),
        }
        Ok(())
    };
    for (from, document) in beside_documents(year, built)? {
        let ending = from.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let place = format!("{SIGNATURES}{document}.{ending}");
        take(from, place, &target.path.join(document))?;
    }
    for (name, _) in &built.signatures {
        let place = place_of(name, is_as_built);
        let signed = signed_in_bag(&place, |signed| target.path.join(signed).is_file());
        let signed = match (signed, edition) {
            (Some(signed), _) => target.path.join(signed),
            // A new edition will hold what the built bag holds now.
            (None, None) => built.path.join(signed_name(name).unwrap_or(name)),
            (None, Some(_)) => {
                foreign.push(UnfitSignature { path: built.path.join(name), reason: OTHER_BAG.owned() });
                continue;
            }
        };
        take(built.path.join(name), place, &signed)?;
    }
    unfit.append(&mut foreign);
    Ok(if unfit.is_empty() { Ok(taken) } else { Err(unfit) })
}

/// Returns the place for a signature of the built bag.
fn place_of(name: &str, is_as_built: bool) -> String {
    if is_as_built || name.starts_with(SIGNATURES) { name.to_owned() } else { format!("{BUILT}{name}") }
}

/// Returns the signatures beside documents of the outputs, each with its document's path in the bag.
fn beside_documents(year: &Path, built: &StoredBag) -> Result<Vec<(PathBuf, String)>> {
    let documents: BTreeSet<&str> =
        built.payload.iter().filter_map(|entry| of_payload(&entry.path)).collect();
    let folders: BTreeSet<&str> =
        documents.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    let mut found = Vec::new();
    for folder in folders {
        let Ok(items) = year.join(folder).read_dir() else { continue };
        for item in items {
            let item = item.at(year.join(folder))?;
            let name = format!("{folder}/{}", item.file_name().to_string_lossy());
            let is_file = item.file_type().is_ok_and(|kind| kind.is_file());
            let signed = signed_name(&name).filter(|signed| is_file && documents.contains(signed));
            found.extend(signed.map(|signed| (item.path(), in_payload(signed))));
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the tag files of the built bag that a later edition keeps, so that signatures over them stay
/// valid: its manifests, and other signed files.
///
/// # Errors
/// When one cannot be read.
pub(super) fn built_tag_files(built: &StoredBag) -> Result<Vec<Document>> {
    let is_signed = |name: &str| {
        built.signatures.iter().any(|(path, _)| signed_name(path).is_some_and(|signed| signed == name))
    };
    let kept = built.tag_files.iter().map(|(name, _)| name);
    let kept = kept.filter(|name| name.contains("manifest-") || is_signed(name));
    kept.map(|name| Ok(Document::new(format!("{BUILT}{name}"), built.read(name)?))).collect()
}

/// Adds signatures to an existing bag; its files stay.
///
/// # Errors
/// When the disk refuses.
pub(super) fn add(bag: &Path, signatures: &[Document]) -> Result<()> {
    for signature in signatures {
        let place = bag.join(&signature.path);
        if !place.exists() {
            make_folder(place.parent().unwrap_or(bag)).at(&place)?;
            replace_file(&place, &signature.bytes).at(&place)?;
        }
    }
    Ok(())
}

/// Records the new signatures of a sound bag in the register, and returns their paths.
///
/// # Errors
/// When the bag cannot be read.
pub fn note_signatures(
    register: &mut Register,
    archive: &Path,
    bag: &str,
    (by, moment): (&str, &str),
) -> Result<Vec<String>> {
    let states = register.states();
    let Some((name, state)) = states.get_key_value(bag) else { return Ok(Vec::new()) };
    let stored = StoredBag::open(&name.below(archive))?;
    let mut noted = Vec::new();
    for (path, sha256) in stored.signatures {
        if state.signatures.get(&path) != Some(&sha256) {
            add_event(register, Event::Signed, bag, (&format!("{path} {sha256}"), by), moment)?;
            noted.push(path);
        }
    }
    Ok(noted)
}
