//! Reads `school.toml`: the school, the year, the officials, the archive's identifiers.

use jiff::civil::Date;
use serde::Deserialize;

use super::bundle::SCHOOL_TOML;
use super::parse;
use super::problems::{Problems, Spot, Words, words};
use super::trust::Trust;
use crate::findings::ProblemSeverity;
use crate::model::{ArchiveIds, Deputy, Journal, Official, Officials, Regulation, School, SchoolYear};
use crate::source::Origin;

#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    school: SchoolPart,
    year: YearPart,
    officials: OfficialsPart,
    regulation: RegulationPart,
    archive: ArchivePart,
    sources: SourcesPart,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SourcesPart {
    trust: Vec<String>,
}

/// What the file says that is no part of the journal.
#[derive(Default)]
pub(super) struct Settings {
    /// The date for which builds speak, where the year gives one.
    pub(super) as_of: Option<Date>,
    /// Which source is believed.
    pub(super) trust: Trust,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SchoolPart {
    name: String,
    short: String,
    place: String,
    municipality: String,
    region: String,
    utc_offset: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct YearPart {
    title: String,
    start: Option<toml::Value>,
    end: Option<toml::Value>,
    as_of: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OfficialsPart {
    director: OfficialPart,
    deputies: Vec<OfficialPart>,
    archivist: OfficialPart,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OfficialPart {
    post: String,
    name: String,
    grades: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RegulationPart {
    title: String,
    order: String,
    date: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ArchivePart {
    fond: String,
    journal_index: String,
    sheet_index: String,
}

/// Reads the text into the journal's head and returns the rest. `None`: nothing can be built.
pub(super) fn read(text: &str, journal: &mut Journal, problems: &mut Problems) -> Option<Settings> {
    let mut file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            reject(problems, line_of(text, error.span()), "", words(error.message(), error.message()));
            return None;
        }
    };
    let mut dates = Dates { text, problems, is_bad: false };
    let start = dates.required("start", file.year.start.as_ref());
    let end = dates.required("end", file.year.end.as_ref());
    let as_of = dates.optional("as_of", file.year.as_of.as_ref());
    let ordered = dates.optional("date", file.regulation.date.as_ref());
    let is_bad = dates.is_bad;
    let titles = [("school", "name", &file.school.name), ("year", "title", &file.year.title)];
    for (part, key, _) in titles.iter().filter(|(_, _, value)| value.trim().is_empty()) {
        let message = words(format!("в разделе [{part}] нет {key}"), format!("{key} is missing in [{part}]"));
        reject(problems, None, key, message);
    }
    if is_bad || titles.iter().any(|(_, _, value)| value.trim().is_empty()) {
        return None;
    }
    if start > end {
        reject(
            problems,
            None,
            "start",
            words("год начинается позже, чем кончается", "the year begins after its end"),
        );
        return None;
    }
    journal.year = SchoolYear { title: file.year.title.trim().to_owned(), start: start?, end: end? };
    let trust = Trust::new(std::mem::take(&mut file.sources.trust));
    fill(journal, file, ordered);
    Some(Settings { as_of, trust })
}

fn fill(journal: &mut Journal, file: File, ordered: Option<Date>) {
    let SchoolPart { name, short, place, municipality, region, utc_offset } = file.school;
    let short = if short.is_empty() { name.clone() } else { short };
    journal.school = School { name, short, place, municipality, region, utc_offset };
    let deputies = file.officials.deputies.into_iter().map(|part| {
        let grades = part.grades.clone();
        Deputy { official: official(part), grades }
    });
    journal.officials = Officials {
        deputies: deputies.collect(),
        director: official(file.officials.director),
        archivist: official(file.officials.archivist),
    };
    let RegulationPart { title, order, .. } = file.regulation;
    journal.regulation = Regulation { title, order, date: ordered };
    let ArchivePart { fond, journal_index, sheet_index } = file.archive;
    journal.archive = ArchiveIds { fond, journal_index, sheet_index };
}

fn official(part: OfficialPart) -> Official {
    Official { post: part.post, name: part.name }
}

/// Reads dates of the file, written as TOML dates or as text.
struct Dates<'a> {
    text: &'a str,
    problems: &'a mut Problems,
    is_bad: bool,
}

impl Dates<'_> {
    fn required(&mut self, key: &str, value: Option<&toml::Value>) -> Option<Date> {
        if value.is_none() {
            self.is_bad = true;
            reject(
                self.problems,
                None,
                key,
                words(format!("в разделе [year] нет {key}"), format!("{key} is missing in [year]")),
            );
        }
        self.optional(key, value)
    }

    fn optional(&mut self, key: &str, value: Option<&toml::Value>) -> Option<Date> {
        let text = match value? {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let date = parse::date(&text);
        if date.is_none() {
            self.is_bad = true;
            let line = self.text.lines().position(|line| line.trim_start().starts_with(key));
            let line = line.and_then(|line| u32::try_from(line + 1).ok());
            reject(
                self.problems,
                line,
                key,
                words(format!("«{text}» — не дата"), format!("\"{text}\" is no date")),
            );
        }
        date
    }
}

fn reject(problems: &mut Problems, row: Option<u32>, key: &str, message: Words) {
    let origin = Origin { file: SCHOOL_TOML.to_owned(), sheet: String::new() };
    let spot = Spot { row, column: key.to_owned(), value: String::new() };
    let hint =
        words("исправьте school.toml; образец — в inputs/", "mend school.toml; there is a sample in inputs/");
    problems.add("J111", ProblemSeverity::Error, (&origin, spot), message, hint);
}

fn line_of(text: &str, span: Option<std::ops::Range<usize>>) -> Option<u32> {
    let before = text.get(..span?.start)?;
    u32::try_from(before.matches('\n').count() + 1).ok()
}
