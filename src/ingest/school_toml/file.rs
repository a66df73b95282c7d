//! `school.toml` as it is written, and the lines of its keys.

use serde::Deserialize;

use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::file_names::SCHOOL_TOML;
use crate::ingest::problems::{Problems, Spot};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct File {
    pub(super) school: SchoolPart,
    pub(super) year: YearPart,
    pub(super) officials: OfficialsPart,
    pub(super) regulation: RegulationPart,
    pub(super) archive: ArchivePart,
    pub(super) sources: SourcesPart,
    pub(super) compare: ComparePart,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SourcesPart {
    pub(super) trust: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ComparePart {
    pub(super) bundles: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SchoolPart {
    pub(super) name: String,
    pub(super) short: String,
    pub(super) place: String,
    pub(super) municipality: String,
    pub(super) region: String,
    pub(super) utc_offset: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct YearPart {
    pub(super) title: String,
    pub(super) start: Option<toml::Value>,
    pub(super) end: Option<toml::Value>,
    pub(super) as_of: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OfficialsPart {
    pub(super) director: OfficialPart,
    pub(super) deputies: Vec<OfficialPart>,
    pub(super) archivist: OfficialPart,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OfficialPart {
    pub(super) post: String,
    pub(super) name: String,
    pub(super) grades: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RegulationPart {
    pub(super) title: String,
    pub(super) order: String,
    pub(super) date: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ArchivePart {
    pub(super) fond: String,
    pub(super) journal_index: String,
    pub(super) sheet_index: String,
}

pub(super) fn reject(problems: &mut Problems, row: Option<u32>, key: &str, message: Said) {
    refuse("J111", problems, (row, key, ""), message);
}

pub(super) fn refuse(
    code: &'static str,
    problems: &mut Problems,
    (row, key, value): (Option<u32>, &str, &str),
    message: Said,
) {
    let origin = Origin { file: SCHOOL_TOML.to_owned(), sheet: String::new() };
    let spot = Spot { row, column: key.to_owned(), value: value.to_owned() };
    let hint =
        said!("исправьте school.toml; образец — в inputs/", "mend school.toml; there is a sample in inputs/");
    problems.add(code, ProblemSeverity::Error, (&origin, spot), message, hint);
}

/// Returns the line on which a key of a section begins, from 1.
pub(super) fn line_of_key(text: &str, part: &str, key: &str) -> Option<u32> {
    let mut is_inside = part.is_empty();
    for (number, line) in (1..).zip(text.lines().map(str::trim_start)) {
        if line.starts_with('[') {
            let name = line.trim_matches(|sign: char| "[] \t".contains(sign) || sign == '#');
            is_inside = name.split(']').next().is_some_and(|name| name.trim() == part);
        }
        let rest = line.strip_prefix(key).map(str::trim_start);
        if is_inside && rest.is_some_and(|rest| rest.starts_with('=')) {
            return Some(number);
        }
    }
    None
}
