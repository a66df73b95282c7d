//! Lays papers into a folder that a person named, and says where they stand.

use std::path::Path;

use anyhow::{Context, Result};

use super::terminal::Terminal;
use crate::base::files::Document;
use crate::base::settings::Lang;
use crate::outputs::lay_papers;

/// Lays papers down; with a label, says where. What was in the way is always said.
pub(super) fn lay(
    terminal: &mut Terminal,
    folder: &Path,
    papers: &[Document],
    label: Option<&str>,
    lang: Lang,
) -> Result<()> {
    for laid in lay_papers(folder, papers).with_context(|| folder.display().to_string())? {
        if let Some(label) = label {
            terminal.line(&format!("{label}: {}", laid.path.display()));
        }
        if let Some(aside) = laid.set_aside.filter(|_| label.is_some()) {
            let ru = "прежний файл с этим именем правили, он сохранён здесь";
            let en = "the earlier file of this name was edited, it is kept here";
            terminal.line(&format!("  ! {}: {}", lang.pick(ru, en), aside.display()));
        }
    }
    Ok(())
}
