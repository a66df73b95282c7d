//! The report for people, in Russian or English.

use std::fmt::Write;

use crate::base::shown;
use crate::cms::{Signature, Verdict};

use super::report::{BagReport, Container, Finding, Severity, Status, VerifyReport};

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    pub(super) fn pick<'a>(self, ru: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ru => ru,
            Self::En => en,
        }
    }
}

impl VerifyReport {
    /// Returns the report as lines of text: each bag with its verdict and findings, then the totals.
    pub fn to_text(&self, lang: Lang) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            write_finding(&mut text, finding, lang);
        }
        for signature in &self.signatures {
            write_signature(&mut text, signature, lang);
        }
        for bag in &self.bags {
            write_bag(&mut text, bag, lang);
        }
        for register in &self.registers {
            let verdict = if register.is_sound {
                lang.pick("цел", "sound")
            } else {
                lang.pick("НЕВЕРЕН", "INVALID")
            };
            let (events, head) = (lang.pick("записей", "events"), lang.pick("голова", "head"));
            push_line(
                &mut text,
                format_args!(
                    "{}: {verdict}, {events}: {}, {head}: {}",
                    shown::line(&register.path),
                    register.events,
                    register.head
                ),
            );
        }
        let count = |status| self.bags.iter().filter(|bag| bag.status == status).count();
        let sound = count(Status::Valid) + count(Status::ValidWithWarnings);
        let in_part = count(Status::ReadInPart);
        let mut totals = vec![
            (lang.pick("пакетов", "bags"), self.bags.len()),
            (lang.pick("верных", "valid"), sound),
            (lang.pick("неверных", "invalid"), count(Status::Invalid)),
            (lang.pick("проверенных не полностью", "not fully checked"), count(Status::Unchecked)),
        ];
        if in_part > 0 {
            totals.insert(2, (lang.pick("прочитанных частью", "read in part"), in_part));
        }
        let totals: Vec<_> = totals.iter().map(|(label, count)| format!("{label}: {count}")).collect();
        push_line(&mut text, format_args!("{} {}", lang.pick("Итого", "Total"), totals.join(", ")));
        super::part_text::write_left(&mut text, self, lang);
        text
    }
}

fn write_bag(text: &mut String, bag: &BagReport, lang: Lang) {
    push_line(text, format_args!("{}: {}", shown::line(&bag.path), verdict(bag.status, lang)));
    let container = match bag.container {
        Container::Folder => lang.pick("папка", "folder"),
        Container::Zip => "ZIP",
    };
    let answer = |yes| if yes { lang.pick("да", "yes") } else { lang.pick("нет", "no") };
    push_line(
        text,
        format_args!(
            "  {container}, BagIt {}, {}: {}, {}: {}, {}: {}, {}: {}",
            if bag.version.is_empty() { "?" } else { &bag.version },
            lang.pick("файлов прочитано", "files read"),
            bag.files,
            lang.pick("байт", "bytes"),
            bag.bytes,
            lang.pick("полон", "complete"),
            answer(bag.complete),
            lang.pick("верен", "valid"),
            match bag.status {
                Status::ReadInPart =>
                    lang.pick("не решено, читается по частям", "not decided, being read in parts"),
                _ => answer(bag.valid),
            },
        ),
    );
    if let Some(parity) = &bag.parity {
        let may = lang.pick("можно потерять блоков", "blocks that may be lost");
        let of = lang.pick("из", "of");
        push_line(
            text,
            format_args!(
                "  PAR2: {may} {} {of} {} ({} KiB)",
                parity.blocks,
                parity.protected_blocks,
                parity.block_bytes >> 10
            ),
        );
    }
    write_whole(text, bag, lang);
    super::part_text::write(text, bag, lang);
    for finding in &bag.findings {
        write_finding(text, finding, lang);
    }
    for signature in &bag.signatures {
        write_signature(text, signature, lang);
    }
}

/// Lists which documents of an invalid bag are intact: that is the first question of the reader.
fn write_whole(text: &mut String, bag: &BagReport, lang: Lang) {
    let payload = &bag.payload;
    if bag.status != Status::Invalid || payload.listed == 0 || bag.part.is_some() {
        return;
    }
    if payload.whole == payload.listed {
        let all = lang.pick("все документы, названные в манифестах, целы", "all listed documents are whole");
        return push_line(text, format_args!("  {all}: {}", payload.whole));
    }
    let (listed, whole) = (
        lang.pick("документов по манифестам", "documents by the manifests"),
        lang.pick("из них целы", "of these whole"),
    );
    let named = match payload.whole as usize {
        0 => String::new(),
        count if count > payload.whole_files.len() => {
            format!(" ({} …)", payload.whole_files.join(", "))
        }
        _ => format!(" ({})", payload.whole_files.join(", ")),
    };
    let named = shown::line(&named);
    push_line(text, format_args!("  {listed}: {}, {whole}: {}{named}", payload.listed, payload.whole));
}

/// Writes what is known of a signature and what is not. Only this text shows the signer's name.
fn write_signature(text: &mut String, signature: &Signature, lang: Lang) {
    let verdict = match signature.verdict {
        Verdict::Intact => lang.pick("математически верна", "mathematically intact"),
        Verdict::Broken => lang.pick("НЕВЕРНА", "BROKEN"),
        Verdict::NotChecked => lang.pick("НЕ ПРОВЕРЕНА", "NOT CHECKED"),
    };
    let label = lang.pick("подпись", "signature");
    push_line(text, format_args!("  {label} {}: {verdict}", shown::line(&signature.path)));
    let open = signature.not_checked.iter().map(|open| {
        let (ru, en) = open.title();
        lang.pick(ru, en)
    });
    let open = open.collect::<Vec<_>>().join(", ");
    let rows = [
        (lang.pick("алгоритм", "algorithm"), lang.pick(&signature.algorithm, &signature.algorithm_en)),
        (
            lang.pick("подписал, как записано в сертификате", "signer as written in the certificate"),
            &signature.signer,
        ),
        (lang.pick("время по часам подписавшего", "time on the signer's clock"), &signature.claimed_at),
        (lang.pick("не проверялось", "not checked"), &open),
    ];
    for (label, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        push_line(text, format_args!("      {label}: {}", shown::line(value)));
    }
}

fn verdict(status: Status, lang: Lang) -> &'static str {
    let (ru, en) = match status {
        Status::Valid => ("верен", "valid"),
        Status::ValidWithWarnings => ("верен, есть замечания", "valid, with warnings"),
        Status::ReadInPart => ("прочитан частью, прочитанное цело", "read in part, what was read is whole"),
        Status::Unchecked => ("ПРОВЕРЕН НЕ ПОЛНОСТЬЮ", "NOT FULLY CHECKED"),
        Status::Invalid => ("НЕВЕРЕН", "INVALID"),
    };
    lang.pick(ru, en)
}

fn write_finding(text: &mut String, finding: &Finding, lang: Lang) {
    let severity = match finding.severity {
        Severity::Notice => lang.pick("к сведению", "notice"),
        Severity::Warning => lang.pick("замечание", "warning"),
        Severity::Unchecked => lang.pick("не проверено", "unchecked"),
        Severity::Error => lang.pick("ошибка", "error"),
    };
    let path = shown::line(&finding.path);
    let message = shown::line(lang.pick(&finding.message, &finding.message_en));
    let place = if path.is_empty() { String::new() } else { format!(" {path}:") };
    push_line(text, format_args!("  {severity} {}{place} {message}", finding.code));
    let hint = lang.pick(finding.hint, finding.hint_en);
    if !hint.is_empty() {
        push_line(text, format_args!("      {hint}"));
    }
}

pub(super) fn push_line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing into a string does not fail");
}
