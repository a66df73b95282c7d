//! Finds bundles and reads their files: the only part of `ingest` that touches the disk.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::problems::Problems;
use super::raw::ExportFile;
use super::received::{Bundle, Received, most_bytes};
use super::{links, neighbours, settings_files as settings, zipped};
use crate::base::files::{Checksums, read_file, refused};
use crate::base::limits;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, of_io, said};

/// Returns the bundles at a path: a ZIP itself, a folder itself if it has a `school.toml`, or its subfolders
/// that have one and its ZIPs; if there are none, those of its subfolders.
///
/// # Errors
/// When the folder cannot be listed.
pub fn find_bundles(path: &Path) -> io::Result<Vec<PathBuf>> {
    if is_zip(path) || settings::has_school(path) {
        return Ok(vec![path.to_owned()]);
    }
    let mut folders = vec![path.to_owned()];
    for depth in 0..DEEPEST {
        let mut entries = Vec::new();
        for folder in &folders {
            match folder.read_dir() {
                Ok(read) => entries.extend(read.flatten().map(|entry| entry.path())),
                // Deeper folders may belong to somebody else.
                Err(error) if depth == 0 => return Err(error),
                Err(_) => {}
            }
        }
        entries.sort();
        let is_bundle = |entry: &PathBuf| is_zip(entry) || settings::has_school(entry);
        let bundles: Vec<_> = entries.iter().filter(|entry| is_bundle(entry)).cloned().collect();
        if !bundles.is_empty() {
            return Ok(bundles);
        }
        let is_open = |entry: &PathBuf| {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            entry.is_dir() && !entry.is_symlink() && !zipped::is_hidden(&name)
        };
        folders = entries.into_iter().filter(is_open).collect();
    }
    Ok(Vec::new())
}

/// How many folders deep a year is searched for: unpacking puts a folder into a folder.
const DEEPEST: usize = 3;

/// Returns whether a file is a bundle in a ZIP, by its name: an unreadable one must still be reported.
fn is_zip(path: &Path) -> bool {
    let ends = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    let is_hidden = path.file_name().is_none_or(|name| zipped::is_hidden(&name.to_string_lossy()));
    ends && !is_hidden && path.is_file()
}

/// Reads every file of a bundle, a folder or a ZIP. Hidden files and lock files of office programs are
/// skipped.
pub fn read_bundle(root: &Path) -> Bundle {
    let mut problems = Problems::default();
    let files = if is_zip(root) { read_zip(root, &mut problems) } else { read_folder(root, &mut problems) };
    let digest = |export: ExportFile| Received { checksums: Checksums::of(&export.bytes), export };
    let mut files: Vec<Received> = files.into_par_iter().map(digest).collect();
    neighbours::note_encoding(&mut files);
    settings::rename(&mut files, &mut problems);
    files.sort_by(|a, b| a.path().cmp(b.path()));
    settings::check(&files, &mut problems);
    Bundle { root: root.to_owned(), files, problems: problems.into_sorted() }
}

fn read_zip(root: &Path, problems: &mut Problems) -> Vec<ExportFile> {
    let name = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match read_file(root, limits::FILE_BYTES) {
        Ok(bytes) => zipped::read(&name, &bytes, problems),
        Err(error) => {
            unreadable(problems, Path::new(""), Path::new(&name), &of_io(&error));
            Vec::new()
        }
    }
}

fn read_folder(root: &Path, problems: &mut Problems) -> Vec<ExportFile> {
    let paths = paths_below(root, problems);
    let read: Vec<_> = paths.par_iter().map(|(path, most)| (path, read_file(path, *most))).collect();
    let mut files = Vec::new();
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => files.push(ExportFile::new(relative(root, path), bytes)),
            Err(error) => unreadable(problems, root, path, &of_io(&error)),
        }
    }
    files
}

/// Returns the files to read, each with its size limit. Other entries are reported.
fn paths_below(root: &Path, problems: &mut Problems) -> Vec<(PathBuf, u64)> {
    let (mut paths, mut bytes, mut passed_over) = (Vec::new(), 0u64, 0usize);
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        if let Ok(entry) = &entry
            && entry.depth() > 0
        {
            let refusal = if entry.path_is_symlink() { links::forbidden(root, entry.path()) } else { None };
            if let Some(refusal) = refusal.as_ref().filter(|_| !is_hidden(entry)) {
                unreadable(problems, root, entry.path(), refusal);
            }
            if refusal.is_some() || is_hidden(entry) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
        }
        let entry = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => entry.into_path(),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let refusal = links::forbidden(root, &path).filter(|_| path.is_symlink());
                unreadable(problems, root, &path, &refusal.unwrap_or_else(|| of_io(&error.into())));
                continue;
            }
        };
        let size = match std::fs::metadata(&entry) {
            Ok(metadata) => match refused(&metadata) {
                Some(refusal) => {
                    unreadable(problems, root, &entry, &refusal);
                    continue;
                }
                None => metadata.len(),
            },
            Err(error) => {
                unreadable(problems, root, &entry, &of_io(&error));
                continue;
            }
        };
        let most = most_bytes(&relative(root, &entry));
        let is_read = size <= most;
        if is_read && (paths.len() >= limits::BUNDLE_FILES || bytes + size > limits::BUNDLE_BYTES) {
            passed_over += 1;
            continue;
        }
        bytes += if is_read { size } else { 0 };
        paths.push((entry, most));
    }
    if passed_over > 0 {
        too_much(problems, passed_over);
    }
    paths
}

/// Reports that the bundle as a whole is too large: the last files in path order are left out.
fn too_much(problems: &mut Problems, passed_over: usize) {
    let (files, bytes) = (limits::BUNDLE_FILES, limits::BUNDLE_BYTES);
    let message = said!(
        "в комплекте больше {files} файлов или {bytes} байт: не прочитано файлов: {passed_over}",
        "the bundle has more than {files} files or {bytes} bytes: files not read: {passed_over}"
    );
    let hint = said!(
        "оставьте в папке выгрузку одного учебного года",
        "leave one school year's export in the folder"
    );
    problems.add_file("J109", ProblemSeverity::Error, "", message, hint);
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    zipped::is_hidden(&entry.file_name().to_string_lossy())
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn unreadable(problems: &mut Problems, root: &Path, path: &Path, why: &Said) {
    let message = said!("файл не читается: {}", "the file cannot be read: {}", why);
    let hint = said!(
        "проверьте, что это за файл, права на него и диск",
        "check what kind of file it is, its permissions and the disk"
    );
    problems.add_file("J101", ProblemSeverity::Error, &relative(root, path), message, hint);
}
