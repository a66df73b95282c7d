//! `letopis verify`: judges bags, ZIPs of bags, archives with their register, and folders of them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Exit;
use super::terminal::Terminal;
use crate::archive::register::Event;
use crate::archive::verify::{self, VerifyReport, verify_with_heads};
use crate::cli::{VerifyArgs, VerifyFormat};
use crate::editions;
use crate::outputs::store::{ArchiveLock, make_folder, replace_file};
use crate::protocol::{self, Circumstances};
use crate::settings::{self, Lang};
use crate::shown;

/// Verifies what was named.
pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Result<Exit> {
    let by = editions::posts(&args.by)?;
    let mut report = verify_with_heads(&args.paths, &args.head);
    report.is_strict = args.strict;
    let text = match args.format {
        VerifyFormat::Json => shown::json(&serde_json::to_string_pretty(&report.to_json())?).into_owned(),
        VerifyFormat::Csv => String::from_utf8(protocol::csv(&report)?)?.trim_end().to_owned(),
        VerifyFormat::Text => {
            report.to_text(lang.pick(verify::Lang::Ru, verify::Lang::En)).trim_end().to_owned()
        }
    };
    let mut terminal = Terminal::new(lang);
    terminal.line(&text);
    if let Some(folder) = &args.protocol {
        write_protocol(&mut terminal, &report, (folder, args, &by), lang)?;
    }
    if args.record {
        record(&mut terminal, &report, (args.format, &by), lang)?;
    }
    Ok(match report.exit_code() {
        0 => Exit::Done,
        1 => Exit::DataAtFault,
        3 => Exit::Warnings,
        _ => Exit::CouldNot,
    })
}

/// Writes what the archivist signs, whatever the verdict.
fn write_protocol(
    terminal: &mut Terminal,
    report: &VerifyReport,
    (folder, args, by): (&Path, &VerifyArgs, &str),
    lang: Lang,
) -> Result<()> {
    let roots = report.registers.iter().filter_map(|register| Path::new(&register.path).parent());
    let media = roots.filter_map(editions::medium_of).map(|medium| medium.to_string());
    let circumstances = Circumstances {
        media: args.medium.as_ref().map_or_else(|| media.collect(), |medium| vec![medium.clone()]),
        place: args.place.clone(),
        by: by.to_owned(),
    };
    make_folder(folder).with_context(|| folder.display().to_string())?;
    for document in protocol::protocol(report, args.as_of.unwrap_or_else(settings::today), &circumstances)? {
        let path = folder.join(&document.path);
        replace_file(&path, &document.bytes).with_context(|| path.display().to_string())?;
        if args.format == VerifyFormat::Text {
            terminal.line(&format!("{}: {}", lang.pick("протокол", "protocol"), path.display()));
        }
    }
    Ok(())
}

/// Enters the sound bags in their registers; a register that is not sound takes nothing.
fn record(
    terminal: &mut Terminal,
    report: &VerifyReport,
    (format, by): (VerifyFormat, &str),
    lang: Lang,
) -> Result<()> {
    for register in report.registers.iter().filter(|register| register.is_sound) {
        let Some(archive) = Path::new(&register.path).parent() else { continue };
        let sound: Vec<PathBuf> =
            report.bags.iter().filter(|bag| bag.valid).map(|bag| PathBuf::from(&bag.path)).collect();
        let _lock = ArchiveLock::take(archive)?;
        let mut register = editions::sound_register(archive)?;
        let moment = settings::now(&register.offset());
        let states = register.states();
        let inside = sound.iter().filter_map(|path| path.strip_prefix(archive).ok());
        for name in inside.map(|path| path.to_string_lossy()) {
            if states.get(name.as_ref()).is_some_and(|state| state.is_kept()) {
                editions::add_event(&mut register, Event::Verified, &name, ("", by), &moment)?;
                editions::note_signatures(&mut register, archive, &name, (by, &moment))?;
            }
        }
        editions::write_register(archive, &register)?;
        if format == VerifyFormat::Text {
            super::archive::head(terminal, &register, lang);
        }
    }
    Ok(())
}
