//! `letopis init`: a new bundle for a school to fill. It never touches a folder that is not empty.

use std::path::Path;

use anyhow::{Result, bail};

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{AtPlace, Lang};
use crate::commands::cli::InitArgs;
use crate::new_bundle;
use crate::outputs::Staging;

/// Writes the files of a new bundle.
pub(super) fn run(args: &InitArgs, lang: Lang) -> Result<Exit> {
    let folder = &args.folder;
    if has_content(folder)? {
        let ru = "здесь уже что-то есть; назовите папку, которой ещё нет или в которой пусто";
        let en = "there is something here already; name a folder that does not exist yet, or is empty";
        bail!("{}: {}", folder.display(), lang.pick(ru, en));
    }
    let staging = Staging::begin(folder)?;
    let mut terminal = Terminal::new(lang);
    for document in new_bundle::documents()? {
        staging.write(&document)?;
        terminal.line(&format!("  {}", folder.join(&document.path).display()));
    }
    staging.publish()?;
    let (ru, en) = ("начните с", "begin with");
    terminal.line(&format!("{}: {}", lang.pick(ru, en), folder.join(new_bundle::README).display()));
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
