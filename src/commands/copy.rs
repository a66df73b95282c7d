//! `letopis copy`: copies the archive onto other media and reports what is on them.

use std::path::PathBuf;

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Said, refuse, said};
use crate::commands::cli::{CopyArgs, CopyKindArg};
use crate::outputs::store::CopyFailure;
use crate::pipeline::places;
use crate::store::{self, BagFailure, Copied, CopyKind, CopyRequest, Medium, ParityCopy, copy};

/// Copies onto every medium. One that fails does not stop the others.
pub(super) fn run(args: &CopyArgs, terminal: &mut Terminal) -> Result<Exit> {
    let mut exit = Exit::Done;
    let mut whole = Vec::new();
    if args.label.len() > args.to.len() {
        refuse!("--label: названий носителей больше, чем папок", "--label: more labels than media");
    }
    let by = store::posts(&args.by)?;
    for number in 0..args.to.len() {
        match places::refuse_in_bag_or_bundle(&args.to[number])
            .and_then(|()| copy(&request(args, number, &by)))
        {
            Ok(copied) => {
                warn(terminal, &copied);
                exit = exit.max(report(terminal, &copied));
                if copied.is_whole() {
                    whole.push(copied.to);
                }
            }
            Err(error) => {
                terminal.failed(&error);
                exit = exit.max(Exit::of(&error));
            }
        }
    }
    store::spread_register(&args.archive, &whole)?;
    super::archive::head(terminal, &store::sound_register(&args.archive)?);
    Ok(exit)
}

/// Returns the request for the medium of this number: the first holds the main copy, unless an option says
/// otherwise.
fn request(args: &CopyArgs, number: usize, by: &str) -> CopyRequest {
    let others = args.to.iter().enumerate().filter(|(other, _)| *other != number);
    CopyRequest {
        archive: args.archive.clone(),
        to: args.to[number].clone(),
        kind: args.kind.map(|kind| match kind {
            CopyKindArg::Main => CopyKind::Main,
            CopyKindArg::Working => CopyKind::Working,
        }),
        usual_kind: if number == 0 { CopyKind::Main } else { CopyKind::Working },
        label: args.label.get(number).cloned(),
        parity: args.parity,
        by: by.to_owned(),
        others: others.map(|(_, to)| to.clone()).collect(),
    }
}

/// Warns which copies one disk failure would destroy together.
fn warn(terminal: &mut Terminal, copied: &Copied) {
    if copied.same_disk.is_empty() {
        return;
    }
    let near: Vec<String> =
        copied.same_disk.iter().map(|path: &PathBuf| path.display().to_string()).collect();
    terminal.say(said!(
        "! {}: на этом же диске лежит и это; при отказе диска пропадёт всё сразу, держите копии на разных носителях: {}",
        "! {}: these lie on the same disk, whose failure would take all at once; keep copies on different media: {}",
        copied.to.display(),
        near.join(", ")
    ));
}

fn report(terminal: &mut Terminal, copied: &Copied) -> Exit {
    let to = copied.to.display();
    if let Some((needed, free)) = copied.too_small {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let (needed, free) = (mib(needed), free >> 20);
        terminal.say(said!(
            "{to}: мало места, ничего не записано: нужно {needed} МиБ, свободно {free} МиБ",
            "{to}: too little space, nothing was written: needed {needed} MiB, free {free} MiB"
        ));
        return Exit::DiskFull;
    }
    let Medium { kind, label } = &copied.medium;
    terminal.say(said!("{to} ({}: {label}):", "{to} ({}: {label}):", kind.title()));
    let mut exit = Exit::Done;
    for bag in &copied.bags {
        let (text, outcome) = match &bag.result {
            Ok((copied, kept)) => {
                let text = said!(
                    "файлов записано {copied}, уже было {kept}; прочитано с носителя, верно",
                    "files written {copied}, there already {kept}; read back from the medium, sound"
                );
                (text, Exit::Done)
            }
            Err(failure) => describe(failure),
        };
        terminal.say(said!("  {}: {}", "  {}: {}", bag.bag, text));
        exit = exit.max(outcome);
        match &bag.parity {
            Some(Ok(parity)) => terminal.say(said!("    PAR2: {}", "    PAR2: {}", parity_text(parity))),
            Some(Err(failure)) => {
                terminal.say(said!("    PAR2: {}", "    PAR2: {}", failure.said()));
                exit = exit.max(of_failure(failure));
            }
            None => {}
        }
    }
    exit
}

fn parity_text(parity: &ParityCopy) -> Said {
    let done = match parity.is_new {
        true => Said::fixed("записано и прочитано с носителя", "written and read back from the medium"),
        false => Said::fixed("уже было, цело", "there already, whole"),
    };
    let (blocks, all, kib) = (parity.blocks, parity.protected_blocks, parity.block_bytes >> 10);
    said!(
        "можно потерять блоков {blocks} из {all} ({kib} КиБ); {}",
        "blocks that may be lost {blocks} of {all} ({kib} KiB); {}",
        done
    )
}

fn of_failure(failure: &CopyFailure) -> Exit {
    if matches!(failure, CopyFailure::Full(_)) { Exit::DiskFull } else { Exit::CouldNot }
}

fn describe(failure: &BagFailure) -> (Said, Exit) {
    match failure {
        BagFailure::SourceUnsound => {
            let text = said!(
                "ИСХОДНЫЙ ПАКЕТ НЕВЕРЕН, не скопирован; запустите letopis verify",
                "THE SOURCE IS NOT SOUND, not copied; run letopis verify"
            );
            (text, Exit::DataAtFault)
        }
        BagFailure::InTheWay => {
            let text = said!(
                "на носителе под этим именем лежит другой или повреждённый пакет; отложите его и повторите",
                "another or a damaged bag of this name lies on the medium; put it aside and run again"
            );
            (text, Exit::DataAtFault)
        }
        BagFailure::Failed(failure) => (failure.said(), of_failure(failure)),
    }
}
