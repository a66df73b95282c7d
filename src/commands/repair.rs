//! `letopis repair`: repairs a damaged bag from its parity and reports what was lost and what was recovered.

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::Lang;
use crate::commands::cli::RepairArgs;
use crate::par2::DamagedFile;
use crate::pipeline::places;
use crate::store::{Repair, RepairOutcome, RepairRequest, Repairing, repair};

/// Repairs a bag.
pub(super) fn run(args: &RepairArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    places::keep_off_bags_and_bundles(&args.output)?;
    let request =
        RepairRequest { bag: args.bag.clone(), to: args.output.clone(), archive: args.register.clone() };
    let shown = args.bag.display();
    match repair(&request)? {
        Repairing::NoParity => {
            let ru = "рядом нет файлов PAR2, чинить не из чего; возьмите пакет из другой копии архива";
            let en = "no PAR2 files beside it, nothing to mend from; take the bag from another copy of the archive";
            terminal.line(&format!("{shown}: {}", lang.pick(ru, en)));
            Ok(Exit::DataAtFault)
        }
        Repairing::Unreadable(files) => {
            let ru = "файлы PAR2 повреждены так, что неизвестно, что они защищают";
            let en = "the PAR2 files are damaged so that what they protect is not known";
            terminal.line(&format!("{shown}: {}", lang.pick(ru, en)));
            files.iter().for_each(|file| terminal.line(&format!("  {}", file.display())));
            Ok(Exit::DataAtFault)
        }
        Repairing::Tried(repair) => Ok(report(&mut terminal, args, &repair, lang)),
    }
}

fn report(terminal: &mut Terminal, args: &RepairArgs, repair: &Repair, lang: Lang) -> Exit {
    let (lost, blocks) =
        (lang.pick("потеряно блоков", "blocks lost"), lang.pick("восстановимо", "recoverable"));
    let shown = args.bag.display();
    let damaged = lang.pick("файлов не в порядке", "files not in order");
    terminal.line(&format!(
        "{shown}: {damaged} {}, {lost} {}, {blocks} {}",
        repair.damaged.len(),
        repair.lost,
        repair.blocks
    ));
    for file in &repair.damaged {
        terminal.line(&format!("  {}: {}", file.name, state(file, lang)));
    }
    let left_out = lang.pick("не входит в защищённое, не перенесено", "not protected, not taken over");
    for path in &repair.left_out {
        terminal.line(&format!("  {path}: {left_out}"));
    }
    outcome(terminal, args, repair, lang)
}

fn outcome(terminal: &mut Terminal, args: &RepairArgs, repair: &Repair, lang: Lang) -> Exit {
    let name = args.bag.file_name().unwrap_or_default();
    let place = args.output.join(name);
    let place = place.display();
    let (text, exit) = match &repair.outcome {
        RepairOutcome::Whole => {
            let ru = "пакет цел, проверен и совпадает с реестром";
            let en = "the bag is whole, verified and the one that the register knows";
            (format!("{place}: {}", lang.pick(ru, en)), Exit::Done)
        }
        RepairOutcome::WithoutRegister => {
            let ru = "пакет цел и проверен сам по себе, но НЕ СВЕРЕН С РЕЕСТРОМ; назовите архив: --register";
            let en =
                "the bag is whole and verifies, but was NOT COMPARED WITH A REGISTER; name one: --register";
            (format!("{place}: {}", lang.pick(ru, en)), Exit::DataAtFault)
        }
        RepairOutcome::Lacking => {
            let lack = repair.lost.saturating_sub(repair.blocks).max(1);
            let ru =
                "НЕ ПОЧИНИТЬ, ничего не записано; возьмите пакет из другой копии архива; не хватает блоков";
            let en = "CANNOT BE MENDED, nothing was written; take the bag from another copy of the archive; blocks lacking";
            (format!("{}: {lack}", lang.pick(ru, en)), Exit::DataAtFault)
        }
        RepairOutcome::Unsound(report) => {
            terminal.line(report.to_text().pick(lang).trim_end());
            let ru = "файлы собраны, но пакет из них неверен; ничего не записано";
            let en = "the files were put together, but the bag is not valid; nothing was written";
            (lang.pick(ru, en).to_owned(), Exit::DataAtFault)
        }
        RepairOutcome::NotRegistered => {
            let ru = "пакета с таким именем в реестре нет; ничего не записано";
            let en = "the register knows no bag of this name; nothing was written";
            (lang.pick(ru, en).to_owned(), Exit::DataAtFault)
        }
        RepairOutcome::Disowned => {
            let ru = "в реестре под этим именем другой пакет: файлы PAR2 не от него; ничего не записано";
            let en = "the register knows another bag of this name, the PAR2 files are not its; nothing was written";
            (lang.pick(ru, en).to_owned(), Exit::DataAtFault)
        }
    };
    terminal.line(&text);
    exit
}

/// `потеряны блоки № 3–7, 9 (всего 12)`
fn state(file: &DamagedFile, lang: Lang) -> String {
    let all = format!("{} {}", lang.pick("всего", "of"), file.blocks);
    match (file.is_missing, file.lost.is_empty()) {
        (_, false) => {
            let missing = if file.is_missing { lang.pick("нет файла, ", "missing, ") } else { "" };
            let lost = lang.pick("потеряны блоки №", "blocks lost: no.");
            format!("{missing}{lost} {} ({all})", ranges(&file.lost))
        }
        (true, true) => lang.pick("найден под другим именем", "found under another name").to_owned(),
        (false, true) => {
            lang.pick("содержимое цело, но лежит не так", "the content is whole, but out of place").to_owned()
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
