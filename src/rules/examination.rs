//! The findings of one rule, and how much it examined.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::about::{About, Owner};
use super::lookup::Lookup;
use crate::base::severity::Severity;
use crate::model::{Entered, Interval, Journal};
use crate::rules::finding::Finding;

/// An entry made late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    /// When it was made; with snapshots, the earliest possible moment.
    pub(super) at: DateTime,
    /// The snapshots.
    pub(super) interval: Option<Interval>,
}

/// The work of one rule on one journal.
pub struct Examination {
    rule: &'static str,
    clause: &'static str,
    usual: Severity,
    severity: Option<Severity>,
    findings: Vec<Finding>,
    seen: Lookup<Owner, usize>,
    /// Things that could not be judged.
    pub unjudged: usize,
}

impl Examination {
    /// Starts the work of a rule; every finding gets `severity` if the policy gives one.
    pub(super) fn new(
        (rule, clause, usual): (&'static str, &'static str, Severity),
        severity: Option<Severity>,
    ) -> Self {
        Self { rule, clause, usual, severity, findings: Vec::new(), seen: Lookup::default(), unjudged: 0 }
    }

    /// Counts one thing as judged.
    pub(super) fn count_judged(&mut self, whose: impl Into<Owner>) {
        *self.seen.entry(whose.into()).or_default() += 1;
    }

    /// Returns how many things were judged, by owner.
    pub(super) fn seen(&self) -> BTreeMap<Owner, usize> {
        self.seen.iter().map(|(whose, count)| (*whose, *count)).collect()
    }

    /// Adds a finding with the rule's usual clause and severity, and returns it for changes.
    pub(super) fn find(&mut self, about: About, message: String) -> &mut Finding {
        let About { date, term, class, subject, course, lesson, pupil, staff, place } = about;
        let (rule, clause, severity) = (self.rule, self.clause, self.usual);
        let (due_at, found_at) = (None, None);
        self.findings.push(Finding {
            rule,
            clause,
            severity,
            date,
            due_at,
            found_at,
            term,
            class,
            subject,
            course,
            lesson,
            pupil,
            staff,
            place,
            message,
        });
        self.findings.last_mut().expect("a finding was just added")
    }

    /// Compares an entry with a deadline: at the deadline is in time, one second later is late. With
    /// snapshots, the entry is late if even the earliest possible moment is after the deadline, and in time
    /// if the latest is not. Otherwise it is counted as not judged.
    pub(super) fn judge(&mut self, whose: impl Into<Owner>, due: DateTime, entered: Entered) -> Option<Late> {
        let (earliest, latest) = (entered.earliest(), entered.latest());
        let is_late = earliest.is_some_and(|earliest| earliest > due);
        let is_in_time = latest.is_some_and(|latest| latest <= due);
        if is_late || is_in_time {
            self.count_judged(whose);
        } else {
            self.unjudged += 1;
        }
        let interval = if let Entered::Between(interval) = entered { Some(interval) } else { None };
        earliest.filter(|_| is_late).map(|at| Late { at, interval })
    }

    /// Returns the findings by date, then by the ids of the inputs, so that the order of rows does not
    /// matter.
    pub(super) fn into_sorted(self, journal: &Journal) -> Vec<Finding> {
        let mut findings = self.findings;
        if let Some(severity) = self.severity {
            findings.iter_mut().for_each(|finding| finding.severity = severity);
        }
        findings.sort_by_cached_key(|finding| {
            let keys = [
                finding.term.map(|id| journal.terms[id].key.clone()),
                finding.class.map(|id| journal.classes[id].key.clone()),
                finding.subject.map(|id| journal.subjects[id].key.clone()),
                finding.course.map(|id| journal.courses[id].key.clone()),
                finding.lesson.map(|id| journal.lessons[id].key.clone()),
                finding.pupil.map(|id| journal.pupils[id].key.clone()),
                finding.staff.map(|id| journal.staff[id].key.clone()),
            ];
            let moments = (finding.due_at, finding.found_at);
            (finding.date, keys, moments, finding.clause, finding.severity, finding.message.clone())
        });
        findings
    }
}
