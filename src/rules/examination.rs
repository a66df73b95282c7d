//! The findings of one rule, and how much it examined.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::context::{Lookup, RuleContext};
use super::rule::Rule;
use crate::base::severity::Severity;
use crate::base::source::SourceRef;
use crate::model::{Class, Course, Entered, Id, Interval, Lesson, Pupil, Staff, Subject, Term};
use crate::rules::finding::Finding;

/// The subject of a finding: every id that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The day.
    pub date: Option<Date>,
    /// Term.
    pub term: Option<Id<Term>>,
    /// Class.
    pub class: Option<Id<Class>>,
    /// Subject.
    pub subject: Option<Id<Subject>>,
    /// Course.
    pub course: Option<Id<Course>>,
    /// Lesson.
    pub lesson: Option<Id<Lesson>>,
    /// Pupil.
    pub pupil: Option<Id<Pupil>>,
    /// Whoever is answerable.
    pub staff: Option<Id<Staff>>,
    /// The row that was judged.
    pub place: Option<SourceRef>,
}

impl About {
    /// Sets the row that was judged.
    pub(super) fn at(self, place: SourceRef) -> Self {
        Self { place: Some(place), ..self }
    }
}

/// The owner of the things that a rule judged, in the form of its findings, so that a count of findings can
/// be compared with its whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// Whoever is answerable.
    pub staff: Option<Id<Staff>>,
    /// Class.
    pub class: Option<Id<Class>>,
    /// Course.
    pub course: Option<Id<Course>>,
}

impl From<About> for Owner {
    fn from(about: About) -> Self {
        Self { staff: about.staff, class: about.class, course: about.course }
    }
}

/// An entry made late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    /// When it was made; with snapshots, the earliest possible moment.
    pub(super) at: DateTime,
    /// The snapshots.
    pub(super) interval: Option<Interval>,
}

/// The work of one rule on one journal.
pub struct Examination<'r> {
    rule: &'r Rule,
    severity: Option<Severity>,
    findings: Vec<Finding>,
    seen: Lookup<Owner, usize>,
    /// Things that could not be judged.
    pub unjudged: usize,
}

impl<'r> Examination<'r> {
    /// Starts the work of a rule; every finding gets `severity` if the policy gives one.
    pub(super) fn new(rule: &'r Rule, severity: Option<Severity>) -> Self {
        Self { rule, severity, findings: Vec::new(), seen: Lookup::default(), unjudged: 0 }
    }

    pub(super) fn rule(&self) -> &'r Rule {
        self.rule
    }

    /// Counts one thing as judged.
    pub(super) fn saw(&mut self, whose: impl Into<Owner>) {
        *self.seen.entry(whose.into()).or_default() += 1;
    }

    /// Returns how many things were judged, by owner.
    pub(super) fn seen(&self) -> BTreeMap<Owner, usize> {
        self.seen.iter().map(|(whose, count)| (*whose, *count)).collect()
    }

    /// Adds a finding with the rule's usual clause and severity, and returns it for changes.
    pub(super) fn find(&mut self, about: About, message: String) -> &mut Finding {
        let About { date, term, class, subject, course, lesson, pupil, staff, place } = about;
        let (clause, severity) = (self.rule.clauses[0], self.rule.severity);
        let (rule, due_at, found_at) = (self.rule.id, None, None);
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
            self.saw(whose);
        } else {
            self.unjudged += 1;
        }
        let interval = if let Entered::Between(interval) = entered { Some(interval) } else { None };
        earliest.filter(|_| is_late).map(|at| Late { at, interval })
    }

    /// Returns the findings by date, then by the ids of the inputs, so that the order of rows does not
    /// matter.
    pub(super) fn into_sorted(self, context: &RuleContext) -> Vec<Finding> {
        let journal = context.journal;
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
