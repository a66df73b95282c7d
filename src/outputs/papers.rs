//! Papers that a person requests into a folder: protocols, acts, pages to print.
//!
//! The folder belongs to the person and may hold anything. A hidden list there has the papers that letopis
//! wrote, with their digests: such a paper is replaced by a later one of the same name. Any other file of
//! that name (a signed or edited paper) becomes `изменено/NAME`, which is reported.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::carry::{CHANGED, numbered};
use super::disk::{exists, is_real_file, is_real_folder, sha256};
use super::private;
use super::store::replace_file;
use crate::base::files::{Checksums, Document};

/// The list: one line `sha256  name` per paper.
const LIST: &str = ".letopis-papers";

/// A paper that was written into a folder.
#[derive(Debug)]
pub struct Laid {
    /// Where it stands.
    pub path: PathBuf,
    /// The present place of a file that was in its place and not letopis' own.
    pub set_aside: Option<PathBuf>,
}

/// Writes papers into a folder, which is made if it is missing.
///
/// # Errors
/// When the disk refuses.
pub fn lay_papers(folder: &Path, papers: &[Document]) -> io::Result<Vec<Laid>> {
    private::folders(folder)?;
    let mut list = read_list(folder);
    let mut laid = Vec::new();
    for paper in papers {
        let path = folder.join(&paper.path);
        path.parent().map_or(Ok(()), private::folders)?;
        let digest = Checksums::of(&paper.bytes).sha256;
        let there = if is_real_file(&path) { sha256(&path).ok().map(|(_, digest)| digest) } else { None };
        let is_own =
            there.as_ref().is_some_and(|there| *there == digest || list.get(&paper.path) == Some(there));
        let set_aside = if exists(&path) && !is_own { Some(set_aside(folder, &path)?) } else { None };
        // The list comes first: a killed run must not leave a paper that the next one takes for somebody
        // else's.
        list.insert(paper.path.clone(), digest.clone());
        if there.as_ref() != Some(&digest) {
            write_list(folder, &list)?;
            replace_file(&path, &paper.bytes)?;
        }
        laid.push(Laid { path, set_aside });
    }
    write_list(folder, &list)?;
    Ok(laid)
}

fn set_aside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let aside = (1..)
        .map(|number| folder.join(numbered(CHANGED.as_ref(), number)))
        .find(|aside| is_real_folder(aside) || !exists(aside))
        .unwrap_or_default();
    private::folders(&aside)?;
    let name = path.file_name().unwrap_or_default();
    let to =
        (1..).map(|number| aside.join(numbered(name, number))).find(|to| !exists(to)).unwrap_or_default();
    fs::rename(path, &to)?;
    Ok(to)
}

fn read_list(folder: &Path) -> BTreeMap<String, String> {
    let path = folder.join(LIST);
    let text = if is_real_file(&path) { fs::read_to_string(path).unwrap_or_default() } else { String::new() };
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

fn write_list(folder: &Path, list: &BTreeMap<String, String>) -> io::Result<()> {
    let text: String = list.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    let path = folder.join(LIST);
    if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
        Ok(())
    } else {
        replace_file(&path, text.as_bytes())
    }
}
