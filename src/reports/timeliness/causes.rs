//! Combines findings with one cause into one line: thirty late marks of one lesson are one line with a count.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::doubles::shown_by;
use crate::base::severity::Severity;
use crate::model::{Class, Course, Id, Lesson, Staff, Term};
use crate::rules::finding::Finding;
use crate::rules::{self, Fold, RULES};

/// Findings with one cause.
#[derive(Clone, Debug)]
pub struct Cause<'a> {
    /// Its findings of one rule and severity, by date.
    pub findings: Vec<&'a Finding>,
    /// Findings of other rules with the same cause, by rule.
    pub beside: BTreeMap<&'static str, Vec<&'a Finding>>,
}

impl<'a> Cause<'a> {
    /// Returns the finding that represents the line.
    pub fn first(&self) -> &'a Finding {
        self.findings[0]
    }

    /// Returns how many findings of the rule itself there are.
    pub fn count(&self) -> usize {
        self.findings.len()
    }
}

/// What findings of one line share; `alone` separates those without a group.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rule: &'static str,
    severity: Severity,
    staff: Option<Id<Staff>>,
    class: Option<Id<Class>>,
    course: Option<Id<Course>>,
    term: Option<Id<Term>>,
    lesson: Option<Id<Lesson>>,
    date: Option<jiff::civil::Date>,
    alone: usize,
}

fn key(index: usize, finding: &Finding) -> Key {
    let Finding { rule, severity, staff, class, course, term, lesson, date, .. } = *finding;
    let none = Key {
        rule,
        severity,
        staff,
        class: None,
        course: None,
        term: None,
        lesson: None,
        date: None,
        alone: 0,
    };
    match rules::rule(rule).fold {
        Fold::Lesson if lesson.is_some() => Key { lesson, ..none },
        Fold::ClassDay if class.is_some() => Key { class, date, ..none },
        Fold::CourseTerm if course.is_some() => Key { course, class, term, ..none },
        Fold::Course if course.is_some() => Key { course, class, ..none },
        Fold::ClassTerm => Key { class, term, ..none },
        _ => Key { alone: index + 1, ..none },
    }
}

/// Returns the lines of all findings, sorted by importance.
pub fn fold(findings: &[Finding]) -> Vec<Cause<'_>> {
    let shown = shown_by(findings);
    let mut causes: BTreeMap<Key, Cause<'_>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        let kept = shown[index];
        let cause = causes
            .entry(key(kept, &findings[kept]))
            .or_insert_with(|| Cause { findings: Vec::new(), beside: BTreeMap::new() });
        if kept == index {
            cause.findings.push(finding);
        } else {
            cause.beside.entry(finding.rule).or_default().push(finding);
        }
    }
    let mut causes: Vec<Cause<'_>> = causes.into_values().collect();
    causes.sort_by_key(|cause| {
        let first = cause.first();
        (rank(first), Reverse(cause.count()), first.date, first.class, first.course, first.lesson)
    });
    causes
}

/// Returns the sort key of findings: severity, weight, the order of the rules.
pub(super) fn rank(finding: &Finding) -> (Severity, Reverse<u8>, usize) {
    let place = RULES.iter().position(|rule| rule.id == finding.rule).unwrap_or(RULES.len());
    (finding.severity, Reverse(rules::rule(finding.rule).weight), place)
}
