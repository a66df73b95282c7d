//! The report for people, in both languages.

use super::finding::ArchiveFinding;
use super::lines::Lines;
use super::report::{BagReport, Container, Status, VerifyReport};
use super::severity::ArchiveSeverity;
use crate::base::said::{Said, said};
use crate::base::shown;
use crate::cms::{Signature, Verdict};

impl VerifyReport {
    /// Returns the report as lines of text: each bag with its verdict and findings, then the totals.
    pub fn to_text(&self) -> Said {
        let mut text = Lines::default();
        for finding in &self.findings {
            write_finding(&mut text, finding);
        }
        for signature in &self.signatures {
            write_signature(&mut text, signature);
        }
        for bag in &self.bags {
            write_bag(&mut text, bag);
        }
        for register in &self.registers {
            let verdict = if register.is_sound {
                Said::fixed("цел", "sound")
            } else {
                Said::fixed("НЕВЕРЕН", "INVALID")
            };
            text.push(said!(
                "{}: {}, записей: {}, голова: {}",
                "{}: {}, events: {}, head: {}",
                shown::line(&register.path),
                verdict,
                register.events,
                register.head
            ));
        }
        text.push(self.totals());
        super::part_text::write_left(&mut text, self);
        text.0
    }

    fn totals(&self) -> Said {
        let count = |status| self.bags.iter().filter(|bag| bag.status == status).count();
        let sound = count(Status::Valid) + count(Status::ValidWithWarnings);
        let (in_part, invalid, unchecked) =
            (count(Status::ReadInPart), count(Status::Invalid), count(Status::Unchecked));
        let mut totals = vec![
            said!("пакетов: {}", "bags: {}", self.bags.len()),
            said!("верных: {sound}", "valid: {sound}"),
            said!("неверных: {invalid}", "invalid: {invalid}"),
            said!("проверенных не полностью: {unchecked}", "not fully checked: {unchecked}"),
        ];
        if in_part > 0 {
            totals.insert(2, said!("прочитанных частью: {in_part}", "read in part: {in_part}"));
        }
        let totals = Said::join(totals, ", ");
        said!("Итого {}", "Total {}", totals)
    }
}

fn write_bag(text: &mut Lines, bag: &BagReport) {
    text.push(said!("{}: {}", "{}: {}", shown::line(&bag.path), verdict(bag.status)));
    let container = match bag.container {
        Container::Folder => Said::fixed("папка", "folder"),
        Container::Zip => Said::fixed("ZIP", "ZIP"),
    };
    let answer = |yes| if yes { Said::fixed("да", "yes") } else { Said::fixed("нет", "no") };
    let valid = match bag.status {
        Status::ReadInPart => {
            Said::fixed("не решено, читается по частям", "not decided, being read in parts")
        }
        _ => answer(bag.valid),
    };
    text.push(said!(
        "  {}, BagIt {}, файлов прочитано: {}, байт: {}, полон: {}, верен: {}",
        "  {}, BagIt {}, files read: {}, bytes: {}, complete: {}, valid: {}",
        container,
        if bag.version.is_empty() { "?" } else { &bag.version },
        bag.files,
        bag.bytes,
        answer(bag.complete),
        valid
    ));
    if let Some(parity) = &bag.parity {
        let (blocks, all, kib) = (parity.blocks, parity.protected_blocks, parity.block_bytes >> 10);
        text.push(said!(
            "  PAR2: можно потерять блоков {blocks} из {all} ({kib} КиБ)",
            "  PAR2: blocks that may be lost {blocks} of {all} ({kib} KiB)"
        ));
    }
    write_whole(text, bag);
    super::part_text::write(text, bag);
    for finding in &bag.findings {
        write_finding(text, finding);
    }
    for signature in &bag.signatures {
        write_signature(text, signature);
    }
}

/// Lists which documents of an invalid bag are intact: that is the first question of the reader.
fn write_whole(text: &mut Lines, bag: &BagReport) {
    let payload = &bag.payload;
    if bag.status != Status::Invalid || payload.listed == 0 || bag.part.is_some() {
        return;
    }
    let (listed, whole) = (payload.listed, payload.whole);
    if whole == listed {
        return text.push(said!(
            "  все документы, названные в манифестах, целы: {whole}",
            "  all listed documents are whole: {whole}"
        ));
    }
    let named = payload.whole_files.join(", ");
    let named = match whole as usize {
        0 => String::new(),
        count if count > payload.whole_files.len() => format!(" ({named} …)"),
        _ => format!(" ({named})"),
    };
    let named = shown::line(&named);
    text.push(said!(
        "  документов по манифестам: {listed}, из них целы: {whole}{named}",
        "  documents by the manifests: {listed}, of these whole: {whole}{named}"
    ));
}

/// Writes what is known of a signature and what is not. Only this text shows the signer's name.
fn write_signature(text: &mut Lines, signature: &Signature) {
    let verdict = match signature.verdict {
        Verdict::Intact => Said::fixed("математически верна", "mathematically intact"),
        Verdict::Broken => Said::fixed("НЕВЕРНА", "BROKEN"),
        Verdict::NotChecked => Said::fixed("НЕ ПРОВЕРЕНА", "NOT CHECKED"),
    };
    text.push(said!("  подпись {}: {}", "  signature {}: {}", shown::line(&signature.path), verdict));
    let open = signature.not_checked.iter().map(|open| open.title().owned());
    let rows = [
        (Said::fixed("алгоритм", "algorithm"), signature.algorithm.clone()),
        (
            Said::fixed("подписал, как записано в сертификате", "signer as written in the certificate"),
            Said::same(&signature.signer),
        ),
        (
            Said::fixed("время по часам подписавшего", "time on the signer's clock"),
            Said::same(&signature.claimed_at),
        ),
        (Said::fixed("не проверялось", "not checked"), Said::join(open, ", ")),
    ];
    for (label, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        let value = value.map(|value| shown::line(&value).into_owned());
        text.push(said!("      {}: {}", "      {}: {}", label, value));
    }
}

fn verdict(status: Status) -> Said<&'static str> {
    match status {
        Status::Valid => Said::fixed("верен", "valid"),
        Status::ValidWithWarnings => Said::fixed("верен, есть замечания", "valid, with warnings"),
        Status::ReadInPart => {
            Said::fixed("прочитан частью, прочитанное цело", "read in part, what was read is whole")
        }
        Status::Unchecked => Said::fixed("ПРОВЕРЕН НЕ ПОЛНОСТЬЮ", "NOT FULLY CHECKED"),
        Status::Invalid => Said::fixed("НЕВЕРЕН", "INVALID"),
    }
}

fn write_finding(text: &mut Lines, finding: &ArchiveFinding) {
    let severity = match finding.severity {
        ArchiveSeverity::Notice => Said::fixed("к сведению", "notice"),
        ArchiveSeverity::Warning => Said::fixed("замечание", "warning"),
        ArchiveSeverity::Unchecked => Said::fixed("не проверено", "unchecked"),
        ArchiveSeverity::Error => Said::fixed("ошибка", "error"),
    };
    let path = shown::line(&finding.path);
    let place = if path.is_empty() { String::new() } else { format!(" {path}:") };
    let message = finding.message.as_ref().map(|message| shown::line(message));
    text.push(said!("  {} {}{place} {}", "  {} {}{place} {}", severity, finding.code, message));
    if !finding.hint.ru.is_empty() {
        text.push(said!("      {}", "      {}", finding.hint));
    }
}
