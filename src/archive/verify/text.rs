//! The report for people, in Russian or English.

use std::fmt::Write;

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
    fn pick<'a>(self, ru: &'a str, en: &'a str) -> &'a str {
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
                    printable(&register.path),
                    register.events,
                    register.head
                ),
            );
        }
        let count = |status| self.bags.iter().filter(|bag| bag.status == status).count();
        let sound = count(Status::Valid) + count(Status::ValidWithWarnings);
        let totals = [
            (lang.pick("пакетов", "bags"), self.bags.len()),
            (lang.pick("верных", "valid"), sound),
            (lang.pick("неверных", "invalid"), count(Status::Invalid)),
            (lang.pick("проверенных не полностью", "not fully checked"), count(Status::Unchecked)),
        ];
        let totals: Vec<_> = totals.iter().map(|(label, count)| format!("{label}: {count}")).collect();
        push_line(&mut text, format_args!("{} {}", lang.pick("Итого", "Total"), totals.join(", ")));
        text
    }
}

fn write_bag(text: &mut String, bag: &BagReport, lang: Lang) {
    push_line(text, format_args!("{}: {}", printable(&bag.path), verdict(bag.status, lang)));
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
            answer(bag.valid),
        ),
    );
    for finding in &bag.findings {
        write_finding(text, finding, lang);
    }
}

fn verdict(status: Status, lang: Lang) -> &'static str {
    let (ru, en) = match status {
        Status::Valid => ("верен", "valid"),
        Status::ValidWithWarnings => ("верен, есть замечания", "valid, with warnings"),
        Status::Unchecked => ("ПРОВЕРЕН НЕ ПОЛНОСТЬЮ", "NOT FULLY CHECKED"),
        Status::Invalid => ("НЕВЕРЕН", "INVALID"),
    };
    lang.pick(ru, en)
}

fn write_finding(text: &mut String, finding: &Finding, lang: Lang) {
    let severity = match finding.severity {
        Severity::Warning => lang.pick("замечание", "warning"),
        Severity::Unchecked => lang.pick("не проверено", "unchecked"),
        Severity::Error => lang.pick("ошибка", "error"),
    };
    let path = printable(&finding.path);
    let message = printable(lang.pick(&finding.message, &finding.message_en));
    let place = if path.is_empty() { String::new() } else { format!(" {path}:") };
    push_line(text, format_args!("  {severity} {}{place} {message}", finding.code));
    let hint = lang.pick(finding.hint, finding.hint_en);
    if !hint.is_empty() {
        push_line(text, format_args!("      {hint}"));
    }
}

/// Signs in a hostile name that would steer the terminal or turn the direction of writing must not reach it.
fn printable(text: &str) -> String {
    let is_steering = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_steering(c) { '\u{FFFD}' } else { c }).collect()
}

fn push_line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing into a string does not fail");
}
