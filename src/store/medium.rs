//! The media with copies of an archive: the kind of copy, the name, the disk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::events::typed;
use super::names::{MEDIUM_LINE, README};
use crate::base::files::read_file;
use crate::base::limits;
use crate::base::said::{Said, refuse};
use crate::outputs::store::is_on_one_disk;
use crate::register::{REGISTER, Register, label_key, label_of};
use crate::verify::{RegisterReport, VerifyReport};

/// The kind of copy on a medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopyKind {
    /// The main copy (основной экземпляр), kept and not used.
    #[default]
    Main,
    /// The working copy (рабочий экземпляр), for readers.
    Working,
}

impl CopyKind {
    const ALL: [Self; 2] = [Self::Main, Self::Working];

    /// Returns what a copy of the kind is called.
    pub fn title(self) -> Said<&'static str> {
        match self {
            Self::Main => Said::fixed("основной экземпляр", "main copy"),
            Self::Working => Said::fixed("рабочий экземпляр", "working copy"),
        }
    }

    /// Returns the Russian words that stand in the register.
    pub fn words(self) -> &'static str {
        self.title().ru
    }
}

/// A medium as the register names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// The kind of copy on it.
    pub kind: CopyKind,
    /// Its name: no two media of an archive have the same.
    pub label: String,
}

impl std::fmt::Display for Medium {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.kind.words(), self.label)
    }
}

/// Returns the medium's own name, which its readme states from the first copy on.
pub fn medium_of(folder: &Path) -> Option<Medium> {
    let text =
        String::from_utf8_lossy(&read_file(&folder.join(README), limits::SETTINGS_BYTES).ok()?).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix(MEDIUM_LINE))?.trim();
    let (words, label) = line.split_once(": ")?;
    let kind = CopyKind::ALL.into_iter().find(|kind| kind.words() == words)?;
    Some(Medium { kind, label: label.trim().to_owned() })
}

/// Returns whether a register is on a medium and that of the archive was read too. An entry on the medium
/// alone would split the history, and the next copy brings the entry there anyway.
pub fn is_copy_beside(report: &VerifyReport, register: &RegisterReport) -> bool {
    let is_copy = |register: &RegisterReport| {
        Path::new(&register.path).parent().is_some_and(|folder| medium_of(folder).is_some())
    };
    is_copy(register) && report.registers.iter().any(|other| !is_copy(other))
}

/// Returns the name for a medium: its own, or the one requested, or its folder's.
///
/// # Errors
/// When the label is that of another medium, or the medium has another name.
pub(super) fn named(
    to: &Path,
    register: &Register,
    (kind, fallback): (Option<CopyKind>, CopyKind),
    label: Option<&str>,
) -> Result<Medium> {
    let label = label.map(|label| typed("--label", label)).transpose()?;
    let shown = to.display();
    if let Some(own) = medium_of(to) {
        if let Some(label) = label.filter(|label| label_key(label) != label_key(&own.label)) {
            refuse!(
                "{shown}: этот носитель подписан «{}», а не «{label}»; вставьте нужный или не указывайте --label",
                "{shown}: this medium is labelled «{}», not «{label}»; put in the right one or leave --label out",
                own.label
            );
        }
        return Ok(Medium { kind: kind.unwrap_or(own.kind), ..own });
    }
    let folder = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = label.unwrap_or(&folder);
    let is_taken = register
        .states()
        .values()
        .any(|state| state.media().iter().any(|medium| label_key(label_of(medium)) == label_key(name)));
    // A copy from before media stated their names is accepted if the user confirms it.
    let is_told = label.is_some() && to.join(REGISTER).is_file();
    if is_taken && !is_told {
        refuse!(
            "{shown}: носитель «{name}» в реестре уже есть; назовите этот иначе: --label \"диск 2\", и подпишите так \
             сам носитель",
            "{shown}: the register has a medium «{name}» already; call this one otherwise: --label \"disk 2\", and label \
             the medium itself so"
        );
    }
    let label = typed("--label", name)?.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Medium { kind: kind.unwrap_or(fallback), label })
}

/// Returns what else of the archive is on the disk of a medium: one failure would destroy both.
pub(super) fn on_same_disk(to: &Path, archive: &Path, others: &[PathBuf]) -> Vec<PathBuf> {
    let mut near = vec![archive.to_owned()];
    near.extend_from_slice(others);
    // Copies of earlier runs are found beside this one.
    let beside = fs::canonicalize(to).ok().and_then(|to| fs::read_dir(to.parent()?).ok());
    let mut beside: Vec<PathBuf> = beside.into_iter().flatten().flatten().map(|item| item.path()).collect();
    beside.sort();
    near.extend(beside.into_iter().filter(|path| path.join(REGISTER).is_file() && medium_of(path).is_some()));
    let place = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let own = place(&to.to_owned());
    let mut seen = vec![own];
    near.retain(|path| {
        let place = place(path);
        let is_new = !seen.contains(&place);
        seen.push(place);
        is_new && is_on_one_disk(to, path)
    });
    near
}
