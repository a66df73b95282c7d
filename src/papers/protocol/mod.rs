//! The protocol of a verification: the archivist signs and keeps it, with the same content as a table for
//! programs.
//!
//! In: a [`VerifyReport`] and its date. Out: a PDF with the verdict on every bag, each finding with its
//! remedy, the head of every register in figures and as a QR code (digits only, no personal data), the day by
//! which the next verification is due, and places to sign; beside it a CSV with a line for every finding.

mod circumstances;
mod pages;
mod places;
mod qr;

pub use circumstances::{Circumstances, YEARS_TO_NEXT, next_due};
pub(super) use pages::TEMPLATE;

use anyhow::Result;
use jiff::civil::Date;

use super::setting::{Papers, Setting};
use crate::base::files::{Document, table_to_open};
use crate::base::shown;
use crate::verify::{ArchiveSeverity, Status, VerifyReport};

/// Makes the protocol as PDF and as CSV.
///
/// # Errors
/// When the table or the view cannot be written: a fault of the program.
pub fn protocol(
    report: &VerifyReport,
    as_of: Date,
    circumstances: &Circumstances,
    setting: &Setting,
) -> Result<Papers> {
    let name = format!("протокол-проверки-{as_of}");
    let mut papers = setting.set(pages::job(report, as_of, circumstances, &format!("{name}.pdf"))?)?;
    papers.documents.push(Document::new(format!("{name}.csv"), table(report)?));
    Ok(papers)
}

/// Returns the report as a table for programs: a line for every finding, and one for every bag and register
/// without any.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn csv(report: &VerifyReport) -> Result<Vec<u8>> {
    const HEADER: [&str; 10] = [
        "bag",
        "status",
        "complete",
        "valid",
        "tag_manifest_sha256",
        "code",
        "severity",
        "path",
        "message",
        "hint",
    ];
    let yes = |is: bool| if is { "1" } else { "0" };
    rows(csv::Writer::from_writer(Vec::new()), HEADER, report, &Words { status, severity, yes: &yes })
}

/// Returns the same as a table for people, in their words.
fn table(report: &VerifyReport) -> Result<Vec<u8>> {
    const HEADER: [&str; 10] = [
        "Пакет",
        "Итог",
        "Полон",
        "Верен",
        "SHA-256 манифеста тегов",
        "Код",
        "Вес",
        "Файл",
        "Что найдено",
        "Что сделать",
    ];
    let yes = |is: bool| if is { "да" } else { "нет" };
    rows(table_to_open(b';'), HEADER, report, &Words { status: verdict, severity: weight, yes: &yes })
}

/// The table's words for kinds in the report.
struct Words<'a> {
    status: fn(Status) -> &'static str,
    severity: fn(ArchiveSeverity) -> &'static str,
    yes: &'a dyn Fn(bool) -> &'static str,
}

fn rows(
    mut table: csv::Writer<Vec<u8>>,
    header: [&str; 10],
    report: &VerifyReport,
    words: &Words<'_>,
) -> Result<Vec<u8>> {
    table.write_record(header)?;
    let found = |finding: &crate::verify::ArchiveFinding| {
        let severity = (words.severity)(finding.severity).to_owned();
        [
            finding.code.to_owned(),
            severity,
            shown::cell(&finding.path).into_owned(),
            shown::cell(&finding.message.ru).into_owned(),
            finding.hint.ru.to_owned(),
        ]
    };
    let nothing = || [const { String::new() }; 5];
    for finding in &report.findings {
        table.write_record(nothing().iter().chain(&found(finding)))?;
    }
    for bag in &report.bags {
        let yes = |is: bool| (words.yes)(is).to_owned();
        let head = [
            shown::cell(&bag.path).into_owned(),
            (words.status)(bag.status).to_owned(),
            yes(bag.complete),
            yes(bag.valid),
            bag.tag_manifest.clone(),
        ];
        for finding in &bag.findings {
            table.write_record(head.iter().chain(&found(finding)))?;
        }
        if bag.findings.is_empty() {
            table.write_record(head.iter().chain(&nothing()))?;
        }
    }
    Ok(table.into_inner()?)
}

fn weight(severity: ArchiveSeverity) -> &'static str {
    match severity {
        ArchiveSeverity::Notice => "к сведению",
        ArchiveSeverity::Warning => "предупреждение",
        ArchiveSeverity::Unchecked => "не проверено",
        ArchiveSeverity::Error => "ошибка",
    }
}

fn verdict(status: Status) -> &'static str {
    match status {
        Status::Valid => "верен",
        Status::ValidWithWarnings => "верен, с предупреждениями",
        Status::Unchecked => "проверен не полностью",
        Status::ReadInPart => "прочитан не полностью",
        Status::Invalid => "неверен",
    }
}

fn severity(severity: ArchiveSeverity) -> &'static str {
    match severity {
        ArchiveSeverity::Notice => "notice",
        ArchiveSeverity::Warning => "warning",
        ArchiveSeverity::Unchecked => "unchecked",
        ArchiveSeverity::Error => "error",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Valid => "valid",
        Status::ValidWithWarnings => "valid_with_warnings",
        Status::ReadInPart => "read_in_part",
        Status::Unchecked => "unchecked",
        Status::Invalid => "invalid",
    }
}
