//! `letopis repair`: repairs a damaged bag from its parity and reports what was lost and what was recovered.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Said, said};
use crate::commands::cli::RepairArgs;
use crate::par2::DamagedFile;
use crate::pipeline::places;
use crate::store::{Repair, RepairOutcome, RepairRequest, Repairing, repair};

/// Repairs a bag.
pub(super) fn run(args: &RepairArgs, terminal: &mut Terminal) -> Result<Exit> {
    places::refuse_in_bag_or_bundle(&args.output)?;
    let request =
        RepairRequest { bag: args.bag.clone(), to: args.output.clone(), archive: args.register.clone() };
    let shown = args.bag.display();
    match repair(&request)? {
        Repairing::NoParity => {
            terminal.say(said!(
                "{shown}: рядом нет файлов PAR2, чинить не из чего; возьмите пакет из другой копии архива",
                "{shown}: no PAR2 files beside it, nothing to mend from; take the bag from another copy of the archive"
            ));
            Ok(Exit::DataAtFault)
        }
        Repairing::Unreadable(files) => {
            terminal.say(said!(
                "{shown}: файлы PAR2 повреждены так, что неизвестно, что они защищают",
                "{shown}: the PAR2 files are damaged so that what they protect is not known"
            ));
            files.iter().for_each(|file| terminal.line(&format!("  {}", file.display())));
            Ok(Exit::DataAtFault)
        }
        Repairing::Tried(repair) => Ok(report(terminal, args, &repair)),
    }
}

fn report(terminal: &mut Terminal, args: &RepairArgs, repair: &Repair) -> Exit {
    let shown = args.bag.display();
    terminal.say(said!(
        "{shown}: файлов не в порядке {}, потеряно блоков {}, восстановимо {}",
        "{shown}: files not in order {}, blocks lost {}, recoverable {}",
        repair.damaged.len(),
        repair.lost,
        repair.blocks
    ));
    for file in &repair.damaged {
        terminal.say(said!("  {}: {}", "  {}: {}", file.name, state(file)));
    }
    for path in &repair.left_out {
        terminal.say(said!(
            "  {path}: файлы PAR2 его не защищают, не перенесён",
            "  {path}: not protected, not taken over"
        ));
    }
    outcome(terminal, args, repair)
}

fn outcome(terminal: &mut Terminal, args: &RepairArgs, repair: &Repair) -> Exit {
    let name = args.bag.file_name().unwrap_or_default();
    let place = args.output.join(name);
    let place = place.display();
    let (text, exit) = match &repair.outcome {
        RepairOutcome::Whole => {
            let text = said!(
                "{place}: пакет цел, проверен и совпадает с реестром",
                "{place}: the bag is whole, verified and the one that the register knows"
            );
            (text, Exit::Done)
        }
        RepairOutcome::WithoutRegister => {
            let text = said!(
                "{place}: пакет цел и проверен сам по себе, но НЕ СВЕРЕН С РЕЕСТРОМ; назовите архив: --register",
                "{place}: the bag is whole and verifies, but was NOT COMPARED WITH A REGISTER; name one: --register"
            );
            (text, Exit::DataAtFault)
        }
        RepairOutcome::Lacking => {
            let lack = repair.lost.saturating_sub(repair.blocks).max(1);
            let text = said!(
                "НЕ ПОЧИНИТЬ, ничего не записано; возьмите пакет из другой копии архива; не хватает блоков: {lack}",
                "CANNOT BE MENDED, nothing was written; take the bag from another copy of the archive; blocks lacking: {lack}"
            );
            (text, Exit::DataAtFault)
        }
        RepairOutcome::Unsound(report) => {
            terminal.report(report);
            let text = said!(
                "файлы собраны, но пакет из них неверен; ничего не записано",
                "the files were put together, but the bag is not valid; nothing was written"
            );
            (text, Exit::DataAtFault)
        }
        RepairOutcome::NotRegistered => {
            let text = said!(
                "пакета с таким именем в реестре нет; ничего не записано",
                "the register knows no bag of this name; nothing was written"
            );
            (text, Exit::DataAtFault)
        }
        RepairOutcome::Disowned => {
            let text = said!(
                "в реестре под этим именем другой пакет: файлы PAR2 не от него; ничего не записано",
                "the register knows another bag of this name, the PAR2 files are not its; nothing was written"
            );
            (text, Exit::DataAtFault)
        }
    };
    terminal.say(text);
    exit
}

/// `потеряны блоки № 3–7, 9 (всего 12)`
fn state(file: &DamagedFile) -> Said {
    let all = file.blocks;
    match (file.is_missing, file.lost.is_empty()) {
        (_, false) => {
            let missing = if file.is_missing {
                Said::fixed("нет файла, ", "missing, ")
            } else {
                Said::default()
            };
            said!(
                "{}потеряны блоки № {} (всего {all})",
                "{}blocks lost: no. {} (of {all})",
                missing,
                ranges(&file.lost)
            )
        }
        (true, true) => said!("найден под другим именем", "found under another name"),
        (false, true) => {
            said!("содержимое цело, но файл лежит не на месте", "the content is whole, but out of place")
        }
    }
}

/// `3–7, 9`
fn ranges(numbers: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let shown = ranges.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}
