//! A verified letopis bag in a folder: its metadata, its payload by manifest, its other tag files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::bagit::bag::read_info;
use crate::bagit::manifest::{PayloadEntry, unescape};
use crate::base::digest::Algorithm;
use crate::base::files::{Checksums, Document, read_file};
use crate::base::inside::InsidePath;
use crate::base::limits;
use crate::base::said::{AtPlace, Tell, said};
use crate::cms::{SIGNATURES, signed_in_bag};

/// Tag files that are written anew for every bag.
const MADE: [&str; 8] = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    STREEBOG,
    STREEBOG_TAGS,
];

/// Manifests of a bag whose policy asks for them.
const STREEBOG: &str = "manifest-streebog256.txt";
const STREEBOG_TAGS: &str = "tagmanifest-streebog256.txt";

/// A bag as its tag files describe it. Trust it only after `verify`.
#[derive(Clone, Debug)]
pub struct StoredBag {
    /// The folder.
    pub path: PathBuf,
    /// Elements of `bag-info.txt`, in their order.
    pub info: Vec<(String, String)>,
    /// Files of the payload, sorted by path.
    pub payload: Vec<PayloadEntry>,
    /// Tag files that not every bag has, such as the readme.
    pub extra_tags: Vec<Document>,
    /// Every tag file with its SHA-256, the tag manifests last.
    pub tag_files: Vec<(String, String)>,
    /// Detached signatures over files of the bag, with their SHA-256. No manifest lists them.
    pub signatures: Vec<(String, String)>,
    /// SHA-256 of `tagmanifest-sha256.txt`, which identifies the bag in the register.
    pub tag_manifest: String,
}

impl StoredBag {
    /// Reads the tag files of a bag.
    ///
    /// # Errors
    /// When one of them is missing or cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let read = |name: &str| {
            let place = path.join(name);
            read_file(&place, limits::TAG_FILE_BYTES).at(&place)
        };
        let text = |name: &str| Ok::<_, anyhow::Error>(String::from_utf8_lossy(&read(name)?).into_owned());
        let tag_manifest = read("tagmanifest-sha256.txt")?;
        let mut tag_files: Vec<(String, String)> = lines(&String::from_utf8_lossy(&tag_manifest))?
            .into_iter()
            .map(|(name, sha256)| (name.into(), sha256))
            .collect();
        let mut extra_tags = Vec::new();
        for (name, _) in tag_files.iter().filter(|(name, _)| !MADE.contains(&name.as_str())) {
            extra_tags.push(Document::new(name.as_str(), read(name)?));
        }
        let has_streebog = path.join(STREEBOG).is_file();
        let streebog_tags = has_streebog.then_some(STREEBOG_TAGS);
        for name in ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"].into_iter().chain(streebog_tags) {
            tag_files.push((name.to_owned(), Algorithm::Sha256.of(&read(name)?)));
        }
        let mut sha512 = lines(&text("manifest-sha512.txt")?)?;
        let mut streebog = if has_streebog { lines(&text(STREEBOG)?)? } else { BTreeMap::new() };
        let mut payload = Vec::new();
        for (name, sha256) in lines(&text("manifest-sha256.txt")?)? {
            let place = name.below(path);
            let bytes = fs::metadata(&place).at(&place)?.len();
            let sha512 = sha512
                .remove(&name)
                .told(|| said!("{name}: назван не во всех манифестах", "{name}: not in both manifests"))?;
            let streebog256 = streebog.remove(&name);
            payload.push(PayloadEntry {
                path: name.into(),
                checksums: Checksums { bytes, sha256, sha512 },
                streebog256,
            });
        }
        Ok(Self {
            path: path.to_owned(),
            info: read_info(&text("bag-info.txt")?),
            payload,
            extra_tags,
            signatures: signatures(path, &tag_files)?,
            tag_files,
            tag_manifest: Algorithm::Sha256.of(&tag_manifest),
        })
    }

    /// Returns the value of a label; empty where there is none.
    pub fn info(&self, label: &str) -> &str {
        let element = self.info.iter().find(|(name, _)| name.eq_ignore_ascii_case(label));
        element.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Returns the bytes of a file of the payload.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let place = InsidePath::new(path)?.below(&self.path);
        read_file(&place, limits::PAYLOAD_FILE_BYTES).at(&place)
    }

    /// Returns a file of the payload.
    pub fn entry(&self, path: &str) -> Option<&PayloadEntry> {
        self.payload.iter().find(|entry| entry.path == path)
    }
}

/// Returns the signatures beside the tag files and in the folder for signatures.
fn signatures(path: &Path, tag_files: &[(String, String)]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (name, _) in tag_files {
        for ending in ["p7s", "sig"] {
            let name = format!("{name}.{ending}");
            if let Ok(bytes) = read_file(&path.join(&name), limits::SIGNATURE_BYTES) {
                found.push((name, Algorithm::Sha256.of(&bytes)));
            }
        }
    }
    let folder = walkdir::WalkDir::new(path.join(SIGNATURES)).sort_by_file_name().into_iter();
    for item in folder.flatten().filter(|item| item.file_type().is_file()) {
        let inside = item.path().strip_prefix(path).unwrap_or(item.path());
        let name = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let is_known = found.iter().any(|(known, _)| *known == name);
        if !is_known && signed_in_bag(&name, |signed| path.join(signed).is_file()).is_some() {
            let bytes = read_file(item.path(), limits::SIGNATURE_BYTES).at(&name)?;
            found.push((name, Algorithm::Sha256.of(&bytes)));
        }
    }
    Ok(found)
}

/// Returns digests by path. The bag may have been replaced since it was verified, so every path is checked.
fn lines(manifest: &str) -> Result<BTreeMap<InsidePath, String>> {
    let pairs = manifest.lines().filter_map(|line| line.split_once("  "));
    pairs.map(|(digest, path)| Ok((InsidePath::new(unescape(path))?, digest.to_ascii_lowercase()))).collect()
}
