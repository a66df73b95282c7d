//! Words that the text of an act and its PDF share.

use std::collections::BTreeSet;

use crate::render::format;
use crate::store::{RecordFile, SHEET_YEARS};

/// What remains of journals (R.3.4.2).
pub(super) const SHEETS_STAY: &str =
    "Сводные ведомости учёта успеваемости за те же годы хранятся отдельно и уничтожению не подлежат.\n";

/// Returns whether only record files are due that leave something behind.
pub(super) fn is_journals_only(due: &[&RecordFile]) -> bool {
    due.iter().all(|file| file.term.is_some_and(|term| term.years < SHEET_YEARS))
}

/// Returns the number of the fonds in the record files, if they have one.
pub(super) fn fonds(due: &[&RecordFile]) -> String {
    let mut fonds: Vec<&str> = due.iter().map(|file| file.fond()).filter(|fond| !fond.is_empty()).collect();
    fonds.dedup();
    if fonds.is_empty() { "______".to_owned() } else { fonds.join(", ") }
}

/// Returns the media with copies of the record files' editions, each once; empty if there are none.
pub(super) fn media<'a>(files: impl IntoIterator<Item = &'a RecordFile>) -> String {
    let editions = files.into_iter().flat_map(|file| &file.editions);
    let kept = editions.filter(|(_, state)| state.is_kept());
    kept.flat_map(|(_, state)| state.media())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join("; ")
}

/// Returns what to do with the copies on other media.
pub(super) fn copies(due: &[&RecordFile]) -> String {
    let media = media(due.iter().copied());
    if media.is_empty() {
        return "Копий на других носителях, по реестру, нет.".to_owned();
    }
    format!("Вместе с пакетами уничтожаются их копии на носителях: {media}.")
}

/// Returns the line with the number of record files and their years.
pub(super) fn total(due: &[&RecordFile]) -> String {
    let (count, mut years) = (due.len(), Vec::new());
    for file in due.iter().filter(|file| !file.school_year.is_empty()) {
        if !years.contains(&file.school_year.as_str()) {
            years.push(file.school_year.as_str());
        }
    }
    format!(
        "Итого {count} ({}) {} за {} уч. г.",
        format::words(count, format::Gender::Neuter),
        format::plural(count, ["дело", "дела", "дел"]),
        format::years(&years.join(", ")),
    )
}
