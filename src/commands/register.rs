//! `letopis register`: shows the register's state of each bag, or adds an event that people report.

use anyhow::{Result, bail};

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::base::settings;
use crate::commands::cli::{EventArg, RegisterArgs};
use crate::register::{BagState, Event, day_of};
use crate::store::{self, Entering};

/// Shows the register, or adds an event and shows it.
pub(super) fn run(args: &RegisterArgs, lang: Lang) -> Result<Exit> {
    let register = match (args.event, &args.bag, &args.note) {
        (Some(event), Some(bag), Some(note)) => {
            let event = match event {
                EventArg::HandedOver => Event::HandedOver,
                EventArg::Destroyed => Event::Destroyed,
                EventArg::Reversed => Event::Reversed,
            };
            if args.entry.is_some() && event != Event::Reversed {
                let (ru, en) = ("--entry бывает только у reversed", "--entry goes with reversed only");
                bail!("{}", lang.pick(ru, en));
            }
            let (bag, note) = (bag.clone(), note.clone());
            let entering = Entering { event, bag, note, by: args.by.clone(), entry: args.entry };
            store::enter(&args.archive, &entering, settings::today())?
        }
        _ => store::registered(&args.archive)?,
    };
    let mut terminal = Terminal::new(lang);
    for (bag, state) in register.states() {
        terminal.line(&format!("{bag}: {}", describe(&state, lang)));
    }
    super::archive::head(&mut terminal, &register, lang);
    Ok(Exit::Done)
}

/// `издание 1 от 2026-07-01, проверено 2026-07-01, копий 2, заменено`
fn describe(state: &BagState, lang: Lang) -> String {
    let mut parts =
        vec![format!("{} {} {}", lang.pick("издание", "edition"), state.edition, day_of(&state.created))];
    match &state.verified {
        Some(moment) => parts.push(format!("{} {}", lang.pick("проверено", "verified"), day_of(moment))),
        None => parts.push(lang.pick("не проверялось", "never verified").to_owned()),
    }
    parts.push(format!("{} {}", lang.pick("копий", "copies"), state.media().len()));
    if state.is_superseded {
        parts.push(lang.pick("есть более новое", "superseded").to_owned());
    }
    let ends = [
        (&state.handed_over, lang.pick("передано", "handed over")),
        (&state.destroyed, lang.pick("уничтожено", "destroyed")),
    ];
    if !state.reversed.is_empty() {
        let numbers: Vec<String> = state.reversed.iter().map(|number| format!("№ {number}")).collect();
        let word = lang.pick("отменены записи", "entries reversed");
        parts.push(format!("{word} {}", numbers.join(", ")));
    }
    parts.extend(ends.iter().filter_map(|(end, word)| Some(format!("{word} {}", day_of(end.as_ref()?)))));
    parts.join(", ")
}
