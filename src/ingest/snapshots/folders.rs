//! The folders of snapshots in a bundle: `snapshots/2025-10-01/`, or with a time
//! `snapshots/2025-10-01T18-30/`.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};

use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::problems::Problems;
use crate::ingest::received::Bundle;
use crate::model::Snapshot;

/// The folder that holds the snapshots.
pub(super) const HOME: &str = "snapshots/";

/// One snapshot: its folder, with a slash at the end, and the time it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) path: String,
    pub(super) taken: Snapshot,
}

impl Folder {
    /// Returns the path and sheet of a file inside the folder; `None` if it is outside.
    pub(super) fn inside(&self, origin: &Origin) -> Option<(String, String)> {
        let path = origin.file.strip_prefix(self.path.as_str())?;
        Some((path.to_owned(), origin.sheet.clone()))
    }
}

/// Lists the snapshots of a bundle, oldest first. A folder whose name is not a date is a problem, and is not
/// read.
pub(super) fn list(bundle: &Bundle, problems: &mut Problems) -> Vec<Folder> {
    let mut folders: BTreeMap<&str, Option<Snapshot>> = BTreeMap::new();
    for file in &bundle.files {
        let Some(inside) = file.path().strip_prefix(HOME) else { continue };
        let name = inside.split_once('/').map_or("", |(name, _)| name);
        folders.entry(name).or_insert_with(|| taken_at(name));
    }
    for (name, _) in folders.iter().filter(|(_, taken)| taken.is_none()) {
        let path = format!("{HOME}{name}");
        let message = said!(
            "имя папки снимка — не дата: она не прочитана",
            "the name of the snapshot's folder is no date: it was not read"
        );
        let hint = said!(
            "назовите папку днём выгрузки: snapshots/2025-10-01, а где важен час — snapshots/2025-10-01T18-30",
            "name it by the day of the export: snapshots/2025-10-01, with a time snapshots/2025-10-01T18-30"
        );
        problems.add_file("J650", ProblemSeverity::Warning, &path, message, hint);
    }
    let folder = |(name, taken): (&str, Option<Snapshot>)| {
        Some(Folder { path: format!("{HOME}{name}/"), taken: taken? })
    };
    let mut folders: Vec<Folder> = folders.into_iter().filter_map(folder).collect();
    folders.sort_by_key(|folder| (folder.taken.last, folder.taken.first));
    folders
}

/// Reads a folder's name; a date alone is any moment of that day, a time any second of that minute.
fn taken_at(name: &str) -> Option<Snapshot> {
    let (day, time) = match name.find(['T', ' ', '_']) {
        Some(at) => (&name[..at], Some(name[at + 1..].replace(['-', '.'], ":"))),
        None => (name, None),
    };
    let day = parse::date(day)?;
    let whole = |first: DateTime, seconds: i64| {
        let last = first.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        Some(Snapshot { first, last })
    };
    match time {
        None => whole(day.to_datetime(Time::midnight()), 86_399),
        Some(time) => whole(day.to_datetime(parse::time(&time)?), 59),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_day_or_a_minute() {
        let day = taken_at("2025-10-01").map(|taken| format!("{} {}", taken.first, taken.last));
        assert_eq!(day.as_deref(), Some("2025-10-01T00:00:00 2025-10-01T23:59:59"));
        assert_eq!(taken_at("01.10.2025"), taken_at("2025-10-01"));
        let minute = taken_at("2025-10-01T18-30").map(|taken| format!("{} {}", taken.first, taken.last));
        assert_eq!(minute.as_deref(), Some("2025-10-01T18:30:00 2025-10-01T18:30:59"));
        assert_eq!(taken_at("2025-10-01_18.30"), taken_at("2025-10-01T18-30"));
        for name in ["", "осень", "2025-13-01", "2025-10-01T99-00", "2025-10-01T"] {
            assert_eq!(taken_at(name), None, "{name}");
        }
    }
}
