//! `letopis restore`: takes the data out of a bag, builds the documents again and reports whether they agree.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Said, said};
use crate::base::settings;
use crate::commands::cli::RestoreArgs;
use crate::pipeline::places;
use crate::store::{Difference, Rebuilt, Restored, Restoring, restore};

/// Restores a bag.
pub(super) fn run(args: &RestoreArgs, terminal: &mut Terminal) -> Result<Exit> {
    places::refuse_in_bag_or_bundle(&args.output)?;
    match restore(&args.bag, &args.output, settings::threads(None)?)? {
        Restoring::Unsound(report) => {
            terminal.report(&report);
            if report.bags.is_empty() {
                terminal.say(said!(
                    "здесь нет пакета, ничего не восстановлено",
                    "no bag here, nothing was restored"
                ));
                return Ok(Exit::CouldNot);
            }
            terminal.say(said!(
                "пакет неверен, ничего не восстановлено; возьмите его из другой копии архива",
                "the bag is not sound, nothing was restored; take it from another copy of the archive"
            ));
            Ok(Exit::DataAtFault)
        }
        Restoring::Done(restored) => Ok(report(terminal, args, &restored)),
    }
}

fn report(terminal: &mut Terminal, args: &RestoreArgs, restored: &Restored) -> Exit {
    let folder = args.output.display();
    let Restored { sources, tables, .. } = restored;
    terminal.say(said!(
        "{folder}/sources: исходных файлов: {sources}",
        "{folder}/sources: source files: {sources}"
    ));
    terminal.say(said!("{folder}/tables: таблиц: {tables}", "{folder}/tables: tables: {tables}"));
    if !restored.has_school {
        terminal.say(said!(
            "в этом пакете нет school.toml: чтобы собрать таблицы, возьмите его из пакета журналов того же года",
            "this bag has no school.toml: to build from the tables, take it from the journals of that year"
        ));
    }
    match &restored.rebuilt {
        None => Exit::Done,
        Some(Rebuilt::Refused(problems)) => {
            terminal
                .say(said!("по исходным файлам собрать год не удалось", "the sources cannot be built from"));
            terminal.problems(problems);
            Exit::DataAtFault
        }
        Some(Rebuilt::Compared { equal, differing }) => compare(terminal, restored, *equal, differing),
    }
}

fn compare(
    terminal: &mut Terminal,
    restored: &Restored,
    equal: usize,
    differing: &[(String, Difference)],
) -> Exit {
    terminal.say(said!(
        "собрано заново и совпало до байта: {equal}",
        "built anew and equal to the last byte: {equal}"
    ));
    for (path, difference) in differing {
        let word = match difference {
            Difference::Other => Said::fixed("отличается", "differs"),
            Difference::NotMade => Said::fixed("теперь не создаётся", "is not made now"),
            Difference::New => Said::fixed("прежде не создавался", "was not made then"),
        };
        terminal.say(said!("  {}: {path}", "  {}: {path}", word));
    }
    if differing.is_empty() {
        return Exit::Done;
    }
    if restored.is_same_version {
        terminal.say(said!(
            "пакет собран этой же программой, различий быть не должно",
            "the bag was made by this very program: there should be no difference"
        ));
        return Exit::DataAtFault;
    }
    terminal.say(said!(
        "пакет собран другой программой: {} (≠ letopis {})",
        "the bag was made by another program: {} (≠ letopis {})",
        restored.made_by,
        settings::VERSION
    ));
    Exit::Done
}
