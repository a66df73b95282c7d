//! The beginning of a build and of a check: policy, journal and selection are read from the files of a
//! bundle.

use crate::base::problems::{Problem, ProblemSeverity};
use crate::ingest::{self, Bundle, Reading, Selection};
use crate::model::Journal;
use crate::policy::{self, Policy};
use crate::rules;

/// The content of a bundle, as far as it is readable.
pub struct Opening {
    /// The school's policy, or the regulation's own figures.
    pub policy: Policy,
    /// The journal, and the rows of each table.
    pub reading: Reading,
    /// What the deputy selected.
    pub selection: Selection,
    /// Why the policy cannot be applied; empty if it can.
    pub refusals: Vec<Problem>,
    /// Rows were left out of the journal.
    left_out: bool,
}

impl Opening {
    /// Reads a bundle.
    pub fn of(bundle: &Bundle) -> Self {
        let (policy, refusals) = read_policy(bundle);
        let mut reading = ingest::read_journal(bundle);
        let left_out = reading.problems.iter().any(|problem| problem.severity == ProblemSeverity::Error);
        let (selection, unread) = ingest::read_selection(bundle);
        reading.problems.splice(0..0, refusals.iter().cloned());
        reading.problems.extend(unread);
        Self { policy, reading, selection, refusals, left_out }
    }

    /// Returns all problems, those of the policy first.
    pub fn problems(&self) -> &[Problem] {
        &self.reading.problems
    }

    /// Returns the journal if it can be judged: with another policy than the school meant, figures would
    /// mislead.
    pub fn journal(&self) -> Option<&Journal> {
        self.reading.journal.as_ref().filter(|_| self.refusals.is_empty())
    }

    /// Returns the journal if outputs can be made of it. A year without any readable row makes none; a strict
    /// build makes none of an incomplete year.
    pub fn journal_to_build(&self, is_strict: bool) -> Option<&Journal> {
        let has_rows = self.reading.rows.iter().any(|table| table.kept > 0);
        self.journal().filter(|_| has_rows && !(is_strict && self.left_out))
    }
}

/// Reads the school's policy, or uses the regulation's own figures. A wrong policy is returned as problems.
fn read_policy(bundle: &Bundle) -> (Policy, Vec<Problem>) {
    let Some(text) = bundle.text(ingest::POLICY_TOML) else { return (Policy::default(), Vec::new()) };
    match policy::read_policy(&text, &rules::rule_ids()) {
        Ok(reading) => (reading.policy, Vec::new()),
        Err(errors) => (Policy::default(), errors.into_iter().map(Problem::from).collect()),
    }
}
