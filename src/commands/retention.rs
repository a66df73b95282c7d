//! `letopis retention`: how long each record file of the archive is kept, which terms end, and the draft of
//! the act.

use anyhow::Result;
use jiff::civil::Date;

use super::exit::Exit;
use super::papers;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::base::settings;
use crate::commands::cli::RetentionArgs;
use crate::papers::act;
use crate::pipeline::places;
use crate::store::{Fate, HOLD, RecordFile, record_files, strange_holds};

/// Shows the terms, and writes the draft if requested.
pub(super) fn run(args: &RetentionArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    args.act.as_deref().map_or(Ok(()), places::keep_off_bags_and_bundles)?;
    let as_of = args.as_of.unwrap_or_else(settings::today);
    let files = record_files(&args.archive, as_of)?;
    for file in &files {
        terminal.line(&format!("{}: {}", file.name, describe(file, as_of, lang)));
        if file.fate(as_of) != Fate::Gone {
            for obstacle in &file.obstacles {
                let label = lang.pick("нельзя уничтожать", "may not be destroyed");
                terminal.line(&format!("  ! {label}: {}", obstacle.reason().pick(lang)));
            }
        }
    }
    for name in strange_holds(&args.archive, &files)? {
        let ru = "такого дела, издания и года в реестре нет; проверьте название";
        let en = "the register has no such file, edition or year; check the name";
        terminal.line(&format!("! {HOLD}: «{name}»: {}", lang.pick(ru, en)));
    }
    let this_year = files.iter().filter(|file| falls_due(file, as_of)).count();
    let due = files.iter().filter(|file| file.fate(as_of) == Fate::Due).count();
    terminal.line(&format!(
        "{} {}: {this_year}; {}: {due}",
        lang.pick("срок истекает в", "terms ending in"),
        as_of.year(),
        lang.pick("можно внести в акт", "may be named in an act"),
    ));
    if let (Some(_), 0) = (&args.act, due) {
        let ru = "проект акта не составлен: вносить в него нечего";
        let en = "no act was drafted: nothing may be named in it";
        terminal.line(lang.pick(ru, en));
    } else if let Some(folder) = &args.act {
        let label = lang.pick("проект акта", "draft of the act");
        papers::lay(&mut terminal, folder, &act(&files, as_of)?, Some(label), lang)?;
    }
    Ok(Exit::Done)
}

/// A record file whose term ends in the given year, the last day included.
fn falls_due(file: &RecordFile, as_of: Date) -> bool {
    let ends = file.term.and_then(|term| term.due_on.yesterday().ok());
    file.fate(as_of) != Fate::Gone && ends.is_some_and(|last| last.year() == as_of.year())
}

fn describe(file: &RecordFile, as_of: Date, lang: Lang) -> String {
    let fate = match file.fate(as_of) {
        Fate::Kept => lang.pick("хранится", "kept"),
        Fate::Due => lang.pick("СРОК ИСТЁК, можно внести в акт", "TERM OVER, may be named in an act"),
        Fate::Forbidden => lang.pick("уничтожать нельзя", "may not be destroyed"),
        Fate::Gone => lang.pick("в архиве уже нет", "no longer in the archive"),
    };
    let Some(term) = file.term else { return fate.to_owned() };
    let (count, from) = (lang.pick("лет, с", "years, from"), term.starts_on);
    let (until, last) = (lang.pick("по", "to"), term.last_day());
    format!("{fate}; {} {count} {from} {until} {last}", term.years)
}
