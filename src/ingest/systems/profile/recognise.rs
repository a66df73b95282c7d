//! Decides which profile takes a file, and why: all the fields that a source names must exist.

use serde_json::Value as Json;

use super::grid;
use super::pattern::fits;
use super::scope::{Path, Scope};
use super::spec::{Kind, Profile, Source};
use crate::base::said::Said;
use crate::ingest::formats;
use crate::ingest::raw::{ExportFile, RawSheet};

/// How many records are examined.
const LOOKED_AT: usize = 50;

/// A file or sheet that a profile takes.
pub(crate) struct Match {
    /// Index of the profile.
    pub(super) profile: usize,
    /// Indexes of the matching sources.
    pub(super) sources: Vec<usize>,
    /// How it was recognised.
    pub(crate) why: Said,
}

/// Parses a file as JSON or JSON lines if some profile may take it.
pub(super) fn json_root(profiles: &[Profile], file: &ExportFile) -> Option<Json> {
    let is_lines = match formats::extension(&file.path).as_deref() {
        Some("json") => false,
        Some("jsonl" | "ndjson") => true,
        _ => return None,
    };
    let text = std::str::from_utf8(file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes)).ok()?;
    let sources = profiles.iter().flat_map(|profile| &profile.sources);
    if !sources.filter(|source| source.kind == Kind::Json).any(|source| may_have(text, source)) {
        return None;
    }
    // If the file is too large, the reader of the format reports it.
    formats::check_size(text).ok()?;
    if is_lines {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return lines.map(serde_json::from_str).collect::<Result<Vec<Json>, _>>().ok().map(Json::Array);
    }
    serde_json::from_str(text).ok()
}

/// A quick test of the text before it is parsed.
fn may_have(text: &str, source: &Source) -> bool {
    let names = source.fields.iter().flat_map(|field| field.split('/'));
    names
        .filter(|name| !name.starts_with(['.', '#']) && name.parse::<usize>().is_err())
        .all(|name| text.contains(&format!("\"{name}\"")))
}

/// Finds the profile whose sources have most fields in the data; the school's own profiles come first.
pub(super) fn json(profiles: &[Profile], path: &str, root: &Json) -> Option<Match> {
    best(profiles, |source| {
        source.kind == Kind::Json && is_named(source.file.as_deref(), path) && has_records(root, source)
    })
}

/// Finds the profile that takes a sheet.
pub(super) fn sheet(profiles: &[Profile], sheet: &RawSheet) -> Option<Match> {
    best(profiles, |source| {
        is_named(source.file.as_deref(), &sheet.origin.file)
            && is_named(source.sheet.as_deref(), &sheet.origin.sheet)
            && grid::has_header(sheet, source)
    })
}

fn best(profiles: &[Profile], is_fit: impl Fn(&Source) -> bool) -> Option<Match> {
    let mut best: Option<(usize, Match)> = None;
    for (index, profile) in profiles.iter().enumerate() {
        let sources: Vec<usize> =
            (0..profile.sources.len()).filter(|source| is_fit(&profile.sources[*source])).collect();
        let weight: usize =
            sources.iter().map(|source| profile.sources[*source].fields.len()).max().unwrap_or(0);
        if weight > best.as_ref().map_or(0, |(weight, _)| *weight) {
            let why = reasons(&sources.iter().map(|source| &profile.sources[*source]).collect::<Vec<_>>());
            best = Some((weight, Match { profile: index, sources, why }));
        }
    }
    best.map(|(_, found)| found)
}

fn reasons(sources: &[&Source]) -> Said {
    let reason = |source: &&Source| {
        let fields = source.fields.join(", ");
        match source.kind {
            Kind::Table => (
                format!("«{}»: есть заголовки {fields}", source.title),
                format!("\"{}\": it has the headers {fields}", source.title),
            ),
            Kind::Json => (
                format!("«{}»: есть поля {fields}", source.title),
                format!("\"{}\": it has the fields {fields}", source.title),
            ),
        }
    };
    let (ru, en): (Vec<_>, Vec<_>) = sources.iter().map(reason).unzip();
    Said::new(ru.join("; "), en.join("; "))
}

fn has_records(root: &Json, source: &Source) -> bool {
    source.records.iter().any(|path| {
        let (mut seen, mut is_found) = (0, false);
        Scope::of(root).walk(&path.0, &mut |scope| {
            is_found = is_record(scope, source);
            seen += 1;
            !is_found && seen < LOOKED_AT
        });
        is_found
    })
}

/// Tells whether a record has every field of its source.
pub(super) fn is_record(scope: &Scope<'_>, source: &Source) -> bool {
    source.fields.iter().all(|field| scope.find(&Path::parse(field).0).is_some())
}

fn is_named(pattern: Option<&str>, name: &str) -> bool {
    pattern.is_none_or(|pattern| fits(pattern, name))
}
