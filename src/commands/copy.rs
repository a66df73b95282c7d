//! `letopis copy`: copies the archive onto other media and reports what is on them.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::said::{Lang, explain};
use crate::commands::cli::{CopyArgs, CopyKindArg};
use crate::outputs::store::CopyFailure;
use crate::pipeline::places;
use crate::store::{self, BagFailure, Copied, CopyKind, CopyRequest, ParityCopy, copy};

/// Copies onto every medium. One that fails does not stop the others.
pub(super) fn run(args: &CopyArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    let mut exit = Exit::Done;
    let mut whole = Vec::new();
    if args.label.len() > args.to.len() {
        let (ru, en) = ("названий носителей больше, чем папок", "more labels than media");
        bail!("--label: {}", lang.pick(ru, en));
    }
    let by = store::posts(&args.by)?;
    for number in 0..args.to.len() {
        match places::keep_off_bags_and_bundles(&args.to[number])
            .and_then(|()| copy(&request(args, number, &by)))
        {
            Ok(copied) => {
                warn(&mut terminal, &copied, lang);
                exit = exit.max(report(&mut terminal, &copied, lang));
                if copied.is_whole() {
                    whole.push(copied.to);
                }
            }
            Err(error) => {
                terminal.line(&explain(&error).pick(lang));
                exit = exit.max(Exit::of(&error));
            }
        }
    }
    store::spread_register(&args.archive, &whole)?;
    super::archive::head(&mut terminal, &store::sound_register(&args.archive)?, lang);
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
fn warn(terminal: &mut Terminal, copied: &Copied, lang: Lang) {
    if copied.same_disk.is_empty() {
        return;
    }
    let near: Vec<String> =
        copied.same_disk.iter().map(|path: &PathBuf| path.display().to_string()).collect();
    let ru = "на этом же диске лежит и это; отказ диска отнимет всё сразу, держите копии на разных носителях";
    let en =
        "these lie on the same disk, whose failure would take all at once; keep copies on different media";
    terminal.line(&format!("! {}: {}: {}", copied.to.display(), lang.pick(ru, en), near.join(", ")));
}

fn report(terminal: &mut Terminal, copied: &Copied, lang: Lang) -> Exit {
    let to = copied.to.display();
    if let Some((needed, free)) = copied.too_small {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let text = lang.pick("мало места, ничего не записано", "too little space, nothing was written");
        let (need, have) = (lang.pick("нужно", "needed"), lang.pick("свободно", "free"));
        terminal.line(&format!("{to}: {text}: {need} {} МиБ, {have} {} МиБ", mib(needed), free >> 20));
        return Exit::DiskFull;
    }
    let kind = copied.medium.kind;
    let kind = lang.pick(kind.words(), if kind == CopyKind::Main { "main copy" } else { "working copy" });
    terminal.line(&format!("{to} ({kind}: {}):", copied.medium.label));
    let mut exit = Exit::Done;
    for bag in &copied.bags {
        let (text, outcome) = match &bag.result {
            Ok((copied, kept)) => {
                let (new, old) =
                    (lang.pick("файлов записано", "files written"), lang.pick("уже было", "there already"));
                let sound = lang.pick("прочитано с носителя, верно", "read back from the medium, sound");
                (format!("{new} {copied}, {old} {kept}; {sound}"), Exit::Done)
            }
            Err(failure) => describe(failure, lang),
        };
        terminal.line(&format!("  {}: {text}", bag.bag));
        exit = exit.max(outcome);
        match &bag.parity {
            Some(Ok(parity)) => terminal.line(&format!("    PAR2: {}", parity_text(parity, lang))),
            Some(Err(failure)) => {
                terminal.line(&format!("    PAR2: {}", failure.said().pick(lang)));
                exit = exit.max(of_failure(failure));
            }
            None => {}
        }
    }
    exit
}

fn parity_text(parity: &ParityCopy, lang: Lang) -> String {
    let done = match parity.is_new {
        true => lang.pick("записано и прочитано с носителя", "written and read back from the medium"),
        false => lang.pick("уже было, цело", "there already, whole"),
    };
    let (may, of) = (lang.pick("можно потерять блоков", "blocks that may be lost"), lang.pick("из", "of"));
    let (blocks, all, kib) = (parity.blocks, parity.protected_blocks, parity.block_bytes >> 10);
    format!("{may} {blocks} {of} {all} ({kib} КиБ); {done}")
}

fn of_failure(failure: &CopyFailure) -> Exit {
    if matches!(failure, CopyFailure::Full(_)) { Exit::DiskFull } else { Exit::CouldNot }
}

fn describe(failure: &BagFailure, lang: Lang) -> (String, Exit) {
    match failure {
        BagFailure::SourceUnsound => {
            let ru = "ИСХОДНЫЙ ПАКЕТ НЕВЕРЕН, не скопирован; запустите letopis verify";
            let en = "THE SOURCE IS NOT SOUND, not copied; run letopis verify";
            (lang.pick(ru, en).to_owned(), Exit::DataAtFault)
        }
        BagFailure::InTheWay => {
            let ru =
                "на носителе под этим именем лежит другой или повреждённый пакет; отложите его и повторите";
            let en = "another or a damaged bag of this name lies on the medium; put it aside and run again";
            (lang.pick(ru, en).to_owned(), Exit::DataAtFault)
        }
        BagFailure::Failed(failure) => (failure.said().pick(lang), of_failure(failure)),
    }
}
