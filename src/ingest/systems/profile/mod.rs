//! Journal systems read by a profile, without code: a TOML file says how a file is recognised and which field
//! is which column.
//!
//! In: files and sheets from the formats. Out: sheets of the exchange format's own tables, so that all later
//! reading is shared. A bundle may bring its own profiles in `profiles/`; they come before the shipped ones.

mod convert;
mod dates;
mod directory;
mod grid;
mod head;
mod pattern;
mod pipes;
mod recognise;
mod refusal;
mod scope;
mod spec;
mod template;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::system::{GivenTable, OwnTable};

use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::aliases::Aliases;
use crate::ingest::examples::is_example;
use crate::ingest::file_names::is_profile;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::{ExportFile, RawSheet};
use crate::ingest::received::{Bundle, Received};
use crate::ingest::text::decode;
use crate::model::{Journal, Table, Text};

pub(crate) use convert::Seen;
pub(crate) use directory::Directory;
pub(crate) use recognise::Match;
pub(crate) use spec::Profile;
use spec::{Rule, Source};
use template::Template;

/// The profiles that come with the program: the id and text of each file.
pub(crate) const SHIPPED: &[(&str, &str)] = &[
    ("dnevnik", include_str!("shipped/dnevnik.toml")),
    ("eljur", include_str!("shipped/eljur.toml")),
    ("mesh", include_str!("shipped/mesh.toml")),
    ("petersburg", include_str!("shipped/petersburg.toml")),
    ("bars", include_str!("shipped/bars.toml")),
    ("shkala", include_str!("shipped/shkala.toml")),
    ("load", include_str!("shipped/load.toml")),
];

/// A profile as `letopis profiles` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileNote {
    /// Its id.
    pub id: String,
    /// The system it reads.
    pub title: Said,
    /// How its files look.
    pub about: Said,
    /// The file of the bundle it comes from; `None` for a shipped one.
    pub file: Option<String>,
}

/// Returns the profiles for a bundle, its own first, and the faults of its own.
pub fn profiles_of(bundle: Option<&Bundle>) -> (Vec<ProfileNote>, Vec<Problem>) {
    let mut problems = Problems::default();
    let files = bundle.map_or(&[][..], |bundle| &bundle.files);
    let profiles = Profiles::load(files, &mut problems);
    (profiles.notes(), problems.into_sorted())
}

/// Returns the text of a shipped profile: the best start for a school's own.
pub fn shipped_profile(id: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == id).map(|(_, text)| *text)
}

/// All profiles for a bundle, its own first.
pub(crate) struct Profiles(Vec<Profile>);

impl Profiles {
    /// Reads the profiles; one with a fault is a problem and is not used.
    pub(crate) fn load(files: &[Received], problems: &mut Problems) -> Self {
        let mut profiles = Vec::new();
        for file in files.iter().filter(|file| is_profile(file.path())) {
            // A file that is not text was reported when the bundle was read.
            let Ok(decoded) = decode(file.bytes(), file.export.known()) else { continue };
            match spec::read(&decoded.text, Some(file.path().to_owned())) {
                Ok(profile) => profiles.push(profile),
                Err(fault) => report_fault(file.path(), &fault, problems),
            }
        }
        for (id, text) in SHIPPED {
            match spec::read(text, None) {
                Ok(profile) if profiles.iter().all(|own: &Profile| own.id != profile.id) => {
                    profiles.push(profile);
                }
                Ok(_) => {}
                Err(fault) => report_fault(id, &fault, problems),
            }
        }
        Self(profiles)
    }

    /// Describes the profiles, in the order in which they are tried.
    fn notes(&self) -> Vec<ProfileNote> {
        let note = |profile: &Profile| ProfileNote {
            id: profile.id.clone(),
            title: profile.title.clone(),
            about: profile.about.clone(),
            file: profile.file.clone(),
        };
        self.0.iter().map(note).collect()
    }

    /// Returns the title of the profile that took a file.
    pub(crate) fn title(&self, found: &Match) -> &Said {
        &self.0[found.profile].title
    }

    /// Returns the id of the profile that took a file.
    pub(crate) fn id(&self, found: &Match) -> &str {
        &self.0[found.profile].id
    }

    /// Tells whether the bundle itself brought the profile.
    pub(crate) fn is_own(&self, found: &Match) -> bool {
        self.0[found.profile].file.is_some()
    }

    /// Finds the profile that takes a JSON file, with the parsed file.
    pub(crate) fn match_json(&self, file: &ExportFile) -> Option<(Match, Json)> {
        let root = recognise::json_root(&self.0, file)?;
        recognise::json(&self.0, &file.path, &root).map(|found| (found, root))
    }

    /// Finds the profile that takes a sheet.
    pub(crate) fn match_sheet(&self, sheet: &RawSheet) -> Option<Match> {
        recognise::sheet(&self.0, sheet)
    }

    /// Remembers the contents of the bundle's own tables, as far as the matched profiles search there.
    pub(crate) fn note_known<'a>(
        &self,
        found: impl Iterator<Item = &'a Match>,
        own: &[OwnTable<'_>],
    ) -> (Directory, Seen) {
        let (mut directory, mut seen) = (Directory::default(), Seen::default());
        let mut places = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for found in found {
            for source in &found.sources {
                for rule in &self.0[found.profile].sources[*source].rules {
                    places.extend(rule.lookups());
                    if rule.is_weak || !rule.schema.table.is_fact() {
                        keys.insert((rule.schema.table, rule.once.clone()));
                    }
                }
            }
        }
        for (table, sheet, positions, header_row) in own {
            let text = |row: &crate::ingest::raw::RowCells<'_>, column: usize| {
                positions[column].map(|place| row.cell(place).to_text()).unwrap_or_default()
            };
            let walked = sheet.rows.walk(|number, row| {
                if number <= *header_row || row.is_blank() || is_example(&row) {
                    return true;
                }
                if places.iter().any(|place| place == directory::PUPIL_BY_NAME) {
                    directory.note_roster(*table, |column| text(&row, column));
                }
                for place in places.iter().filter(|place| place.split('.').next() == Some(table.id())) {
                    let columns = Directory::columns(*table, place.split('.').nth(1).unwrap_or_default());
                    let texts: Vec<Text> = columns.iter().map(|column| text(&row, *column)).collect();
                    directory.note(place, &texts.join(" "), &text(&row, 0));
                }
                for (_, columns) in
                    keys.iter().filter(|(known, columns)| known == table && !columns.is_empty())
                {
                    seen.note(*table, columns, columns.iter().map(|column| text(&row, *column)));
                }
                true
            });
            // An unreadable line is reported when the rows are read.
            let _ = walked;
        }
        directory.enrol();
        (directory, seen)
    }
}

fn report_fault(path: &str, fault: &spec::ProfileFault, problems: &mut Problems) {
    let origin = Origin { file: path.to_owned(), sheet: String::new() };
    let spot = Spot { row: Some(fault.line), ..Spot::default() };
    let message = Said::new(
        format!("профиль не понятен и не применён: {}", fault.message.ru),
        format!("the profile is not understood and not used: {}", fault.message.en),
    );
    let hint = said!(
        "исправьте строку; образцы показывает letopis profiles --show ID",
        "mend the line; letopis profiles --show ID shows samples"
    );
    problems.add("J601", ProblemSeverity::Error, (&origin, spot), message, hint);
}

impl Profile {
    /// Returns the templates for the class of a source's records: the source's own, or those of another of
    /// the profile's.
    fn class_of(&self, source: &Source) -> &[Template] {
        let sources = self.sources.iter();
        let own = sources.clone().filter(|other| std::ptr::eq(*other, source));
        let rules = own.chain(sources).flat_map(|source| &source.rules);
        let mut rules = rules.filter(|rule| rule.schema.table == Table::Classes);
        let column = |rule: &'_ Rule| {
            rule.columns.iter().position(|(at, _)| rule.schema.columns[*at].id == "class_id")
        };
        let found = rules.find_map(|rule| column(rule).map(|at| rule.columns[at].1.as_slice()));
        found.unwrap_or_default()
    }
}

/// The data of a file that a profile takes.
pub(crate) enum Data<'a> {
    /// A JSON file with its path.
    Json(String, Json),
    /// A sheet.
    Sheet(RawSheet<'a>),
}

impl Data<'_> {
    /// Returns the origin of the data.
    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Json(path, _) => Origin { file: path.clone(), sheet: String::new() },
            Self::Sheet(sheet) => sheet.origin.clone(),
        }
    }
}

/// Rows from a file, and the places of their records in a JSON file.
pub(crate) struct Given {
    pub(crate) tables: Vec<GivenTable>,
    /// The JSON pointer of each record, by source title; row numbers count from 1.
    pub(crate) pointers: Vec<(String, Vec<String>)>,
}

impl Profiles {
    /// Converts a file or sheet to tables of the exchange format: by the strong rules first, for every file,
    /// then by the weak.
    pub(crate) fn convert(
        &self,
        (found, is_weak): (&Match, bool),
        data: &Data,
        head: &Journal,
        (directory, aliases): (&Directory, &Aliases),
        seen: &mut Seen,
        problems: &mut Problems,
    ) -> Given {
        let profile = &self.0[found.profile];
        seen.begin(&data.origin().file);
        let mut given = Given { tables: Vec::new(), pointers: Vec::new() };
        for source in found.sources.iter().map(|index| &profile.sources[*index]) {
            let mut origin = data.origin();
            let tree;
            let root = match data {
                Data::Json(_, root) => {
                    origin.sheet.clone_from(&source.title);
                    root
                }
                Data::Sheet(sheet) => {
                    tree = grid::tree(sheet, source);
                    &tree
                }
            };
            let setting = pipes::Setting {
                year: &head.year,
                utc_offset: &head.school.utc_offset,
                dates: &profile.dates,
                directory,
                aliases,
                profile: &profile.id,
                file: &origin.file,
                sheet: &origin.sheet,
            };
            let (converted, pointers) = convert::convert(
                (profile, source, is_weak),
                root,
                &origin,
                (&setting, profile.class_of(source)),
                seen,
                problems,
            );
            if matches!(data, Data::Json(..)) {
                given.pointers.push((source.title.clone(), pointers));
            }
            given.tables.extend(converted);
        }
        given
    }

    /// Reports once per profile what its source does not have; the place is the first of its files.
    pub(crate) fn note_lacks<'a>(
        &self,
        files: impl Iterator<Item = (&'a Match, &'a Data<'a>)>,
        problems: &mut Problems,
    ) {
        let mut first: BTreeMap<usize, (Origin, usize)> = BTreeMap::new();
        for (found, data) in files {
            first.entry(found.profile).or_insert_with(|| (data.origin(), 0)).1 += 1;
        }
        for (index, (origin, count)) in first {
            if !self.0[index].lacks.is_empty() {
                note_lacks(&self.0[index], &origin, count, problems);
            }
        }
    }
}

fn note_lacks(profile: &Profile, origin: &Origin, count: usize, problems: &mut Problems) {
    let message = said!(
        "по профилю «{}» прочитано файлов: {count}; в этом источнике нет: {}",
        "files read by profile \"{}\": {count}; the source does not have: {}",
        profile.title,
        profile.lacks
    );
    let hint = said!(
        "недостающее можно добавить таблицами формата обмена",
        "what is missing can be added as tables of the exchange format"
    );
    problems.add("J604", ProblemSeverity::Notice, (origin, Spot::default()), message, hint);
}
