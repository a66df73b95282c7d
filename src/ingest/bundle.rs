//! Finds bundles and reads their files: the only part of `ingest` that touches the disk.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::problems::{Problems, words};
use super::raw::ExportFile;
use super::zipped;
use crate::files::Checksums;
use crate::findings::{Problem, ProblemSeverity};

/// The file every bundle has.
pub const SCHOOL_TOML: &str = "school.toml";
/// The file a bundle may have.
pub const POLICY_TOML: &str = "policy.toml";

/// A bundle as received: every file with its digests.
pub struct Bundle {
    /// The folder it was read from.
    pub root: PathBuf,
    /// Its files, by path.
    pub files: Vec<Received>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

/// One file of a bundle.
pub struct Received {
    pub(crate) export: ExportFile,
    /// Size and digests.
    pub checksums: Checksums,
}

impl Received {
    /// Returns the path inside the bundle.
    pub fn path(&self) -> &str {
        &self.export.path
    }

    /// Returns the bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.export.bytes
    }
}

impl Bundle {
    /// Returns the text of a file at the top of the bundle; `None` where there is no such file.
    pub fn text(&self, name: &str) -> Option<String> {
        let file = self.files.iter().find(|file| file.path() == name)?;
        let bytes = file.bytes().strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes());
        Some(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Returns the bundles at a path: a ZIP itself, a folder itself where it has a `school.toml`, else those of its folders
/// that have one and its ZIPs.
///
/// # Errors
/// When the folder cannot be listed.
pub fn find_bundles(path: &Path) -> io::Result<Vec<PathBuf>> {
    if is_zip(path) || path.join(SCHOOL_TOML).is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut bundles = Vec::new();
    for entry in path.read_dir()? {
        let folder = entry?.path();
        if is_zip(&folder) || folder.join(SCHOOL_TOML).is_file() {
            bundles.push(folder);
        }
    }
    bundles.sort();
    Ok(bundles)
}

/// Tells whether a file is a bundle in a ZIP, by its name: one that cannot be read must still be said.
fn is_zip(path: &Path) -> bool {
    let ends = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    let is_hidden = path.file_name().is_none_or(|name| zipped::is_hidden(&name.to_string_lossy()));
    ends && !is_hidden && path.is_file()
}

/// Reads every file of a bundle, a folder or a ZIP; hidden files and lock files of office programs are passed over.
pub fn read_bundle(root: &Path) -> Bundle {
    let mut problems = Problems::default();
    let files = if is_zip(root) { read_zip(root, &mut problems) } else { read_folder(root, &mut problems) };
    let digest = |export: ExportFile| Received { checksums: Checksums::of(&export.bytes), export };
    let mut files: Vec<Received> = files.into_par_iter().map(digest).collect();
    files.sort_by(|a, b| a.path().cmp(b.path()));
    Bundle { root: root.to_owned(), files, problems: problems.into_sorted() }
}

fn read_zip(root: &Path, problems: &mut Problems) -> Vec<ExportFile> {
    let name = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match std::fs::read(root) {
        Ok(bytes) => zipped::read(&name, &bytes, problems),
        Err(error) => {
            unreadable(problems, Path::new(""), Path::new(&name), &error.to_string());
            Vec::new()
        }
    }
}

fn read_folder(root: &Path, problems: &mut Problems) -> Vec<ExportFile> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
    {
        match entry {
            Ok(entry) if entry.file_type().is_file() => paths.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => unreadable(problems, root, error.path().unwrap_or(root), &error.to_string()),
        }
    }
    let read: Vec<_> = paths.par_iter().map(|path| (path, std::fs::read(path))).collect();
    let mut files = Vec::new();
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => files.push(ExportFile { path: relative(root, path), bytes }),
            Err(error) => unreadable(problems, root, path, &error.to_string()),
        }
    }
    files
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    zipped::is_hidden(&entry.file_name().to_string_lossy())
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn unreadable(problems: &mut Problems, root: &Path, path: &Path, error: &str) {
    let message = words(format!("файл не читается: {error}"), format!("the file cannot be read: {error}"));
    let hint = words("проверьте права на файл и диск", "check the file's permissions and the disk");
    problems.add_file("J101", ProblemSeverity::Error, &relative(root, path), message, hint);
}
