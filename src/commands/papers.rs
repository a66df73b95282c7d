//! Writes papers into a folder that a person named, and reports their places.

use std::path::Path;

use anyhow::Result;

use super::terminal::Terminal;
use crate::base::files::Document;
use crate::base::said::{AtPlace, Said, said};
use crate::outputs::lay_papers;

/// Writes papers; with a label, reports their places. Files that were in the way are always reported.
pub(super) fn write(
    terminal: &mut Terminal,
    folder: &Path,
    papers: &[Document],
    label: Option<&Said>,
) -> Result<()> {
    for laid in lay_papers(folder, papers).at(folder)? {
        if let Some(label) = label {
            terminal.say(said!("{}: {}", "{}: {}", label, laid.path.display()));
        }
        if let Some(aside) = laid.set_aside.filter(|_| label.is_some()) {
            terminal.say(said!(
                "  ! прежний файл с этим именем правили, он сохранён здесь: {}",
                "  ! the earlier file of this name was edited, it is kept here: {}",
                aside.display()
            ));
        }
    }
    Ok(())
}
