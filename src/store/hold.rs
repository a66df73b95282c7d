//! `hold.toml`: record files that may not be destroyed, whatever their term. People write it by hand, beside
//! the register.
//!
//! ```toml
//! [[hold]]
//! bag = "journals-2025-2026"   # a file, an edition (…-ed1), a school year (2025-2026), or "*" for everything
//! reason = "запрос прокуратуры № 12"
//! until = "2033-05-31"         # the last day; without it until the lines are deleted
//! ```

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use serde::Deserialize;

use super::names::HOLD;
use super::record_file::{Obstacle, RecordFile};
use super::state::read_day;
use crate::base::files::read_text;
use crate::base::inside::BagName;
use crate::base::limits;
use crate::base::said::{AtPlace, Said, Tell, said};

/// The hint for a file that cannot be understood.
const SAMPLE: Said<&str> = Said::fixed(
    "пишут так: [[hold]] / bag = \"journals-2025-2026\" / reason = \"запрос № 12\" / until = \"2033-05-31\", \
     каждое с новой строки",
    "write it so: [[hold]] / bag = \"journals-2025-2026\" / reason = \"request no. 12\" / until = \"2033-05-31\", \
     each on a line of its own",
);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holds {
    #[serde(default)]
    hold: Vec<Hold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hold {
    /// Name of a record file or of an edition, a school year, or `*`.
    bag: String,
    reason: String,
    until: Option<String>,
}

impl Holds {
    /// Reads the holds of an archive; there may be none.
    ///
    /// # Errors
    /// When the file cannot be understood: a misread hold could cost a record file.
    pub(super) fn read(archive: &Path) -> Result<Self> {
        let path = archive.join(HOLD);
        let text = match read_text(&path, limits::SETTINGS_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).at(&path),
        };
        let understood = || said!("{}: {}", "{}: {}", path.display(), SAMPLE);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let holds: Self = toml::from_str(text).told(understood)?;
        for hold in &holds.hold {
            hold.until().told(|| Said::same(format!("{}: until", path.display())))?;
            if hold.bag != "*" {
                BagName::new(hold.bag.as_str()).told(|| Said::same(format!("{}: bag", path.display())))?;
            }
        }
        Ok(holds)
    }

    /// Returns what forbids the destruction of a record file at a date.
    pub(super) fn of(&self, file: &RecordFile, as_of: Date) -> Vec<Obstacle> {
        let obstacle = |hold: &Hold| {
            let until = hold.until().ok().flatten();
            let is_over = until.is_some_and(|until| until < as_of);
            (!is_over).then(|| Obstacle::Hold { reason: hold.reason.clone(), until })
        };
        self.hold.iter().filter(|hold| hold.names(file)).filter_map(obstacle).collect()
    }
}

impl Hold {
    fn names(&self, file: &RecordFile) -> bool {
        self.bag == "*"
            || self.bag == file.name
            || self.bag == file.school_year
            || file.editions.iter().any(|(bag, _)| *bag == self.bag)
    }

    fn until(&self) -> Result<Option<Date>> {
        self.until.as_deref().map(read_day).transpose()
    }
}

/// Returns names in holds that match no record file of the archive: most likely typing mistakes.
///
/// # Errors
/// When the file cannot be understood.
pub fn unmatched_holds(archive: &Path, files: &[RecordFile]) -> Result<Vec<String>> {
    let holds = Holds::read(archive)?;
    let is_strange = |hold: &&Hold| hold.bag != "*" && !files.iter().any(|file| hold.names(file));
    Ok(holds.hold.iter().filter(is_strange).map(|hold| hold.bag.clone()).collect())
}
