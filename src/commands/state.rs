//! `letopis state`: the state of a year on one page, and the work left until 30 June.

use anyhow::Result;
use jiff::civil::Date;

use super::exit::Exit;
use super::own_templates;
use super::papers;
use super::terminal::Terminal;
use crate::base::said::{Said, said};
use crate::base::settings;
use crate::base::shown;
use crate::commands::cli::StateArgs;
use crate::papers::{Setting, state_page};
use crate::pipeline::places;
use crate::register::{BagState, day_of};
use crate::store::{YearState, notes_name, start_notes, year_state};
use crate::verify::checks::Progress;

/// Shows the state of every year that was named.
pub(super) fn run(args: &StateArgs, terminal: &mut Terminal) -> Result<Exit> {
    args.page.as_deref().map_or(Ok(()), places::refuse_in_bag_or_bundle)?;
    let own = own_templates::named(args.templates.as_deref())?;
    let mut exit = own.tell(terminal);
    let setting = Setting { templates: own.templates, keeps_views: args.keep_data };
    let as_of = args.as_of.unwrap_or_else(settings::today);
    for year in &args.years {
        let state = year_state(year, &args.archive, as_of)?;
        show(terminal, &state);
        notes(terminal, &state, args)?;
        if let Some(folder) = &args.page {
            let label = said!("  страница", "  page");
            let page = state_page(&state, as_of, &setting)?;
            exit = exit.max(papers::write_all(terminal, folder, &page, Some(&label))?);
        }
    }
    Ok(exit)
}

/// Reports where days are noted by hand, and starts that file if requested.
fn notes(terminal: &mut Terminal, state: &YearState, args: &StateArgs) -> Result<()> {
    let path = args.archive.join(notes_name(&state.year));
    if args.start_notes && start_notes(state, &args.archive)? {
        terminal.say(said!(
            "  {}: впишите дни закрытия, печати и подписания",
            "  {}: note the days of closing, printing and signing in it",
            path.display()
        ));
    } else if !path.exists() {
        terminal.say(said!(
            "  ! {}: отметок о классах ещё нет; начать файл для них: --start-notes",
            "  ! {}: no notes on classes yet; --start-notes begins their file",
            path.display()
        ));
    }
    Ok(())
}

fn show(terminal: &mut Terminal, state: &YearState) {
    let year = &state.year;
    terminal.say(match state.days_left {
        days @ 0.. => said!("{year}: дней до 30 июня: {days}", "{year}: days to 30 June: {days}"),
        days => said!("{year}: 30 июня прошло, дней: {}", "{year}: 30 June is past, days: {}", -days),
    });
    classes(terminal, state);
    for class in &state.unknown {
        terminal.say(said!(
            "  ! {} «{class}»: отмечен, но журнала такого класса нет",
            "  ! {} «{class}»: noted, but there is no such journal",
            notes_name(year)
        ));
    }
    if state.editions.is_empty() {
        terminal.say(said!(
            "  ! в архив ещё не положено: letopis archive",
            "  ! not archived yet: letopis archive"
        ));
    }
    for (bag, edition) in &state.editions {
        terminal.say(said!("  {bag}: {}", "  {bag}: {}", safety(edition)));
        if let Some(progress) = state.parts.get(bag) {
            in_part(terminal, progress);
        }
    }
}

fn classes(terminal: &mut Terminal, state: &YearState) {
    terminal.say(said!(
        "  {:<8} {:<10} {:<10} {:<10}",
        "  {:<8} {:<10} {:<10} {:<10}",
        Said::fixed("класс", "class"),
        Said::fixed("закрыт", "closed"),
        Said::fixed("напечатан", "printed"),
        Said::fixed("подписан", "signed")
    ));
    let day = |date: Option<Date>| date.map_or("—".to_owned(), |date| date.to_string());
    for (class, note) in &state.classes {
        let days = [note.closed, note.printed, note.signed].map(day);
        terminal.line(&format!("  {class:<8} {:<10} {:<10} {:<10}", days[0], days[1], days[2]));
    }
    let signed = state.classes.iter().filter(|(_, note)| note.signed.is_some()).count();
    let all = state.classes.len();
    terminal.say(said!("  подписано: {signed} из {all}", "  signed: {signed} of {all}"));
}

/// Says how far a check in parts has come, and what it found.
fn in_part(terminal: &mut Terminal, progress: &Progress) {
    if let Some((since, until)) = &progress.whole {
        let (since, until) = (day_of(since), day_of(until));
        terminal.say(said!(
            "    проверка по частям: прочитано целиком {since} – {until}",
            "    check in parts: read whole {since} – {until}"
        ));
    }
    if let (false, Some(began), Some(last)) = (progress.is_whole, &progress.began, &progress.last) {
        let (percent, began, last) = (progress.read.percent(), day_of(began), day_of(last));
        terminal.say(said!(
            "    проверка по частям: прочитано {percent} % с {began}, последняя часть {last}",
            "    check in parts: read {percent} % since {began}, last part {last}"
        ));
    }
    for path in &progress.faults {
        let path = shown::line(path);
        terminal.say(said!("    ! {path}: ПОВРЕЖДЁН", "    ! {path}: DAMAGED"));
    }
}

/// What an edition lacks to be safe: a verification, and two copies (main and working).
fn safety(state: &BagState) -> Said {
    let verified = match state.verified.as_deref().map(day_of) {
        Some(day) => said!("проверено {day}", "verified {day}"),
        None => said!("НЕ ПРОВЕРЕНО", "NOT VERIFIED"),
    };
    let media = state.media();
    let count = media.len();
    let media = media.into_iter().collect::<Vec<_>>().join("; ");
    let copies = match count {
        0 => said!("НЕ СКОПИРОВАНО", "NOT COPIED"),
        1 => said!("ТОЛЬКО ОДНА КОПИЯ: {media}", "ONE COPY ONLY: {media}"),
        _ => said!("копии: {media}", "copies: {media}"),
    };
    Said::join([verified, copies], ", ")
}
