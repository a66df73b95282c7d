//! A working folder that letopis makes beside a target, and the list of its files there.
//!
//! The list is beside the folder, so that the run after a killed one knows which files are the program's own,
//! and removes only those. A folder of the same name without a list belongs to somebody else: it stays, and
//! another name is used.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use walkdir::WalkDir;

use super::carry::{Carried, settle};
use super::disk::{exists, hidden, is_real_file, is_real_folder, parent_of, sync_folder};
use super::removal::Own;
use super::{private, removal};
use crate::base::folders::PAYLOAD;
use crate::base::said::{Fault, of_io, said};

/// First line of a list of growing files: they are removed if the run is killed.
const GROWING: &str = "letopis: файлы незаконченной работы (files of unfinished work)";
/// First line of a list beside outputs, new or replaced: their own record says what may be removed, the rest
/// goes back.
const OUTPUTS: &str = "letopis: сборка, новая или прежняя (outputs, new or replaced)";
/// How many names are tried if some are taken.
const MOST_NAMES: usize = 1000;

/// A folder of the program beside its target.
pub(super) struct Made {
    folder: PathBuf,
    list: PathBuf,
    lines: Mutex<File>,
}

impl Made {
    /// Makes an empty folder of a kind beside a target; taken names are skipped.
    pub(super) fn new(target: &Path, kind: &str) -> io::Result<Self> {
        for number in 1..MOST_NAMES {
            let (folder, list) = names(target, kind, number)?;
            if [&folder, &list, &temporary_path_of(&list)].into_iter().any(|path| exists(path)) {
                continue;
            }
            let mut lines = private::new_file(&list)?;
            writeln!(lines, "{GROWING}")?;
            if let Err(error) = private::new_folder(&folder) {
                removal::remove_made(&list)?;
                return Err(error);
            }
            return Ok(Self { folder, list, lines: Mutex::new(lines) });
        }
        Err(names_taken())
    }

    /// Continues in the folder of an earlier run if it contains only the files of its list and these files,
    /// which are to be copied; otherwise like [`Made::new`]. The files are listed on the disk before any of
    /// them is made, because a medium may be pulled out at any moment.
    pub(super) fn resumed(target: &Path, kind: &str, files: &[&str]) -> io::Result<Self> {
        let earlier = (1..MOST_NAMES)
            .map_while(|number| names(target, kind, number).ok())
            .take_while(|(folder, list)| exists(folder) || exists(list))
            .find(|(folder, list)| is_own(folder, list, files));
        let made = match earlier {
            None => Self::new(target, kind)?,
            Some((folder, list)) => {
                if !exists(&list) {
                    write_list(&list, GROWING)?;
                }
                let lines = Mutex::new(private::appended_file(&list)?);
                Self { folder, list, lines }
            }
        };
        let text: String = files.iter().map(|file| format!("{file}\n")).collect();
        made.write_lines(&text, files.len())?;
        made.lines.lock().unwrap_or_else(PoisonError::into_inner).sync_all()?;
        Ok(made)
    }

    /// Removes files of earlier runs that are no longer wanted.
    pub(super) fn keep_only(&self, is_wanted: impl Fn(&Path) -> bool) -> io::Result<()> {
        let text = fs::read_to_string(&self.list)?;
        let mut own = own_of(&self.folder, text.lines().skip(1));
        own.files.retain(|file| !is_wanted(file));
        removal::remove_own(&self.folder, &own).map(|_| ())
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lists a file before it is made; with `/` at its end, a folder whose whole content will be the
    /// program's.
    pub(super) fn note(&self, path: &str) -> io::Result<()> {
        self.write_lines(&format!("{path}\n"), 1)
    }

    fn write_lines(&self, text: &str, count: usize) -> io::Result<()> {
        if text.lines().count() != count {
            let said = said!("в имени конец строки", "a line break in a name");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, Fault::new(said)));
        }
        // One write, so that a killed run leaves complete lines.
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).write_all(text.as_bytes())
    }

    /// Marks the folder as outputs: from now on the record in it says which files are the program's, because
    /// outputs are about to be exchanged.
    pub(super) fn mark_as_outputs(&self) -> io::Result<()> {
        write_list(&self.list, OUTPUTS)
    }

    /// Drops the list of the folder, which has its final place.
    pub(super) fn forget(&self) -> io::Result<()> {
        removal::remove_made(&self.list)
    }

    /// Cleans up the rest of it.
    pub(super) fn settle(&self, target: &Path) -> io::Result<Carried> {
        clean_up(&self.folder, &self.list, target)
    }
}

/// Returns free names of a kind beside a target, and writes the list for outputs that are set aside there.
pub(super) fn place_for_replaced(target: &Path) -> io::Result<(PathBuf, PathBuf)> {
    for number in 1..MOST_NAMES {
        let (folder, list) = names(target, OLD, number)?;
        if ![&folder, &list, &temporary_path_of(&list)].into_iter().any(|path| exists(path)) {
            write_list(&list, OUTPUTS)?;
            return Ok((folder, list));
        }
    }
    Err(names_taken())
}

/// Makes the error that no free name is left for a new file.
pub(super) fn names_taken() -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, Fault::new(said!("все имена заняты", "every name is taken")))
}

/// Kind of a growing folder.
pub(super) const NEW: &str = "new";
/// Kind of a folder in which a later run continues.
pub(super) const PART: &str = "part";
/// Kind of a folder for replaced outputs, if two folders cannot be exchanged.
const OLD: &str = "old";

fn names(target: &Path, kind: &str, number: usize) -> io::Result<(PathBuf, PathBuf)> {
    let kind = if number == 1 { kind.to_owned() } else { format!("{kind}-{number}") };
    Ok((hidden(target, &kind)?, hidden(target, &format!("{kind}.list"))?))
}

/// Returns the temporary path of a list.
fn temporary_path_of(list: &Path) -> PathBuf {
    let mut name = list.file_name().unwrap_or_default().to_owned();
    name.push("-part");
    list.with_file_name(name)
}

/// Writes a complete list in one step, so that there is never a partial one.
fn write_list(list: &Path, first_line: &str) -> io::Result<()> {
    let part = temporary_path_of(list);
    let write = || {
        let mut file = private::emptied_file(&part)?;
        writeln!(file, "{first_line}")?;
        file.sync_all()?;
        fs::rename(&part, list)
    };
    if let Err(error) = write() {
        removal::remove_made(&part)?;
        return Err(error);
    }
    sync_folder(parent_of(list))
}

/// Returns whether a killed run left anything beside a target.
pub(super) fn has_remains(target: &Path) -> bool {
    !remaining_lists(target).is_empty() || !remaining_temporary_lists(target).is_empty()
}

/// Cleans up everything that killed runs left beside a target, replaced outputs first.
pub(super) fn clean_up_all(target: &Path) -> Carried {
    let mut carried = Carried::default();
    for half in remaining_temporary_lists(target) {
        if let Err(error) = removal::remove_made(&half) {
            carried.stuck.push((half, of_io(&error)));
        }
    }
    for (folder, list) in remaining_lists(target) {
        match clean_up(&folder, &list, target) {
            Ok(found) => carried.add(found),
            // It stays for the next run; this one uses another name.
            Err(error) => carried.stuck.push((folder, of_io(&error))),
        }
    }
    carried
}

/// Returns the folders with a list beside them, by list; a list without a folder counts too.
fn remaining_lists(target: &Path) -> Vec<(PathBuf, PathBuf)> {
    let lists = remains_beside(target, ".list").into_iter();
    let mut found: Vec<_> = lists.map(|list| (list.with_extension(""), list)).collect();
    // `new` may be examined only after the outputs in `old` are back.
    found.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.clone()));
    found
}

/// Returns lists that did not get their names yet.
fn remaining_temporary_lists(target: &Path) -> Vec<PathBuf> {
    let is_own = |half: &PathBuf| {
        let text = if is_real_file(half) { fs::read(half).ok() } else { None };
        text.is_some_and(|text| {
            [GROWING, OUTPUTS].iter().any(|line| format!("{line}\n").as_bytes().starts_with(&text))
        })
    };
    remains_beside(target, ".list-part").into_iter().filter(is_own).collect()
}

/// Returns entries beside a target that have the name of a program folder with this ending.
fn remains_beside(target: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(start) = hidden(target, "") else { return found };
    let start = start.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for entry in parent_of(target).read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(kind) = name.strip_prefix(&start).and_then(|rest| rest.strip_suffix(ending)) else {
            continue;
        };
        let (word, number) = kind.split_once('-').unwrap_or((kind, "1"));
        if [NEW, OLD].contains(&word) && number.parse::<usize>().is_ok() {
            found.push(entry.path());
        }
    }
    found
}

/// Cleans up one folder of a killed run.
fn clean_up(folder: &Path, list: &Path, target: &Path) -> io::Result<Carried> {
    let mut carried = Carried::default();
    let text = if is_real_file(list) { fs::read_to_string(list).unwrap_or_default() } else { String::new() };
    let mut lines = text.lines();
    match lines.next() {
        // Killed before the first line was written: the folder was not made yet.
        None if is_real_file(list) && !exists(folder) => {}
        Some(GROWING) => {
            removal::remove_own(folder, &own_of(folder, lines))?;
        }
        Some(OUTPUTS) if is_real_folder(folder) && !exists(target) => fs::rename(folder, target)?,
        Some(OUTPUTS) => carried = settle(folder, target)?,
        // Not a list of the program.
        _ => return Ok(carried),
    }
    // The next run tries again to bring back the rest of the outputs.
    if carried.stuck.is_empty() {
        removal::remove_made(list)?;
    }
    Ok(carried)
}

/// Returns whether everything in a folder agrees with its list, or is one of these files.
fn is_own(folder: &Path, list: &Path, files: &[&str]) -> bool {
    let text = if is_real_file(list) { fs::read_to_string(list).unwrap_or_default() } else { String::new() };
    let mut lines = text.lines();
    let is_growing = lines.next() == Some(GROWING) || !exists(list);
    if !is_growing || !is_real_folder(folder) {
        return false;
    }
    let own = own_of(folder, lines.chain(files.iter().copied()));
    let is_listed = |entry: walkdir::Result<walkdir::DirEntry>| {
        let entry = entry.ok()?;
        let inside = entry.path().strip_prefix(folder).ok()?.to_owned();
        Some(entry.file_type().is_dir() || (entry.file_type().is_file() && own.files.contains(&inside)))
    };
    WalkDir::new(folder).into_iter().all(|entry| is_listed(entry) == Some(true))
}

/// Returns the temporary path of a file in a growing folder.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}

/// Returns the listed files, and everything in listed folders.
fn own_of<'a>(folder: &Path, lines: impl Iterator<Item = &'a str>) -> Own {
    let mut own = Own::default();
    // A bag has a payload folder before it has any payload.
    own.folders.insert(PathBuf::from(PAYLOAD));
    for line in lines {
        let Some(whole) = line.strip_suffix('/') else {
            own.files.extend([PathBuf::from(line), part_of(Path::new(line))]);
            continue;
        };
        for entry in WalkDir::new(folder.join(whole)).into_iter().flatten() {
            let Ok(inside) = entry.path().strip_prefix(folder) else { continue };
            let kind = if entry.file_type().is_dir() { &mut own.folders } else { &mut own.files };
            kind.insert(inside.to_owned());
        }
    }
    own
}
