//! Rules that one cause may violate together ([`crate::rules::Rule::beside`]): the report shows the cause
//! once and counts the other finding beside it.
//!
//! Some rules may overlap and are both shown: a foreign entry and its lateness (different people correct
//! them), a programme that is behind and its missing lessons (otherwise their hours would be lost), too few
//! marks and a drift from their mean. `findings.csv` and all counts keep every finding; only the report has
//! fewer lines.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::model::{Course, Id, Lesson, Pupil, Staff, Subject, Term};
use crate::rules::finding::Finding;
use crate::rules::{RULES, Shared};

/// The parts by which findings are compared: those that [`Shared`] names; the others are empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    course: Option<Id<Course>>,
    subject: Option<Id<Subject>>,
    term: Option<Id<Term>>,
    lesson: Option<Id<Lesson>>,
    pupil: Option<Id<Pupil>>,
    staff: Option<Id<Staff>>,
    at: Option<DateTime>,
}

/// Returns the parts of a finding for comparison; `None` if it lacks a required one.
fn key(shared: Shared, finding: &Finding) -> Option<Key> {
    let none =
        Key { course: None, subject: None, term: None, lesson: None, pupil: None, staff: None, at: None };
    let mut key = Key { lesson: finding.lesson, ..none };
    match shared {
        Shared::LessonAndEntryDay => {
            let day = finding.found_at?.date();
            Some(Key { at: Some(day.at(0, 0, 0, 0)), ..key }).filter(|_| finding.lesson.is_some())
        }
        Shared::LessonAndPupil => {
            key.pupil = Some(finding.pupil?);
            finding.lesson.map(|_| key)
        }
        Shared::Lesson => finding.lesson.map(|_| key),
        Shared::Change => {
            key.at = Some(finding.found_at?);
            Some(Key { pupil: finding.pupil, staff: finding.staff, ..key })
        }
        Shared::Entry => {
            key.at = Some(finding.found_at?);
            Some(Key { pupil: finding.pupil, ..key }).filter(|_| finding.lesson.is_some())
        }
        Shared::TermMark => {
            let (pupil, term) = (Some(finding.pupil?), Some(finding.term?));
            Some(Key { pupil, term, subject: Some(finding.subject?), ..none })
        }
        Shared::CourseDay => {
            Some(Key { course: Some(finding.course?), at: Some(finding.date?.at(0, 0, 0, 0)), ..none })
        }
        Shared::Course => Some(Key { course: Some(finding.course?), lesson: None, ..key }),
    }
}

/// Returns for every finding the one that shows it, or itself. A notice never shows a violation.
pub(super) fn shown_by(findings: &[Finding]) -> Vec<usize> {
    let mut shown: Vec<usize> = (0..findings.len()).collect();
    let mut of_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        of_rule.entry(finding.rule).or_default().push(index);
    }
    let of = |rule: &str| of_rule.get(rule).map(Vec::as_slice).unwrap_or_default();
    for rule in RULES {
        for (kept, shared) in rule.beside {
            go_beside(findings, (of(kept.id), of(rule.id)), *shared, &mut shown);
        }
    }
    (0..shown.len()).map(|index| root(&shown, index)).collect()
}

/// Puts findings of one rule beside those of another that have the same cause.
fn go_beside(
    findings: &[Finding],
    (kept, others): (&[usize], &[usize]),
    shared: Shared,
    shown: &mut [usize],
) {
    let mut keepers: BTreeMap<Key, usize> = BTreeMap::new();
    for index in kept {
        if let Some(key) = key(shared, &findings[*index]) {
            let keeper = keepers.entry(key).or_insert(*index);
            if findings[*index].severity < findings[*keeper].severity {
                *keeper = *index;
            }
        }
    }
    for index in others.iter().copied().filter(|index| shown[*index] == *index).collect::<Vec<_>>() {
        let keeper = key(shared, &findings[index]).and_then(|key| keepers.get(&key));
        let fits = |keeper: &usize| {
            let (one, other) = (&findings[*keeper], &findings[index]);
            // Of one rule only the heavier finding is shown: the year's shortfall is the sum of the terms'.
            let outweighs = if one.rule == other.rule {
                one.severity < other.severity
            } else {
                one.severity <= other.severity
            };
            *keeper != index && outweighs
        };
        if let Some(keeper) = keeper.copied().filter(fits) {
            shown[index] = keeper;
        }
    }
}

/// Follows the chain: a finding beside one that is itself beside another belongs to the last.
fn root(shown: &[usize], mut index: usize) -> usize {
    while shown[index] != index {
        index = shown[index];
    }
    index
}
