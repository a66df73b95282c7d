//! `letopis verify`: verifies bags, ZIPs of bags, archives with their register, and folders of them.

use std::path::Path;

use anyhow::Result;

use super::exit::Exit;
use super::own_templates;
use super::papers;
use super::terminal::Terminal;
use crate::base::said::{Tell, said};
use crate::base::settings;
use crate::base::shown;
use crate::commands::cli::{VerifyArgs, VerifyFormat};
use crate::outputs::store::ArchiveLock;
use crate::papers::Setting;
use crate::papers::protocol::{self, Circumstances};
use crate::pipeline::places;
use crate::register::Event;
use crate::store::{self, Amount};
use crate::verify::{RegisterReport, VerifyReport, verify_with_heads};

/// Verifies what was named.
pub(super) fn run(args: &VerifyArgs, terminal: &mut Terminal) -> Result<Exit> {
    let by = store::posts(&args.by)?;
    args.protocol.as_deref().map_or(Ok(()), places::refuse_in_bag_or_bundle)?;
    let own = own_templates::named(args.templates.as_deref())?;
    let (mut report, kept) = verified(args);
    report.is_strict = args.strict;
    match args.format {
        VerifyFormat::Json => terminal.line(&shown::json(&serde_json::to_string_pretty(&report.to_json())?)),
        VerifyFormat::Csv => terminal.line(String::from_utf8(protocol::csv(&report)?)?.trim_end()),
        VerifyFormat::Text => terminal.report(&report),
    }
    // Programs read the other forms: there the exit code alone speaks.
    let mut exit = if args.format == VerifyFormat::Text { own.tell(terminal) } else { Exit::Done };
    if let Some(folder) = &args.protocol {
        let setting = Setting { templates: own.templates, keeps_views: args.keep_data };
        exit = exit.max(write_protocol(terminal, &report, (folder, args, &by), &setting)?);
    }
    // The findings are printed before an error of the record.
    kept.told(|| said!("запись о проверке по частям", "the record of the check in parts"))?;
    if is_recorded(terminal, &report, args) {
        record(terminal, &report, (args.format, &by))?;
    }
    Ok(worse(verdict_exit(&report), exit))
}

fn verdict_exit(report: &VerifyReport) -> Exit {
    match report.exit_code() {
        0 => Exit::Done,
        1 => Exit::DataAtFault,
        3 => Exit::Warnings,
        _ => Exit::CouldNot,
    }
}

/// Of the verdict and what became of the protocol: 2 comes before 1, and 1 before 3.
fn worse(one: Exit, other: Exit) -> Exit {
    let order = [Exit::CouldNot, Exit::DataAtFault, Exit::Warnings];
    order.into_iter().find(|exit| [one, other].contains(exit)).unwrap_or(Exit::Done)
}

/// Verifies everything, or as much as requested. Writing the record may fail separately.
fn verified(args: &VerifyArgs) -> (VerifyReport, Result<()>) {
    if args.part.is_none() && args.time.is_none() {
        return (verify_with_heads(&args.paths, &args.head), Ok(()));
    }
    let amount = Amount { part: args.part, time: args.time.clone() };
    let (mut report, kept) = store::verify_in_parts(&args.paths, amount);
    report.hold_against(&args.head);
    (report, kept)
}

/// Asks whether to record the verification in the register; if nobody can answer, explains how.
fn is_recorded(terminal: &mut Terminal, report: &VerifyReport, args: &VerifyArgs) -> bool {
    let is_sound = |register: &&RegisterReport| register.is_sound;
    let mut archives =
        report.registers.iter().filter(is_sound).filter_map(|own| Path::new(&own.path).parent());
    let is_worth = archives.any(|archive| !recordable(report, archive).is_empty());
    if args.record || args.no_record || !is_worth || args.format != VerifyFormat::Text {
        return args.record;
    }
    let question = said!(
        "Внести в реестр, что эти пакеты проверены?",
        "Enter in the register that these bags were verified?"
    );
    terminal.ask(&question).unwrap_or_else(|| {
        terminal.say(said!(
            "В реестр проверка не внесена; чтобы внести, добавьте --record, чтобы не спрашивать — --no-record",
            "The register does not know of this verification; --record enters it, --no-record keeps silent"
        ));
        false
    })
}

/// Returns the sound bags of an archive, each with the note for the register, and the moment if it was an
/// earlier one.
fn recordable(report: &VerifyReport, archive: &Path) -> Vec<(String, String, Option<String>)> {
    let inside =
        |path: &String| Some(Path::new(path).strip_prefix(archive).ok()?.to_string_lossy().into_owned());
    let valid = report.bags.iter().filter(|bag| bag.valid).filter_map(|bag| inside(&bag.path));
    let whole = store::read_whole(report, archive);
    let whole = whole.into_iter().map(|(name, note, until)| (name.into(), note, Some(until)));
    valid.map(|name| (name, String::new(), None)).chain(whole).collect()
}

/// Writes the protocol for the archivist to sign, for any verdict.
fn write_protocol(
    terminal: &mut Terminal,
    report: &VerifyReport,
    (folder, args, by): (&Path, &VerifyArgs, &str),
    setting: &Setting,
) -> Result<Exit> {
    let roots = report.registers.iter().filter_map(|register| Path::new(&register.path).parent());
    let media = roots.filter_map(store::medium_of).map(|medium| medium.to_string());
    let circumstances = Circumstances {
        media: args.medium.as_ref().map_or_else(|| media.collect(), |medium| vec![medium.clone()]),
        place: args.place.clone(),
        by: by.to_owned(),
    };
    let as_of = args.as_of.unwrap_or_else(settings::today);
    let papers = protocol::protocol(report, as_of, &circumstances, setting)?;
    let label = (args.format == VerifyFormat::Text).then(|| said!("протокол", "protocol"));
    papers::write_all(terminal, folder, &papers, label.as_ref())
}

/// Records the sound bags in their registers; a damaged register takes no entries.
fn record(terminal: &mut Terminal, report: &VerifyReport, (format, by): (VerifyFormat, &str)) -> Result<()> {
    for register in report.registers.iter().filter(|it| it.is_sound && !store::is_copy_beside(report, it)) {
        let Some(archive) = Path::new(&register.path).parent() else { continue };
        let _lock = ArchiveLock::take(archive)?;
        let mut register = store::sound_register(archive)?;
        let moment = settings::now(&register.offset());
        let states = register.states();
        for (name, note, until) in recordable(report, archive) {
            let Some(state) = states.get(name.as_str()).filter(|state| state.is_kept()) else { continue };
            // A round is recorded once.
            let is_known =
                until.is_some_and(|until| state.verified.as_ref().is_some_and(|known| *known >= until));
            if !is_known {
                store::add_event(&mut register, Event::Verified, &name, (&note, by), &moment)?;
                store::note_signatures(&mut register, archive, &name, (by, &moment))?;
            }
        }
        store::write_register(archive, &register)?;
        if format == VerifyFormat::Text {
            super::archive::head(terminal, &register);
        }
    }
    Ok(())
}
