//! `letopis state`: the state of a year on one page, and the work left until 30 June.

use anyhow::Result;
use jiff::civil::Date;

use super::exit::Exit;
use super::papers;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::base::settings;
use crate::base::shown;
use crate::commands::cli::StateArgs;
use crate::papers::state_page;
use crate::pipeline::places;
use crate::register::{BagState, day_of};
use crate::store::{YearState, notes_name, start_notes, year_state};
use crate::verify::checks::Progress;

/// Shows the state of every year that was named.
pub(super) fn run(args: &StateArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    args.page.as_deref().map_or(Ok(()), places::keep_off_bags_and_bundles)?;
    let as_of = args.as_of.unwrap_or_else(settings::today);
    for year in &args.years {
        let state = year_state(year, &args.archive, as_of)?;
        show(&mut terminal, &state, lang);
        notes(&mut terminal, &state, args, lang)?;
        if let Some(folder) = &args.page {
            let label = lang.pick("  страница", "  page");
            papers::lay(&mut terminal, folder, &[state_page(&state, as_of)?], Some(label), lang)?;
        }
    }
    Ok(Exit::Done)
}

/// Reports where days are noted by hand, and starts that file if requested.
fn notes(terminal: &mut Terminal, state: &YearState, args: &StateArgs, lang: Lang) -> Result<()> {
    let path = args.archive.join(notes_name(&state.year));
    if args.start_notes && start_notes(state, &args.archive)? {
        let text = lang.pick("впишите дни закрытия, печати и подписания", "note the days in it");
        terminal.line(&format!("  {}: {text}", path.display()));
    } else if !path.exists() {
        let text = lang.pick(
            "отметок о классах ещё нет; начать файл для них: --start-notes",
            "no notes on classes yet; --start-notes begins their file",
        );
        terminal.line(&format!("  ! {}: {text}", path.display()));
    }
    Ok(())
}

fn show(terminal: &mut Terminal, state: &YearState, lang: Lang) {
    let left = match state.days_left {
        days @ 0.. => format!("{}: {days}", lang.pick("дней до 30 июня", "days to 30 June")),
        days => format!("{}: {}", lang.pick("30 июня прошло, дней", "30 June is past, days"), -days),
    };
    terminal.line(&format!("{}: {left}", state.year));
    let heads = [("класс", "class"), ("закрыт", "closed"), ("напечатан", "printed"), ("подписан", "signed")];
    let heads = heads.map(|(ru, en)| lang.pick(ru, en));
    terminal.line(&format!("  {:<8} {:<10} {:<10} {:<10}", heads[0], heads[1], heads[2], heads[3]));
    let day = |date: Option<Date>| date.map_or("—".to_owned(), |date| date.to_string());
    for (class, note) in &state.classes {
        let days = [note.closed, note.printed, note.signed].map(day);
        terminal.line(&format!("  {class:<8} {:<10} {:<10} {:<10}", days[0], days[1], days[2]));
    }
    let signed = state.classes.iter().filter(|(_, note)| note.signed.is_some()).count();
    let (label, of) = (lang.pick("подписано", "signed"), lang.pick("из", "of"));
    terminal.line(&format!("  {label}: {signed} {of} {}", state.classes.len()));
    for class in &state.unknown {
        let text = lang.pick("отмечен, но журнала такого класса нет", "noted, but there is no such journal");
        terminal.line(&format!("  ! {} «{class}»: {text}", notes_name(&state.year)));
    }
    if state.editions.is_empty() {
        let text = lang.pick("в архив ещё не положено: letopis archive", "not archived yet: letopis archive");
        terminal.line(&format!("  ! {text}"));
    }
    for (bag, edition) in &state.editions {
        terminal.line(&format!("  {bag}: {}", safety(edition, lang)));
        if let Some(progress) = state.parts.get(bag) {
            in_part(terminal, progress, lang);
        }
    }
}

/// Reports the progress and the findings of a check in parts.
fn in_part(terminal: &mut Terminal, progress: &Progress, lang: Lang) {
    let label = lang.pick("проверка по частям", "check in parts");
    if let Some((since, until)) = &progress.whole {
        let whole = lang.pick("прочитано целиком", "read whole");
        terminal.line(&format!("    {label}: {whole} {} – {}", day_of(since), day_of(until)));
    }
    if let (false, Some(began), Some(last)) = (progress.is_whole, &progress.began, &progress.last) {
        let (read, since) = (lang.pick("прочитано", "read"), lang.pick("с", "since"));
        let latest = lang.pick("последняя часть", "last part");
        let percent = progress.read.percent();
        terminal.line(&format!(
            "    {label}: {read} {percent} % {since} {}, {latest} {}",
            day_of(began),
            day_of(last)
        ));
    }
    for path in &progress.faults {
        let damaged = lang.pick("ПОВРЕЖДЁН", "DAMAGED");
        terminal.line(&format!("    ! {}: {damaged}", shown::line(path)));
    }
}

/// What an edition still needs to be safe: a verification, and two copies (main and working).
fn safety(state: &BagState, lang: Lang) -> String {
    let verified = match &state.verified {
        Some(moment) => {
            format!("{} {}", lang.pick("проверено", "verified"), day_of(moment))
        }
        None => lang.pick("НЕ ПРОВЕРЕНО", "NOT VERIFIED").to_owned(),
    };
    let media = state.media();
    let copies = match media.len() {
        0 => lang.pick("НЕ СКОПИРОВАНО", "NOT COPIED").to_owned(),
        1 => format!(
            "{}: {}",
            lang.pick("ТОЛЬКО ОДНА КОПИЯ", "ONE COPY ONLY"),
            media.into_iter().collect::<String>()
        ),
        _ => {
            format!("{}: {}", lang.pick("копии", "copies"), media.into_iter().collect::<Vec<_>>().join("; "))
        }
    };
    format!("{verified}, {copies}")
}
