//! The sources inside a journals bag: numbered files, and the table with their own names.

use anyhow::Result;

use crate::bagit::stored::StoredBag;
use crate::base::folders::{SOURCE_NAMES, SOURCES};
use crate::base::inside::InsidePath;
use crate::base::said::{AtPlace, Tell, refuse, said};

/// The file that every bundle has.
pub const SCHOOL_TOML: &str = "school.toml";

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path in the bag.
    pub path: String,
    /// Path in its bundle, as received.
    pub name: InsidePath,
    /// SHA-256.
    pub sha256: String,
}

/// Returns the sources of a bag in order; none for a bag without sources.
///
/// # Errors
/// When the table cannot be read, names a missing file, or a name leads out of its folder.
pub fn sources(bag: &StoredBag) -> Result<Vec<Source>> {
    if bag.entry(SOURCE_NAMES).is_none() {
        return Ok(Vec::new());
    }
    let bytes = bag.read(SOURCE_NAMES)?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header == name)
            .told(|| said!("{SOURCE_NAMES}: нет столбца {name}", "{SOURCE_NAMES}: no column {name}"))
    };
    let (file, received) = (column("file")?, column("name_as_received")?);
    let mut sources: Vec<Source> = Vec::new();
    for row in reader.records() {
        let row = row.at(SOURCE_NAMES)?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let path = format!("{SOURCES}/{}", cell(file));
        let entry = bag.entry(&path).told(|| {
            said!("{SOURCE_NAMES}: файла {path} в пакете нет", "{SOURCE_NAMES}: {path} is not in the bag")
        })?;
        let name = InsidePath::new(cell(received)).at(SOURCE_NAMES)?;
        // A name that is not valid on every system could not be written back.
        if !is_plain(&name) || sources.iter().any(|source| source.name == name) {
            refuse!(
                "{SOURCE_NAMES}: «{name}»: имя ведёт наружу или повторено",
                "{SOURCE_NAMES}: «{name}»: the name leads outside, or stands twice"
            );
        }
        sources.push(Source { path, name, sha256: entry.checksums.sha256.clone() });
    }
    Ok(sources)
}

/// Returns whether every part of a path is a valid name on every system.
fn is_plain(path: &str) -> bool {
    !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "."))
}
