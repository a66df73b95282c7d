//! The protocol of a verification: what the archivist signs and keeps, and the same as a table for programs.
//!
//! Comes in: a [`VerifyReport`] and the day it speaks for. Goes out: a PDF with the verdict on every bag, each finding with its
//! remedy, the head of every register in figures and as a QR code (digits alone, no personal data), the day by which the
//! next verification is due, and places to sign; beside it a CSV with a line for every finding.

mod pages;
mod qr;

use anyhow::Result;
use jiff::civil::Date;

use crate::archive::verify::{Severity, Status, VerifyReport};
use crate::files::Document;
use crate::render::pdf::typeset_alone;

/// A check of electronic documents is due at least so often (Rules of Rosarkhiv of 31.07.2023 № 77; `R.3.3`, `D.26`).
pub const YEARS_TO_NEXT: i16 = 5;

/// What the bags do not say of their verification.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// The media that were read, as they call themselves or as they were called; none leaves a line to fill in.
    pub media: Vec<String>,
    /// Where it was done; without it the school's address.
    pub place: Option<String>,
    /// Posts of those who did it; empty leaves a line to fill in.
    pub by: String,
}

/// Returns the day by which the next verification is due; none where this one did not end well: faults come first.
pub fn next_due(report: &VerifyReport, as_of: Date) -> Option<Date> {
    let is_well = matches!(report.status(), Status::Valid | Status::ValidWithWarnings);
    is_well.then(|| as_of.saturating_add(jiff::Span::new().years(YEARS_TO_NEXT)))
}

/// Makes the protocol as PDF and as CSV.
///
/// # Errors
/// When the PDF cannot be typeset: a defect of the program.
pub fn protocol(report: &VerifyReport, as_of: Date, circumstances: &Circumstances) -> Result<Vec<Document>> {
    let name = format!("протокол-проверки-{as_of}");
    let job = pages::job(report, as_of, circumstances, &format!("{name}.pdf"));
    Ok(vec![
        Document::new(format!("{name}.pdf"), typeset_alone(job)?.bytes),
        Document::new(format!("{name}.csv"), csv(report)?),
    ])
}

/// Returns the report as a table: a line for every finding, and one for every bag and register without any.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn csv(report: &VerifyReport) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
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
    ])?;
    let found = |finding: &crate::archive::verify::Finding| {
        let severity = severity(finding.severity).to_owned();
        [
            finding.code.to_owned(),
            severity,
            finding.path.clone(),
            finding.message.clone(),
            finding.hint.to_owned(),
        ]
    };
    let nothing = || [const { String::new() }; 5];
    for finding in &report.findings {
        table.write_record(nothing().iter().chain(&found(finding)))?;
    }
    for bag in &report.bags {
        let yes = |is: bool| if is { "1" } else { "0" }.to_owned();
        let head = [
            bag.path.clone(),
            status(bag.status).to_owned(),
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

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Unchecked => "unchecked",
        Severity::Error => "error",
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
