//! `letopis restore`: takes the data out of a bag, builds the documents again and reports whether they agree.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::base::settings;
use crate::commands::cli::RestoreArgs;
use crate::pipeline::places;
use crate::store::{Difference, Rebuilt, Restored, Restoring, restore};

/// Restores a bag.
pub(super) fn run(args: &RestoreArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    places::keep_off_bags_and_bundles(&args.output)?;
    match restore(&args.bag, &args.output, settings::threads(None)?)? {
        Restoring::Unsound(report) => {
            terminal.line(report.to_text().pick(lang).trim_end());
            if report.bags.is_empty() {
                let (ru, en) =
                    ("здесь нет пакета, ничего не восстановлено", "no bag here, nothing was restored");
                terminal.line(lang.pick(ru, en));
                return Ok(Exit::CouldNot);
            }
            let ru = "пакет неверен, ничего не восстановлено; возьмите его из другой копии архива";
            let en = "the bag is not sound, nothing was restored; take it from another copy of the archive";
            terminal.line(lang.pick(ru, en));
            Ok(Exit::DataAtFault)
        }
        Restoring::Done(restored) => Ok(report(&mut terminal, args, &restored, lang)),
    }
}

fn report(terminal: &mut Terminal, args: &RestoreArgs, restored: &Restored, lang: Lang) -> Exit {
    let folder = args.output.display();
    let (sources, tables) = (lang.pick("исходных файлов", "source files"), lang.pick("таблиц", "tables"));
    terminal.line(&format!("{folder}/sources: {sources}: {}", restored.sources));
    terminal.line(&format!("{folder}/tables: {tables}: {}", restored.tables));
    if !restored.has_school {
        let ru = "в этом пакете нет school.toml: чтобы собрать таблицы, возьмите его из пакета журналов того же года";
        let en =
            "this bag has no school.toml: to build from the tables, take it from the journals of that year";
        terminal.line(lang.pick(ru, en));
    }
    match &restored.rebuilt {
        None => Exit::Done,
        Some(Rebuilt::Refused(problems)) => {
            terminal.line(lang.pick("из исходных файлов не собрать", "the sources cannot be built from"));
            terminal.problems(problems);
            Exit::DataAtFault
        }
        Some(Rebuilt::Compared { equal, differing }) => compare(terminal, restored, *equal, differing, lang),
    }
}

fn compare(
    terminal: &mut Terminal,
    restored: &Restored,
    equal: usize,
    differing: &[(String, Difference)],
    lang: Lang,
) -> Exit {
    let label = lang.pick("собрано заново и совпало до байта", "built anew and equal to the last byte");
    terminal.line(&format!("{label}: {equal}"));
    for (path, difference) in differing {
        let word = match difference {
            Difference::Other => lang.pick("отличается", "differs"),
            Difference::NotMade => lang.pick("теперь не создаётся", "is not made now"),
            Difference::New => lang.pick("прежде не создавался", "was not made then"),
        };
        terminal.line(&format!("  {word}: {path}"));
    }
    if differing.is_empty() {
        return Exit::Done;
    }
    if restored.is_same_version {
        let ru = "пакет собран этой же программой, различий быть не должно";
        let en = "the bag was made by this very program: there should be no difference";
        terminal.line(lang.pick(ru, en));
        return Exit::DataAtFault;
    }
    let label = lang.pick("пакет собран другой программой", "the bag was made by another program");
    terminal.line(&format!("{label}: {} (≠ letopis {})", restored.made_by, settings::VERSION));
    Exit::Done
}
