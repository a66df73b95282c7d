//! Writes papers into a folder that a person named, and reports their places and faults.

use std::path::Path;

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::files::Document;
use crate::base::said::{AtPlace, Said, said};
use crate::outputs::lay_papers;
use crate::papers::Papers;

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

/// Writes papers and, where they are kept, the views they were set from. A paper whose template has a fault is said
/// and missing; all else is written.
pub(super) fn write_all(
    terminal: &mut Terminal,
    folder: &Path,
    papers: &Papers,
    label: Option<&Said>,
) -> Result<Exit> {
    write(terminal, folder, &papers.documents, label)?;
    write(terminal, folder, &papers.views, None)?;
    if let (Some(_), Some(view)) = (label, papers.views.first()) {
        let place = folder.join(&view.path);
        terminal.say(said!(
            "  данные, шаблоны и шрифты к ним: {}",
            "  their data, templates and fonts: {}",
            place.parent().unwrap_or(folder).display()
        ));
    }
    let Some(fault) = &papers.fault else { return Ok(Exit::Done) };
    if label.is_some() {
        terminal.say(said!("  ! {}: {}", "  ! {}: {}", fault.path, fault.said()));
    }
    Ok(Exit::CouldNot)
}
