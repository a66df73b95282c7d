//! `letopis register`: shows the register's state of each bag, or adds an event that people report.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Said, refuse, said};
use crate::base::settings;
use crate::commands::cli::{EventArg, RegisterArgs};
use crate::register::{BagState, Event, day_of};
use crate::store::{self, Entering};

/// Shows the register, or adds an event and shows it.
pub(super) fn run(args: &RegisterArgs, terminal: &mut Terminal) -> Result<Exit> {
    let register = match (args.event, &args.bag, &args.note) {
        (Some(event), Some(bag), Some(note)) => {
            let event = match event {
                EventArg::HandedOver => Event::HandedOver,
                EventArg::Destroyed => Event::Destroyed,
                EventArg::Reversed => Event::Reversed,
            };
            if args.entry.is_some() && event != Event::Reversed {
                refuse!("--entry бывает только у reversed", "--entry goes with reversed only");
            }
            let (bag, note) = (bag.clone(), note.clone());
            let entering = Entering { event, bag, note, by: args.by.clone(), entry: args.entry };
            store::enter(&args.archive, &entering, settings::today())?
        }
        _ => store::registered(&args.archive)?,
    };
    for (bag, state) in register.states() {
        terminal.say(said!("{bag}: {}", "{bag}: {}", describe(&state)));
    }
    super::archive::head(terminal, &register);
    Ok(Exit::Done)
}

/// `издание 1 от 2026-07-01, проверено 2026-07-01, копий 2, заменено`
fn describe(state: &BagState) -> Said {
    let (edition, created) = (state.edition, day_of(&state.created));
    let mut parts = vec![said!("издание {edition} {created}", "edition {edition} {created}")];
    parts.push(match state.verified.as_deref().map(day_of) {
        Some(day) => said!("проверено {day}", "verified {day}"),
        None => said!("не проверялось", "never verified"),
    });
    let copies = state.media().len();
    parts.push(said!("копий {copies}", "copies {copies}"));
    if state.is_superseded {
        parts.push(said!("есть более новое", "superseded"));
    }
    if !state.reversed.is_empty() {
        let numbers = state.reversed.iter().map(|number| said!("№ {number}", "no. {number}"));
        let numbers = Said::join(numbers, ", ");
        parts.push(said!("отменены записи {}", "entries reversed {}", numbers));
    }
    if let Some(day) = state.handed_over.as_deref().map(day_of) {
        parts.push(said!("передано {day}", "handed over {day}"));
    }
    if let Some(day) = state.destroyed.as_deref().map(day_of) {
        parts.push(said!("уничтожено {day}", "destroyed {day}"));
    }
    Said::join(parts, ", ")
}
