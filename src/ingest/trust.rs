//! Decides which of two sources is believed if they differ about one fact.
//!
//! `trust` in `[sources]` of `school.toml` lists sources, the most trusted first: `tables` (the exchange
//! format), `netschool`, the id of a profile, or a file of the bundle, with `*` for any part of its path.
//! Unlisted sources come after the listed ones: tables, then NetSchool, then profiles; among equals, files in
//! path order.

use super::problems::{Problems, Spot};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::{Origin, SourceRef};
use crate::model::{Journal, Text};

/// The exchange format's own tables as a source.
pub(crate) const TABLES: &str = "tables";
/// NetSchool's reports as a source.
pub(crate) const NETSCHOOL: &str = "netschool";

/// The school's own order of trust.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust(Vec<String>);

/// How far a source is trusted, the least trusted first.
pub(crate) type Rank = (usize, usize);

impl Trust {
    pub(crate) fn new(order: Vec<String>) -> Self {
        Self(order.into_iter().map(|entry| entry.trim().to_owned()).collect())
    }

    /// Returns how far a file of a system is trusted; the smallest rank is believed.
    pub(crate) fn rank(&self, system: &str, file: &str) -> Rank {
        let place = self.0.iter().position(|entry| is_source(entry, system, file)).unwrap_or(self.0.len());
        let usual = match system {
            TABLES => 0,
            NETSCHOOL => 1,
            _ => 2,
        };
        (place, usual)
    }

    /// Reports entries that match nothing in the bundle: a typing mistake would change what is believed.
    pub(crate) fn check<'a>(
        &self,
        sources: &(impl Iterator<Item = (&'a str, &'a str)> + Clone),
        file: &str,
        problems: &mut Problems,
    ) {
        let is_idle = |entry: &&String| {
            ![TABLES, NETSCHOOL].contains(&entry.as_str())
                && !sources.clone().any(|(system, file)| is_source(entry, system, file))
        };
        for entry in self.0.iter().filter(is_idle) {
            let message = said!(
                "в [sources] trust «{entry}» — ни источник, ни файл этого комплекта",
                "\"{entry}\" in [sources] trust is neither a source nor a file of the bundle"
            );
            let hint = said!(
                "годятся tables, netschool, код профиля (letopis profiles) или образец имени файла: marks*.csv",
                "tables, netschool, a profile's id (letopis profiles) or a pattern of files such as marks*.csv will do"
            );
            let origin = Origin { file: file.to_owned(), sheet: String::new() };
            let spot = Spot { column: "trust".to_owned(), value: entry.clone(), ..Spot::default() };
            problems.add("J115", ProblemSeverity::Warning, (&origin, spot), message, hint);
        }
    }
}

/// The origins of a journal, and which of them is believed.
#[derive(Default)]
pub(crate) struct Sources {
    pub(crate) trust: Trust,
    /// The system of each origin, in order.
    pub(crate) systems: Vec<Text>,
}

impl Sources {
    /// Returns whether the first place is trusted more than the second.
    pub(crate) fn is_more_trusted(&self, journal: &Journal, one: SourceRef, other: SourceRef) -> bool {
        self.rank(journal, one) < self.rank(journal, other)
    }

    fn rank(&self, journal: &Journal, place: SourceRef) -> Rank {
        let file = journal.origin(place).map_or("", |origin| origin.file.as_str());
        let system = self.systems.get(place.origin as usize).map_or("", Text::as_str);
        self.trust.rank(system, file)
    }
}

/// Returns whether an entry of a list of sources matches this one: a system's name, or a pattern for its
/// file.
pub(crate) fn is_source(entry: &str, system: &str, file: &str) -> bool {
    entry == system || fits(entry, file) || (!entry.contains('/') && fits(entry, file_name(file)))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns whether a text matches a pattern in which `*` is any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// The remedy for two sources that differ.
pub(crate) fn trust_hint() -> Said {
    said!(
        "проверьте запись в журнале; какому источнику верить, задаёт trust в разделе [sources] файла school.toml",
        "check the record in the journal; trust in [sources] of school.toml says which source is believed"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_files_by_name_or_path() {
        for (entry, file, is_it) in [
            ("marks*.csv", "marks.2.csv", true),
            ("marks*.csv", "a/b/marks.csv", true),
            ("a/*", "a/b/marks.csv", true),
            ("a/*", "b/marks.csv", false),
            ("*.html", "отчёт.html", true),
            ("*8А*.xlsx", "Отчёт 8А май.xlsx", true),
            ("marks.csv", "marks.csv", true),
            ("mark", "marks.csv", false),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(is_source(entry, "tables", file), is_it, "{entry} {file}");
        }
        assert!(is_source("tables", "tables", "x.csv"));
    }

    #[test]
    fn what_is_listed_goes_before_what_is_not() {
        let trust = Trust::new(vec!["netschool".to_owned(), "new.csv".to_owned()]);
        let ranks =
            [("netschool", "a.html"), ("tables", "new.csv"), ("tables", "a.csv"), ("eljur", "a.json")];
        assert!(ranks.map(|(system, file)| trust.rank(system, file)).is_sorted());
    }
}
