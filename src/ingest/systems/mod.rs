//! Journal systems: their sheets are known by their content, not by the names of tables.
//!
//! A system gives one of two things. A profile makes tables of the exchange format: they are read like the school's own,
//! row by row, with the same places, merging and trust. Reports that no profile can describe give records: one cell of
//! such a report is a lesson, a mark and an absence at once, a pupil has no id, and a block has to be compared with the
//! others before any row is known. Made into tables first, they would lose the place of each sign, and the reader would
//! look for parents that the report does not have. A new system of either kind is one file and one line.
//! Systems do not know each other, and do not know how tables are read.

mod netschool;
mod pointers;
mod profile;
mod system;

use serde_json::Value as Json;

use self::profile::{Data, Match, Profiles};
use self::system::ReportSystem;
use super::aliases::Aliases;
use super::builder::Builder;
use super::problems::Problems;
use super::raw::{ExportFile, RawSheet};
use super::reading::{SourceNote, TableRows};
use super::received::Received;
use crate::base::said::said;
use crate::model::{Journal, Text};

pub(crate) use pointers::Pointers;
pub use profile::{ProfileNote, profiles_of, shipped_profile};
pub(crate) use system::{GivenTable, OwnTable};

/// The systems whose reports hand over records; the first that recognises a sheet takes it.
const REPORTS: &[ReportSystem] = &[netschool::SYSTEM];

/// All systems for a bundle: those in `REPORTS`, and one for each profile.
pub(crate) struct Systems(Profiles);

/// The files and sheets that systems took, until they are read.
#[derive(Default)]
pub(crate) struct Taken<'a> {
    files: Vec<(Match, Data<'a>)>,
    /// Reports, each with the index of its system.
    reports: Vec<(usize, RawSheet<'a>)>,
}

/// What profiles made of the files they took.
#[derive(Default)]
pub(crate) struct Given {
    /// The tables, each with the id of its system.
    pub(crate) tables: Vec<(GivenTable, Text)>,
    /// How the files were recognised.
    pub(crate) sources: Vec<SourceNote>,
    /// The places of the records of JSON files.
    pub(crate) pointers: Pointers,
}

impl Systems {
    /// Reads the profiles of a bundle and the shipped ones.
    pub(crate) fn load(files: &[Received], problems: &mut Problems) -> Self {
        Self(Profiles::load(files, problems))
    }

    /// Finds the profile that takes a JSON file, with the parsed file.
    pub(crate) fn match_json(&self, file: &ExportFile) -> Option<(Match, Json)> {
        self.0.match_json(file)
    }

    /// Gives a sheet to the first system that recognises it: the school's own profiles, the systems with reports, the
    /// shipped profiles. Returns the sheet if none does.
    pub(crate) fn take<'a>(
        &self,
        sheet: RawSheet<'a>,
        taken: &mut Taken<'a>,
        sources: &mut Vec<SourceNote>,
    ) -> Option<RawSheet<'a>> {
        let found = self.0.match_sheet(&sheet);
        let is_own = found.as_ref().is_some_and(|found| self.0.is_own(found));
        let report = REPORTS.iter().position(|system| (system.recognises)(&sheet)).filter(|_| !is_own);
        match (report, found) {
            (Some(system), _) => {
                let why = said!(
                    "заголовок и строки отчёта этой системы",
                    "the title and lines of this system's report"
                );
                sources.push(SourceNote::new(&sheet.origin, REPORTS[system].title.owned(), why));
                taken.reports.push((system, sheet));
            }
            (None, Some(found)) => taken.files.push((found, Data::Sheet(sheet))),
            (None, None) => return Some(sheet),
        }
        None
    }

    /// Converts the files that profiles took, in name order; records that the bundle's own tables have are not added
    /// again.
    pub(crate) fn convert(
        &self,
        taken: &Taken<'_>,
        own: &[OwnTable<'_>],
        (head, aliases): (&Journal, &Aliases),
        problems: &mut Problems,
    ) -> Given {
        let (profiles, files) = (&self.0, &taken.files);
        let (directory, mut seen) = profiles.note_known(files.iter().map(|(found, _)| found), own);
        profiles.note_lacks(files.iter().map(|(found, data)| (found, data)), problems);
        let passes =
            [false, true].into_iter().flat_map(|is_weak| files.iter().map(move |file| (file, is_weak)));
        let mut given = Given::default();
        for ((found, data), is_weak) in passes {
            let known = (&directory, aliases);
            let converted = profiles.convert((found, is_weak), data, head, known, &mut seen, problems);
            let origin = data.origin();
            if !is_weak {
                given.sources.push(SourceNote::new(
                    &origin,
                    profiles.title(found).clone(),
                    found.why.clone(),
                ));
            }
            for (title, pointers) in converted.pointers {
                given.pointers.add(&origin.file, title, pointers);
            }
            let system = Text::from(profiles.id(found));
            given.tables.extend(converted.tables.into_iter().map(|table| (table, system.clone())));
        }
        given
    }
}

impl<'a> Taken<'a> {
    /// Adds a JSON file that a profile takes.
    pub(crate) fn add_json(&mut self, path: &str, (found, root): (Match, Json)) {
        self.files.push((found, Data::Json(path.to_owned(), root)));
    }

    /// Returns the reports, each with the id of its system.
    pub(crate) fn reports(&self) -> impl Iterator<Item = (&'static str, &RawSheet<'a>)> {
        self.reports.iter().map(|(system, sheet)| (REPORTS[*system].id, sheet))
    }

    /// Lets every system read its reports, and counts the results as rows of the tables.
    pub(crate) fn read_reports(&self, first_origin: usize, builder: &mut Builder, rows: &mut Vec<TableRows>) {
        for (position, system) in REPORTS.iter().enumerate() {
            let sheets = self.reports.iter().enumerate().filter(|(_, (system, _))| *system == position);
            let origin = |index: usize| u32::try_from(first_origin + index).unwrap_or(u32::MAX);
            let sheets: Vec<_> = sheets.map(|(index, (_, sheet))| (origin(index), sheet)).collect();
            if !sheets.is_empty() {
                (system.read)(&sheets, builder).into_iter().for_each(|counts| counts.add_to(rows));
            }
        }
        rows.sort_by_key(|counts| counts.table);
    }
}
