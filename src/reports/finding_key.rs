//! The key of a finding, which stays the same between builds: a short digest of its rule and ids, not of its
//! wording or severity.

use crate::base::files::hex;
use crate::model::Journal;
use crate::rules::RULES;
use crate::rules::finding::Finding;
use sha2::{Digest, Sha256};

/// Columns of `data/findings.csv` in the key. Moments are not included: a late entry replaced by another is
/// the same finding. Only a line of the log is identified by its moment.
pub(crate) const KEY_COLUMNS: [&str; 10] = [
    "rule",
    "date",
    "term_id",
    "class_id",
    "subject_id",
    "course_id",
    "lesson_id",
    "pupil_id",
    "staff_id",
    "found_at",
];

/// Returns the key of a finding given as the cells of [`KEY_COLUMNS`]: ten hexadecimal digits. Two marks of
/// one pupil at one lesson have the same key.
pub(crate) fn key_of_cells(cells: &[String; 10]) -> String {
    let is_line_of_log = RULES.iter().any(|rule| rule.id == cells[0] && rule.finds_log_lines);
    let parts = if is_line_of_log { &cells[..] } else { &cells[..9] };
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    hex(&digest[..5])
}

/// Returns the cells of [`KEY_COLUMNS`] in the form of `data/findings.csv`.
pub(crate) fn cells(journal: &Journal, finding: &Finding) -> [String; 10] {
    let f = finding;
    [
        f.rule.to_owned(),
        f.date.map(|date| date.to_string()).unwrap_or_default(),
        f.term.map(|id| journal.terms[id].key.to_string()).unwrap_or_default(),
        f.class.map(|id| journal.classes[id].key.to_string()).unwrap_or_default(),
        f.subject.map(|id| journal.subjects[id].key.to_string()).unwrap_or_default(),
        f.course.map(|id| journal.courses[id].key.to_string()).unwrap_or_default(),
        f.lesson.map(|id| journal.lessons[id].key.to_string()).unwrap_or_default(),
        f.pupil.map(|id| journal.pupils[id].key.to_string()).unwrap_or_default(),
        f.staff.map(|id| journal.staff[id].key.to_string()).unwrap_or_default(),
        f.found_at.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

/// Returns the key of a finding.
pub(crate) fn key(journal: &Journal, finding: &Finding) -> String {
    key_of_cells(&cells(journal, finding))
}
