//! `letopis init`: a new bundle for a school to fill. It never touches a folder that is not empty.

use std::path::Path;

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{AtPlace, refuse, said};
use crate::commands::cli::InitArgs;
use crate::new_bundle;
use crate::outputs::Staging;

/// Writes the files of a new bundle.
pub(super) fn run(args: &InitArgs, terminal: &mut Terminal) -> Result<Exit> {
    let folder = &args.folder;
    if has_content(folder)? {
        refuse!(
            "{}: здесь уже что-то есть; назовите папку, которой ещё нет или в которой пусто",
            "{}: there is something here already; name a folder that does not exist yet, or is empty",
            folder.display()
        );
    }
    let staging = Staging::begin(folder)?;
    for document in new_bundle::documents()? {
        staging.write(&document)?;
        terminal.line(&format!("  {}", folder.join(&document.path).display()));
    }
    staging.publish()?;
    let readme = folder.join(new_bundle::README);
    terminal.say(said!("начните с: {}", "begin with: {}", readme.display()));
    Ok(Exit::Done)
}

fn has_content(folder: &Path) -> Result<bool> {
    // A dangling link counts as something too.
    if folder.symlink_metadata().is_err() {
        return Ok(false);
    }
    let mut entries = folder.read_dir().at(folder)?;
    Ok(entries.next().is_some())
}
