//! `letopis retention`: how long each record file of the archive is kept, which terms end, and the draft of
//! the act.

use anyhow::Result;
use jiff::civil::Date;

use super::exit::Exit;
use super::own_templates;
use super::papers;
use super::terminal::Terminal;
use crate::base::said::{Said, said};
use crate::base::settings;
use crate::commands::cli::RetentionArgs;
use crate::papers::{Setting, act};
use crate::pipeline::places;
use crate::store::{Fate, HOLD, RecordFile, record_files, unmatched_holds};

/// Shows the terms, and writes the draft if requested.
pub(super) fn run(args: &RetentionArgs, terminal: &mut Terminal) -> Result<Exit> {
    args.act.as_deref().map_or(Ok(()), places::refuse_in_bag_or_bundle)?;
    let own = own_templates::named(args.templates.as_deref())?;
    let mut exit = own.tell(terminal);
    let as_of = args.as_of.unwrap_or_else(settings::today);
    let files = record_files(&args.archive, as_of)?;
    for file in &files {
        terminal.say(said!("{}: {}", "{}: {}", file.name, describe(file, as_of)));
        if file.fate(as_of) != Fate::Gone {
            for obstacle in &file.obstacles {
                terminal.say(said!(
                    "  ! нельзя уничтожать: {}",
                    "  ! may not be destroyed: {}",
                    obstacle.reason()
                ));
            }
        }
    }
    for name in unmatched_holds(&args.archive, &files)? {
        terminal.say(said!(
            "! {HOLD}: «{name}»: такого дела, издания и года в реестре нет; проверьте название",
            "! {HOLD}: «{name}»: the register has no such file, edition or year; check the name"
        ));
    }
    let this_year = files.iter().filter(|file| falls_due(file, as_of)).count();
    let due = files.iter().filter(|file| file.fate(as_of) == Fate::Due).count();
    terminal.say(said!(
        "срок истекает в {}: {this_year}; можно внести в акт: {due}",
        "terms ending in {}: {this_year}; may be named in an act: {due}",
        as_of.year()
    ));
    if let (Some(_), 0) = (&args.act, due) {
        terminal.say(said!(
            "проект акта не составлен: вносить в него нечего",
            "no act was drafted: nothing may be named in it"
        ));
    } else if let Some(folder) = &args.act {
        let label = said!("проект акта", "draft of the act");
        let setting = Setting { templates: own.templates, keeps_views: args.keep_data };
        let papers = act(&files, as_of, &setting)?;
        exit = exit.max(papers::write_all(terminal, folder, &papers, Some(&label))?);
    }
    Ok(exit)
}

/// A record file whose term ends in the given year, the last day included.
fn falls_due(file: &RecordFile, as_of: Date) -> bool {
    let ends = file.term.and_then(|term| term.due_on.yesterday().ok());
    file.fate(as_of) != Fate::Gone && ends.is_some_and(|last| last.year() == as_of.year())
}

fn describe(file: &RecordFile, as_of: Date) -> Said {
    let fate = match file.fate(as_of) {
        Fate::Kept => Said::fixed("хранится", "kept"),
        Fate::Due => Said::fixed("СРОК ИСТЁК, можно внести в акт", "TERM OVER, may be named in an act"),
        Fate::Forbidden => Said::fixed("уничтожать нельзя", "may not be destroyed"),
        Fate::Gone => Said::fixed("в архиве уже нет", "no longer in the archive"),
    };
    let Some(term) = file.term else { return fate.owned() };
    let (years, from, last) = (term.years, term.starts_on, term.last_day());
    said!("{}; {years} лет, с {from} по {last}", "{}; {years} years, from {from} to {last}", fate)
}
