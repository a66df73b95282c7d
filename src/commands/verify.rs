//! `letopis verify`: judges bags, ZIPs of bags, archives with their register, and folders of them.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Exit;
use super::terminal::Terminal;
use crate::archive::register::Event;
use crate::archive::verify::{self, VerifyReport, verify_with_heads};
use crate::cli::{Format, VerifyArgs};
use crate::editions;
use crate::outputs::store::ArchiveLock;
use crate::settings::{self, Lang};

/// Verifies what was named.
pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Result<Exit> {
    let report = verify_with_heads(&args.paths, &args.head);
    let text = match args.format {
        Format::Json => serde_json::to_string_pretty(&report.to_json())?,
        Format::Text => report.to_text(lang.pick(verify::Lang::Ru, verify::Lang::En)).trim_end().to_owned(),
    };
    let mut terminal = Terminal::new(lang);
    terminal.line(&text);
    if args.record {
        record(&mut terminal, &report, args.format, lang)?;
    }
    Ok(match report.exit_code() {
        0 => Exit::Done,
        1 => Exit::DataAtFault,
        _ => Exit::CouldNot,
    })
}

/// Enters the sound bags in their registers; a register that is not sound takes nothing.
fn record(terminal: &mut Terminal, report: &VerifyReport, format: Format, lang: Lang) -> Result<()> {
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
                editions::add_event(&mut register, Event::Verified, &name, "", &moment)?;
            }
        }
        editions::write_register(archive, &register)?;
        if format == Format::Text {
            super::archive::head(terminal, &register, lang);
        }
    }
    Ok(())
}
