//! The state of a year on one page: what is built, archived, verified and copied, and people's notes about
//! each class.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::registers::sound_register;
use crate::base::files::{read_file, read_text};
use crate::base::inside::BagName;
use crate::base::limits;
use crate::base::said::{AtPlace, Said, Tell, said};
use crate::base::series::Series;
use crate::data::build_record::{BUILD_JSON, BuildRecord};
use crate::outputs::store::replace_file;
use crate::register::BagState;
use crate::render::file_names::folder_name;
use crate::verify::checks::Progress;

/// People's notes about one class: dates, each `None` until it happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassNote {
    /// The journal was closed.
    pub closed: Option<Date>,
    /// When it was printed and sewn.
    pub printed: Option<Date>,
    /// When it was signed and sealed (R.3.4).
    pub signed: Option<Date>,
}

/// The state of one year.
#[derive(Clone, Debug)]
pub struct YearState {
    /// School year.
    pub year: String,
    /// Each class that has a journal, with its notes.
    pub classes: Vec<(String, ClassNote)>,
    /// Classes with notes but without a journal: most likely typing mistakes.
    pub unknown: Vec<String>,
    /// The newest edition of each package of the year.
    pub editions: Vec<(BagName, BagState)>,
    /// How far a check in parts has read the newest editions.
    pub parts: BTreeMap<BagName, Progress>,
    /// Days until 30 June of the year's end, when the journals must be on paper (R.3.4); negative afterwards.
    pub days_left: i32,
}

/// The file for people's notes, beside the register.
pub fn notes_name(year: &str) -> String {
    format!("year-{}.toml", folder_name(year))
}

const NOTES_HEAD: &str = "\
# Отметки о журналах классов для letopis state. Впишите между кавычек день, например 2026-06-18:
# closed — журнал закрыт, printed — напечатан и прошит, signed — подписан директором и опечатан.
";

/// Collects the state of a year.
///
/// # Errors
/// When the year was not built, the register is not sound, or the notes cannot be understood.
pub fn year_state(outputs: &Path, archive: &Path, as_of: Date) -> Result<YearState> {
    let path = outputs.join(BUILD_JSON);
    let text = read_file(&path, limits::RECORD_BYTES).told(|| {
        let place = path.display();
        said!(
            "{place}: здесь нет собранного года, сначала letopis build",
            "{place}: no built year here; run letopis build first"
        )
    })?;
    let record: BuildRecord = serde_json::from_slice(&text).at(&path)?;
    let mut noted = Notes::read(&archive.join(notes_name(&record.year)))?;
    let mut classes = Vec::new();
    for document in record.documents.iter().filter(|document| Series::Journals.has(&document.path)) {
        let class = document.class.clone().unwrap_or_else(|| document.title.clone());
        let note = noted.remove(&class).unwrap_or_default();
        classes.push((class, note));
    }
    let mut newest: BTreeMap<String, (BagName, BagState)> = BTreeMap::new();
    let folder = folder_name(&record.year);
    for (bag, state) in sound_register(archive)?.states() {
        let name = bag.rsplit_once("-ed").map_or(bag.as_str(), |(name, _)| name).to_owned();
        let is_newer = newest.get(&name).is_none_or(|(_, known)| known.edition < state.edition);
        if name.ends_with(&folder) && is_newer {
            newest.insert(name, (bag, state));
        }
    }
    let mut progress = super::checks::in_parts(archive)?;
    let mut parts = BTreeMap::new();
    for (bag, state) in newest.values() {
        let of_bag = progress.remove(&(bag.to_string(), state.tag_manifest.clone()));
        parts.extend(of_bag.map(|progress| (bag.clone(), progress)));
    }
    Ok(YearState {
        parts,
        days_left: days_left(&record.year, as_of),
        year: record.year,
        classes,
        unknown: noted.into_keys().collect(),
        editions: newest.into_values().collect(),
    })
}

/// Starts the file for people's notes, with every class of the year and no day. An existing file is left
/// unchanged. Returns whether it was started.
///
/// # Errors
/// Those of the disk.
pub fn start_notes(state: &YearState, archive: &Path) -> Result<bool> {
    let path = archive.join(notes_name(&state.year));
    if path.try_exists().at(&path)? {
        return Ok(false);
    }
    let mut text = String::from(NOTES_HEAD);
    for (class, _) in &state.classes {
        let class = toml::Value::from(class.as_str());
        text.push_str(&format!("\n[class.{class}]\nclosed = \"\"\nprinted = \"\"\nsigned = \"\"\n"));
    }
    replace_file(&path, text.as_bytes()).at(&path)?;
    Ok(true)
}

/// Counts to 30 June of the year at the end of the title; 0 if the title has none.
fn days_left(title: &str, as_of: Date) -> i32 {
    let digits = title.rsplit(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    let deadline = digits.and_then(|year| year.parse().ok()).map(|year: i16| date(year, 6, 30));
    deadline.and_then(|deadline| as_of.until(deadline).ok()).map_or(0, |span| span.get_days())
}

/// Reads a day written by a person.
pub(super) fn read_day(text: &str) -> Result<Date> {
    let day = text.parse().ok();
    day.told(|| {
        let text = text.escape_debug();
        said!("«{text}»: нужен день, например 2026-06-18", "«{text}»: a day is wanted, such as 2026-06-18")
    })
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    #[serde(default)]
    class: BTreeMap<String, Note>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Note {
    closed: Option<String>,
    printed: Option<String>,
    signed: Option<String>,
}

impl Notes {
    fn read(path: &Path) -> Result<BTreeMap<String, ClassNote>> {
        let text = match read_text(path, limits::SETTINGS_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(error).at(path),
        };
        let notes: Self = toml::from_str(&text).at(path)?;
        let read = |note: Note| -> Result<ClassNote> {
            let day = |text: Option<String>| {
                text.filter(|text| !text.trim().is_empty()).map(|text| read_day(text.trim())).transpose()
            };
            Ok(ClassNote {
                closed: day(note.closed)?,
                printed: day(note.printed)?,
                signed: day(note.signed)?,
            })
        };
        notes
            .class
            .into_iter()
            .map(|(class, note)| {
                let note = read(note).told(|| Said::same(format!("{}: {class}", path.display())))?;
                Ok((class, note))
            })
            .collect()
    }
}
