//! `letopis copy`: puts the archive onto other media and says what stands there.

use anyhow::Result;

use super::Exit;
use super::terminal::Terminal;
use crate::cli::{CopyArgs, CopyKindArg};
use crate::editions::{self, BagFailure, Copied, CopyKind, ParityCopy, copy};
use crate::outputs::store::CopyFailure;
use crate::settings::Lang;

/// Copies onto every medium; one that fails does not stop the others.
pub(super) fn run(args: &CopyArgs, lang: Lang) -> Result<Exit> {
    let mut terminal = Terminal::new(lang);
    let mut exit = Exit::Done;
    let mut whole = Vec::new();
    for (number, to) in args.to.iter().enumerate() {
        let kind = match (args.kind, number) {
            (Some(CopyKindArg::Main), _) | (None, 0) => CopyKind::Main,
            _ => CopyKind::Working,
        };
        match copy(&args.archive, to, kind, args.label.as_deref(), args.parity) {
            Ok(copied) => {
                exit = exit.max(report(&mut terminal, &copied, kind, lang));
                if copied.is_whole() {
                    whole.push(copied.to);
                }
            }
            Err(error) => {
                terminal.line(&format!("{error:#}"));
                exit = exit.max(Exit::of(&error));
            }
        }
    }
    editions::spread_register(&args.archive, &whole)?;
    super::archive::head(&mut terminal, &editions::sound_register(&args.archive)?, lang);
    Ok(exit)
}

fn report(terminal: &mut Terminal, copied: &Copied, kind: CopyKind, lang: Lang) -> Exit {
    let to = copied.to.display();
    if let Some((needed, free)) = copied.too_small {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let text = lang.pick("мало места, ничего не записано", "too little space, nothing was written");
        let (need, have) = (lang.pick("нужно", "needed"), lang.pick("свободно", "free"));
        terminal.line(&format!("{to}: {text}: {need} {} МиБ, {have} {} МиБ", mib(needed), free >> 20));
        return Exit::DiskFull;
    }
    let kind = lang.pick(kind.words(), if kind == CopyKind::Main { "main copy" } else { "working copy" });
    terminal.line(&format!("{to} ({kind}):"));
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
                terminal.line(&format!("    PAR2: {failure}"));
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
        BagFailure::Failed(failure) => (failure.to_string(), of_failure(failure)),
    }
}
