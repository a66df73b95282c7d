//! Findings as the table `data/findings.csv` that other programs read.

use crate::findings::Finding;
use crate::model::Journal;

/// The columns of `data/findings.csv`.
pub const COLUMNS: [&str; 14] = [
    "rule",
    "clause",
    "severity",
    "date",
    "due_at",
    "found_at",
    "term_id",
    "class_id",
    "subject_id",
    "course_id",
    "lesson_id",
    "pupil_id",
    "staff_id",
    "message",
];

/// Returns a finding's cells in the order of [`COLUMNS`]; what does not apply is empty.
pub fn cells(journal: &Journal, finding: &Finding) -> [String; 14] {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    [
        finding.rule.to_owned(),
        finding.clause.to_owned(),
        finding.severity.code().to_owned(),
        text(finding.date),
        text(finding.due_at),
        text(finding.found_at),
        text(finding.term.map(|id| &journal.terms[id].key)),
        text(finding.class.map(|id| &journal.classes[id].key)),
        text(finding.subject.map(|id| &journal.subjects[id].key)),
        text(finding.course.map(|id| &journal.courses[id].key)),
        text(finding.lesson.map(|id| &journal.lessons[id].key)),
        text(finding.pupil.map(|id| &journal.pupils[id].key)),
        text(finding.staff.map(|id| &journal.staff[id].key)),
        finding.message.clone(),
    ]
}

/// Returns `data/findings.csv`: UTF-8, comma, one line per finding in the order given.
pub fn findings_csv(journal: &Journal, findings: &[Finding]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = findings.iter().map(|finding| cells(journal, finding));
    let written =
        writer.write_record(COLUMNS).and_then(|()| rows.map(|row| writer.write_record(row)).collect());
    let written: Result<(), csv::Error> = written;
    written.expect("memory takes every write");
    writer.into_inner().expect("memory takes every write")
}
